"""What the label of a table's row says of the measure of its figures."""

from civic_etl.extract.link import RATES, Link
from civic_etl.extract.patterns import patterns
from civic_etl.extract.rates import is_rate
from civic_etl.extract.records import Measure

_PATTERNS = patterns("tables.yaml")


class RowLabel:
    """The label of one row: characters [start, end) of the folded text."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.start = start
        self.end = end
        self._folded = folded
        self._rise = _PATTERNS["rise"].match(folded, start, end)
        self.falls = _PATTERNS["fall"].match(folded, start, end) is not None
        """Whether it tells how much something falls ("Mức giảm tỷ lệ hộ nghèo")."""

    def measure(self, unit: str, code: str, link: Link | None) -> Measure:
        """What a figure of a unit is where its column says nothing of it: a level or a share, or by how much one moves.

        A rate may have a rise in its own name ("Tỷ lệ tăng dân số tự nhiên").
        """
        rises = self._rise is not None
        if is_rate(code) and self._rise is not None:
            rises = link is not None and link.hit is not None and link.hit.start >= self._rise.end()
        moves = rises or self.falls
        if unit not in RATES:
            return "change" if moves else "level"
        if moves and is_rate(code):
            return "change"
        grows = moves or _PATTERNS["growth"].search(self._folded, self.start, self.end) is not None
        return "change_pct" if grows else "share"
