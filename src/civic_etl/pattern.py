"""A regular expression that a whole text is tried by only where the text has what its matches have."""

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from civic_etl.needles import signs

_METHODS = ("finditer", "fullmatch", "match", "search", "split", "sub")
_SIGNS = frozenset({"_needles", "_scout"})


class Pattern:
    """A regular expression. `all_in` and `is_in` are for whole texts, most of which have no match.

    It is compiled when it is first tried, since a process that reads a few texts tries but some of the patterns there
    are; `re.error` is raised then.
    """

    __slots__ = (*_METHODS, *_SIGNS, "pattern")

    pattern: str
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    split: Callable[..., list[str]]
    sub: Callable[..., str]
    _needles: tuple[str, ...]
    _scout: re.Pattern[str] | None

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        """Called for what is asked for the first time: from then on it is a plain attribute."""
        if name in _SIGNS:
            known = signs(self.pattern)
            self._needles = known.needles
            # what only looks for the beginnings of matches goes over a text far faster than what looks behind them
            self._scout = re.compile("|".join(map(re.escape, known.heads))) if known.heads else None
        elif name in _METHODS:
            compiled = re.compile(self.pattern)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
        else:
            raise AttributeError(name)
        return object.__getattribute__(self, name)

    @property
    def needles(self) -> tuple[str, ...]:
        """Strings one of which every match has in it; none where nothing is sure."""
        return self._needles

    def all_in(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in a text, in order, as `finditer` gives them."""
        if self._needles and not any(needle in text for needle in self._needles):
            return iter(())
        return self.finditer(text) if self._scout is None else self._from_heads(text, self._scout)

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
