"""How fresh each source is: when it was last asked, when that last worked, and how old its newest article is."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from civic_etl.crawl.clock import VIETNAM
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger_file import looked_into, unusable
from civic_etl.settings import Settings
from civic_etl.warehouse.database import IF_RELEASE_DAMAGED, opened
from civic_etl.warehouse.publish import current_release

_RUNS = """
select source, started, finished, report from run
where since is null and until is null order by source, id desc
"""
_HEALTH = "select source, last_published_date, cadence_days, n_articles, n_observations from mart.source_health"


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source that was asked, or that articles come from. Times are UTC ISO text; None is never or not known.

    `failing_since` is the first of the nights in a row, up to now, in which it could not be read; `failures` counts
    them.
    `days_silent` is the age of its newest article, `is_silent` whether that is beyond its usual silence.
    """

    source: str
    last_asked: str | None = None
    last_answered: str | None = None
    failing_since: str | None = None
    failures: int = 0
    trouble: str = ""
    articles: int = 0
    observations: int = 0
    newest_article: str | None = None
    days_silent: int | None = None
    cadence_days: int | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing new came for longer than is usual."""
        return self.days_silent is not None and self.cadence_days is not None and self.days_silent > self.cadence_days

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "is_silent": self.is_silent}


def freshness(settings: Settings, now: datetime | None = None) -> list[Freshness]:
    """Every source that was ever asked or that gave an article, by name; opens ledger and release for reading only.

    Raises FetchError and WarehouseError where they are damaged.
    """
    asked = {source: _asked(rows) for source, rows in _runs(settings)}
    known = _health(settings, now or datetime.now(UTC))
    names = sorted(asked.keys() | {source for source, row in known.items() if row["articles"]})
    return [Freshness(source=name, **asked.get(name, {}), **known.get(name, {})) for name in names]


def _runs(settings: Settings) -> Iterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """The nights of each source, newest first: when, and what the crawl said of itself."""
    path = settings.state_dir / LEDGER_NAME
    if not path.exists():
        return
    nights: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    try:
        with looked_into(path) as db:
            for source, started, _, report in db.execute(_RUNS):
                # a run that was killed has no report, and says nothing of the site
                if report is not None:
                    nights.setdefault(source, []).append((started, json.loads(report)))
    except sqlite3.DatabaseError as error:
        raise unusable(path, error) from error
    yield from nights.items()


def _asked(nights: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    bad: list[tuple[str, dict[str, Any]]] = []
    for started, report in nights:
        if not _is_trouble(report):
            break
        bad.append((started, report))
    answered = nights[len(bad)][0] if len(bad) < len(nights) else None
    newest = nights[0][1]
    return {
        "last_asked": _short(nights[0][0]),
        "last_answered": _short(answered) if answered else None,
        "failing_since": _short(bad[-1][0]) if bad else None,
        "failures": len(bad),
        "trouble": str(newest.get("error") or newest.get("paused") or _fetches(newest)) if bad else "",
    }


def _is_trouble(report: dict[str, Any]) -> bool:
    """Whether a night could not read the site: as `CrawlReport.ok` says, or stopped before it got anything."""
    tried = sum(report.get(name, 0) for name in ("new", "changed", "unchanged", "moved", "gone", "failed"))
    nothing_came = bool(report.get("paused")) and not report.get("found") and not report.get("fetched")
    return bool(report.get("error")) or nothing_came or (tried > 0 and report.get("failed") == tried)


def _fetches(report: dict[str, Any]) -> str:
    return f"every one of {report.get('failed', 0)} fetches failed"


def _short(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).isoformat(timespec="seconds")


def _health(settings: Settings, now: datetime) -> dict[str, dict[str, Any]]:
    release = current_release(settings.current_release)
    if release is None:
        return {}
    with opened(release / "civic.duckdb", read_only=True, hint=IF_RELEASE_DAMAGED) as con:
        rows = con.execute(_HEALTH).fetchall()
    today = now.astimezone(VIETNAM).date()
    return {
        source: {
            "newest_article": newest.isoformat() if newest else None,
            "days_silent": (today - newest).days if newest else None,
            "cadence_days": cadence,
            "articles": articles,
            "observations": observations,
        }
        for source, newest, cadence, articles, observations in rows
    }
