"""Administrative units through time, and finding them in prose."""

from collections.abc import Sequence
from datetime import date

from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.spans import PlaceSpan
from civic_etl.gazetteer.units import Edge, Unit

__all__ = ["Edge", "Gazetteer", "PlaceSpan", "Unit", "find"]


def find(
    text: str, on: date | None, near: Sequence[str] | str | None = None, site_area: str | None = None
) -> list[PlaceSpan]:
    """The places a text names, in order of their start.

    `on` is the day the text speaks of (None: the last day the site's unit was in force, at most today); `near` are
    texts read before it (the title, the lead); `site_area` names the unit whose site published it. Spans index `text`
    as given, NFD included. Uses the gazetteer of the settings. Raises GazetteerError where its tables cannot be read.
    """
    return Gazetteer.load().find(text, on, near, site_area)
