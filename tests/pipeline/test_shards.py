"""Which archived pages are still to be read: by source, file and byte, whatever other sources hold."""

from datetime import UTC, datetime
from pathlib import Path

from civic_etl.archive import Archive, Exchange
from civic_etl.pipeline.shards import Shard, all_shards, pending_shards
from civic_etl.settings import Settings
from civic_etl.warehouse.items import PageOutcome
from civic_etl.warehouse.warehouse import Warehouse

BODY = b"<html><body><p>Thu</p></body></html>"


def fetched(settings: Settings, source: str, pages: int) -> None:
    """So many pages in the archive, which lie at the same bytes of files of the same name in every source."""
    with Archive(settings.archive_dir).writer(source, now=lambda: datetime(2026, 3, 2, tzinfo=UTC)) as writer:
        for number in reversed(range(pages)):
            at = datetime(2026, 3, 2, number, tzinfo=UTC)
            headers = (("Content-Type", "text/html"),)
            writer.response(Exchange(f"https://xaha.example.vn/{number}", (), 200, "OK", headers, BODY, BODY, at))


def settle(settings: Settings, shard: Shard, records: int) -> None:
    """Give the first records of a shard a line in the page ledger."""
    lines = [
        PageOutcome(
            f"https://{shard.source}.example.vn/{n}", shard.source, 200, "article", "", None, r.warc_path, r.offset
        )
        for n, r in enumerate(shard.records[:records])
    ]
    Warehouse(settings).load([], lines, run_id="test")


def test_a_settled_record_is_that_of_its_own_source(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    for source in ("xa-ha", "xa-ha-2"):
        fetched(settings, source, 3)
    first, second = all_shards(settings)
    assert pending_shards(settings) == [first, second]
    settle(settings, second, 2)
    assert pending_shards(settings) == [first, Shard("xa-ha-2", second.records[2:])]
    settle(settings, first, 3)
    assert pending_shards(settings) == [Shard("xa-ha-2", second.records[2:])]
    assert pending_shards(settings, ["xa-ha"]) == []


def test_records_come_as_they_lie_in_the_files(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    fetched(settings, "xa-ha", 4)
    (shard,) = all_shards(settings)
    assert [r.offset for r in shard.records] == sorted(r.offset for r in shard.records) and len(shard.records) == 4
