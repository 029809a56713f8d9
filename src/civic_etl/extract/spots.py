"""Places of a text, to be asked for by span."""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable


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


class Stretches:
    """Spans that do not overlap, to ask whether a position lies in one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def cover(self, position: int) -> bool:
        """Whether a position lies inside a span."""
        index = bisect_right(self._spans, (position, sys.maxsize)) - 1
        return index >= 0 and position < self._spans[index][1]
