"""Numbers whose shape tells that they are no figures: telephones, addresses, mottos, the numbers of items."""

from collections.abc import Iterator
from dataclasses import dataclass

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.round_digits import round_digits
from civic_etl.pattern import Pattern


@dataclass(frozen=True, slots=True)
class _Shape:
    """A pattern, what a folded text has where it may be found, and whether it is of the text as it is written.

    One that needs no digit (`undigited`: its number may be a word) is looked for in all of a text.
    """

    pattern: Pattern
    marks: tuple[str, ...]
    written: bool
    undigited: bool

    def spans(self, text: str, folded: str) -> Iterator[tuple[int, int]]:
        """What a text has of it."""
        if not self.marks or any(mark in folded for mark in self.marks):
            for match in self.pattern.all_in(text if self.written else folded):
                yield match.span(match.lastindex or 0)


_SHAPES = tuple(
    _Shape(
        Pattern(entry["pattern"]),
        tuple(entry.get("marks", ())),
        entry.get("written", False),
        entry.get("undigited", False),
    )
    for entry in read_data("no_figures.yaml")
)
_UNDIGITED = tuple(shape for shape in _SHAPES if shape.undigited)
_DIGITED = tuple(shape for shape in _SHAPES if not shape.undigited)


def no_figures(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """Spans of a text, and of the same text folded, whose numbers are no facts of a place."""
    for shape in _UNDIGITED:
        yield from shape.spans(text, folded)
    digits = round_digits(folded)
    near, near_folded = digits.of(text), digits.of(folded)
    for shape in _DIGITED:
        for start, end in shape.spans(near, near_folded):
            yield digits.back(start, end)
