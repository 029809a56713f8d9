"""Parts of a commune that are spoken of again by their kind alone: "toàn thôn", "Ấp hiện có 12 hộ nghèo"."""

from collections.abc import Sequence
from dataclasses import replace

from civic_etl.extract.patterns import patterns
from civic_etl.gazetteer import PlaceSpan

_PATTERNS = patterns("places.yaml")
_AGAIN, _PART_KIND = _PATTERNS["part_again"], _PATTERNS["part_kind"]


def parts_again(folded: str, spans: Sequence[PlaceSpan], in_title: Sequence[PlaceSpan]) -> list[PlaceSpan]:
    """The places of a text, with the places where the last named part of a kind is spoken of by its kind alone.

    `folded` is the folded text, `spans` its places in order, `in_title` those of its title.
    """
    latest = {_kind(span): span for span in in_title if span.status == "part"}
    named = [span for span in spans if span.status == "part"]
    if not latest and not named:
        return list(spans)
    found: list[PlaceSpan] = []
    index = 0
    for match in _AGAIN.all_in(folded):
        while index < len(named) and named[index].start < match.start():
            latest[_kind(named[index])] = named[index]
            index += 1
        part = latest.get(match["kind"])
        if part is not None:
            text = folded[match.start() : match.end()]
            found.append(replace(part, start=match.start(), end=match.end(), text=text, locates=False))
    taken = {span.start for span in spans}
    return sorted([*spans, *(span for span in found if span.start not in taken)], key=lambda span: span.start)


def _kind(span: PlaceSpan) -> str:
    """The kind of a part: the words of its name before its own."""
    kind = _PART_KIND.match(span.sub_area.lower())
    return kind[0] if kind is not None else ""
