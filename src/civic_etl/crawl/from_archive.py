"""A backfill of one source from a web archive: for sites that are dark, or whose own indexes do not go back so far."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from civic_etl.archive.store import Archive
from civic_etl.crawl.articles import judge
from civic_etl.crawl.client import Client
from civic_etl.crawl.clock import VIETNAM, Clock, SystemClock
from civic_etl.crawl.common_crawl import CommonCrawl
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.faults import PausedError
from civic_etl.crawl.guard import Resolver, resolve
from civic_etl.crawl.known import iso
from civic_etl.crawl.ledger import Ledger
from civic_etl.crawl.politeness import Politeness
from civic_etl.crawl.report import CrawlReport, FetchOutcome, Outcome, Progress, ProgressHook
from civic_etl.crawl.session import spender
from civic_etl.crawl.sharing import SharedWriter
from civic_etl.crawl.wayback import Wayback
from civic_etl.crawl.web_archive import Backend, Capture, Via, WebArchive, capture_span, web_archives
from civic_etl.errors import ArchiveError, FetchError, SourceError
from civic_etl.removals import ON_THE_LIST, removals_of
from civic_etl.settings import Settings
from civic_etl.sources.families import get_family
from civic_etl.sources.model import Source
from civic_etl.sources.urls import clean_url, url_key

_BACKENDS: dict[str, Callable[[WebArchive], Backend]] = {"wayback": Wayback, "commoncrawl": CommonCrawl}
_FAILURES_IN_A_ROW = 5
_LIST_BATCH = 500


def crawl_archived(
    source: Source,
    settings: Settings,
    via: Via,
    *,
    since: date | None = None,
    until: date | None = None,
    progress: ProgressHook | None = None,
    listing_only: bool = False,
    clock: Clock | None = None,
    rng: random.Random | None = None,
    resolver: Resolver = resolve,
    web_archive: WebArchive | None = None,
) -> CrawlReport:
    """Fetch what a web archive holds of a source and ours does not. `since` and `until` are days of publication.

    The source itself is asked nothing and may be gone. Captures keep their own time and the address they came from. An
    archive that cannot be read is a report with `error` or `paused` set. Raises ArchiveError when ours cannot be
    written.
    """
    the_clock = clock or SystemClock()
    backend = _BACKENDS[via](web_archive or web_archives()[via])
    report = CrawlReport(source.name, the_clock.now())
    work = _Work(source, settings, via, backend, the_clock, report, progress, since, until)
    asyncio.run(work.run(rng, resolver, listing_only))
    return report


@dataclass(slots=True)
class _Work:
    source: Source
    settings: Settings
    via: Via
    backend: Backend
    clock: Clock
    report: CrawlReport
    progress: ProgressHook | None
    since: date | None
    until: date | None

    async def run(self, rng: random.Random | None, resolver: Resolver, listing_only: bool) -> None:
        place = self.backend.archive.as_source()
        lanes = self.settings.state_dir / "lanes"
        politeness = Politeness(self.clock, jitter=self.settings.jitter_seconds, folder=lanes, rng=rng)
        archive = Archive.of(self.settings)
        with Ledger(self.settings.state_dir / LEDGER_NAME) as ledger:
            run = ledger.begin_run(self.source.name, self.report.started, self.since, self.until)
            spend = spender(place, self.settings, ledger, self.clock, self.report)
            try:
                async with (
                    await SharedWriter.open(archive, self.source.name, self.clock, breathes=True) as shared,
                    Client(
                        place,
                        self.settings,
                        politeness,
                        self.clock,
                        spend=spend,
                        resolver=resolver,
                        stop_when_busy=True,
                    ) as client,
                ):
                    captures = await self._list(client, ledger)
                    if not listing_only:
                        await self._fetch_all(client, ledger, shared, captures)
            except PausedError as pause:
                self.report.paused = pause.message
            except (FetchError, SourceError, ArchiveError) as error:
                self.report.error = str(error)
            self.report.finished = self.clock.now()
            # Whether the site's own indexes were walked is another matter.
            ledger.end_run(run, self.report.finished, discovered=False, report=self.report.summary())

    async def _list(self, client: Client, ledger: Ledger) -> dict[str, Capture]:
        """The captures of article addresses, by the ledger's key; each is a line there."""
        first, last = capture_span(self.since, self.until, self.clock.now().astimezone(VIETNAM).date())
        found: dict[str, Capture] = {}
        batch: list[tuple[str, str, None, None, None]] = []
        for host in _hosts(self.source):
            async for capture in self.backend.captures(client, host, first, last):
                key = self._key(capture.url)
                if key is None or key in found:
                    continue
                found[key] = capture
                batch.append((key, capture.url, None, None, None))
                if len(batch) >= _LIST_BATCH:
                    ledger.list_many(self.source.name, batch, str(iso(self.clock.now())), self.via)
                    batch = []
                    self._tell("discover", len(found), None)
        ledger.list_many(self.source.name, batch, str(iso(self.clock.now())), self.via)
        self.report.found = len(found)
        self.report.discovered = True
        self._tell("discover", len(found), len(found))
        return found

    def _key(self, url: str) -> str | None:
        """The ledger's key of an article address of any of the source's systems, None for another address."""
        try:
            address = clean_url(url)
        except ValueError:
            return None
        if not self.source.allows(address):
            return None
        for period in self.source.periods:
            if get_family(period.family).is_article(address, period.articles):
                return url_key(address, period.family)
        return None

    async def _fetch_all(
        self, client: Client, ledger: Ledger, shared: SharedWriter, captures: dict[str, Capture]
    ) -> None:
        now = str(iso(self.clock.now()))
        due = []
        for key, capture in captures.items():
            known = ledger.get(self.source.name, key)
            rests = known is not None and known.next_try is not None and known.next_try > now
            if known is None or (known.digest is None and not rests):
                due.append((key, capture))
        self.report.not_due = len(captures) - len(due)
        due.sort(key=lambda item: item[1].taken_at, reverse=True)
        in_a_row = 0
        for done, (key, capture) in enumerate(due):
            self._tell("fetch", done, len(due), capture.url)
            try:
                if in_a_row >= _FAILURES_IN_A_ROW:
                    raise PausedError(f"{in_a_row} failures in a row; the archive is left alone for tonight")
                outcome = await self._fetch(client, ledger, shared, key, capture)
            except PausedError as pause:
                self.report.outcomes += [
                    FetchOutcome(item.url, "skipped", reason=pause.message) for _, item in due[done:]
                ]
                raise
            self.report.outcomes.append(outcome)
            self.report.fetched += outcome.outcome == "new"
            in_a_row = in_a_row + 1 if outcome.outcome == "failed" and outcome.record_id is None else 0
            self._tell("fetch", done + 1, len(due), capture.url, outcome.outcome)
            await shared.breathe()

    async def _fetch(
        self, client: Client, ledger: Ledger, shared: SharedWriter, key: str, capture: Capture
    ) -> FetchOutcome:
        name, now = self.source.name, self.clock.now()
        if removals_of(self.settings).covers(capture.url):
            return FetchOutcome(capture.url, "skipped", reason=ON_THE_LIST)
        try:
            exchange = await self.backend.fetch(client, capture)
        except PausedError:
            raise
        except FetchError as error:
            ledger.failed(name, key, outcome="failed", status=None, reason=error.message, now=now)
            return FetchOutcome(capture.url, "failed", reason=error.message)
        role, reason = judge(exchange)
        notes = {"civic-via": self.via, "civic-capture": " ".join(capture.place), "civic-outcome": reason or "new"}
        ref = shared.writer.response(replace(exchange, role=role), notes)
        place = (ref.path, ref.offset, ref.record_id)
        if reason is not None:
            kind: Outcome = "failed" if role == "refusal" else "skipped"
            ledger.failed(name, key, outcome=kind, status=exchange.status, reason=reason, now=now)
            return FetchOutcome(capture.url, kind, exchange.status, reason, None, *place)
        # Validators of a server of years ago are not to be sent to the one of today.
        bare = replace(exchange, headers=tuple(h for h in exchange.headers if h[0].lower() not in _VALIDATORS))
        ledger.held(name, key, bare, ref, outcome="new", now=str(iso(now)))
        return FetchOutcome(capture.url, "new", exchange.status, None, None, *place)

    def _tell(
        self, stage: str, done: int, total: int | None, url: str | None = None, outcome: str | None = None
    ) -> None:
        if self.progress is not None:
            self.progress(Progress(self.source.name, stage, done, total, url, outcome))  # type: ignore[arg-type]


_VALIDATORS = frozenset({"etag", "last-modified"})


def _hosts(source: Source) -> list[str]:
    """The hosts to look up; one with and without `www.` is one to a web archive."""
    return list(dict.fromkeys(host.removeprefix("www.") for host in source.hosts))
