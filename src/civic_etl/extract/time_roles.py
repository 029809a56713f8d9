"""What a time expression does where it stands: open a scope, name a thing, date a figure, serve a comparison."""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Literal

from civic_etl.extract.cue_kinds import RANGES
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.quantities import Quantity

Role = Literal["scope", "base", "name", "event", "mention", "bound"]

_DATA = read_data("time_roles.yaml")
_WORD = r"[^\s,;:.()]+"
_REACH = 100
_CLAUSE_END = re.compile(r"[;:!?\n]|\.(?!\d)")
# kinds of expression that stay scopes whatever stands before them
_FREE = frozenset({"as_of", "as_of_month", "to_month", "to_quarter", "to_last_quarter", "span", "days", "now"})
_QUARTERS = frozenset({"quarter", "bare_quarter"})
_MONTH_END = ("cuối tháng", "hết tháng")
# states on a day
_RUNS_OF_DAYS = frozenset({"span", "days"})
_DAYS = frozenset({"as_of", "as_of_month", "to_month", "span"})
# times that are counted from day to day by who reports on them
_COUNTED_FROM_DAYS = frozenset(
    {"month", "bare_month", "this_month", "quarter", "bare_quarter", "months_to_date", "half", "year"}
)
_OPENS_SPAN = re.compile(r"\s*\((?:tính |được tính |số liệu |kể )?")
_ITEM, _ADJOINING = 120, 2
# what a sentence opens with that tells when something was, and how long it may be before its days in brackets
_ADVERBIAL, _OPENING, _SENTENCE_END = ("sau ", "trong ", "qua "), 120, re.compile(r"[.!?]\s|\n")
_TERMS = frozenset({"office_term", "term", "year_range"})
# what opens a term that is told of, and none in the name of a meeting
_PREPOSITIONS = ("trong ", "suốt ", "cả ", "toàn ")
# a term whose resolution was carried out is what is reported on
_CARRIED_OUT = re.compile(
    r"(?:thực hiện|triển khai thực hiện|sau (?:hơn |gần )?\d+ năm)[^.;]{0,40}nghị quyết[^.;]{0,60}$"
)
# ... but where a year is only said to be one of it ("năm 2022 - năm thứ ba thực hiện Nghị quyết Đại hội nhiệm kỳ ...")
_YEAR_OF_TERM = re.compile(
    r"\bnăm (?:đầu(?: tiên)?|thứ \w+|giữa|cuối(?: cùng)?|bản lề)(?: \w+)? (?:thực hiện|triển khai|của)\b[^.;]*$"
)
# what makes the name of a plan the head of what it holds ("chỉ tiêu cả năm là ...", "kế hoạch năm 2021: ...")
_HEADS = re.compile(_DATA["heads"])
# what no plan is named by ("chuẩn bị đón Tết Ất Tỵ 2025, xã đã trao 200 suất quà")
_NEVER_NAMES = frozenset({"deadline", "term_next", "feast"})
_DATES = frozenset({"date", "month", "bare_month", "month_close", "year", "feast"})


def _compiled(key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern.replace("{w}", _WORD)) for pattern in _DATA[key])


_BASE, _NAME, _OPENS, _EVENT, _MENTION = (_compiled(key) for key in ("base", "name", "opens", "event", "mention"))
_NAME_OF_DEADLINE = _compiled("name_of_deadline")
_GIVEN, _GIVEN_BEHIND, _STAGE = (
    re.compile(_DATA[key].replace("{w}", _WORD)) for key in ("given", "given_behind", "stage")
)
_TOLD_BEHIND = re.compile(_DATA["told_behind"])
_STRUCK, _STRIKES = re.compile(_DATA["struck"]), re.compile(_DATA["strikes"])
_BEGINNING = re.compile(_DATA["beginning"].replace("{w}", _WORD))
_BEGAN = re.compile(_DATA["began"])
_BEGAN_REACH = 60
_IN_A_ROW = re.compile(_DATA["in_a_row"])
_IN_A_ROW_REACH = 30
_LENT_REACH = 40
_LENT_FOR = re.compile(_DATA["lent_for"])
_HELD_BESIDE = re.compile(_DATA["held_beside"].replace("{w}", _WORD))
# what somebody says, from its opening quotes on
_SPEECH, _QUOTED = re.compile(r"[:,]\s*“[^”\n]*$"), 240
_BY_NOW = re.compile(_DATA["by_now"])
_ROUND, _ROUND_OVER, _ROUND_REACH = re.compile(_DATA["round"]), re.compile(_DATA["round_over"]), 24
_CARRIED_OVER = re.compile(_DATA["carried_over"])
_TO_THIS_DAY = re.compile(_DATA["to_this_day"])
_REACHED = re.compile(_DATA["reached"].replace("{w}", _WORD))
_BOUND, _BOUND_REACH = re.compile(_DATA["bound"]), 24
ADVERBIAL = re.compile(_DATA["adverbial"])
AIMED = re.compile(rf"\b(?:{'|'.join(_DATA['aimed'])})\b")
GONE_ON_WITH = re.compile(_DATA["gone_on_with"])
ASKED = re.compile(rf"\b(?:{'|'.join([*_DATA['aimed'], *_DATA['asked']])})\b")
GOAL = re.compile(rf"\b(?:{'|'.join(_DATA['goal'])})\b")


