"""Numbers whose shape tells that they are no figures: telephones, addresses, mottos, the numbers of items."""

from collections.abc import Iterator
from dataclasses import dataclass

from civic_etl.extract.lexicon import read_data
from civic_etl.pattern import Pattern


@dataclass(frozen=True, slots=True)
class _Shape:
    """A pattern, what a folded text has where it may be found, and whether it is of the text as it is written."""

    pattern: Pattern
    marks: tuple[str, ...]
    written: bool


_SHAPES = tuple(
    _Shape(Pattern(entry["pattern"]), tuple(entry.get("marks", ())), entry.get("written", False))
    for entry in read_data("no_figures.yaml")
)


def no_figures(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Spans of a text, and of the same text folded, whose numbers are no facts of a place."""
    for shape in _SHAPES:
        if not shape.marks or any(mark in folded for mark in shape.marks):
            for match in shape.pattern.all_in(text if shape.written else folded):
                yield match.span(match.lastindex or 0)
