"""Fetch addresses that a person names, with the same politeness, allow-list and archive as the nightly."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from civic_etl.archive import Archive
from civic_etl.crawl import CrawlReport, FetchOutcome, Ledger, RecheckPolicy, SystemClock
from civic_etl.crawl.articles import fetch_article
from civic_etl.crawl.client import Client
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.faults import PausedError
from civic_etl.crawl.politeness import Politeness
from civic_etl.crawl.session import Session, spender
from civic_etl.errors import SourceError
from civic_etl.pipeline.shards import Record
from civic_etl.settings import Settings
from civic_etl.sources import Source, detect, parse_source


def source_of(url: str, sources: Mapping[str, Source]) -> Source | None:
    """The described source whose hosts the address is on."""
    return next((source for source in sources.values() if source.allows(url)), None)


def one_off_source(url: str, *, local: bool = False) -> Source:
    """A description made up for an address whose host nobody described. Raises SourceError where it has no host."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SourceError("not an http(s) address", url=url)
    host = parts.netloc.lower()
    family = detect(url)
    return parse_source(
        f"name: {host.replace(':', '.')}\ntitle: {host}\nhosts: [{host}]\nhome: {parts.scheme}://{host}/\n"
        f"level: ward\nlocal: {str(local).lower()}\nperiods: [{{family: {family}}}]\n",
        file=url,
    )


def sort_by_source(
    urls: Sequence[str], sources: Mapping[str, Source], *, any_host: bool
) -> dict[str, tuple[Source, list[str]]]:
    """The addresses by the source they belong to. Raises SourceError for a host nobody described, unless `any_host`."""
    found: dict[str, tuple[Source, list[str]]] = {}
    for url in urls:
        source = source_of(url, sources)
        if source is None and not any_host:
            raise SourceError(
                "no source describes this host: `civic-etl sources add` does, --any-host skips it", url=url
            )
        source = source or one_off_source(url)
        found.setdefault(source.name, (source, []))[1].append(url)
    return found


def fetch_urls(source: Source, urls: Sequence[str], settings: Settings) -> tuple[CrawlReport, list[Record]]:
    """Fetch addresses of one source into the archive; where the page is held already, its record is given.

    Raises SourceError for a source that is gone, ArchiveError where the archive cannot be written.
    """
    return asyncio.run(_fetch(source, urls, settings))


async def _fetch(source: Source, urls: Sequence[str], settings: Settings) -> tuple[CrawlReport, list[Record]]:
    async with hand_session(source, settings) as session:
        records = [record for url in urls for record in await fetch_one(session, url)]
    return session.report, records


@asynccontextmanager
async def hand_session(source: Source, settings: Settings) -> AsyncIterator[Session]:
    """A crawl of one source in which a person says what is fetched; its report is closed at the end.

    Raises SourceError for a source that is gone, ArchiveError where the archive cannot be written.
    """
    clock = SystemClock()
    report = CrawlReport(source.name, clock.now())
    period = source.period_on(report.started.date())
    if period is None:
        raise SourceError("the site is described as gone", source=source.name, field="periods")
    politeness = Politeness(clock, jitter=settings.jitter_seconds, folder=settings.state_dir / "lanes")
    archive = Archive.of(settings)
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger, archive.writer(source.name) as writer:
        spend = spender(source, settings, ledger, clock, report)
        async with Client(source, settings, politeness, clock, spend=spend) as client:
            yield Session(
                source=source,
                period=period,
                settings=settings,
                client=client,
                archive=archive,
                writer=writer,
                ledger=ledger,
                clock=clock,
                policy=RecheckPolicy(everything=True),
                report=report,
            )
    report.finished = clock.now()


async def fetch_one(session: Session, url: str) -> list[Record]:
    """Fetch one address; the record that holds its page, new or held, or none where there is none."""
    name, key = session.source.name, session.key(url)
    session.ledger.list_many(name, [(key, url, None, None, None)], session.now(), "by-hand")
    known = session.ledger.get(name, key)
    if known is None:
        return []
    try:
        outcomes = await fetch_article(session, known)
    except PausedError as pause:
        outcomes = [FetchOutcome(url, "skipped", reason=pause.message)]
    session.report.outcomes += outcomes
    session.report.fetched += sum(item.outcome in ("new", "changed") for item in outcomes)
    last = outcomes[-1]
    if last.outcome in ("new", "changed") and last.warc_path is not None and last.warc_offset is not None:
        return [Record(last.warc_path, last.warc_offset)]
    held = session.ledger.get(name, session.key(last.url))
    if last.outcome == "unchanged" and held is not None and held.warc_path is not None and held.warc_offset is not None:
        return [Record(held.warc_path, held.warc_offset)]
    return []
