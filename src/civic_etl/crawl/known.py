"""A row of the crawl ledger."""

from dataclasses import dataclass
from datetime import UTC, datetime

from civic_etl.archive.exchange import Original


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the ledger. `key` names the address within the source; times are ISO text in UTC."""

    source: str
    key: str
    url: str
    role: str
    title: str | None
    first_seen: str
    last_listed: str | None
    listed_lastmod: str | None
    noted_lastmod: str | None
    published: str | None
    via: str
    last_tried: str | None
    last_fetched: str | None
    last_status: int | None
    outcome: str | None
    reason: str | None
    failures: int
    next_try: str | None
    etag: str | None
    last_modified: str | None
    digest: str | None
    moved_to: str | None
    warc_path: str | None
    warc_offset: int | None
    record_id: str | None
    body_url: str | None
    body_fetched: str | None

    @property
    def original(self) -> Original | None:
        """The archived record that a revisit may refer to."""
        if not (self.record_id and self.body_url and self.body_fetched):
            return None
        return Original(self.record_id, self.body_url, datetime.fromisoformat(self.body_fetched))


def iso(moment: datetime | None) -> str | None:
    """The ledger's form of a time: UTC with microseconds, so that text compares as time does."""
    if moment is None:
        return None
    try:
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError:
        # The first and last day of the calendar in another zone: a site's wrong clock, to the hour of no importance.
        return moment.replace(tzinfo=UTC).isoformat(timespec="microseconds")
