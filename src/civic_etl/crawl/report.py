"""What a crawl did, address by address and in sum."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from civic_etl.crawl.found import IndexTrouble

# new, changed: a body came. unchanged: 304, or a body with the digest we hold. moved: leads to another address for
# good.
# gone: 404 or 410. failed: no page, see reason. skipped: our rules (robots, budget, window, media type) kept us from
# it.
Outcome = Literal["new", "changed", "unchanged", "moved", "gone", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """What became of one address. The record fields name the response or revisit written, None where none was."""

    url: str
    outcome: Outcome
    status: int | None = None
    reason: str | None = None
    target: str | None = None
    warc_path: str | None = None
    warc_offset: int | None = None
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of a crawl: `done` of `total` addresses (total is None while they are still being found)."""

    source: str
    stage: Literal["discover", "fetch", "done"]
    done: int
    total: int | None
    url: str | None = None
    outcome: str | None = None


ProgressHook = Callable[[Progress], None]


@dataclass(slots=True)
class CrawlReport:
    """The result of `crawl_source`.

    `found`: addresses that the indexes list (in a backfill: within the span). `not_due`: known ones left alone by the
    recheck rule. `fetched`: article bodies that came over the wire; `unchanged` counts 304s and bodies of the same
    digest.
    `index_requests` and `index_bodies` count robots.txt, sitemaps, feeds and listings apart. `discovered`: every
    index was read to its end. `paused`: why the run stopped early. `error`: why it could not run.
    """

    source: str
    started: datetime
    finished: datetime | None = None
    found: int = 0
    not_due: int = 0
    requests: int = 0
    fetched: int = 0
    index_requests: int = 0
    index_bodies: int = 0
    discovered: bool = False
    paused: str | None = None
    error: str | None = None
    outcomes: list[FetchOutcome] = field(default_factory=list)
    troubles: list[IndexTrouble] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many addresses had that outcome."""
        return sum(item.outcome == outcome for item in self.outcomes)

    @property
    def new(self) -> int:
        """Pages we did not have."""
        return self.count("new")

    @property
    def changed(self) -> int:
        """Pages whose body differs from the one we held."""
        return self.count("changed")

    @property
    def unchanged(self) -> int:
        """Pages confirmed as held."""
        return self.count("unchanged")

    @property
    def moved(self) -> int:
        """Addresses that lead to another one."""
        return self.count("moved")

    @property
    def gone(self) -> int:
        """Addresses that answer 404 or 410."""
        return self.count("gone")

    @property
    def failed(self) -> int:
        """Addresses that gave no page."""
        return self.count("failed")

    @property
    def skipped(self) -> int:
        """Addresses that our rules kept us from."""
        return self.count("skipped")

    @property
    def ok(self) -> bool:
        """Whether the site could be read: discovery worked and not every fetch failed."""
        tried = Counter(item.outcome for item in self.outcomes if item.outcome != "skipped")
        return self.error is None and (not tried or tried["failed"] < sum(tried.values()))

    def summary(self) -> dict[str, Any]:
        """The sums, for logs and the ledger."""
        names = ("new", "changed", "unchanged", "moved", "gone", "failed", "skipped")
        return {
            "found": self.found,
            "not_due": self.not_due,
            "requests": self.requests,
            "fetched": self.fetched,
            **{name: getattr(self, name) for name in names},
            "index_requests": self.index_requests,
            "index_bodies": self.index_bodies,
            "troubles": [f"{trouble.url}: {trouble.reason}" for trouble in self.troubles],
            "paused": self.paused,
            "error": self.error,
        }
