"""What the head of a table's column says of the figures below it."""

from dataclasses import dataclass
from typing import Literal

from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import Period, PeriodCue
from civic_etl.extract.records import Measure, ValueKind

_PATTERNS = patterns("tables.yaml")
Role = Literal["unit", "index", "ratio", "value", ""]


@dataclass(frozen=True, slots=True)
class Column:
    """Period, kind and measure of a column's figures; `role` is "" where its head says nothing of them."""

    period: Period | None
    kind: ValueKind
    measure: Measure | None
    role: Role


UNTOLD = Column(None, "actual", None, "")


def read_column(head: str, cues: list[PeriodCue], default: Period | None) -> Column:
    """The column of a folded head; `default` is the period of a time expression in it that names none."""

    def says(key: str) -> bool:
        return _PATTERNS[key].search(head) is not None

    period = next((c.period for c in cues if c.period is not None), default if cues else None)
    if says("unit"):
        return Column(None, "actual", None, "unit")
    if says("index"):
        return Column(None, "actual", None, "index")
    if says("prior_ratio"):
        return Column(None, "actual", "change_pct" if says("change") else "prior_ratio", "ratio")
    if says("difference"):
        return Column(None, "actual", "change", "ratio")
    if says("plan_ratio"):
        return Column(None, "actual", "plan_ratio", "ratio")
    if says("target") and not says("carried_out"):
        return Column(period, "target", None, "value")
    if says("estimate"):
        return Column(period, "estimate", None, "value")
    return Column(period, "actual", None, "value" if period or says("result") else "")


def aligned(columns: list[Column], has_figures: list[bool], label: int) -> list[Column]:
    """The columns of a row that has no cell for its number or its unit, or for neither.

    `has_figures` tells of each cell of the row whether one stands in it, `label` which cell is its label.
    """
    if len(has_figures) < len(columns) and label == 0 and columns[0].role == "index":
        columns = columns[1:]
    at = label + 1
    lacks = len(has_figures) == len(columns) - 1 and columns[at].role == "unit"
    return [*columns[:at], *columns[at + 1 :]] if lacks and at < len(has_figures) and has_figures[at] else columns
