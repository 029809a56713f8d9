"""Time expressions that date one figure only: right behind it, around its brackets, later in its clause."""

import re

from civic_etl.extract.calendar_period import Period, shift
from civic_etl.extract.cue_kinds import BOUND, RANGES
from civic_etl.extract.goals import Goals
from civic_etl.extract.in_force import InForce, lies_in
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.relative_periods import RelativePeriods
from civic_etl.extract.time_text import TimeText

_PATTERNS = patterns("timeline.yaml")
_CLAUSE_STOP, _ALONE, _NAMED, _LABELLED, _LEADS_ON, _BACK_THEN = (
    _PATTERNS[key] for key in ("clause_stop", "alone", "named_in_brackets", "labelled", "leads_on", "back_then")
)
_NOW_AND_THEN = re.compile(r"\s*[\d.,]+ ?/ ?\d")
_BEHIND_REACH = 25
_CLAUSE_END = re.compile(r"\s*(?:[.;,)]|$)")
_BRACKET_LENGTH = 40
_NAMED_REACH = 60
_THEN_REACH = 120
_BEFORE_BRACKET = 30
# so far behind a figure, and with no other number than theirs between, the years of a run may be told
_RUN_REACH, _COUNT_LENGTH = 90, 2
# of what stands behind a figure without brackets only these date it, even where they could open a scope
_SURE = frozenset({"deadline", "as_of", "term_start"})
_YEARS = frozenset({"year", "deadline", "year_end"})
_IN_CLAUSE = frozenset({"year", "quarter", "month", "term", "this_month", "this_quarter", "bare_month"})
_THEN = frozenset({"year", "month", "quarter", "date"})

# "thu ngân sách đạt 35 tỷ đồng cả năm" in a plan of the months that are left
_WHOLE_YEAR = "cả năm"

Found = tuple[Period | None, PeriodCue]


