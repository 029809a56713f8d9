"""The nightly as a real Prefect flow against real sites: everything once, nothing twice, and one edit."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from civic_etl.archive import Archive
from civic_etl.cli.flows import load_flow
from civic_etl.pipeline.report import RunReport
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings

pytestmark = pytest.mark.slow
Nightly = Callable[[], RunReport]


@pytest.fixture(scope="module")
def nightly(home: Settings, server: SampleServer) -> Nightly:
    """Run the flow on the sample sites."""
    flow = load_flow("nightly", home)
    names = [source["name"] for source in server.sources]
    return lambda: flow(sources=names)


@pytest.fixture(scope="module")
def first(nightly: Nightly) -> RunReport:
    """The first night."""
    return nightly()


def tables(release: Path) -> dict[str, bytes]:
    """Every published table, byte for byte."""
    return {path.name: path.read_bytes() for path in sorted((release / "parquet").iterdir())}


def figures(release: Path, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a release."""
    with duckdb.connect(str(release / "civic.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_first_night_reads_every_page(first: RunReport, server: SampleServer, home: Settings) -> None:
    assert first.fresh and not first.failed_sources and first.release_path is not None
    pages = {row["url"] for row in server.expected_observations()}
    read = {url for (url,) in figures(first.release_path, "select url from core.fct_article")}
    assert pages <= read, "every page that holds a figure is an article"
    assert first.fetched() == len(list(Archive(home.archive_dir).pages()))
    assert home.current_release.resolve() == first.release_path.resolve()


def test_ward_years_of_both_provinces(first: RunReport) -> None:
    assert first.release_path is not None
    rows = figures(
        first.release_path,
        "select split_part(ref_area_name, ', ', -1) as province, count(distinct ref_area_name), count(distinct year) "
        "from mart.ward_year where value_kind <> 'target' group by province",
    )
    assert len(rows) >= 2 and sum(wards for _, wards, _ in rows) >= 6 and all(years >= 5 for _, _, years in rows)


def test_same_night_again_fetches_and_changes_nothing(
    first: RunReport, nightly: Nightly, server: SampleServer, home: Settings
) -> None:
    assert first.release_path is not None
    before = tables(first.release_path)
    server.forget_hits()
    second = nightly()
    bodies = [hit.path for hit in server.hits if hit.status == 200 and hit.path.endswith((".html", "/"))]
    assert second.fetched() == 0 and not second.load.changed and not second.fresh
    assert not [path for path in bodies if "post" in path], "no article body came over the wire"
    assert second.release == first.release and tables(home.current_release) == before
    assert len(list(home.releases_dir.iterdir())) == 1
    assert "no change" in second.summary()


def test_an_edited_page_is_a_new_revision(first: RunReport, nightly: Nightly, server: SampleServer) -> None:
    assert first.release_path is not None
    server.edition = 2
    third = nightly()
    assert third.release_path is not None and third.fetched() == 1 and third.fresh
    revisions = "select count(*) from core.fct_article_revision"
    assert figures(third.release_path, revisions)[0][0] == figures(first.release_path, revisions)[0][0] + 1
    articles = "select count(*) from core.fct_article"
    assert figures(third.release_path, articles) == figures(first.release_path, articles)


def test_reparse_yields_what_the_fresh_runs_gave(first: RunReport, home: Settings) -> None:
    before = tables(home.current_release)
    report: RunReport = load_flow("reparse", home)()
    assert report.load.documents >= first.load.documents and not report.load.changed and not report.fresh
    assert tables(home.current_release) == before


def test_report_is_an_artifact_of_the_run(first: RunReport) -> None:
    from prefect.artifacts import Artifact

    artifact = Artifact.get("nightly-report")
    assert artifact is not None and artifact.data is not None and "sample-tuyen-quang" in str(artifact.data)
    assert "| source |" in first.markdown()
