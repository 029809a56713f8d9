"""What the crawl ledger knows of an address and the warehouse was never told, since a run was killed in between.

A page that came is in the archive, where the next run finds it. Of an address that gave none only the crawl ledger
knows, and the crawl does not ask it again tonight.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from civic_etl.crawl import CrawlReport, Ledger
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.known import Known, iso
from civic_etl.pipeline.sources import described_sources
from civic_etl.settings import Settings
from civic_etl.sources.urls import url_key
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, opened
from civic_etl.warehouse.items import Outcome, PageOutcome

# What the page ledger calls the outcomes of a crawl that leave no page to read; a skipped one had a body.
CRAWL_OUTCOMES: dict[str, Outcome] = {
    "moved": "moved",
    "gone": "gone",
    "failed": "fetch_failed",
    "skipped": "not_article",
}
_TOLD = """
select url, arg_max([outcome, reason, status::varchar], coalesce(fetched_at, timestamp '-infinity')), max(fetched_at)
from raw.page_outcome where source = ? group by url
"""


def untold(crawl: CrawlReport, settings: Settings) -> Iterator[PageOutcome]:
    """Outcomes of addresses that gave no page in a run before this crawl, where the page ledger shows another state.

    Hold the warehouse while calling: this opens the build file.
    """
    if not (settings.state_dir / LEDGER_NAME).exists():
        return
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        rows = [row for row in ledger.rows(crawl.source) if _is_earlier(row, crawl)]
    told = _told(crawl.source, settings) if rows else {}
    for row in rows:
        found = _outcome(row)
        state, at = told.get(row.key, ([], datetime.min))  # noqa: DTZ901 - the build file's times are plain UTC
        tried = found.fetched_at or datetime.now(UTC)
        if state != [found.outcome, found.reason, _text(found.status)] and at < tried.replace(tzinfo=None):
            yield found


def _is_earlier(row: Known, crawl: CrawlReport) -> bool:
    return row.outcome in CRAWL_OUTCOMES and row.last_tried is not None and row.last_tried < str(iso(crawl.started))


def _outcome(row: Known) -> PageOutcome:
    return PageOutcome(
        url=row.url,
        source=row.source,
        status=row.last_status,
        outcome=CRAWL_OUTCOMES[str(row.outcome)],
        reason=row.reason or "",
        fetched_at=datetime.fromisoformat(str(row.last_tried)),
    )


def _told(source: str, settings: Settings) -> dict[str, tuple[list[str | None], datetime]]:
    """By the ledger's key: the last state in the page ledger, and since when (UTC)."""
    if not settings.build_file.exists():
        return {}
    described = described_sources(settings).get(source)
    family = described.periods[-1].family if described else "generic"
    with opened(settings.build_file, read_only=True, hint=IF_BUILD_DAMAGED) as con:
        known = con.execute("select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'page_outcome'")
        if not known.fetchall():
            return {}
        rows = con.execute(_TOLD, (source,)).fetchall()
    oldest = datetime.min  # noqa: DTZ901 - as above
    return {url_key(url, family): (state, at or oldest) for url, state, at in rows}


def _text(status: int | None) -> str | None:
    return None if status is None else str(status)
