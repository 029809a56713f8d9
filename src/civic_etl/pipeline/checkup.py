"""Look at a site: can its index be read, and what do three of its articles give."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass

from civic_etl.crawl import Found
from civic_etl.crawl.clock import VIETNAM
from civic_etl.crawl.discover import discover
from civic_etl.crawl.faults import PausedError
from civic_etl.crawl.found import Walk
from civic_etl.crawl.indexes import fetch_index
from civic_etl.crawl.session import Session
from civic_etl.errors import CivicEtlError, FetchError
from civic_etl.pipeline.fetch_urls import fetch_one, hand_session
from civic_etl.pipeline.look import Sight, look
from civic_etl.settings import Settings
from civic_etl.sources import Source

ARTICLES = 3


@dataclass(frozen=True, slots=True)
class Health:
    """How a site is. `listed` counts the addresses seen before the look ended, `requests` what it cost the site."""

    source: str
    problem: str = ""
    listed: int = 0
    requests: int = 0
    troubles: tuple[str, ...] = ()
    sights: tuple[Sight, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the index and every article looked at could be read."""
        return not self.problem and all(sight.ok for sight in self.sights)


def check_source(source: Source, settings: Settings) -> Health:
    """Read the newest part of one index and three articles, with the usual politeness, into the archive.

    Whatever is wrong with the site is in the answer. Raises SourceError for a site that is gone, ArchiveError where the
    archive cannot be written.
    """
    return asyncio.run(_check(source, settings))


async def _check(source: Source, settings: Settings) -> Health:
    async with hand_session(source, settings) as session:
        problem, sights = "", []
        try:
            found = await _first_listed(session)
            sights = [await _sight(session, item) for item in found]
            if not found:
                problem = "the index lists no article"
        except (PausedError, FetchError) as error:
            problem, found = error.message, []
        report = session.report
    return Health(
        source=source.name,
        problem=problem,
        listed=len(found),
        requests=report.requests,
        troubles=tuple(f"{trouble.url}: {trouble.reason}" for trouble in report.troubles),
        sights=tuple(sights),
    )


async def _first_listed(session: Session) -> list[Found]:
    """The first few addresses of the site's indexes that may be fetched; reading stops there."""
    rules = await session.rules_for(session.source.home_url)
    if rules.wait:
        raise PausedError(rules.wait, source=session.source.name)
    walk = Walk(
        source=session.source,
        period=session.period_with(rules),
        family=session.family,
        fetch=lambda url: fetch_index(session, url),
        trouble=session.report.troubles.append,
        is_known=lambda url: False,
        fresh_child=lambda url, lastmod: True,
        max_bytes=session.settings.max_body_bytes,
        today=session.clock.now().astimezone(VIETNAM).date(),
    )
    found: dict[str, Found] = {}
    async with aclosing(discover(walk)) as stream:  # type: ignore[type-var]
        async for item in stream:
            if rules.allows(item.url):
                found.setdefault(session.key(item.url), item)
            if len(found) >= ARTICLES:
                break
    return list(found.values())


async def _sight(session: Session, item: Found) -> Sight:
    records = await fetch_one(session, item.url)
    if not records:
        last = session.report.outcomes[-1]
        return Sight(item.url, last.reason or last.outcome)
    try:
        page = session.archive.read(records[0].warc_path, records[0].offset)
    except CivicEtlError as error:
        return Sight(item.url, error.message)
    return look(page, session.source)[0]
