"""The figures of a text, to be asked for by where they stand."""

from bisect import bisect_left
from collections.abc import Iterable

from civic_etl.extract.quantities import Quantity


class OrderedQuantities(list[Quantity]):
    """Figures in text order."""

    def __init__(self, found: Iterable[Quantity] = ()) -> None:
        super().__init__(found)
        self._starts = [quantity.start for quantity in self]
        self._number_starts = [quantity.number_start for quantity in self]

    def first_from(self, position: int) -> int:
        """The index of the first figure that starts at or behind a position; their number without one."""
        return bisect_left(self._starts, position)

    def within(self, start: int, end: int) -> list[Quantity]:
        """The figures whose numbers start inside [start, end)."""
        low = bisect_left(self._number_starts, start)
        return self[low : bisect_left(self._number_starts, end, low)]

    def any_within(self, start: int, end: int) -> bool:
        """Whether a figure starts inside [start, end)."""
        return self.first_from(start) < self.first_from(end)
