"""The crawl of one source in one run."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from civic_etl.archive.page import Page
from civic_etl.archive.store import Archive
from civic_etl.archive.writer import ArchiveWriter
from civic_etl.crawl.articles import fetch_article
from civic_etl.crawl.client import Client
from civic_etl.crawl.clock import VIETNAM, Clock
from civic_etl.crawl.discover import discover
from civic_etl.crawl.faults import PausedError
from civic_etl.crawl.found import Found, IndexTrouble, Walk
from civic_etl.crawl.indexes import fetch_index
from civic_etl.crawl.known import Known, iso
from civic_etl.crawl.ledger import Ledger
from civic_etl.crawl.recheck import RecheckPolicy
from civic_etl.crawl.report import CrawlReport, FetchOutcome, Progress, ProgressHook
from civic_etl.crawl.robots import Rules, read_rules, robots_url
from civic_etl.crawl.sharing import SharedWriter
from civic_etl.crawl.stopping import STOPPED, is_stop_asked
from civic_etl.errors import FetchError
from civic_etl.settings import Settings
from civic_etl.sources.families import Family, get_family
from civic_etl.sources.model import Index, Period, Source
from civic_etl.sources.urls import url_key

# Index files of these last days are read again, since editors add to yesterday.
OVERLAP = timedelta(days=3)
# So many failures in a row mean that the site is down, not the page.
_FAILURES_IN_A_ROW = 5
_LIST_BATCH = 500
# What a backfill may spend of a day's budget; the rest is the nightly's.
BACKFILL_SHARE = 0.9


@dataclass(slots=True)
class Session:
    """Everything one source's crawl works with."""

    source: Source
    period: Period
    settings: Settings
    client: Client
    archive: Archive
    writer: ArchiveWriter
    ledger: Ledger
    clock: Clock
    policy: RecheckPolicy
    report: CrawlReport
    progress: ProgressHook | None = None
    since: date | None = None
    until: date | None = None
    shared: SharedWriter | None = None
    listing_only: bool = False
    rules: dict[str, Rules] = field(default_factory=dict)

    @property
    def family(self) -> Family:
        """The family in force."""
        return get_family(self.period.family)

    @property
    def is_backfill(self) -> bool:
        """Whether a span was asked for."""
        return self.since is not None or self.until is not None

    def key(self, url: str) -> str:
        """The ledger's key of an article address."""
        return url_key(url, self.period.family)

    def now(self) -> str:
        """The time as the ledger writes it."""
        return str(iso(self.clock.now()))

    async def run(self) -> None:
        """Discover, then (unless `listing_only`) fetch what is due. Fills the report; raises what no retry cures."""
        listed: list[str] = []
        try:
            listed = await self._discover()
        except PausedError as pause:
            self.report.paused = pause.message
        except FetchError as error:
            self.report.error = str(error)
        due = self._due(listed)
        if self.listing_only:
            return
        try:
            await self._fetch_all(due)
        except PausedError as pause:
            self.report.paused = pause.message

    async def _discover(self) -> list[str]:
        home = await self.rules_for(self.source.home_url)
        if home.wait:
            raise PausedError(home.wait, url=robots_url(self.source.home_url), source=self.source.name)
        walk = self._walk(home)
        keys: dict[str, None] = {}
        batch: list[Found] = []
        async with aclosing(discover(walk)) as stream:  # type: ignore[type-var]
            async for found in stream:
                keys[self.key(found.url)] = None
                batch.append(found)
                if len(batch) >= _LIST_BATCH:
                    self._list(batch)
                    self._tell("discover", len(keys), None)
                    await self._breathe()
        self._list(batch)
        self.report.found = len(keys)
        self.report.discovered = True
        self._tell("discover", len(keys), len(keys))
        return list(keys)

    def _walk(self, home: Rules) -> Walk:
        since = self.since
        if not self.is_backfill:
            last = self.ledger.last_discovery(self.source.name, self.clock.now())
            since = (last - OVERLAP).astimezone(VIETNAM).date() if last else self.source.start
        return Walk(
            source=self.source,
            period=self.period_with(home),
            family=self.family,
            fetch=lambda url: fetch_index(self, url),
            trouble=self.report.troubles.append,
            is_known=self._is_held,
            fresh_child=self._fresh_child,
            max_bytes=self.settings.max_body_bytes,
            today=self.clock.now().astimezone(VIETNAM).date(),
            since=since,
            until=self.until,
            full=self.is_backfill or not self._walked_before(),
        )

    def period_with(self, home: Rules) -> Period:
        """The period in force; without an index of its own it has the sitemaps that robots.txt names."""
        if self.period.index or not home.sitemaps:
            return self.period
        own = [
            Index.model_validate({"kind": "sitemap", "url": url}) for url in home.sitemaps if self.source.allows(url)
        ]
        return self.period.model_copy(update={"index": tuple(own)})

    def _walked_before(self) -> bool:
        return self.ledger.last_discovery(self.source.name, self.clock.now()) is not None

    def _is_held(self, url: str) -> bool:
        return self.ledger.get(self.source.name, self.key(url)) is not None

    def _fresh_child(self, url: str, lastmod: datetime | None) -> bool:
        """Whether a sitemap below an index must be read: unless it says itself that nothing changed since we did."""
        known = self.ledger.get(self.source.name, url)
        if known is None or lastmod is None or not known.last_fetched:
            return True
        return known.last_fetched < str(iso(lastmod)) or known.last_fetched > self.now()

    def _list(self, batch: list[Found]) -> None:
        rows = [(self.key(item.url), item.url, iso(item.lastmod), iso(item.published), item.title) for item in batch]
        self.ledger.list_many(self.source.name, rows, self.now(), "backfill" if self.is_backfill else "nightly")
        batch.clear()

    def _due(self, listed: list[str]) -> list[Known]:
        """What to fetch, newest first, pages we lack before pages we re-check."""
        now = self.clock.now()
        wanted = set(listed)
        rows = (row for row in self.ledger.rows(self.source.name) if not self.is_backfill or row.key in wanted)
        due = [row for row in rows if self.policy.is_due(row, now)]
        self.report.not_due = len(wanted) - sum(row.key in wanted for row in due)
        due.sort(key=lambda row: row.published or row.listed_lastmod or row.first_seen, reverse=True)
        due.sort(key=lambda row: row.digest is not None)
        return due

    async def _fetch_all(self, due: list[Known]) -> None:
        in_a_row = 0
        for done, known in enumerate(due):
            self._tell("fetch", done, len(due), known.url)
            try:
                if in_a_row >= _FAILURES_IN_A_ROW:
                    raise PausedError(f"{in_a_row} failures in a row; the site is left alone for tonight")
                outcomes = await fetch_article(self, known)
            except PausedError as pause:
                self._leave(due[done:], pause.message)
                raise
            self.report.outcomes += outcomes
            self.report.fetched += sum(item.outcome in ("new", "changed") for item in outcomes)
            in_a_row = in_a_row + 1 if all(item.outcome == "failed" and not item.status for item in outcomes) else 0
            self._tell("fetch", done + 1, len(due), known.url, outcomes[-1].outcome)
            await self._breathe()

    async def _breathe(self) -> None:
        if self.shared is not None:
            self.writer = await self.shared.breathe()

    def _leave(self, rest: list[Known], reason: str) -> None:
        self.report.outcomes += [FetchOutcome(known.url, "skipped", reason=reason) for known in rest]

    async def rules_for(self, url: str) -> Rules:
        """Tonight's rules for the host of `url`."""
        host = urlsplit(url).netloc
        if host not in self.rules:
            rules = await read_rules(
                lambda address: fetch_index(self, address, role="robots"), url, self.settings.user_agent
            )
            self.rules[host] = rules
            if rules.delay is not None:
                self.client.delay = max(self.client.delay, rules.delay)
        return self.rules[host]

    def held_page(self, known: Known) -> Page | None:
        """The archived page behind a row."""
        if known.warc_path is None or known.warc_offset is None:
            return None
        return self.archive.read(known.warc_path, known.warc_offset)

    def trouble(self, url: str, reason: str) -> None:
        """Note trouble with an index page."""
        self.report.troubles.append(IndexTrouble(url, reason))

    def _tell(
        self, stage: str, done: int, total: int | None, url: str | None = None, outcome: str | None = None
    ) -> None:
        if self.progress is not None:
            self.progress(Progress(self.source.name, stage, done, total, url, outcome))  # type: ignore[arg-type]


def spender(
    source: Source, settings: Settings, ledger: Ledger, clock: Clock, report: CrawlReport, *, share: float = 1.0
) -> Callable[[], None]:
    """A function that counts one request and raises PausedError when the budget, the window or a person forbids it.

    `share` is the part of the day's budget that may be spent: a backfill leaves some of it to the nightly.
    """
    whole = source.politeness.daily_page_budget or settings.daily_page_budget
    budget = max(1, int(whole * share))

    def spend() -> None:
        if is_stop_asked():
            raise PausedError(STOPPED, source=source.name)
        local = clock.now().astimezone(VIETNAM)
        if not source.politeness.open_at(local.time()):
            raise PausedError(f"outside the crawl window {source.politeness.window}", source=source.name)
        if not ledger.spend(source.name, local.date(), budget):
            raise PausedError(f"the day's budget of {budget} requests is spent", source=source.name)
        report.requests += 1

    return spend
