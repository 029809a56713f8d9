"""The year that an undated text speaks from, by what it reviews, compares and plans."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from civic_etl.extract.cue_kinds import OF_A_YEAR, PARTS_OF_A_YEAR
from civic_etl.extract.part_of_year import end_of_part
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import Period, PeriodCue, find_periods
from civic_etl.extract.plan_title import is_plan_title
from civic_etl.extract.report_period import outlook
from civic_etl.extract.time_roles import is_base

_PATTERNS = patterns("reference_day.yaml")
_CONGRESS, _RESOLUTION, _CLOSED, _HELD = (_PATTERNS[key] for key in ("congress", "resolution", "closed", "held"))
_PLAN, _AHEAD, _PLANNED, _REACHED, _SENTENCE_END, _RUNNING = (
    _PATTERNS[key] for key in ("plan", "ahead", "planned", "reached", "sentence_end", "running")
)
# spans that a plan is made for
_RUNS = frozenset({"term", "office_term", "year_range", "bare_range"})
_OPENING = 300
_LAST_YEAR = 2100
_SEEN_BEFORE = 140


@dataclass(slots=True)
class _Signs:
    """The days that a text points to: ends of what it reviews, tells and compares; begins of terms; eves of plans.

    `named` are the ends of what is planned in passing ("tiếp tục thực hiện chính sách năm 2014"), `carried` the begins
    of terms whose resolution is carried out.
    """

    reviewed: list[date] = field(default_factory=list)
    told: list[date] = field(default_factory=list)
    parts: list[date] = field(default_factory=list)
    starts: list[date] = field(default_factory=list)
    eves: list[date] = field(default_factory=list)
    named: list[date] = field(default_factory=list)
    carried: list[date] = field(default_factory=list)

    def read(self, text: str) -> None:
        """Add what a text points to."""
        part: PeriodCue | None = None
        for cue in find_periods(text, None):
            if cue.period is None:
                continue
            part, earlier = (cue if cue.kind in PARTS_OF_A_YEAR else part), part
            if earlier is not None and _is_of_part(text, cue, earlier):
                continue
            before = _SENTENCE_END.split(text[max(0, cue.start - _SEEN_BEFORE) : cue.start])[-1]
            if cue.kind == "year_start" and is_base(before):
                self.told.append(date(cue.period.end.year, 12, 31))
            elif cue.kind in {"office_term", "term"}:
                self._add_term(before, date(cue.period.start.year, 12, 31), cue.period.end)
            elif cue.kind == "deadline" and _REACHED.match(text, cue.end) and not _PLAN.search(before):
                self.reviewed.append(cue.period.end)
            elif cue.kind not in OF_A_YEAR | {"to_date"} or cue.period.end.year >= _LAST_YEAR:
                continue
            elif not _PLANNED.match(text, cue.end):
                self._add(cue, cue.period, before)

    def plan_all(self, runs: list[Period]) -> None:
        """Take what was told so far for what is planned, and the runs of years that it is planned for."""
        self.eves.extend(date(end.year - 1, 12, 31) for end in (*self.told, *self.named))
        self.eves.extend(run.start - timedelta(days=1) for run in runs)
        self.told.clear()
        self.named.clear()

    def _add_term(self, before: str, begun: date, end: date) -> None:
        if _CLOSED.search(before):
            # a term is named by the years it touches
            self.reviewed.append(date(end.year + 1, 12, 31))
        elif _RESOLUTION.search(before):
            self.carried.append(begun)
        elif _CONGRESS.search(before):
            self.starts.append(begun)

    def _add(self, cue: PeriodCue, period: Period, before: str) -> None:
        if is_base(before):
            # what is compared with a year ago is of this year
            (self.parts if cue.kind in PARTS_OF_A_YEAR else self.told).append(_a_year_on(period.end))
        elif outlook(before) == "back":
            self.reviewed.append(period.end)
        elif not _PLAN.search(before):
            self.told.append(period.end)
        elif _AHEAD.search(before):
            # what is planned for the rest of a year is planned when the first part of it is reviewed
            (self.reviewed if cue.kind in PARTS_OF_A_YEAR else self.eves).append(period.start - timedelta(days=1))
        else:
            self.named.append(period.end)


def year_spoken_from(title: str, folded: str) -> date | None:
    """The end of the latest period that is reported on; of a congress, the year its term begins."""
    signs = _Signs()
    signs.read(title)
    if is_plan_title(title):
        signs.plan_all(
            [cue.period for cue in find_periods(title, None) if cue.kind in _RUNS and cue.period is not None]
        )
    signs.read(folded)
    if signs.starts and is_of_congress(title, folded):
        # what a congress speaks of beyond its own year is planned
        return max(signs.starts)
    planned = {eve.year + 1 for eve in signs.eves}
    # what is planned for a year elsewhere is not told of it as past
    told = [end for end in signs.told if end.year not in planned] or signs.told
    ends = signs.reviewed or signs.parts or told
    if ends:
        latest = max(ends)
        # a congress reviews up to the year it is held in
        return max([latest, *(s for s in signs.starts if s.year <= latest.year + 1)])
    if signs.starts or signs.carried:
        return max(signs.starts or signs.carried)
    if signs.eves:
        return _in_year_planned(min(signs.eves), title + "\n" + folded)
    return min(signs.named) if signs.named else None


def is_of_congress(title: str, folded: str) -> bool:
    """Whether an article tells of a congress."""
    return _CONGRESS.search(title) is not None or _HELD.search(folded[:_OPENING]) is not None


def _in_year_planned(eve: date, text: str) -> date:
    """The day a plan is spoken of: its eve, or the end of the part of its year that a text tells of without a year.

    ("Trong 9 tháng đã thực hiện các nhiệm vụ năm 2019", "đến ngày 30-9 ... Trong 3 tháng cuối năm phấn đấu ...")
    """
    if _RUNNING.search(text) is not None:
        return date(eve.year + 1, 12, 31)
    named = [(cue.kind, text[cue.start : cue.end]) for cue in find_periods(text, None) if cue.period is None]
    ends = [end for kind, words in named if (end := end_of_part(kind, words, eve.year + 1)) is not None]
    return max(ends, default=eve)


def _is_of_part(text: str, cue: PeriodCue, part: PeriodCue) -> bool:
    """Whether a year is only what a part of the year after it is held against.

    ("9 tháng đầu năm 2020 tăng so với cùng kỳ năm 2019": the part says when)
    """
    if cue.kind in PARTS_OF_A_YEAR or cue.period is None or part.period is None:
        return False
    between = text[part.end : cue.start]
    follows = cue.period.end.year == part.period.end.year - 1 and _SENTENCE_END.search(between) is None
    return follows and is_base(between)


def _a_year_on(end: date) -> date:
    try:
        return end.replace(year=end.year + 1)
    except ValueError:
        return date(end.year + 1, end.month, 28)
