"""What a web archive is to us: where it lists captures, where it keeps them, and how politely it is asked."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from civic_etl.archive.exchange import Exchange
from civic_etl.crawl.client import Client
from civic_etl.data_files import read_yaml_file
from civic_etl.sources.model import Source

Via = Literal["site", "wayback", "commoncrawl"]

_DATA = Path(__file__).with_name("web_archives.yaml")
# An article may be captured long after it was published; later captures than this are rarely all there is.
CAPTURED_WITHIN = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class WebArchive:
    """An archive's addresses and limits. `name` is also the lane and the line of the budget it is counted under."""

    name: str
    title: str
    index: str
    pages: str
    index_delay_seconds: float
    page_delay_seconds: float
    daily_requests: int
    local: bool = False

    def as_source(self) -> Source:
        """The archive as a place that may be fetched from, for the client's own checks."""
        hosts = {urlsplit(self.index).netloc, urlsplit(self.pages).netloc}
        return Source.model_validate(
            {
                "name": self.name,
                "title": self.title,
                "hosts": sorted(hosts),
                "home": self.pages,
                "level": "ministry",
                "local": self.local,
                "periods": [{"family": "generic"}],
                "politeness": {"min_delay_seconds": self.index_delay_seconds, "daily_page_budget": self.daily_requests},
            }
        )


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as an archive holds it. `taken_at` is UTC; `place` is where it lies, in the archive's own terms."""

    url: str
    taken_at: datetime
    place: tuple[str, ...]


class Backend(Protocol):
    """How one web archive lists and gives captures."""

    archive: WebArchive

    def captures(self, client: Client, host: str, since: date, until: date) -> AsyncIterator[Capture]:
        """HTML pages of a host captured in the span, one capture an address. Raises FetchError."""
        ...

    async def fetch(self, client: Client, capture: Capture) -> Exchange:
        """The capture as the site gave it, under its original address and time. Raises FetchError."""
        ...


@lru_cache(maxsize=1)
def web_archives() -> dict[str, WebArchive]:
    """The archives by name, as the package describes them."""
    return {name: WebArchive(name=name, **fields) for name, fields in read_yaml_file(_DATA).items()}


def capture_span(since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """The days of capture worth asking for, given days of publication."""
    last = min(today, until + CAPTURED_WITHIN) if until is not None else today
    return since or date(1996, 1, 1), last


def stamp_time(stamp: str) -> datetime:
    """The UTC time of a 14-digit timestamp. Raises ValueError for what is none."""
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
