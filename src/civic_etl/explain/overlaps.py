"""Which spans of many overlap one, found without going through all."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Overlaps(Generic[Item]):
    """Items by the span they have, in the order of their starts."""

    def __init__(self, items: Iterable[Item], span: Callable[[Item], tuple[int, int]]) -> None:
        self._items = sorted(items, key=span)
        self._spans = [span(item) for item in self._items]
        self._longest = max((end - start for start, end in self._spans), default=0)

    def of(self, start: int, end: int) -> Iterator[Item]:
        """The items whose spans share a character with one."""
        first = bisect_left(self._spans, (start - self._longest, start))
        for index in range(first, bisect_left(self._spans, (end, end))):
            if self._spans[index][1] > start:
                yield self._items[index]
