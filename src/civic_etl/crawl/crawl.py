"""Crawl one source, or many side by side."""

import asyncio
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from civic_etl.archive.store import Archive
from civic_etl.crawl.client import Client
from civic_etl.crawl.clock import VIETNAM, Clock, SystemClock
from civic_etl.crawl.guard import Resolver, resolve
from civic_etl.crawl.ledger import Ledger
from civic_etl.crawl.politeness import Politeness
from civic_etl.crawl.recheck import RecheckPolicy
from civic_etl.crawl.report import CrawlReport, ProgressHook
from civic_etl.crawl.session import BACKFILL_SHARE, Session, spender
from civic_etl.crawl.sharing import SharedWriter
from civic_etl.errors import ArchiveError, FetchError, SourceError
from civic_etl.settings import Settings
from civic_etl.sources.model import Period, Source

LEDGER_NAME = "crawl.sqlite"
# Hosts crawled at the same time; each has a connection, a WARC file and little else.
MAX_SOURCES_AT_ONCE = 64


def crawl_source(
    source: Source,
    settings: Settings,
    *,
    progress: ProgressHook | None = None,
    since: date | None = None,
    until: date | None = None,
    listing_only: bool = False,
    recheck: RecheckPolicy | None = None,
    clock: Clock | None = None,
    rng: random.Random | None = None,
    resolver: Resolver = resolve,
) -> CrawlReport:
    """Bring the archive up to date with one site.

    Without a span it is the nightly run: what the indexes list now and the recheck rule picks. With `since` or `until`
    (inclusive days) it is a backfill: what was published then and is not held yet. With `listing_only` the indexes are
    read and no article is. A site that cannot be read is a report with `error` or `paused` set, not an exception.
    Raises ArchiveError when the archive cannot be written.
    """
    reports = crawl_all(
        [source],
        settings,
        progress,
        since=since,
        until=until,
        listing_only=listing_only,
        recheck=recheck,
        clock=clock,
        rng=rng,
        resolver=resolver,
    )
    return reports[source.name]


def crawl_all(
    sources: Iterable[Source],
    settings: Settings,
    progress: ProgressHook | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    listing_only: bool = False,
    recheck: RecheckPolicy | None = None,
    clock: Clock | None = None,
    rng: random.Random | None = None,
    resolver: Resolver = resolve,
) -> dict[str, CrawlReport]:
    """`crawl_source` for each, side by side across hosts; one request at a time to each registrable domain.

    One site's failure is in its own report and stops no other. Reports come in the order of `sources`.
    """
    the_clock = clock or SystemClock()
    politeness = Politeness(the_clock, jitter=settings.jitter_seconds, folder=settings.state_dir / "lanes", rng=rng)
    run = _Run(
        settings=settings,
        clock=the_clock,
        politeness=politeness,
        policy=recheck or RecheckPolicy(),
        progress=progress,
        since=since,
        until=until,
        listing_only=listing_only,
        resolver=resolver,
    )
    return asyncio.run(run.all(list(sources)))


@dataclass(frozen=True, slots=True)
class _Run:
    settings: Settings
    clock: Clock
    politeness: Politeness
    policy: RecheckPolicy
    progress: ProgressHook | None
    since: date | None
    until: date | None
    listing_only: bool
    resolver: Resolver

    @property
    def archive(self) -> Archive:
        return Archive.of(self.settings)

    async def all(self, sources: list[Source]) -> dict[str, CrawlReport]:
        places = asyncio.Semaphore(MAX_SOURCES_AT_ONCE)
        with Ledger(self.settings.state_dir / LEDGER_NAME) as ledger:

            async def one(source: Source) -> CrawlReport:
                async with places:
                    return await self._one(source, ledger)

            try:
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(one(source)) for source in sources]
            except BaseExceptionGroup as failed:
                # What stops one, such as a ledger on a full disk, stops all: the first says it.
                raise failed.exceptions[0] from failed
        return {source.name: task.result() for source, task in zip(sources, tasks, strict=True)}

    async def _one(self, source: Source, ledger: Ledger) -> CrawlReport:
        report = CrawlReport(source.name, self.clock.now())
        run = ledger.begin_run(source.name, report.started, self.since, self.until)
        try:
            for period in self._periods(source):
                await self._period(source, period, ledger, report)
        except (FetchError, SourceError, ArchiveError) as error:
            report.error = str(error)
        report.finished = self.clock.now()
        discovered = report.discovered and report.error is None
        ledger.end_run(run, report.finished, discovered=discovered, report=report.summary())
        return report

    def _periods(self, source: Source) -> list[Period]:
        """The nightly run asks today's system; a backfill does too, since a dead system cannot be asked."""
        period = source.period_on(self.clock.now().astimezone(VIETNAM).date())
        if period is None:
            reason = "the site is described as gone; its history is in web archives only: --via wayback or commoncrawl"
            raise SourceError(reason, source=source.name, field="periods")
        return [period]

    async def _period(self, source: Source, period: Period, ledger: Ledger, report: CrawlReport) -> None:
        is_backfill = self.since is not None or self.until is not None
        share = BACKFILL_SHARE if is_backfill else 1.0
        spend = spender(source, self.settings, ledger, self.clock, report, share=share)
        async with (
            await SharedWriter.open(self.archive, source.name, self.clock, breathes=is_backfill) as shared,
            Client(source, self.settings, self.politeness, self.clock, spend=spend, resolver=self.resolver) as client,
        ):
            session = Session(
                source=source,
                period=period,
                settings=self.settings,
                client=client,
                archive=self.archive,
                writer=shared.writer,
                shared=shared,
                listing_only=self.listing_only,
                ledger=ledger,
                clock=self.clock,
                policy=self.policy,
                report=report,
                progress=self.progress,
                since=self.since,
                until=self.until,
            )
            await session.run()
