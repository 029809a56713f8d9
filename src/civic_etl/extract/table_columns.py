"""What the head of a table's column says of the figures below it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from civic_etl.extract.calendar_period import shift, year
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import Period, PeriodCue, find_periods
from civic_etl.extract.plan_setters import setter_told
from civic_etl.extract.qualifiers import base_of
from civic_etl.extract.records import Measure, ValueKind
from civic_etl.extract.table_units import CellUnit, unit_in_brackets

# cues that are parts of a year, or all of it, without saying which
_PARTS = frozenset({"months", "bare_month", "quarter", "months_to_date", "this_year"})
_PATTERNS = patterns("tables.yaml")
Role = Literal["unit", "index", "ratio", "value", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """Period, kind and measure of a column's figures; `role` is "" where its head says nothing of them.

    `head` are its words, `unit` the unit that they tell, `setter` who set the plan that they name.
    """

    period: Period | None
    kind: ValueKind
    measure: Measure | None
    role: Role
    head: str = ""
    unit: CellUnit | None = None
    setter: str = ""

    @property
    def done(self) -> str:
        """What its head says is held against a plan, where it tells so as a quotient ("9 tháng/KH 2021 (%)")."""
        return self.head.partition("/")[0] if self.measure == "plan_ratio" and "/" in self.head else ""

    def qualifiers(self, period: Period | None) -> dict[str, str]:
        """Who set the plan that its figures are held against, or the time where that is not the year before."""
        if self.kind == "target" or self.measure == "plan_ratio":
            return {"plan": self.setter} if self.setter else {}
        base = base_of(self.head, period) if self.role == "ratio" else ""
        return {"base": base} if base else {}


UNTOLD = Column(None, "actual", None, "")


def within_year(head: str, default: Period | None, reference: date | None) -> list[PeriodCue]:
    """The times of a head; one without a year is of that which the article is of ("Thực hiện 9 tháng", "Cả năm")."""
    cues = find_periods(head, reference)
    if default is None or not cues or any(cue.period is not None or cue.kind not in _PARTS for cue in cues):
        return cues
    return find_periods(f"{head} năm {default.end.year}".replace("năm năm", "năm"), reference)


def read_column(head: str, cues: list[PeriodCue], default: Period | None) -> Column:
    """The column of a folded head; `default` is the period of a time expression in it that names none."""
    told = _read(head, cues, default)
    return replace(told, head=head, unit=unit_in_brackets(head), setter=setter_told(head))


def _read(head: str, cues: list[PeriodCue], default: Period | None) -> Column:
    def says(key: str) -> bool:
        return _PATTERNS[key].search(head) is not None

    period = next((c.period for c in cues if c.period is not None), default if cues else None)
    if says("unit"):
        return Column(None, "actual", None, "unit")
    if says("index"):
        return Column(None, "actual", None, "index")
    if says("counted_change"):
        return Column(None, "actual", "change", "ratio")
    if says("prior_ratio"):
        return Column(None, "actual", "change_pct" if says("change") else "prior_ratio", "ratio")
    if says("difference"):
        return Column(None, "actual", "change", "ratio")
    if says("plan_ratio"):
        return Column(None, "actual", "plan_ratio", "ratio")
    if says("target") and not says("carried_out"):
        if default is not None and says("plan_of_year"):
            # "Kế hoạch năm" in a report of nine months
            period = year(default.end.year)
        return Column(period, "target", None, "value")
    if default is not None and (before := _PATTERNS["same_time"].search(head)) is not None:
        # "TH cùng kỳ 2015", "Cùng kỳ năm trước"
        of = int(before["year"]) if before["year"] else default.end.year - 1
        return Column(shift(default, of - default.end.year), "actual", None, "value")
    if says("estimate"):
        return Column(period, "estimate", None, "value")
    return Column(period, "actual", None, "value" if period or says("result") else "")


def of_whole_years(columns: list[Column], default: Period | None) -> list[Column]:
    """Columns of which one is of a year and one of the same time of the year before: that is a whole year, too.

    ("Cùng kỳ năm 2020", "Năm 2021"; `default` is the period of a time expression that names none)
    """
    if default is None or not default.is_day:
        return columns
    years = {column.period for column in columns if column.period is not None and column.period.is_calendar_year}

    def whole(column: Column) -> Column:
        period = column.period
        if period is None or not period.is_day or year(period.end.year + 1) not in years:
            return column
        same_day = period == shift(default, period.end.year - default.end.year)
        return replace(column, period=year(period.end.year)) if same_day else column

    return [whole(column) for column in columns]


def yet_to_come(columns: list[Column], reference: date | None) -> list[Column]:
    """Columns of which some are of a time that has not begun by the day of the article: these have what is aimed at."""

    def is_ahead(column: Column) -> bool:
        period = column.period
        return column.kind == "actual" and period is not None and reference is not None and period.start > reference

    return [replace(column, kind="target") if is_ahead(column) else column for column in columns]


def of_expected_parts(columns: list[Column]) -> list[Column]:
    """Columns of which one adds up what another expects of its last part: the sum is expected as well.

    ("Ước thực hiện tháng 5", "Lũy kế 5 tháng")
    """
    expected = [c.period for c in columns if c.kind == "estimate" and c.role == "value" and c.period is not None]

    def summed(column: Column) -> Column:
        period = column.period
        if period is None or column.kind != "actual" or _PATTERNS["cumulative"].search(column.head) is None:
            return column
        has_part = any(period.start < part.start and part.end == period.end for part in expected)
        return replace(column, kind="estimate") if has_part else column

    return [summed(column) for column in columns]


def held_against_plan(columns: list[Column]) -> list[Column]:
    """Columns of which one compares without saying with what, beside a plan and what was done of it.

    ("KH 2012", "TH 2012", "So sánh (%)"; with the year before, where that has a column, too)
    """
    values = [column for column in columns if column.role == "value"]
    done = [column for column in values if column.kind != "target"]
    if len(done) != 1 or len(done) == len(values):
        return columns
    bare = _PATTERNS["bare_comparison"]
    return [
        replace(column, measure="plan_ratio")
        if column.measure == "prior_ratio" and bare.match(column.head) is not None
        else column
        for column in columns
    ]


def aligned(columns: list[Column], has_figures: list[bool], label: int) -> list[Column]:
    """The columns of a row that has no cell for its number or its unit, or for neither.

    `has_figures` tells of each cell of the row whether one stands in it, `label` which cell is its label.
    """
    if len(has_figures) < len(columns) and label == 0 and columns[0].role == "index":
        columns = columns[1:]
    at = label + 1
    lacks = len(has_figures) == len(columns) - 1 and columns[at].role == "unit"
    return [*columns[:at], *columns[at + 1 :]] if lacks and at < len(has_figures) and has_figures[at] else columns