class FigureTime:
    """The expressions bound to single figures."""

    def __init__(self, text: TimeText, force: InForce, relative: RelativePeriods, goals: Goals) -> None:
        self._text = text
        self._force = force
        self._relative = relative
        self._goals = goals

    def bound(
        self, start: int, end: int, sentence: Sentence, *, bindable: bool, default: Period | None
    ) -> Found | None:
        """A period right behind a figure ("27 triệu đồng năm 2015", "5,2% (năm 2019)").

        `default` is the time under report: the year before it is what "năm trước" means without another in force.
        """
        around = self._before_bracket(end, sentence) or self._named_in_brackets(start, sentence)
        around = around or self._back_then(start, sentence)
        if around is not None:
            return around
        for cue in self._text.between(end, min(end + _BEHIND_REACH, sentence.end)):
            term = self._whole_term(cue, sentence) or self._term_reviewed(cue, start, end)
            dates = cue.kind in BOUND or self._text.words(cue) == _WHOLE_YEAR or term is not None
            if not self._text.roles.binds(end, cue) or not dates or self._opens_figure(cue):
                return None
            bracketed = "(" in self._text.folded[end : cue.start] or cue.kind == "bracket"
            if not bracketed:
                sure = cue.kind in _SURE and _LEADS_ON.match(self._text.folded, cue.end) is None
                opens = self._text.roles.of(cue) == "scope" and not sure
                within = self._text.folded[end : cue.start].endswith("trong ")
                if (not bindable and not within) or opens:
                    return None
            if cue.kind == "prior_year":
                now = self._force.running.period or default
                return (shift(now, -1) if now else None), cue
            period = term or self._relative.resolve(cue)
            return (period, cue) if period is not None else None
        return None

    def in_clause(self, sentence: Sentence, end: int) -> tuple[Period, PeriodCue] | None:
        """A year later in a figure's own clause ("15/19 tổ dân phố được công nhận ... năm 2017")."""
        run = self._run_told(sentence, end)
        if run is not None:
            return run
        stop = _CLAUSE_STOP.search(self._text.folded, end, sentence.end)
        for cue in self._text.between(end, stop.start() if stop else sentence.end):
            dates = cue.kind in _IN_CLAUSE and self._text.roles.of(cue) in {"scope", "bound"}
            period = self._relative.resolve(cue) if dates else None
            if period is not None:
                return None if self._text.is_distant(period) else (period, cue)
        return None

    def _run_told(self, sentence: Sentence, end: int) -> tuple[Period, PeriodCue] | None:
        """The years that so many in a row were, told behind a figure ("12 thôn văn hóa 3 năm liền (2015-2017)")."""
        cue = next(iter(self._text.between(end, min(end + _RUN_REACH, sentence.end))), None)
        if cue is None or cue.period is None or not self._text.roles.is_run_told(cue):
            return None
        between = self._text.folded[end : cue.start]
        alone = ";" not in between and sum(char.isdigit() for char in between) <= _COUNT_LENGTH
        return (cue.period, cue) if alone else None

    def _whole_term(self, cue: PeriodCue, sentence: Sentence) -> Period | None:
        """The term told of behind a figure of a sentence that has named one of its years before.

        ("giúp 20 hộ thoát nghèo trong năm 2022 và 150 hộ cả nhiệm kỳ")
        """
        if cue.kind != "term_now":
            return None
        before = self._text.between(sentence.start, cue.start)
        named = [c.period for c in before if c.kind in RANGES and c.period is not None and c.period.is_term]
        term = named[-1] if named else self._relative.resolve(cue)
        dated = term is not None and any(c.kind in _YEARS and lies_in(c.period, term) for c in before)
        return term if dated else None

    def _term_reviewed(self, cue: PeriodCue, start: int, end: int) -> Period | None:
        """The term that a clause ends with whose figure is no goal ("kết nạp 97 đảng viên mới trong nhiệm kỳ")."""
        if cue.kind != "term_now" or _CLAUSE_END.match(self._text.folded, cue.end) is None or self._text.is_goal(cue):
            return None
        term, reference, scope = self._relative.resolve(cue), self._text.reference, self._force.scope
        if term is None or reference is None or term.start > reference:
            return None
        if scope is not None and scope.is_run_of_years:
            # what the paragraph is of says more ("Mục tiêu nhiệm kỳ tới: ... kết nạp 100 đảng viên trong nhiệm kỳ")
            return None
        return None if self._goals.term_at(start, end) not in {None, term} else term

    def _opens_figure(self, cue: PeriodCue) -> bool:
        """Whether brackets that a cue opens hold a figure of their own.

        ("48,5 triệu đồng (đầu nhiệm kỳ 13 triệu đồng)")
        """
        inside = self._text.roles.bracket(cue.start)
        return inside is not None and any(char.isdigit() for char in self._text.folded[cue.end : inside[1]])

    def _named_in_brackets(self, start: int, sentence: Sentence) -> Found | None:
        """The year in brackets behind what a figure is of ("dân số (năm 2016) là 179.800 người").

        Or behind the words that label all of its sentence ("Cơ cấu kinh tế (năm 2015): dịch vụ 57%; nông nghiệp 9%").
        """
        told = _NAMED.first_in(self._text.folded, max(sentence.start, start - _NAMED_REACH), start)
        if told is None:
            told = _LABELLED.match(self._text.folded, sentence.start, start)
            if told is not None and self._text.between(told.end(), start):
                return None
        if told is None:
            return None
        cues = self._text.between(told.start(1), told.end(1))
        return next(((cue.period, cue) for cue in cues if cue.period is not None), None)

    def _back_then(self, start: int, sentence: Sentence) -> Found | None:
        """The year that a clause goes back to which says how things were then.

        ("lớn nhất kể từ trận lũ năm 2008 (khi đó xã có 40 nhà bị ngập, thiệt hại 2 tỷ đồng)")
        """
        then = _BACK_THEN.search(self._text.folded, max(sentence.start, start - _THEN_REACH), start)
        if then is None:
            return None
        cues = self._text.between(max(sentence.start, then.start() - _BEFORE_BRACKET), start)
        if not cues or cues[-1].kind not in _THEN or cues[-1].end > then.start() + 1:
            return None
        adjoins = not self._text.folded[cues[-1].end : then.start()].strip()
        return (cues[-1].period, cues[-1]) if adjoins and cues[-1].period is not None else None

    def _before_bracket(self, end: int, sentence: Sentence) -> Found | None:
        """A figure alone in brackets right behind a year is of that year ("đỉnh lũ năm 1979 (3,91m)")."""
        inside = self._text.roles.bracket(end - 1)
        if inside is None or inside[1] - inside[0] > _BRACKET_LENGTH or inside[0] <= sentence.start:
            return None
        if self._text.between(*inside) or _ALONE.match(self._text.folded, inside[0]) is None:
            return None
        if _NOW_AND_THEN.match(self._text.folded, inside[0]) is not None:
            # "gấp 2 lần năm 2015 (840/420 tỷ đồng)"
            return None
        for cue in reversed(self._text.between(max(sentence.start, inside[0] - _BEFORE_BRACKET), inside[0])):
            adjoins = self._text.folded[cue.end : inside[0] - 1].strip() == ""
            if cue.kind in {"year", "month", "quarter"} and adjoins:
                period = self._relative.resolve(cue)
                return (period, cue) if period is not None else None
        return None
