"""Plan a backfill before it asks a site for anything much."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger import Ledger
from civic_etl.crawl.session import BACKFILL_SHARE
from civic_etl.crawl.web_archive import Via, web_archives
from civic_etl.errors import SourceError
from civic_etl.pipeline.eta import words
from civic_etl.pipeline.months import listed_day
from civic_etl.pipeline.sources import described_sources
from civic_etl.settings import Settings
from civic_etl.sources import Source


@dataclass(frozen=True, slots=True)
class Plan:
    """What a backfill of one source would do, as far as the ledger of known addresses tells.

    `listed` addresses are known for the span, `held` of them are in the archive; `undated` ones have no date yet and
    may belong to it. A span that was never listed is discovered first: `discovered` is False then.
    """

    source: str
    since: date
    until: date
    listed: int
    held: int
    undated: int
    delay_seconds: float
    daily_budget: int
    discovered: bool

    @property
    def to_fetch(self) -> int:
        """Addresses known and not held."""
        return self.listed - self.held

    @property
    def duration(self) -> timedelta:
        """Least time for the addresses to fetch, the daily budget not counted."""
        return timedelta(seconds=round(self.to_fetch * self.delay_seconds))

    @property
    def nights(self) -> int:
        """Days that the daily budget spreads it over."""
        return -(-self.to_fetch // self.daily_budget)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "source": self.source,
            "from": self.since.isoformat(),
            "to": self.until.isoformat(),
            "listed": self.listed,
            "held": self.held,
            "undated": self.undated,
            "to_fetch": self.to_fetch,
            "delay_seconds": self.delay_seconds,
            "seconds": self.duration.total_seconds(),
            "nights": self.nights,
            "discovered": self.discovered,
        }

    def lines(self) -> list[str]:
        """The plan for people."""
        head = f"{self.source}, {self.since} to {self.until}: {self.listed} addresses known, {self.held} held."
        if self.undated:
            head += f" {self.undated} more have no date yet."
        found = [head, cost(self.to_fetch, self.delay_seconds, self.daily_budget)]
        if not self.discovered:
            found.append("This span was never listed here: the run reads its indexes first and will find more.")
        return found


def plan_backfill(name: str, settings: Settings, since: date, until: date, via: Via = "site") -> Plan:
    """Look up what is known of a span, without a request.

    Raises SourceError for an unknown source or a span that ends before it begins.
    """
    source = described_sources(settings).get(name)
    if source is None:
        raise SourceError("no such source: `civic-etl sources list` shows them", source=name)
    if until < since:
        raise SourceError(f"the span ends ({until}) before it begins ({since})", source=name, field="to")
    listed = held = undated = 0
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        for known in ledger.rows(name):
            day = listed_day(known)
            if day is None:
                undated += known.digest is None
            elif since <= day <= until:
                listed += 1
                held += known.digest is not None
        discovered = ledger.is_listed(name, since, until)
    return Plan(
        source=name,
        since=since,
        until=until,
        listed=listed,
        held=held,
        undated=undated,
        delay_seconds=delay_of(source, settings, via) + settings.jitter_seconds / 2,
        daily_budget=budget_of(source, settings, via),
        discovered=discovered,
    )


def delay_of(source: Source, settings: Settings, via: Via = "site") -> float:
    """Seconds between two requests, as far as they are known before robots.txt is read."""
    if via != "site":
        return web_archives()[via].page_delay_seconds
    own = source.politeness.min_delay_seconds
    return max(settings.min_delay_seconds if own is None else own, source.robots.crawl_delay_seconds or 0.0)


def budget_of(source: Source, settings: Settings, via: Via = "site") -> int:
    """Requests that a backfill may spend a day."""
    if via != "site":
        return web_archives()[via].daily_requests
    return max(1, int((source.politeness.daily_page_budget or settings.daily_page_budget) * BACKFILL_SHARE))


def cost(pages: int, delay_seconds: float, daily_budget: int) -> str:
    """What fetching so many pages takes, in words."""
    nights = -(-pages // daily_budget)
    spread = f", over {nights} days at {daily_budget} requests a day" if nights > 1 else ""
    least = words(timedelta(seconds=round(pages * delay_seconds)))
    return f"{pages} to fetch: at least {least} at {delay_seconds:g} s each{spread}."
