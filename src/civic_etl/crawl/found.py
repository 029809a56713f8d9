"""What discovery yields, and what it asks of the crawl."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from civic_etl.archive.page import Page
from civic_etl.sources.families import Family
from civic_etl.sources.model import Period, Source


@dataclass(frozen=True, slots=True)
class Found:
    """An article address, with what the index says of it. Times are aware or None."""

    url: str
    lastmod: datetime | None = None
    published: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class IndexTrouble:
    """An index page that could not be read, or only in part."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The means and limits of one discovery.

    `fetch` gives an index page (from the site or, unchanged, from the archive), raising FetchError. `since` and
    `until` are
    inclusive days of publication or change; `full` means the span was asked for (a backfill), so stop rules that rely
    on what we already know do not apply. `is_known` says whether the ledger has an address; `fresh_child` whether a
    sitemap with this lastmod must be read again. `today` is the day in Vietnam.
    """

    source: Source
    period: Period
    family: Family
    fetch: Callable[[str], Coroutine[Any, Any, Page]]
    trouble: Callable[[IndexTrouble], None]
    is_known: Callable[[str], bool]
    fresh_child: Callable[[str, datetime | None], bool]
    max_bytes: int
    today: date
    since: date | None = None
    until: date | None = None
    full: bool = False

    def takes(self, url: str) -> bool:
        """Whether `url` is an article address on an allowed host."""
        return self.source.allows(url) and self.family.is_article(url, self.period.articles)

    def in_span(self, found: Found) -> bool:
        """Whether the dates given leave room for the span; an address without a date always passes.

        Outside a backfill every entry of an index file that was read passes: an old page listed anew may be an edited
        one.
        """
        if not self.full:
            return True
        changed = found.lastmod or found.published
        if self.since and changed and local_day(changed) < self.since:
            return False
        published = found.published or (found.lastmod if self.family.lastmod_is_published else None)
        return not (self.until and published and local_day(published) > self.until)


def local_day(moment: datetime) -> date:
    """The day in Vietnam, or as it is written where the calendar ends between the two."""
    try:
        return (moment.astimezone(UTC) + timedelta(hours=7)).date()
    except OverflowError:
        return moment.date()


def storable(text: str) -> str:
    """The text without halves of characters, which escapes in JSON and markup can name and no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


_DATED = re.compile(r"(?<!\d)(20\d\d|19\d\d)-?(1[0-2]|0?[1-9])(?:-?(0[1-9]|[12]\d|3[01]|[1-9]))?(?!\d)")


def dates_in_name(url: str) -> tuple[date, date] | None:
    """First and last day that a sitemap's file name speaks of (`news-2024-3.xml`, `sitemap-article-2024-03-05.xml`)."""
    match = _DATED.search(url.rsplit("/", 1)[-1])
    if not match:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        if match[3]:
            day = date(year, month, int(match[3]))
            return day, day
        after = date(year + month // 12, month % 12 + 1, 1)
    except ValueError:
        return None
    return date(year, month, 1), after - timedelta(days=1)
