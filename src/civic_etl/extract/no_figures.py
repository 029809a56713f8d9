"""Numbers whose shape tells that they are no figures: telephones, addresses, mottos, the numbers of items."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from civic_etl.extract.lexicon import read_data


@dataclass(frozen=True, slots=True)
class _Shape:
    """A pattern, what a folded text has where it may be found, and which text it is of."""

    pattern: re.Pattern[str]
    marks: tuple[str, ...]
    written: bool


_SHAPES = tuple(
    _Shape(re.compile(entry["pattern"]), tuple(entry["marks"]), entry.get("written", False))
    for entry in read_data("no_figures.yaml")
)


def no_figures(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Spans of a text, and of the same text folded, whose numbers are no facts of a place."""
    for shape in _SHAPES:
        if not shape.marks or any(mark in folded for mark in shape.marks):
            for match in shape.pattern.finditer(text if shape.written else folded):
                yield match.span(match.lastindex or 0)
