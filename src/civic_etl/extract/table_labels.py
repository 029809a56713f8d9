"""What the label of a table's row says of the measure of its figures."""

import re
from decimal import Decimal

from civic_etl.extract.code_units import RATES
from civic_etl.extract.link import Link
from civic_etl.extract.patterns import patterns
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate
from civic_etl.extract.records import Measure

_PATTERNS = patterns("tables.yaml")
_OF_GROWTH: frozenset[Measure] = frozenset({"change", "change_pct"})
_SIGN = re.compile(r"(?:^|(?<=[\s|(]))[-–−+]$")
# an index is the hundredfold of what it is to the time before, and no growth comes near it
_LEAST_INDEX = 60
# in a column of differences a minus is no dash
_MINUS = re.compile(r"(?:^|(?<=[\s|(]))[-–−]$|[Gg]iảm (?:khoảng )?$")


class RowLabel:
    """The label of one row: characters [start, end) of the folded text."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self._folded = folded
        self._rise = _PATTERNS["rise"].match(folded, start, end)
        self.falls = _PATTERNS["fall"].match(folded, start, end) is not None
        """Whether it tells how much something falls ("Mức giảm tỷ lệ hộ nghèo")."""

    @property
    def moves(self) -> bool:
        """Whether it tells how much something rises or falls."""
        return self.falls or self._rise is not None

    def measure(self, q: Quantity, code: str, link: Link | None) -> Measure:
        """What a figure is where its column says nothing of it: a level or a share, or by how much one moves.

        A rate may have a rise in its own name ("Tỷ lệ tăng dân số tự nhiên").
        """
        unit = q.unit
        rises = self._rise is not None
        if is_rate(code) and self._rise is not None:
            rises = link is not None and link.hit is not None and link.hit.start >= self._rise.end()
        moves = rises or self.falls
        if unit not in RATES:
            return "change" if moves else "level"
        if moves and is_rate(code):
            return "change"
        if not moves and q.value > _LEAST_INDEX and _PATTERNS["index_of"].search(self._folded, self.start, self.end):
            return "prior_ratio"
        grows = moves or _PATTERNS["growth"].search(self._folded, self.start, self.end) is not None
        return "change_pct" if grows else "share"


def is_signed(text: str, cell: int, start: int) -> bool:
    """Whether a figure at `start` in the cell that begins at `cell` has a sign, as what rose or fell has ("+8,1")."""
    return _SIGN.search(text, cell, start) is not None


def is_fall(text: str, cell: int, start: int, *, measure: Measure, falls: bool) -> bool:
    """Whether a figure at `start` in the cell that begins at `cell` tells how much something fell.

    `falls`: the label that says what it is tells of a fall.
    """
    return measure in _OF_GROWTH and (falls or _MINUS.search(text, cell, start) is not None)


def signed(q: Quantity, *, falls: bool) -> tuple[Decimal, Decimal | None]:
    """The value of a figure and the end of its range, below zero where they tell how much something fell."""
    if not falls:
        return q.value, q.upper
    return -abs(q.value), -abs(q.upper) if q.upper is not None else None


def unit_of_change(unit: str, measure: Measure, code: str) -> str:
    """The unit of a figure: what is told in percent of how a rate moved are points."""
    return "percentage_point" if measure == "change" and is_rate(code) and unit == "percent" else unit
