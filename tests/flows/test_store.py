"""With a store of the archive a machine that lost its disk reads every page again, as it was."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civic_etl.archive import Archive, Exchange
from civic_etl.archive.publishing import publish
from civic_etl.crawl import CrawlReport
from civic_etl.pipeline import steps
from civic_etl.pipeline.discover import publish_archive
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings
from civic_etl.warehouse.parts import Part

pytestmark = pytest.mark.slow
SITE = "sample-tuyen-quang"
BODY = b"<html><body>Thu</body></html>"
EXCHANGE = Exchange(
    url="https://xaha.example.vn/tin-1.html",
    request_headers=(),
    status=200,
    reason="OK",
    headers=(("Content-Type", "text/html"),),
    raw=BODY,
    body=BODY,
    fetched_at=datetime(2026, 3, 2, tzinfo=UTC),
)


def parts(settings: Settings) -> list[Part]:
    """Everything that the archived pages assert."""
    return [steps.read_shard(shard, settings) for shard in steps.all_shards(settings)]


def test_what_a_night_fetched_is_in_the_store(server: SampleServer, settings: Settings, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"archive_store": f"file://{tmp_path / 'mounted'}"})
    assert steps.discover_and_fetch(SITE, settings).ok
    before = parts(settings)
    assert sum(part.documents for part in before) > 30
    shutil.rmtree(settings.archive_dir)
    server.forget_hits()
    assert parts(settings) == before
    assert Archive.of(settings).verify().ok and server.hits == []


def test_a_store_that_refuses_is_told_and_costs_no_page(settings: Settings, tmp_path: Path) -> None:
    settings = settings.model_copy(update={"archive_store": f"file://{tmp_path / 'mounted'}"})
    archive = Archive.of(settings)
    with archive.writer("xa-ha") as writer:
        writer.response(EXCHANGE)
    other = Archive(tmp_path / "other", archive.store)
    with other.writer("xa-ha") as writer:
        writer.response(replace(EXCHANGE, url="https://xaha.example.vn/other.html"))
    publish(other, "xa-ha")
    report = CrawlReport("xa-ha", EXCHANGE.fetched_at)
    publish_archive(report, settings)
    assert report.error is not None and "two machines" in report.error
    assert EXCHANGE.url in {page.url for page in Archive(settings.archive_dir).pages()}
