"""Nights as a real Prefect flow on a lake: everything once, nothing twice, one edit, and a release of one snapshot."""

import duckdb
import pytest

from civic_etl.cli.demo import prepare
from civic_etl.cli.flows import load_flow
from civic_etl.pipeline.report import RunReport
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings

pytestmark = pytest.mark.slow


def one(release: RunReport, sql: str) -> int:
    """A number of a release."""
    assert release.release_path is not None
    with duckdb.connect(str(release.release_path / "civic.duckdb"), read_only=True) as con:
        row = con.execute(sql).fetchone()
    assert row is not None and row[0] is not None
    return int(row[0])


def test_three_nights_and_a_reparse(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SOURCES_DIR", "JITTER_SECONDS", "CONFIG", "CORRECTIONS"):
        monkeypatch.setenv(f"CIVIC_ETL_{name}", "")
    monkeypatch.setenv("CIVIC_ETL_HOME", str(settings.home))
    monkeypatch.setenv("CIVIC_ETL_WAREHOUSE", str(settings.warehouse))
    monkeypatch.setenv("CIVIC_ETL_LAKE_DATA", str(settings.lake_data))
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    with SampleServer() as server:
        known = prepare(settings.home / "demo", server)
        nightly = load_flow("nightly", known)
        names = [source["name"] for source in server.sources]
        try:
            first: RunReport = nightly(sources=names)
            second: RunReport = nightly(sources=names)
            server.edition = 2
            third: RunReport = nightly(sources=names)
            reparsed: RunReport = load_flow("reparse", known)()
        finally:
            get_settings.cache_clear()
        pages = {row["url"] for row in server.expected_observations()}
    assert first.fresh and not first.failed_sources and first.release_path is not None
    with duckdb.connect(str(first.release_path / "civic.duckdb"), read_only=True) as con:
        read = {url for (url,) in con.execute("select url from core.fct_article").fetchall()}
        figures = con.execute("select count(*) from core.fct_observation").fetchone()
    assert pages <= read and figures is not None and figures[0] > len(pages)
    assert second.fetched() == 0 and not second.load.changed and second.release == first.release
    assert third.fetched() == 1 and third.fresh
    revisions = "select count(*) from core.fct_article_revision"
    assert one(third, revisions) == one(first, revisions) + 1
    snapshot = "select lake_snapshot from main.release"
    assert one(third, snapshot) > one(first, snapshot)
    assert reparsed.load.documents >= first.load.documents and not reparsed.load.changed and not reparsed.fresh
