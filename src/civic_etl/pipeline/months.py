"""What became of each month of a backfill: found, fetched, parsed, with observations, failed - and the gaps."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from civic_etl.crawl.clock import VIETNAM
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.known import Known
from civic_etl.crawl.ledger import Ledger
from civic_etl.settings import Settings
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, opened

UNDATED = "undated"

_READ = """
select
    s.warc_path,
    s.warc_offset,
    any_value(a.published_date) as published_date,
    any_value(exists (select 1 from raw.observation as o where o.revision_id = s.revision_id)) as observed
from raw.sighting as s
inner join raw.article as a on s.revision_id = a.revision_id
where a.source = ? and s.warc_path is not null
group by all
"""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of one source. `found` counts known addresses, `failed` those that gave no page or no article.

    A month is that of the article's own date, else of the date its index gave; `undated` where neither is known.
    """

    month: str
    found: int = 0
    fetched: int = 0
    parsed: int = 0
    with_observations: int = 0
    failed: int = 0

    @property
    def is_gap(self) -> bool:
        """Whether nothing of the month was read although the span asked for it."""
        return self.month != UNDATED and self.parsed == 0

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "gap": self.is_gap}


def month_rows(settings: Settings, source: str, since: date, until: date) -> list[MonthRow]:
    """A row for every month of the span, those without anything too, and a last one for what has no date.

    Reads the crawl ledger and the build file; hold the warehouse while calling.
    """
    read = _read(settings, source)
    counts = {month: _nothing() for month in months_between(since, until)}
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        for known in ledger.rows(source):
            place = (known.warc_path, known.warc_offset)
            published, observed = read.get(place, (None, False))
            day = published or listed_day(known)
            if day is not None and not since <= day <= until:
                continue
            row = counts.setdefault(f"{day:%Y-%m}" if day else UNDATED, _nothing())
            row["found"] += 1
            row["fetched"] += known.digest is not None
            row["parsed"] += place in read
            row["with_observations"] += observed
            row["failed"] += place not in read and (known.digest is not None or known.outcome in ("failed", "gone"))
    return [MonthRow(month, **values) for month, values in sorted(counts.items())]


def _nothing() -> dict[str, int]:
    return {"found": 0, "fetched": 0, "parsed": 0, "with_observations": 0, "failed": 0}


def months_between(since: date, until: date) -> Iterator[str]:
    """`2020-01`, `2020-02` ... of a span of days, both ends included."""
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        yield f"{year}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def listed_day(known: Known) -> date | None:
    """The day, in Vietnam, that an index gave an address."""
    told = known.published or known.listed_lastmod
    return datetime.fromisoformat(told).astimezone(VIETNAM).date() if told else None


def _read(settings: Settings, source: str) -> dict[tuple[str | None, int | None], tuple[date | None, bool]]:
    """The records of a source that gave an article: its day, and whether it holds an observation."""
    if not settings.build_file.exists():
        return {}
    with opened(settings.build_file, read_only=True, hint=IF_BUILD_DAMAGED) as con:
        if not con.execute(
            "select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'sighting'"
        ).fetchall():
            return {}
        rows = con.execute(_READ, [source]).fetchall()
    return {(path, offset): (day, bool(observed)) for path, offset, day, observed in rows}


def markdown(source: str, rows: list[MonthRow]) -> str:
    """The rows as a Markdown table, with the gaps named below."""
    if not rows:
        return ""
    head = ["month", "found", "fetched", "parsed", "with observations", "failed"]
    lines = [f"## {source} by month", "", f"| {' | '.join(head)} |", "| --- |" + " ---: |" * 5]
    lines += [
        f"| {row.month} | {row.found} | {row.fetched} | {row.parsed} | {row.with_observations} | {row.failed} |"
        for row in rows
    ]
    gaps = [row.month for row in rows if row.is_gap]
    return "\n".join([*lines, "", f"Gaps: {', '.join(gaps) if gaps else 'none'}."])
