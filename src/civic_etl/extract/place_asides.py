"""Places that an opening names only by the way: where a wider unit's body meets, and what a picture shows."""

from civic_etl.extract.layout import Block
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.units import COMMUNE, PROVINCE

_PATTERNS = patterns("places.yaml")
_HELD, _BODY, _DISTRICT_BODY, _CREDIT = (
    _PATTERNS[key] for key in ("held", "provincial_body", "district_body", "credit")
)
# so many characters before a place say that something is held there
_REACH = 60
# and behind it, whose it is
_BODY_REACH = 90
_ENDS = (".", "!", "?", "…", ":", ";", ",")
# the most words of a line below a picture
_LONGEST_CAPTION = 30


class Asides:
    """Tells the places of one document that its opening is not about, though it names them."""

    def __init__(self, names: PlaceNames) -> None:
        self._names = names
        self._folded = names.folded

    def is_caption(self, block: Block) -> bool:
        """Whether a line tells what a picture shows: it ends with a credit, or has no end and names a place midway.

        ("Nông dân huyện Hồng Dân thăm đồng. Ảnh: H.T")
        """
        line = self._folded[block.start : block.end].rstrip()
        if block.kind != "paragraph" or len(line.split()) > _LONGEST_CAPTION:
            return False
        if _CREDIT.search(line) is not None:
            return True
        spans = self._names.between(block.start, block.end)
        return not line.endswith(_ENDS) and bool(spans) and spans[0].start > block.start

    def without_venues(self, spans: list[PlaceSpan], start: int) -> list[PlaceSpan]:
        """Places of a sentence that begins at `start`, without those that only say where a wider unit's body meets.

        ("Sáng 12/1, tại thành phố A, Sở Y tế tổ chức hội nghị", of a text that never speaks of all that city)
        """
        kept: list[PlaceSpan] = []
        is_venue = False
        for span in spans:
            if not (is_venue and span.locates):
                is_venue = self._is_venue(span, spans, start)
            if not is_venue:
                kept.append(span)
        return kept

    def is_held_in(self, span: PlaceSpan, start: int) -> bool:
        """Whether a place only says where something is held, or found, in a sentence that begins at `start`."""
        return _HELD.search(self._folded, max(start, span.start - _REACH), span.start) is not None

    def is_spoken_of(self, span: PlaceSpan) -> bool:
        """Whether the text speaks again of a place by its level alone ("toàn huyện")."""
        kind = span.full_name.lower()
        return any(
            s.anaphor and not s.office and kind.startswith(f"{_kind(s)} ") for s in self._names.spans if s is not span
        )

    def _is_venue(self, span: PlaceSpan, spans: list[PlaceSpan], start: int) -> bool:
        if span.anaphor or span.office or span.level <= PROVINCE:
            return False
        if not self.is_held_in(span, start):
            return False
        wider = any(s.level < span.level and not s.locates and not s.office for s in spans if s.start > span.start)
        bodies = (_BODY, _DISTRICT_BODY) if span.level == COMMUNE else (_BODY,)
        if not wider and not any(body.search(self._folded, start, span.end + _BODY_REACH) for body in bodies):
            return False
        return not self.is_spoken_of(span)


def _kind(span: PlaceSpan) -> str:
    return span.text.lower().removeprefix("toàn ").removeprefix("cả ")
