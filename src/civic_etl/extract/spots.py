"""Places of a text, to be asked for by span."""

from bisect import bisect_left


class Spots:
    """Spans in text order that do not overlap."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def any(self, start: int, end: int) -> bool:
        """Whether one of them lies inside [start, end)."""
        index = bisect_left(self._starts, start)
        return index < len(self._ends) and self._ends[index] <= end

    def last(self, position: int) -> int | None:
        """Where the last of them starts before a position."""
        index = bisect_left(self._starts, position)
        return self._starts[index - 1] if index else None
