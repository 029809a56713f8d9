"""The time under report: which period holds at each figure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from civic_etl.extract import periods as p
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.periods import Period, PeriodCue, find_periods

# a state "to this day" keeps the scope of a report that ended at most this long before publication
_FRESH = timedelta(days=150)
_REPORT_WORDS = re.compile(r"tổng kết|kết quả|đánh giá|sơ kết|tình hình|kiểm điểm|nhìn lại|thực hiện")
_PLAN_WORDS = re.compile(r"(?:nhiệm vụ|phương hướng|kế hoạch|dự toán|triển khai|chỉ tiêu|mục tiêu)[^.;]{0,40}$")
_BASE_BEFORE = re.compile(
    r"(?:so với|so|so sánh với|hơn|bằng|cùng kỳ|cùng kỳ của|với|kế hoạch|dự toán|nghị quyết|chỉ tiêu|giá so sánh|giá cố định|chuẩn|theo chuẩn|"
    r"tiêu chí|thời điểm|quyết định|thành lập|tại thời điểm|mức|của|vào|đề án|chương trình|kh|khóa|so với cuối|so với đầu|so với tháng|từ đầu)\s*\(?$"
)
_NAME_BEFORE = re.compile(r"(?:kế hoạch|dự toán|nghị quyết|chuẩn|giá so sánh|giá cố định|kh|bộ tiêu chí|đề án)(?: (?!phát triển)\S+){0,2}\s*\(?$|\bgiao\s*$")
_COMPARISON = re.compile(r"(?:so với|so|cùng kỳ|hơn|bằng)(?: (?:cùng kỳ|cuối|đầu|tháng|của|với|thời điểm|quý|vụ|nhiệm kỳ|kế hoạch|số liệu|năm học|mức)){0,3}\s*\(?$")
_SCOPES = frozenset({"months_to_date", "half", "months", "quarter", "term", "school_year", "month", "year", "deadline", "year_end",
                     "season", "bare_range", "this_year", "year_close", "year_open", "five_years", "term_end", "bare_month", "this_month", "this_quarter", "to_date", "next_year", "half_rest", "office_term", "year_range", "term_now"})
_AS_OF = frozenset({"as_of", "as_of_month", "span"})
_RELATIVE_FULL_YEAR = frozenset({"this_year"})


_EVENT_NAME = re.compile(r"(?:lần thứ \S+|khóa \S+|đại biểu|các cấp|hđnd \S+|đại hội(?: [^\s,;:.]+){0,8}),?\s*$")
_MENTION_MONTH = re.compile(r"(?:hồi|vào|từ|kể từ|sau|trước|đến|ngày \S+)\s*$")
_ADVERBIAL_BEFORE = re.compile(r"(?:^|[,;:.(\n]|\b(?:trong|riêng|và|đến|tính|là|đó|ước|bước|sang|của|lũy|kết quả|đạt được|rõ|biết))\s*$")
_GOAL = re.compile(r"phấn đấu|mục tiêu|dự kiến|ước|kế hoạch|chỉ tiêu")
_MAX_SCOPE_AGE = 7


@dataclass(frozen=True, slots=True)
class Scope:
    """A period in force, where the cue that opened it stands (-1: none in the text), and whether it is a day."""

    period: Period | None
    cue_start: int
    as_of: bool = False


class Timeline:
    """Resolves the time cues of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._published = context.document.published
        self._cues = context.periods
        self.running = Scope(None, -1)
        self._local: Period | None = None
        self._bound_starts: set[int] = set()
        self.report = self._report_period()

    @property
    def reference(self) -> date | None:
        """The publication date, else the first full date of the text."""
        if self._published is not None:
            return self._published
        return next((c.period.end for c in self._cues if c.period and c.kind in {"date", "as_of", "span"}), None)

    def default(self) -> Period | None:
        """The period of a figure that no cue reaches: the report's, else the publication date."""
        if self.report is not None:
            return self.report
        return p.day(self.reference) if self.reference else None

    def base_year(self) -> int | None:
        """The year that a cue without one belongs to."""
        if self.report is not None:
            return self.report.end.year
        if self.running.period is not None:
            return self.running.period.end.year
        return self._relative_year()

    def _relative_year(self) -> int | None:
        """"This year" of a text: the year before, for what is published in January or February."""
        reference = self.reference
        if reference is None:
            return None
        return reference.year - 1 if reference.month <= 2 else reference.year

    def _report_period(self) -> Period | None:
        """What the title (or the opening) says the article reports on."""
        title = find_periods(_fold(self._context.document.title), self._published)
        found = self._best_report(_fold(self._context.document.title), title)
        if found is not None:
            return found
        blocks = [b for b in self._context.blocks if b.kind != "row"][:2]
        for block in blocks:
            text = self._context.folded[block.start : block.end]
            cues = find_periods(text, self._published)
            cues = [c for c in cues if _REPORT_WORDS.search(text[max(0, c.start - 90) : c.start])]
            found = self._best_report(text, cues)
            if found is not None:
                return found
        if re.search(r"\b(?:vụ|niên vụ|mùa) [^\W\d_]+", _fold(self._context.document.title)) and self._published is not None:
            return p.year(self._published.year)
        return None

    def _best_report(self, text: str, cues: list[PeriodCue]) -> Period | None:
        for cue in cues:
            if cue.kind not in _SCOPES or cue.kind in {"term", "office_term", "year_range", "deadline", "bare_range"}:
                continue
            if _PLAN_WORDS.search(text[: cue.start]) or _NAME_BEFORE.search(text[: cue.start]):
                continue
            period = cue.period or self._relative(cue, text[cue.start : cue.end], None, self._relative_year())
            if period is not None:
                return period
        return None

    def enter(self, block: Block) -> None:
        """Go to a block: list items go back to the scope of their heading or lead-in."""
        self._local = None
        for start, end in [*reversed(([block.lead_in] if block.lead_in else [])), *reversed(block.headings)]:
            cues = [c for c in self._cues if start <= c.start < end and c.kind in _SCOPES | _AS_OF]
            if cues:
                period = self._resolve(cues[-1])
                if period is not None and block.kind != "heading":
                    self.running = Scope(period, cues[-1].start)
                return

    def at(self, block: Block, sentence: Sentence, start: int, end: int, floor: int, bindable: bool = True) -> tuple[Period | None, PeriodCue | None]:
        """The period in force at a figure spanning [start, end) of a sentence; `floor` is the end of the figure before."""
        bound = self._bound(end, sentence)
        if bound is not None:
            self._bound_starts.add(bound[1].start)
            if bindable:
                return bound[0], bound[1]
        before = [c for c in self._cues if sentence.start <= c.start < start and not self._is_base(c)]
        opener = self._list_opener(sentence, start)
        for cue in reversed(before):
            if cue.start in self._bound_starts or (opener >= 0 and cue.start > opener and ";" in self._context.folded[cue.end : start]):
                continue
            if cue.kind == "year_close" and not _GOAL.search(self._context.folded[sentence.start : start]):
                continue
            if cue.kind in {"bracket", "date", "prior_year", "year_start", "term_start", "year_open"}:
                if cue.kind == "date" and self._event_date(cue, sentence) and (self.running.period or self.report):
                    continue
                if cue.kind == "date" and self._event_date(cue, sentence):
                    return cue.period, cue
                if cue.kind == "bracket" or (cue.kind in {"year_start", "term_start", "year_open"} and cue.start < floor):
                    continue
                if cue.kind == "date" and cue.start < floor:
                    continue
            if cue.kind == "now":
                return self._now(before, cue), cue
            period = self._resolve(cue)
            if period is not None:
                return period, cue
        if self._local is not None:
            return self._local, None
        if self.running.period is not None:
            return self.running.period, None
        if self.report is None:
            for after in self._cues:
                if end <= after.start < block.end and after.kind in _SCOPES and not self._is_base(after):
                    period = self._resolve(after)
                    if period is not None and not self._ahead(period):
                        return period, after
        return self.default(), None

    def _ahead(self, period: Period) -> bool:
        """Whether a period begins after publication: a plan's, which no undated state belongs to."""
        return self._published is not None and period.start > self._published

    def _list_opener(self, sentence: Sentence, start: int) -> int:
        """Where the colon of a sentence stands whose opening names the period of the whole list; -1 without one."""
        colon = self._context.folded.find(":", sentence.start, start)
        if colon < 0:
            return -1
        opens = any(sentence.start <= c.start < colon and not self._is_base(c) and c.kind in _SCOPES for c in self._cues)
        return colon if opens else -1

    def leave(self, sentence: Sentence, has_figures: bool) -> None:
        """Keep the last scope that a sentence opened; sentences without figures open none."""
        if not has_figures:
            return
        for cue in reversed([c for c in self._cues if sentence.start <= c.start < sentence.end]):
            if self._is_base(cue) or self._in_name(cue):
                continue
            if cue.start in self._bound_starts:
                continue
            if cue.kind in _SCOPES and cue.kind not in {"bare_range", "year_range", "season", "bracket", "to_date", "year_close", "year_open"}:
                period = self._resolve(cue)
                if period is None:
                    continue
                if self._persists(cue, period, sentence):
                    self.running = Scope(period, cue.start)
                    self._local = None
                    return
                if not self._distant(period):
                    self._local = period
                    return
            if cue.kind in _AS_OF | {"date"} and self.report is None and (self.running.period is None or self.running.as_of):
                period = self._resolve(cue)
                if period is not None:
                    self.running = Scope(period, cue.start, as_of=True)
                    return

    def _persists(self, cue: PeriodCue, period: Period, sentence: Sentence) -> bool:
        """Whether a cue opens a scope for what follows: it stands free, and is not of a distant past."""
        if self._distant(period):
            return False
        if self.running.period is None and self.report is None:
            return True
        before = self._context.folded[max(sentence.start, cue.start - 12) : cue.start]
        return _ADVERBIAL_BEFORE.search(before) is not None

    def _distant(self, period: Period) -> bool:
        reference = self.reference
        return reference is not None and period.end.year < reference.year - _MAX_SCOPE_AGE

    def _bound(self, end: int, sentence: Sentence) -> tuple[Period | None, PeriodCue] | None:
        """A period right behind a figure ("27 triệu đồng năm 2015", "5,2% (năm 2019)")."""
        folded = self._context.folded
        for cue in self._cues:
            if cue.start < end:
                continue
            if cue.start > min(end + 24, sentence.end):
                break
            gap = folded[end : cue.start]
            if re.fullmatch(r"\s*\(?\s*(?:ở |của |vào |trong |vào cuối |cuối |tính đến )?", gap) and not gap.strip().startswith(","):
                if cue.kind in {"year", "bracket", "year_end", "term_start", "year_start", "prior_year", "month", "deadline", "bare_month", "as_of", "quarter"}:
                    if cue.kind == "prior_year":
                        now = self.running.period or self.default()
                        return (shift(now, -1) if now else None), cue
                    period = self._resolve(cue)
                    if period is not None:
                        return period, cue
            return None
        return None

    def _now(self, before: list[PeriodCue], cue: PeriodCue) -> Period | None:
        """"To this day" keeps the time under report; after a past scope, or without one, it is the publication date."""
        scope = self.running.period or self.report
        reference = self.reference
        if scope is not None and scope != self.report and self.report is not None and reference is not None and scope.end < self.report.start:
            return p.day(reference)
        if scope is not None and (reference is None or scope.end >= reference - _FRESH or scope == self.report):
            return scope
        return p.day(reference) if reference else scope

    def _resolve(self, cue: PeriodCue) -> Period | None:
        if cue.period is not None:
            return cue.period
        text = self._context.folded[cue.start : cue.end]
        return self._relative(cue, text, self.running.period, self.base_year())

    def _relative(self, cue: PeriodCue, text: str, scope: Period | None, year: int | None) -> Period | None:
        if year is None:
            return None
        reference = self.reference
        match cue.kind:
            case "months_to_date" | "months":
                return _months(text, year)
            case "half":
                return p.half(year, 2 if "cuối" in text else 1)
            case "half_rest":
                return p.half(year, 2)
            case "quarter":
                return p.quarter(year, p.quarter_number(text))
            case "bare_month":
                number = int(re.findall(r"\d+", text)[0])
                return p.month(year, number) if 1 <= number <= 12 else None
            case "this_month":
                if scope is not None and "-M" in scope.code:
                    return scope
                source = self.report or scope
                if source is not None and source.end.month and source.code != str(source.end.year):
                    return p.month(source.end.year, source.end.month)
                return p.month(reference.year, reference.month) if reference else None
            case "this_quarter":
                return scope if scope is not None and "-Q" in scope.code else None
            case "to_date":
                return self._to_date(scope, reference)
            case "this_year" | "year_close":
                return p.year(year)
            case "year_open":
                return p.day(date(year, 1, 1))
            case "five_years":
                return scope if scope is not None and scope.code.endswith("/P5Y") else self._term("term_now")
            case "next_year":
                return p.year(year + 1)
            case "term_now" | "term_start" | "term_end":
                return self._term(cue.kind)
            case _:
                return None

    def _to_date(self, scope: Period | None, reference: date | None) -> Period | None:
        source = scope or self.report
        if source is not None and source.start.month == 1 and source.start.day == 1:
            return source
        if source is not None and "-M" in source.code:
            return p.months_from_january(source.end.year, source.end.month)
        return p.day(reference) if reference else None

    def _term(self, kind: str) -> Period | None:
        terms = [c.period for c in self._cues if c.kind in {"term", "office_term"} and c.period]
        reference = self.reference
        if not terms:
            return None
        past = [t for t in terms if reference is None or t.start.year < reference.year - 1]
        chosen = past[0] if past else shift(terms[0], -5)
        if kind == "term_end":
            return p.year(chosen.start.year + 5)
        return p.year(chosen.start.year) if kind == "term_start" else chosen

    def _is_base(self, cue: PeriodCue) -> bool:
        """Whether a cue is what something is compared with, or part of a name, rather than a scope."""
        if cue.kind in {"bracket", "as_of", "as_of_month", "span"}:
            return False
        before = self._context.folded[max(0, cue.start - 60) : cue.start]
        if cue.kind == "prior_year":
            return True
        if cue.kind in {"office_term", "term"} and _EVENT_NAME.search(before):
            return True
        if cue.kind == "month" and _MENTION_MONTH.search(before) and not before.endswith("đến "):
            return True
        if before.endswith("("):
            return False
        return _COMPARISON.search(before) is not None or self._in_name(cue)

    def _in_name(self, cue: PeriodCue) -> bool:
        before = self._context.folded[max(0, cue.start - 40) : cue.start]
        return _NAME_BEFORE.search(before) is not None and cue.kind not in {"deadline"}

    def _event_date(self, cue: PeriodCue, sentence: Sentence) -> bool:
        """A day that opens a sentence about a meeting is no as-of date."""
        return cue.start - sentence.start < 12


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


def _months(text: str, year: int) -> Period | None:
    found = p.number_of_months(text)
    if found is None or not 1 <= found[0] <= 12:
        return None
    count, part = found
    if part == "cuối":
        return p.half(year, 2) if count == 6 else Period(f"{year}-{13 - count:02d}-01/P{count}M", date(year, 13 - count, 1), date(year, 12, 31))
    return p.months_from_january(year, count)


def _fold(text: str) -> str:
    from civic_etl.extract.normal import normalise

    return normalise(text).folded
