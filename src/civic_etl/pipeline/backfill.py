"""Plan a backfill before it asks a site for anything much."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger import Ledger
from civic_etl.errors import SourceError
from civic_etl.pipeline.discover import described_sources
from civic_etl.settings import Settings


@dataclass(frozen=True, slots=True)
class Plan:
    """What a backfill of one source would do, as far as the ledger of known addresses tells.

    `listed` addresses are known for the span, `held` of them are in the archive; `seconds` is how long the rest takes
    at the source's delay. A span that was never listed is discovered first: `discovered` is False then.
    """

    source: str
    since: date
    until: date
    listed: int
    held: int
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


def plan_backfill(name: str, settings: Settings, since: date, until: date) -> Plan:
    """Look up what is known of a span, without a request.

    Raises SourceError for an unknown source or a span that ends before it begins.
    """
    source = described_sources(settings).get(name)
    if source is None:
        raise SourceError("no such source: `civic-etl sources list` shows them", source=name)
    if until < since:
        raise SourceError(f"the span ends ({until}) before it begins ({since})", source=name, field="to")
    care = source.politeness
    delay = settings.min_delay_seconds if care.min_delay_seconds is None else care.min_delay_seconds
    delay = max(delay, source.robots.crawl_delay_seconds or 0.0)
    listed = held = 0
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        for known in ledger.rows(name):
            told = known.published or known.listed_lastmod
            if told is not None and since <= datetime.fromisoformat(told).date() <= until:
                listed += 1
                held += known.digest is not None
        discovered = ledger.last_discovery(name) is not None
    return Plan(
        source=name,
        since=since,
        until=until,
        listed=listed,
        held=held,
        delay_seconds=delay + settings.jitter_seconds / 2,
        daily_budget=care.daily_page_budget or settings.daily_page_budget,
        discovered=discovered,
    )
