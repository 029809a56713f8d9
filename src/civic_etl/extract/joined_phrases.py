"""Names of two things at once, which are two after all where each has a figure of its own."""

from collections.abc import Iterator

from civic_etl.extract.patterns import patterns
from civic_etl.extract.phrases import Hit, Payload, PhraseTable
from civic_etl.extract.tokens import TokenLine

_WORDS = patterns("joined_phrases.yaml")
_REACH = 16


def find_apart(table: PhraseTable[Payload], line: TokenLine, folded: str) -> Iterator[Hit[Payload]]:
    """The phrases of a table; one with a comma in it comes as its parts where it only stands across two items.

    ("20 hộ nghèo, hộ cận nghèo còn 15 hộ" names no poor and near-poor households together)
    """
    for hit in table.find(line):
        comma = _comma(line, hit)
        if comma is None or not _is_across(hit, folded):
            yield hit
            continue
        yield from table.find(line, hit.first, comma)
        yield from table.find(line, comma + 1, hit.last + 1)


def _comma(line: TokenLine, hit: Hit[Payload]) -> int | None:
    """The first comma inside a phrase."""
    inside = line.words[hit.first + 1 : hit.last]
    return hit.first + 1 + inside.index(",") if "," in inside else None


def _is_across(hit: Hit[Payload], folded: str) -> bool:
    """Whether what stands before the comma has its figure, or its lack, before it, and the rest its own behind."""
    if _WORDS["figure_behind"].match(folded, hit.end) is None:
        return False
    return _WORDS["told_before"].search(folded, max(0, hit.start - _REACH), hit.start) is not None
