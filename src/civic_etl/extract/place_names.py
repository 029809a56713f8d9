"""The places that a document names, in text order, found once."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import replace
from datetime import date

from civic_etl.extract.context import Context
from civic_etl.extract.place_parts import parts_again
from civic_etl.gazetteer import Gazetteer, PlaceSpan

_BREAK = re.compile(r"\n")
UNIT_TYPE = re.compile(r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu|tp\.?|tx\.?|tt\.?|p\.|h\.)\s+")
"""What kind of unit a name is of, before it."""


class PlaceNames:
    """Places named in the text and in the title, as the gazetteer found them."""

    def __init__(self, context: Context) -> None:
        self.gazetteer = Gazetteer.load()
        self.text = context.text
        self.folded = context.folded
        self.reference: date | None = context.reference
        self.site_area = context.site_area
        self.title = unicodedata.normalize("NFC", context.document.title)
        found = self.gazetteer.find_titled(self.text, self.title, self.reference, self.site_area)
        self.in_title = [_in_force(span, found[0]) for span in found[1]]
        self.spans = parts_again(self.folded, found[0], self.in_title)
        self._starts = [span.start for span in self.spans]
        self._breaks = [found.start() for found in _BREAK.finditer(self.text)]

    def find(self, text: str, near: str) -> list[PlaceSpan]:
        """Places named in some text, on the day of the document; `near` is what is said beside it."""
        if not text.strip():
            return []
        return self.gazetteer.find(text, on=self.reference, near=near, site_area=self.site_area)

    def between(self, start: int, end: int) -> list[PlaceSpan]:
        """Places of the text that start inside [start, end)."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def line_start(self, position: int) -> int:
        """Where the line of a position begins."""
        index = bisect_left(self._breaks, position)
        return self._breaks[index - 1] + 1 if index else 0

    def called_in_title(self, name: str) -> re.Match[str] | None:
        """Where the title has a name as words of its own."""
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.title)

    def before(self, span: PlaceSpan, count: int) -> list[PlaceSpan]:
        """So many places of the text named before one."""
        index = bisect_left(self._starts, span.start)
        return self.spans[max(0, index - count) : index]

    def after(self, span: PlaceSpan) -> list[PlaceSpan]:
        """The place of the text named next after one, if there is any."""
        index = bisect_left(self._starts, span.start)
        return self.spans[index + 1 : index + 2]


def _in_force(titled: PlaceSpan, spans: list[PlaceSpan]) -> PlaceSpan:
    """A place of a title; a bare name that only a former unit had is of the new one which the text calls so.

    ("Gò Quao phấn đấu ..." of what was a district, in a text of "xã Gò Quao")
    """
    if not titled.former or titled.unit is None or titled.text != titled.unit.core_name:
        return titled
    new = next((s for s in spans if s.unit is not None and not s.former and s.unit.core_name == titled.text), None)
    if new is None:
        return titled
    return replace(titled, unit=new.unit, full_name=new.full_name, level=new.level, former=False)
