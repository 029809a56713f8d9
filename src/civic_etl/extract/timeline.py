"""The time under report: which period holds at each figure."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from civic_etl.extract import periods as p
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.normal import normalise
from civic_etl.extract.periods import Period, PeriodCue
from civic_etl.extract.report_period import outlook, report_period
from civic_etl.extract.time_roles import ADVERBIAL, GOAL, TimeRoles

# a state "to this day" keeps the scope of a report that ended at most this long before publication
_FRESH = timedelta(days=150)
# reports appear up to this long before the period they tell of has ended
_PLAN_HEADING = re.compile(
    r"[^\w]*(?:[ivx\d]+[.)]\s*)?(?:các |một số |những )?(?:chỉ tiêu|mục tiêu|phương hướng|nhiệm vụ)\b"
)
_TELLS_NEXT = re.compile(r"[.\s]*(?:theo đó|cụ thể|trong đó|với)\b")
_JUST_OVER = timedelta(days=50)
_AFTER_END = timedelta(days=31)
# a figure of longer ago is history: what follows it is not of its time
_MAX_SCOPE_AGE = 5
_SPANS = frozenset({"term", "office_term", "year_range", "bare_range", "school_year"})
_SCOPES = _SPANS | frozenset(
    {
        "months_to_date",
        "half",
        "months",
        "quarter",
        "month",
        "year",
        "deadline",
        "year_end",
        "season",
        "this_year",
        "year_close",
        "five_years",
        "term_end",
        "bare_month",
        "this_month",
        "this_quarter",
        "to_date",
        "next_year",
        "half_rest",
        "term_now",
        "term_next",
        "present_year",
        "school_year_now",
        "school_year_past",
        "days",
    }
)
_AS_OF = frozenset({"as_of", "as_of_month", "to_month", "span", "about_month"})
_NEVER_RUN = frozenset(
    {"bare_range", "year_range", "season", "bracket", "to_date", "year_close", "days", "deadline", "year_end"}
)
_OF_ONE_FIGURE = frozenset({"year_start", "term_start", "year_open", "year_start_now"})
_SEASON = re.compile(
    r"\bvụ (?:đông[ -–]+xuân|hè[ -–]+thu|thu[ -–]+đông|mùa|đông|xuân|chiêm|hè)\b|\b(?:lúa|ngô|rau) (?:đông[ -–]+xuân|hè[ -–]+thu|mùa)\b"
)
_SEASON_LABEL = re.compile(r"[*+•\-–\s]*vụ (?:đông[ -–]+xuân|hè[ -–]+thu|thu[ -–]+đông|mùa|đông|xuân)[^:.;\n]{0,25}:")
_CLAUSE_STOP = re.compile(r"[;:,()\n]|\.(?!\d)| và |\d+[.,]?\d* ?(?:%|ha|hộ|tấn|tỷ|triệu|người)")
# words that make a paragraph one of goals, and one of what a term has brought
_AIMS = re.compile(
    r"phấn đấu|(?<!chương trình )mục tiêu(?! quốc gia)|quyết nghị|phương hướng|chỉ tiêu (?:chủ yếu|cụ thể|phấn đấu|như|sau)|tiếp tục"
    r"|(?:đề ra|xác định|thông qua|thống nhất|đặt ra|với|quyết định) (?:các |\d+ |một số |những |nhóm |từ )*chỉ tiêu|đề ra \d+|sẽ"
)
_MET = re.compile(r"\b(?:đạt|vượt|hoàn thành)\b")
_BROUGHT = re.compile(
    r"(?:chỉ tiêu|nghị quyết)[^.;\n]{0,90}(?:đạt|vượt|hoàn thành)|(?:đạt|vượt|hoàn thành)[^.;\n]{0,40}(?:chỉ tiêu|nghị quyết)|nhiệm kỳ (?:qua|vừa qua|trước)"
)
_MEETING = re.compile(
    r"tổ chức|diễn ra|họp|khai mạc|hội nghị|đại hội|kỳ họp|buổi|gặp mặt|làm việc|kiểm tra|tham dự|dự|công bố|ban hành|có báo cáo|ngày hội"
)


@dataclass(frozen=True, slots=True)
class Scope:
    """A period in force, where the cue that opened it stands (-1: none in the text), and how far it reaches.

    `as_of`: it is a day's state. `of_paragraph`: it is a run of days inside the time under report, and ends with its paragraph.
    """

    period: Period | None
    cue_start: int
    as_of: bool = False
    of_paragraph: bool = False


class Timeline:
    """Resolves the time cues of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._published = context.reference
        self._cues = context.periods
        self._starts = [cue.start for cue in self._cues]
        self._roles = TimeRoles(context.folded, context.periods, context.quantities)
        self.running = Scope(None, -1)
        self._local: Period | None = None
        self._heading: tuple[int, int] | None = None
        self.report: Period | None = None
        self.report = (
            report_period(context, self.reference)
            or self._report_compared()
            or self._report_before_plan()
            or self._report_before_rest()
            or self._report_told()
        )
        title = p.find_periods(normalise(context.document.title).folded, self.reference)
        self._monthly = any(cue.kind in {"month", "bare_month"} for cue in title)
        self._next_term = self._term("term_next")

    def _report_compared(self) -> Period | None:
        """Without a word of what is reported on: the part of the year whose counterpart a year ago figures are compared with."""
        reference = self.reference
        if reference is None:
            return None
        for cue in self._cues:
            if (
                cue.kind in {"months_to_date", "months", "quarter", "half"}
                and cue.period is not None
                and self._roles.of(cue) == "base"
            ):
                then = shift(cue.period, 1)
                if then.start < reference and then.end <= reference + _AFTER_END and reference - then.end < _FRESH:
                    return then
        return None

    def _report_before_plan(self) -> Period | None:
        """An article of the turn of the year that plans one year looks back on the year before."""
        reference = self.reference
        if reference is None or 3 <= reference.month <= 10:
            return None
        coming = reference.year if reference.month <= 2 else reference.year + 1
        title = p.find_periods(normalise(self._context.document.title).folded, reference)
        planned = [
            c for c in title if c.kind in {"year", "deadline"} and c.period is not None and c.period.code == str(coming)
        ]
        return p.year(coming - 1) if planned else None

    def _report_told(self) -> Period | None:
        """The part of the year just over that the article tells of somewhere before its first figure."""
        reference = self.reference
        first = self._context.quantities[0].start if self._context.quantities else 0
        for cue in self._between(0, first):
            if (
                reference is None
                or cue.kind not in {"months_to_date", "months", "half", "quarter"}
                or self._roles.of(cue) not in {"scope", "name"}
            ):
                continue
            period = self._resolve(cue)
            if period is not None and period.start.month == 1 and -_AFTER_END <= reference - period.end <= _JUST_OVER:
                return period
        return None

    def _report_before_rest(self) -> Period | None:
        """An article that plans for the rest of the year looks back on what went before it ("nhiệm vụ 6 tháng cuối năm")."""
        reference = self.reference
        for cue in self._cues:
            if (
                reference is None
                or cue.kind not in {"half", "half_rest", "months_to_date"}
                or self._roles.of(cue) == "base"
            ):
                continue
            text = self._context.folded[cue.start : cue.end]
            count = 6 if cue.kind != "months_to_date" else (p.number_of_months(text) or (0, ""))[0]
            if (
                "đầu" in text
                or not 3 <= count <= 6
                or (cue.period is not None and cue.period.end.year != reference.year)
            ):
                continue
            if (
                12 - count <= reference.month <= 14 - count
                and outlook(self._context.folded[max(0, cue.start - 140) : cue.start]) == "ahead"
            ):
                return p.months_from_january(reference.year, 12 - count)
        return None

    @property
    def reference(self) -> date | None:
        """The day the article speaks from."""
        return self._context.reference

    def default(self) -> Period | None:
        """The period of a figure that no cue reaches: the report's, else the publication date."""
        if self.report is not None:
            return self.report
        return self._today() or self._only_term()

    def _only_term(self) -> Period | None:
        """The first term that an article without any date names: its plan is of that."""
        title = p.find_periods(normalise(self._context.document.title).folded, None)
        terms = [c.period for c in (*title, *self._cues) if c.kind in {"office_term", "term"} and c.period is not None]
        return terms[0] if terms else None

    def _today(self) -> Period | None:
        """The day the article speaks from; the year where its text gives no more away."""
        reference = self.reference
        if reference is None:
            return None
        only_year = self._context.document.published is None and (reference.month, reference.day) == (12, 31)
        return p.year(reference.year) if only_year else p.day(reference)

    def enter(self, block: Block) -> None:
        """Go to a block: it goes back to the scope of its lead-in or heading, where they have one."""
        self._local = None
        if self.running.of_paragraph and self.report is not None:
            self.running = Scope(None, -1)
        spans = [*([block.lead_in] if block.lead_in else []), *reversed(block.headings)]
        for start, end in spans:
            cues = [
                c
                for c in self._between(start, end)
                if c.kind in _SCOPES | _AS_OF and self._roles.of(c) in {"scope", "bound", "name"}
            ]
            if not cues:
                continue
            period = self._resolve(cues[-1])
            if period is None or block.kind == "heading":
                return
            # a running text below its heading goes on from paragraph to paragraph; items go back each time
            if block.kind != "paragraph" or block.lead_in is not None or self._heading != (start, end):
                self.running = Scope(period, cues[-1].start)
            self._heading = (start, end)
            return

    def at(
        self, block: Block, sentence: Sentence, start: int, end: int, floor: int, bindable: bool = True
    ) -> tuple[Period | None, PeriodCue | None]:
        """The period in force at a figure spanning [start, end); `floor` is the end of the figure before.

        `bindable` says whether a cue right behind the figure dates it; behind a ratio it is what is compared with.
        """
        bound = self._bound(end, sentence, bindable)
        if bound is not None:
            return bound
        found = self._in_sentence(sentence, start, floor)
        if found is not None:
            return (self.report, found[1]) if self._too_long(found[0], sentence, start) else found
        season = self._season_label(block) or self._season(sentence, start, end)
        if season is not None:
            return season, None
        behind = self._behind(sentence, end)
        if behind is not None:
            return behind
        if self._local is not None:
            return self._local, None
        if self.running.period is not None:
            return self.report if self._too_long(self.running.period, sentence, start) else self.running.period, None
        if self.report is None:
            ahead = self._ahead(block, end)
            if ahead is not None:
                return ahead
        if self._next_term is not None and self.report is None:
            if self._aims(start):
                return self._next_term, None
            if self._brought(end) or self._told_of_term(start):
                return shift(self._next_term, -5), None
        return self.default(), None

    def _aims(self, position: int) -> bool:
        """Whether the paragraph speaks of goals before a position, with no other time in force."""
        line = self._context.folded.rfind("\n", 0, position) + 1
        running = self.running.period
        return (running is None or running == self._next_term) and _AIMS.search(
            self._context.folded[line:position]
        ) is not None

    def _brought(self, position: int) -> bool:
        """Whether the paragraph tells what the term that ends has brought, up to a position."""
        line = self._context.folded.rfind("\n", 0, position) + 1
        return _BROUGHT.search(self._context.folded[line:position]) is not None

    def _told_of_term(self, position: int) -> bool:
        """Whether the article turned to the term that ends, and has not turned to goals since."""
        past = shift(self._next_term, -5) if self._next_term is not None else None
        turned = -1
        for cue in self._cues[: bisect_left(self._starts, position)]:
            if cue.kind in {"term_now", "five_years", "office_term", "term"} and self._resolve(cue) == past:
                turned = cue.start
        folded = self._context.folded
        aims = [m for m in _AIMS.finditer(folded, turned, position) if not _MET.search(folded, m.start() - 40, m.end() + 60)]
        return turned >= 0 and not aims

    def span_at(self, position: int) -> Period | None:
        """The term or run of years that holds at a position: the scope's, else the nearest one named before."""
        if self._next_term is not None and self._aims(position):
            return self._next_term
        for period in (self._local, self.running.period, self.report):
            if (
                period is not None
                and period.code.endswith("Y")
                and "/P" in period.code
                and not period.code.endswith("/P1Y")
            ):
                return period
        for cue in reversed(self._cues[: bisect_left(self._starts, position)]):
            if cue.kind in {"term", "office_term", "year_range", "bare_range", "five_years", "term_now"}:
                period = self._resolve(cue)
                reference = self.reference
                if period is not None and (reference is None or period.start.year < reference.year):
                    return period
        return self._term("term_now")

    def leave(self, sentence: Sentence, has_figures: bool) -> None:
        """Keep the last scope that a sentence opened; without figures only one that its first words open, or a plan told of next."""
        planned = None if has_figures else self._planned_next(sentence)
        if planned is not None:
            self.running = Scope(planned, sentence.start)
            self._local = None
            return
        for cue in reversed(self._between(sentence.start, sentence.end)):
            if self._roles.of(cue) != "scope" or self._roles.bracket(cue.start) is not None:
                continue
            # a sentence that ends with the term opens what the term has brought
            ends = (
                cue.kind == "term_now"
                and "qua" in self._context.folded[cue.start : cue.end]
                and sentence.end - cue.end <= 2
            )
            headed = _PLAN_HEADING.match(self._context.folded, sentence.start) is not None and cue.kind in {
                "office_term",
                "term",
                "year",
            }
            if not has_figures and cue.start - sentence.start > 2 and not ends and not headed:
                continue
            if cue.kind == "now" and has_figures and cue.start - sentence.start <= 2:
                period = self._now([], cue)
                if period is not None and period != (self.running.period or self.report):
                    self.running = Scope(period, cue.start, as_of=True)
                    self._local = None
                    return
            if cue.kind in _SCOPES - _NEVER_RUN:
                period = self._resolve(cue)
                if period is None:
                    continue
                if self._persists(cue, period, sentence):
                    self.running = Scope(period, cue.start)
                    self._local = None
                    return
                if has_figures and not self._distant(period) and not self._within_span(period):
                    self._local = period
                    return
            if cue.kind == "span" and cue.period is not None and cue.period.start != cue.period.end:
                self.running = Scope(cue.period, cue.start, of_paragraph=True)
                self._local = None
                return
            if (
                cue.kind in _AS_OF
                and has_figures
                and self.report is None
                and (self.running.period is None or self.running.as_of)
            ):
                period = self._resolve(cue)
                if period is not None:
                    self.running = Scope(period, cue.start, as_of=True)
                    return

    def _planned_next(self, sentence: Sentence) -> Period | None:
        """The year whose plan a sentence speaks of last, where the next one tells it ("... phương hướng năm 2015. Theo đó, ...")."""
        if _TELLS_NEXT.match(self._context.folded, sentence.end) is None:
            return None
        cues = [
            c
            for c in self._between(sentence.start, sentence.end)
            if c.kind in {"year", "deadline", "next_year", "present_year"}
        ]
        if (
            not cues
            or outlook(self._context.folded[max(sentence.start, cues[-1].start - 140) : cues[-1].start]) != "ahead"
        ):
            return None
        period = self._resolve(cues[-1])
        reference = self.reference
        ahead = period is not None and reference is not None and period.end > reference and period != self.report
        return period if ahead else None

    def _between(self, start: int, end: int) -> list[PeriodCue]:
        return self._cues[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _bound(self, end: int, sentence: Sentence, bindable: bool) -> tuple[Period | None, PeriodCue] | None:
        """A period right behind a figure ("27 triệu đồng năm 2015", "5,2% (năm 2019)")."""
        around = self._before_bracket(end, sentence)
        if around is not None:
            return around
        for cue in self._between(end, min(end + 25, sentence.end)):
            if not self._roles.binds(end, cue):
                return None
            if cue.kind not in {
                "year",
                "bracket",
                "year_end",
                "term_start",
                "year_start",
                "prior_year",
                "month",
                "deadline",
                "bare_month",
                "as_of",
                "quarter",
                "present_year",
                "office_term",
                "term",
            }:
                return None
            if self._opens_figure(cue):
                return None
            bracketed = "(" in self._context.folded[end : cue.start] or cue.kind == "bracket"
            if not bindable and not bracketed:
                return None
            if not bracketed and self._roles.of(cue) == "scope" and cue.kind not in {"deadline", "as_of", "term_start"}:
                return None
            if cue.kind == "prior_year":
                now = self.running.period or self.default()
                return (shift(now, -1) if now else None), cue
            period = self._resolve(cue)
            return (period, cue) if period is not None else None
        return None

    def _opens_figure(self, cue: PeriodCue) -> bool:
        """Whether brackets that a cue opens hold a figure of their own ("48,5 triệu đồng (đầu nhiệm kỳ 13 triệu đồng)")."""
        inside = self._roles.bracket(cue.start)
        return inside is not None and any(c.isdigit() for c in self._context.folded[cue.end : inside[1]])

    def _before_bracket(self, end: int, sentence: Sentence) -> tuple[Period | None, PeriodCue] | None:
        """A figure alone in brackets right behind a year is of that year ("đỉnh lũ năm 1979 (3,91m)")."""
        inside = self._roles.bracket(end - 1)
        if inside is None or inside[1] - inside[0] > 40 or inside[0] <= sentence.start:
            return None
        if any(inside[0] <= c.start < inside[1] for c in self._between(inside[0], inside[1])):
            return None
        for cue in reversed(self._between(max(sentence.start, inside[0] - 30), inside[0])):
            if cue.kind in {"year", "month", "quarter"} and self._context.folded[cue.end : inside[0] - 1].strip() == "":
                return (cue.period, cue) if cue.period is not None else None
        return None

    def _in_sentence(self, sentence: Sentence, start: int, floor: int) -> tuple[Period | None, PeriodCue] | None:
        before = [
            c
            for c in self._between(sentence.start, start)
            if self._roles.of(c) == "scope" and self._roles.reaches(c, start)
        ]
        opener = self._list_opener(sentence, before, start)
        for cue in reversed(before):
            if opener >= 0 and cue.start > opener and ";" in self._context.folded[cue.end : start]:
                continue
            opens = opener >= 0 and cue.start < opener and opener - cue.end <= 2
            if (
                cue.kind in {"deadline", "year_end"}
                and not opens
                and ";" in self._context.folded[cue.end : start]
                and self._has_longer_scope(start)
            ):
                continue
            if cue.kind == "year_close" and not GOAL.search(self._context.folded[sentence.start : start]):
                continue
            if cue.kind == "bracket" or (cue.kind in _OF_ONE_FIGURE and cue.start < floor):
                continue
            if cue.kind == "date" and cue.start < floor and cue.start - sentence.start > 16:
                continue
            if cue.kind == "date" and self._is_meeting(cue, sentence, start):
                continue
            if cue.kind == "season" and any(c.start < cue.start and c.kind in _SCOPES - {"season"} for c in before):
                continue
            if cue.kind == "now":
                return self._now(before, cue), cue
            period = self._resolve(cue)
            if period is not None:
                return period, cue
        return None

    def _has_longer_scope(self, position: int) -> bool:
        """Whether goals of a term are listed: a deadline then dates one item of the list."""
        running = self._local or self.running.period
        if running is not None and running.end.year > running.start.year:
            return True
        return self._next_term is not None and self._aims(position)

    def _is_meeting(self, cue: PeriodCue, sentence: Sentence, start: int) -> bool:
        """Whether a day is that of a meeting or a document rather than of the figure's fact."""
        return _MEETING.search(self._context.folded[cue.end : start]) is not None or (
            _MEETING.search(self._context.folded[sentence.start : cue.start]) is not None
        )

    def _season_label(self, block: Block) -> Period | None:
        """A season that labels its paragraph ("* Vụ hè thu: ...") takes its year."""
        if _SEASON_LABEL.match(self._context.folded, block.start) is None:
            return None
        source = self.running.period or self.report
        year = source.end.year if source is not None else self.reference.year if self.reference else None
        return p.year(year) if year else None

    def _behind(self, sentence: Sentence, end: int) -> tuple[Period, PeriodCue] | None:
        """A year later in a figure's own clause ("15/19 tổ dân phố được công nhận ... năm 2017")."""
        stop = _CLAUSE_STOP.search(self._context.folded, end, sentence.end)
        for cue in self._between(end, stop.start() if stop else sentence.end):
            if (
                cue.kind in {"year", "quarter", "month"}
                and self._roles.of(cue) in {"scope", "bound"}
                and cue.period is not None
            ):
                return None if self._distant(cue.period) else (cue.period, cue)
        return None

    def _season(self, sentence: Sentence, start: int, end: int) -> Period | None:
        """A season without any other cue in its sentence takes its year."""
        low = max(sentence.start, self._context.folded.rfind(";", sentence.start, start))
        near = self._context.folded[low : min(end + 30, sentence.end)]
        cut = re.search(r"[;.]\s", near[end - low :]) if end > low else None
        near = near[: end - low + cut.start()] if cut else near
        match = _SEASON.search(near)
        if match is None or re.search(r"so (?:với )?$|so với cùng kỳ\s*$", near[: match.start()]):
            return None
        source = self.running.period or self.report
        # only a month or a day is too short to hold a season
        if source is not None and not (self._monthly or "-M" in source.code or source.start == source.end):
            return None
        year = source.end.year if source is not None else self.reference.year if self.reference else None
        return p.year(year) if year else None

    def _ahead(self, block: Block, end: int) -> tuple[Period, PeriodCue] | None:
        """The cue that follows an undated state in its paragraph."""
        for after in self._between(end, block.end):
            if (
                after.kind not in _SCOPES
                or self._roles.of(after) != "scope"
                or self._roles.bracket(after.start) is not None
            ):
                continue
            if after.kind in _SPANS | {"term_now", "five_years"}:
                return None
            period = self._resolve(after)
            if (
                period is not None
                and not (self._published is not None and period.start > self._published)
                and not self._distant(period)
            ):
                return period, after
            return None
        return None

    def _list_opener(self, sentence: Sentence, before: list[PeriodCue], start: int) -> int:
        """Where the colon of a sentence stands whose opening names the period of the whole list; -1 without one."""
        colon = self._context.folded.find(":", sentence.start, start)
        if colon < 0:
            return -1
        return colon if any(c.start < colon and c.kind in _SCOPES for c in before) else -1

    def _persists(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a cue opens a scope for what follows: it stands free, and is not of a distant past."""
        if self._distant(period):
            return False
        if self.running.period is None and self.report is None:
            return True
        before = self._context.folded[max(sentence.start, cue.start - 12) : cue.start]
        return ADVERBIAL.search(before) is not None

    def _within_span(self, period: Period) -> bool:
        """Whether a run of years is in force that holds the period: a year inside it dates its own sentence only."""
        running = self.running.period
        return (
            running is not None
            and running.end.year > running.start.year
            and running.start.year <= period.start.year <= running.end.year + 1
        )

    def _too_long(self, period: Period | None, sentence: Sentence, start: int) -> bool:
        """Whether a period runs on after the article, so that a result cannot be of it ("Giai đoạn 2021-2025, hộ nghèo còn ...")."""
        report, reference = self.report, self.reference
        if period is None or report is None or reference is None or not period.start.year < period.end.year:
            return False
        if period.end.year <= reference.year + 1 or not period.start <= report.end <= period.end:
            return False
        return GOAL.search(self._context.folded[sentence.start : start]) is None

    def _distant(self, period: Period) -> bool:
        reference = self.reference
        return reference is not None and period.end.year < reference.year - _MAX_SCOPE_AGE

    def _now(self, before: list[PeriodCue], cue: PeriodCue) -> Period | None:
        """ "To this day" keeps the time under report; after a past scope, or without one, it is the publication date."""
        earlier = [c for c in before if c.start < cue.start and c.kind in _SCOPES]
        scope = (self._resolve(earlier[-1]) if earlier else None) or self._local or self.running.period or self.report
        reference = self.reference
        if scope is None or reference is None:
            return scope or self._today()
        fresh = scope.end >= reference - _FRESH and not ("-09-01/" in scope.code and reference.month in {6, 7, 8, 9})
        if (
            not fresh
            and self.report is not None
            and self.report.end >= reference - _FRESH
            and scope.end >= self.report.start
        ):
            fresh = True
        if _is_term(scope) and scope.end.year >= reference.year - 1:
            fresh = True
        return scope if fresh else self._today()

    def _spoken_year(self, reference: date, cue: PeriodCue) -> int:
        """The year that "this year" means: in January still the one that is reported on, but for what is planned."""
        over = self.report is not None and self.report.end.year == reference.year - 1 and reference.month == 1
        planned = (
            GOAL.search(self._context.folded, cue.start, cue.end + 40)
            or "giao" in self._context.folded[cue.end : cue.end + 40]
        )
        return reference.year - 1 if over and not planned else reference.year

    def _resolve(self, cue: PeriodCue) -> Period | None:
        if cue.period is not None:
            return cue.period
        text = self._context.folded[cue.start : cue.end]
        return self._relative(cue, text)

    def _year_of(self, last_month: int) -> int | None:
        """The year of a part of a year named without it: the report's, else the latest that is over or going on."""
        running = self.running.period
        plain = running is not None and running.code == str(running.end.year)
        if self.report is not None and "-09-01/" not in self.report.code:
            return (
                running.end.year
                if running is not None and plain and running.end.year > self.report.end.year
                else self.report.end.year
            )
        if running is not None and plain:
            return running.end.year
        reference = self.reference
        if reference is None:
            return None
        return reference.year - 1 if reference.month <= 2 and last_month > reference.month else reference.year

    def _relative(self, cue: PeriodCue, text: str) -> Period | None:
        scope = self._local or self.running.period
        reference = self.reference
        match cue.kind:
            case "months_to_date" | "months":
                count, part = p.number_of_months(text) or (0, "")
                if text.endswith("qua") and reference is not None:
                    year = reference.year - 1 if reference.month < count else reference.year
                    return months_of(year, count, part)
                return months_of(self._year_of(count if part != "cuối" else 12), count, part)
            case "half" | "half_rest":
                second = "cuối" in text or cue.kind == "half_rest"
                year = self._year_of(12 if second else 6)
                return p.half(year, 2 if second else 1) if year else None
            case "quarter":
                number = p.quarter_number(text)
                year = self._year_of(3 * number)
                return p.quarter(year, number) if year else None
            case "bare_month":
                number = int(re.findall(r"\d+", text)[0])
                year = self._year_of(number)
                return p.month(year, number) if year and 1 <= number <= 12 else None
            case "about_month" | "school_year_past":
                return self._past_school_year() if cue.kind == "school_year_past" else None
            case "this_month":
                return self._month_in_force(scope)
            case "this_quarter":
                return next((s for s in (scope, self.report) if s is not None and "-Q" in s.code), None)
            case "to_date":
                return self._to_date(scope)
            case "present_year":
                return p.year(self._spoken_year(reference, cue)) if reference else scope
            case "year_start_now":
                return p.day(date(reference.year, 1, 1)) if reference and "nay" in text else None
            case "school_year_now":
                return self._school_year_now()
            case "this_year" | "year_close" | "year_open" | "next_year":
                year = self._year_of(12)
                if year is None:
                    return None
                if "qua" in text and reference is not None and reference.month <= 2 and year == reference.year:
                    year -= 1
                if text == "trong năm" and self._is_so_far(year) and not self._is_goal(cue):
                    return self.report
                return p.day(date(year, 1, 1)) if cue.kind == "year_open" else p.year(year + (cue.kind == "next_year"))
            case "five_years":
                begun = scope is not None and reference is not None and scope.start.year >= reference.year - 1
                return (
                    scope
                    if scope is not None and _is_term(scope) and not (begun and "qua" in text)
                    else self._term("term_now")
                )
            case "term_now" if (
                "qua" not in text and "trước" not in text and self._next_term is not None and self._is_goal(cue)
            ):
                return self._next_term
            case "term_now" if "qua" not in text and "trước" not in text and scope is not None and _is_term(scope):
                return scope
            case "term_now" | "term_start" | "term_end" | "term_next":
                return self._term(cue.kind)
            case _:
                return None

    def _is_so_far(self, year: int) -> bool:
        """Whether what is reported on is the first months of a year."""
        return (
            self.report is not None and self.report.start == date(year, 1, 1) and self.report.end < date(year, 12, 31)
        )

    def _is_goal(self, cue: PeriodCue) -> bool:
        """Whether the sentence of a cue speaks of goals before it."""
        begin = max(self._context.folded.rfind(mark, 0, cue.start) for mark in ("\n", ". "))
        return GOAL.search(self._context.folded, max(begin, cue.start - 200, 0), cue.start) is not None

    def _month_in_force(self, scope: Period | None) -> Period | None:
        if scope is not None and "-M" in scope.code:
            return scope
        source = self.report or scope
        if source is not None and source.code != str(source.end.year):
            return p.month(source.end.year, source.end.month)
        reference = self.reference
        return p.month(reference.year, reference.month) if reference else None

    def _to_date(self, scope: Period | None) -> Period | None:
        source = scope or self.report
        if source is not None and source.start.month == 1 and source.start.day == 1:
            return source
        if source is not None and "-M" in source.code:
            return p.months_from_january(source.end.year, source.end.month)
        return self._today()

    def _school_year_now(self) -> Period | None:
        if self.report is not None and "-09-01/" in self.report.code:
            return self.report
        reference = self.reference
        return p.school_year(reference.year if reference.month >= 7 else reference.year - 1) if reference else None

    def _past_school_year(self) -> Period | None:
        now = self._school_year_now()
        return shift(now, -1) if now else None

    def _of_congress(self, cue: PeriodCue) -> bool:
        """Whether a term is named as that of a Party congress; a council's says nothing of goals."""
        before = self._context.folded[max(0, cue.start - 120) : cue.start]
        return (
            re.search(r"đại hội|đảng bộ|chi bộ", before) is not None
            and re.search(r"hđnd|hội đồng nhân dân|quốc hội", before) is None
        )

    def _term(self, kind: str) -> Period | None:
        terms = [
            c.period
            for c in self._cues
            if c.kind in {"term", "office_term"} and c.period and (kind != "term_next" or self._of_congress(c))
        ]
        title = p.find_periods(normalise(self._context.document.title).folded, self._published)
        if kind != "term_next" or "đại hội" in normalise(self._context.document.title).folded:
            terms.extend(c.period for c in title if c.kind in {"term", "office_term", "year_range"} and c.period)
        reference = self.reference
        if not terms:
            return None
        if kind == "term_next":
            return next((t for t in terms if reference is not None and t.start.year >= reference.year - 1), None)
        past = [t for t in terms if reference is None or t.start.year < reference.year - 1]
        chosen = past[0] if past else shift(terms[0], -5)
        if kind == "term_end":
            return p.year(chosen.start.year + 5)
        return p.year(chosen.start.year) if kind == "term_start" else chosen


def _is_term(period: Period) -> bool:
    return period.code.endswith("/P5Y")


def months_of(year: int | None, count: int, part: str) -> Period | None:
    """The first ("đầu") or last ("cuối") months of a year."""
    if year is None or not 1 <= count <= 12:
        return None
    if part == "cuối":
        return (
            p.half(year, 2)
            if count == 6
            else Period(f"{year}-{13 - count:02d}-01/P{count}M", date(year, 13 - count, 1), date(year, 12, 31))
        )
    return p.months_from_january(year, count)


def shift(period: Period, by_years: int) -> Period:
    """The same span some years earlier or later."""
    start, end = _move(period.start, by_years), _move(period.end, by_years)
    code = re.sub(r"^\d{4}", f"{start.year:04d}", period.code)
    return Period(code, start, end)


def _move(at: date, by_years: int) -> date:
    try:
        return at.replace(year=at.year + by_years)
    except ValueError:
        return at.replace(year=at.year + by_years, day=28)
