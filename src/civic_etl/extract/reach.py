"""Where the words that name a figure may stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """The sentence [start, end) of a figure, the end of the figure before and the start of the next.

    Phrases inside the `skip` spans (plans, comparisons) are passed over.
    """

    start: int
    end: int
    floor: int
    ceiling: int
    skip: tuple[tuple[int, int], ...] = ()

    def skips(self, position: int) -> bool:
        """Whether a position is inside a span that is passed over."""
        return bool(self.skip) and any(start <= position < end for start, end in self.skip)
