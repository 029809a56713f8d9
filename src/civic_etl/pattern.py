"""A regular expression that a whole text is tried by only where the text has what its matches have."""

import re
import sys
from collections.abc import Iterator

from civic_etl.needles import signs


class Pattern:
    """A compiled regular expression. `all_in` and `is_in` are for whole texts, most of which have no match."""

    __slots__ = (
        "_compiled",
        "_needles",
        "_scout",
        "finditer",
        "fullmatch",
        "match",
        "pattern",
        "search",
        "split",
        "sub",
    )

    def __init__(self, pattern: str) -> None:
        compiled = re.compile(pattern)
        self._compiled = compiled
        known = signs(pattern)
        self._needles = known.needles
        # what only looks for the beginnings of matches goes over a text far faster than what looks behind them first
        self._scout = re.compile("|".join(map(re.escape, known.heads))) if known.heads else None
        self.pattern = pattern
        self.match = compiled.match
        self.fullmatch = compiled.fullmatch
        self.search = compiled.search
        self.finditer = compiled.finditer
        self.split = compiled.split
        self.sub = compiled.sub

    def all_in(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text, in order, as `finditer` gives them."""
        if self._needles and not any(needle in text for needle in self._needles):
            return iter(())
        return self._compiled.finditer(text) if self._scout is None else self._from_heads(text, self._scout)

    def first_in(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """What `search` gives; for a pattern that is slow to find and seldom there."""
        return self.search(text, start, end) if self._may_be_in(text, start, end) else None

    def all_within(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """What `finditer` gives; for a pattern that is slow to find and seldom there."""
        return self.finditer(text, start, end) if self._may_be_in(text, start, end) else iter(())

    def is_in(self, text: str) -> bool:
        """Whether a text has a match."""
        return next(self.all_in(text), None) is not None

    def _may_be_in(self, text: str, start: int, end: int) -> bool:
        find = text.find
        for needle in self._needles:
            if find(needle, start, end) >= 0:
                return True
        return not self._needles

    def _from_heads(self, text: str, scout: re.Pattern[str]) -> Iterator[re.Match[str]]:
        position = 0
        while (head := scout.search(text, position)) is not None:
            position = head.start()
            found = self.match(text, position)
            if found is None:
                position += 1
            else:
                yield found
                position = found.end()
