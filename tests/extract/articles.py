"""Short articles for the tests of extraction."""

from datetime import date

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document, Extraction

SITE = "huyện Bình Liêu, tỉnh Quảng Ninh"


def read(text: str, *, title: str = "", published: str | None = "2021-03-20", site: str | None = SITE) -> Extraction:
    """What an article asserts."""
    day = date.fromisoformat(published) if published else None
    return extract(Document("a", text, title, published=day, site_area=site))


def offices(text: str, **about: str | None) -> list[tuple[str, str, str]]:
    """(person, office, unit) of an article, in text order."""
    return [(mention.person, mention.office, mention.unit) for mention in read(text, **about).offices]


def events(text: str, **about: str | None) -> list[tuple[str, str | None, str]]:
    """(kind, ISO date, place) of an article, in text order."""
    return [
        (event.kind, event.event_date.isoformat() if event.event_date else None, event.place)
        for event in read(text, **about).events
    ]