def is_held_beside(before: str) -> bool:
    """Whether what follows these words is only the year of a review that was held among other things."""
    return _HELD_BESIDE.search(before) is not None


def is_base(before: str) -> bool:
    """Whether what follows these words is what something is compared with."""
    return any(pattern.search(before) for pattern in _BASE)


class TimeRoles:
    """Roles and brackets of the time expressions of one text."""

    def __init__(self, folded: str, cues: list[PeriodCue], quantities: list[Quantity]) -> None:
        self._folded = folded
        self._ends = [q.end for q in quantities]
        self._quantities = quantities
        self._brackets = _brackets(folded)
        self._bracket_starts = [span[0] for span in self._brackets]
        self._spelled_out = {
            cue.start for before, cue in pairwise(cues) if cue.kind in _RUNS_OF_DAYS and self._spells_out(before, cue)
        }
        self._roles = {cue.start: self._role(cue) for cue in cues}
        self._insides = {cue.start: self.bracket(cue.start) for cue in cues}

    def of(self, cue: PeriodCue) -> Role:
        """The role of a cue."""
        return self._roles[cue.start]

    def reaches(self, cue: PeriodCue, position: int) -> bool:
        """Whether a cue inside brackets can hold at a position: only inside the same ones."""
        inside = None if cue.kind == "days" else self._insides[cue.start]
        if inside is None or inside[0] <= position < inside[1]:
            return True
        return self.dates_beginning(cue) or self._dates_next(cue, inside, position) or self._dates_opening(cue, inside)

    def dates_beginning(self, cue: PeriodCue) -> bool:
        """Whether brackets say when something began whose state then is told.

        ("Ngày chia tách (10-2009), huyện có 8 xã")
        """
        opened = cue.start if self._folded[cue.start] == "(" else cue.start - 1
        if not self._folded.startswith("(", opened) or ")" not in self._folded[cue.end - 1 : cue.end + 1]:
            return False
        return _BEGAN.search(self._folded, max(0, opened - _BEGAN_REACH), opened) is not None

    def _dates_next(self, cue: PeriodCue, inside: tuple[int, int], position: int) -> bool:
        """Whether a day alone in brackets, with no figure right before them, is that of the item it stands in.

        ("giải ngân vốn đầu tư công (tính đến ngày 30/11) đạt 103 tỷ đồng, bằng 71% kế hoạch")
        """
        if cue.kind not in _DAYS or not 0 <= position - inside[1] <= _ITEM or ";" in self._folded[inside[1] : position]:
            return False
        before = bisect_left(self._ends, inside[0]) - 1
        told = before >= 0 and inside[0] - self._ends[before] <= _ADJOINING
        return not told and self._folded[inside[0] : inside[1]].strip() == self._folded[cue.start : cue.end]

    def _dates_opening(self, cue: PeriodCue, inside: tuple[int, int]) -> bool:
        """Whether days alone in brackets say when that was which a sentence opens with, for all that it tells.

        ("Sau một tháng vận hành (từ 1/7 đến 31/7), trung tâm tiếp nhận ...; đã giải quyết ...")
        """
        start, end = inside
        if cue.kind not in _DAYS | _RUNS_OF_DAYS or not self._folded.startswith("), ", end):
            return False
        if self._folded[start:end].strip() != self._folded[cue.start : cue.end].strip("() "):
            return False
        ends = (found.end() for found in _SENTENCE_END.finditer(self._folded, max(0, start - _OPENING), start))
        opened = max(ends, default=max(0, start - _OPENING))
        told = bisect_left(self._ends, start) - bisect_left(self._ends, opened)
        return not told and self._folded[opened:start].strip().startswith(_ADVERBIAL)

    def bracket(self, position: int) -> tuple[int, int] | None:
        """The innermost pair of brackets around a position, as the span inside them."""
        index = bisect_left(self._bracket_starts, position + 1) - 1
        while index >= 0:
            start, end = self._brackets[index]
            if end > position:
                return start, end
            if position - start > 400:
                return None
            index -= 1
        return None

    def binds(self, end: int, cue: PeriodCue) -> bool:
        """Whether a cue stands right behind a figure that ends at `end` ("27 triệu đồng năm 2015")."""
        if not end <= cue.start <= end + _BOUND_REACH or self._are_carried_over(cue):
            return False
        return _BOUND.fullmatch(self._folded, end, cue.start) is not None

    def is_run_told(self, cue: PeriodCue) -> bool:
        """Whether a run of years only says which so many years in a row were ("5 năm liền (2016-2020)")."""
        before = self._folded[max(0, cue.start - _IN_A_ROW_REACH) : cue.start]
        return cue.kind in RANGES and _IN_A_ROW.search(before) is not None

    def _spells_out(self, before: PeriodCue, cue: PeriodCue) -> bool:
        """Whether brackets right behind a time say from which day to which it is counted.

        ("Trong tháng 10 (từ ngày 16/9 đến ngày 15/10)")
        """
        if before.kind not in _COUNTED_FROM_DAYS:
            return False
        # a run of days may take in the bracket that it opens with ("(15/8-14/9)")
        first = cue.start + self._folded.startswith("(", cue.start)
        return _OPENS_SPAN.fullmatch(self._folded, before.end, first) is not None

    def _role(self, cue: PeriodCue) -> Role:
        if cue.start in self._spelled_out or self._is_said(cue) or self._is_of_round(cue):
            return "mention"
        if cue.kind in _FREE:
            # "tăng 0,8% so với cuối tháng 6"
            held = cue.kind == "as_of_month" and self._folded.startswith(_MONTH_END, cue.start)
            return "base" if held and is_base(self._folded[max(0, cue.start - _REACH) : cue.start]) else "scope"
        if _LENT_FOR.search(self._folded, max(0, cue.start - _LENT_REACH), cue.start) is not None:
            return "mention"
        if self.dates_beginning(cue):
            return "scope"
        if cue.kind == "prior_year":
            return "base"
        if self.is_run_told(cue):
            return "bound"
        if cue.kind == "five_years" and self._folded[max(0, cue.start - 12) : cue.start].rstrip().endswith("bình quân"):
            return "mention"
        low = max(0, cue.start - _REACH)
        before = self._folded[low : cue.start]
        if cue.kind == "years" and _BY_NOW.search(before) is not None:
            return "mention"
        if cue.kind in _QUARTERS and before.endswith("trước "):
            # "giải ngân xong trước quý III": by when one thing is to be done
            return "mention"
        if cue.kind == "year" and (self._since_then(cue) or is_held_beside(before) or self._are_carried_over(cue)):
            return "mention"
        cuts = [match.end() for match in _CLAUSE_END.finditer(before)]
        clause = before[cuts[-1] - 1 :] if cuts else before
        if before.endswith("(") and self._figure_follows(cue):
            return "scope"
        if any(pattern.search(clause) for pattern in _BASE):
            return "base"
        if cue.kind in _TERMS | {"five_years"} and _YEAR_OF_TERM.search(clause) is not None:
            # "năm 2015, năm cuối thực hiện kế hoạch 5 năm 2011-2015"
            return "event"
        told = self._folded.startswith(_PREPOSITIONS, cue.start)
        if cue.kind in _TERMS and not told and any(pattern.search(clause) for pattern in _EVENT):
            return "scope" if _CARRIED_OUT.search(clause) or _HEADS.match(self._folded, cue.end) else "event"
        if cue.kind == "deadline" and _STAGE.search(clause):
            return "name"
        if cue.kind == "deadline" and any(pattern.search(clause) for pattern in _NAME_OF_DEADLINE):
            return "name" if _TOLD_BEHIND.match(self._folded, cue.end) is None else "scope"
        named = cue.kind not in _NEVER_NAMES and not (cue.kind == "year" and _REACHED.search(clause))
        if named and any(pattern.search(clause) for pattern in _NAME):
            heads = _HEADS.match(self._folded, cue.end) or any(pattern.search(before) for pattern in _OPENS)
            return "scope" if heads else "name"
        if named and _GIVEN.search(clause) and _GIVEN_BEHIND.match(self._folded, cue.end):
            return "name"
        if self._after_figure(cue):
            return "bound"
        if cue.kind in _DATES and any(pattern.search(clause) for pattern in _MENTION):
            strikes = _STRUCK.search(clause) is not None and _STRIKES.match(self._folded, cue.end) is not None
            return "scope" if strikes or _BEGINNING.search(clause) else "mention"
        return "scope"

    def _since_then(self, cue: PeriodCue) -> bool:
        """Whether a year only says since when something is so that is told of this day ("từ năm 2019, đến nay ...")."""
        since = self._folded.startswith("từ ", cue.start)
        return since and _TO_THIS_DAY.match(self._folded, cue.end) is not None

    def _are_carried_over(self, cue: PeriodCue) -> bool:
        """Whether a year only says when works go on ("chuyển tiếp 5 công trình sang năm 2024")."""
        onward = self._folded.startswith("sang ", cue.start)
        return onward and _CARRIED_OVER.search(self._folded, max(0, cue.start - _REACH), cue.start) is not None

    def _is_of_round(self, cue: PeriodCue) -> bool:
        """Whether some days are only those of a round of sowing or of vaccination, of which no figure is told.

        ("sạ 900 ha, đợt 1 từ 5/4 đến 20/4, đợt 2 từ 1/5 đến 9/5; năng suất 6 tấn/ha")
        """
        if cue.kind not in _RUNS_OF_DAYS or _ROUND_OVER.match(self._folded, cue.end) is None:
            return False
        return _ROUND.search(self._folded, max(0, cue.start - _ROUND_REACH), cue.start) is not None

    def _is_said(self, cue: PeriodCue) -> bool:
        """Whether a time stands in what somebody says that tells no figure ("nói: “Năm nay ăn tết to”")."""
        folded = self._folded
        closed = folded.find("”", cue.end, cue.end + _QUOTED)
        opened = _SPEECH.search(folded, max(0, cue.start - _QUOTED), cue.start) if closed >= 0 else None
        if opened is None:
            return False
        return bisect_left(self._ends, opened.end()) == bisect_right(self._ends, closed)

    def _figure_follows(self, cue: PeriodCue) -> bool:
        """Whether the brackets that a cue opens go on to a figure ("(quý I tăng 10,6%)")."""
        close = self._folded.find(")", cue.end, cue.end + 120)
        return close >= 0 and any(c.isdigit() for c in self._folded[cue.end : close])

    def _after_figure(self, cue: PeriodCue) -> bool:
        if cue.kind in {"months_to_date", "months", "half", "deadline", "term", "office_term"}:
            return False
        index = bisect_left(self._ends, cue.start + 1) - 1
        if index < 0 or not self.binds(self._ends[index], cue):
            return False
        follows = self._folded[cue.end : cue.end + 2].lstrip()
        # "..., đạt 12 tỷ đồng năm 2020 ..." dates the figure; "12 tỷ đồng. Năm 2020, ..." does not reach here
        return follows[:1] != ":" and not self._folded[self._ends[index] : cue.start].startswith(",")


def _brackets(folded: str) -> list[tuple[int, int]]:
    """Spans inside round brackets, sorted by start; an unclosed one ends with its line."""
    spans: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in re.finditer(r"[()\n]", folded):
        mark = match.group()
        if mark == "(":
            stack.append(match.end())
        elif mark == ")":
            if stack:
                spans.append((stack.pop(), match.start()))
        else:
            spans.extend((start, match.start()) for start in stack)
            stack.clear()
    spans.extend((start, len(folded)) for start in stack)
    return sorted(spans)
