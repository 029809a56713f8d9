"""The lines of a text, and the rows of a table among them, for tables that lost their signs or their rows."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

_TEXT = re.compile(r"[^\s](?:[^\n]*[^\s])?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks at its ends."""

    start: int
    end: int
    text: str


class Row(Protocol):
    """What is read of lines: `last` is the index of the last one."""

    @property
    def last(self) -> int:
        """The index of its last line."""


AnyRow = TypeVar("AnyRow", bound=Row)


def lines_of(text: str) -> list[Line]:
    """All lines that hold anything."""
    return [Line(found.start(), found.end(), found[0]) for found in _TEXT.finditer(text)]


def rows_of(lines: list[Line], row_at: Callable[[list[Line], int], AnyRow | None]) -> list[AnyRow]:
    """Every row that `row_at` reads from a line on, the next one behind its last line."""
    found: list[AnyRow] = []
    at = 0
    while at < len(lines):
        row = row_at(lines, at)
        if row is not None:
            found.append(row)
        at = row.last + 1 if row is not None else at + 1
    return found
