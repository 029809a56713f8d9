import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from civic_etl.errors import CheckFailedError, WarehouseError
from civic_etl.warehouse import publish
from civic_etl.warehouse.project import CheckResult
from civic_etl.warehouse.release import make_release

from .conftest import Built, a_warehouse, broken, documents, pages
from .makers import Draft


def release_of(built: Built) -> Path:
    return built.finished.release.path


def test_a_release_is_whole_and_read_only(built):
    release = release_of(built)
    names = {path.name for path in release.iterdir()}
    assert names >= {
        "civic.duckdb",
        "parquet",
        "datapackage.json",
        "dictionary.md",
        "checks.json",
        "diff.md",
        "SHA256SUMS",
    }
    publish.verify(release)
    assert {stat.S_IMODE(p.stat().st_mode) for p in release.rglob("*") if p.is_file()} == {0o444}
    assert built.warehouse.settings.current_release.readlink() == Path("releases") / release.name


def test_the_database_holds_what_analysts_need_and_nothing_else(built):
    with duckdb.connect(str(release_of(built) / "civic.duckdb"), read_only=True) as con:
        schemas = {row[0] for row in con.execute("select distinct schema_name from duckdb_tables()").fetchall()}
        bare = con.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where schema_name in ('core', 'mart') and coalesce(comment, '') = ''"
        ).fetchall()
        storage = con.execute("select tags['storage_version'] from duckdb_databases() where database_name = 'civic'")
        assert storage.fetchall() == [("v1.0.0+",)]
    assert schemas == {"core", "mart", "main"}
    assert bare == []
    here = str(built.warehouse.settings.home).encode()
    leaks = [p.name for p in release_of(built).rglob("*") if p.is_file() and here in p.read_bytes()]
    assert leaks == []


def test_parquet_and_package_agree(built):
    release = release_of(built)
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == release.name
    for resource in package["resources"]:
        schema = pq.read_schema(release / resource["path"])
        assert schema.names == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert {r["name"] for r in package["resources"]} >= {"mart.ward_year", "core.fct_observation"}


def test_load_again_in_another_order_gives_the_same_bytes_and_no_release(built, tmp_path):
    """The same documents, one by one and backwards, in a new warehouse: every Parquet file is the same."""
    other = a_warehouse(tmp_path, batch_size=1)
    other.load(reversed(documents()), reversed(pages()), run_id="other")
    again = other.finish(run_id="other").release
    ours = {path.name: path.read_bytes() for path in (release_of(built) / "parquet").iterdir()}
    theirs = {path.name: path.read_bytes() for path in (again.path / "parquet").iterdir()}
    assert [name for name in ours if ours[name] != theirs[name]] == []

    assert other.load(documents(), pages(), run_id="again").changed is False
    second = other.finish(run_id="again").release
    assert (second.fresh, second.version) == (False, again.version)

    report = other.load(
        [broken(documents()[0]), Draft("https://backan.vn/9").says("schools", "7", "2020").item()], run_id="x"
    )
    assert (report.refused, report.new) == (1, 1)
    third = other.finish(run_id="x").release
    assert third.fresh
    assert "1 figures appeared" not in (again.path / "diff.md").read_text(encoding="utf-8")
    diff = (third.path / "diff.md").read_text(encoding="utf-8")
    assert "0 figures vanished" in diff
    assert other.query("select reason from core.fct_unresolved where stage = 'load'").to_pylist() == [
        {"reason": "refused_record"}
    ]


def places(warehouse):
    return warehouse._places


def test_a_failed_check_keeps_the_release_before(built):
    failing = [CheckResult("ward_year_is_odd", "fail", False, 3, "three rows")]
    with pytest.raises(CheckFailedError, match="ward_year_is_odd: three rows"):
        make_release(places(built.warehouse), failing, datetime.now(UTC))
    assert publish.current_release(built.warehouse.settings.current_release) == release_of(built).resolve()


def test_a_release_that_cannot_be_written_leaves_nothing_behind(built, tmp_path):
    def full_disk(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    elsewhere = places(built.warehouse).__class__(
        build_file=built.warehouse.settings.build_file,
        manifest=places(built.warehouse).manifest,
        releases=tmp_path / "releases",
        current=tmp_path / "current",
        keep=3,
    )
    with pytest.raises(WarehouseError, match="No space left"):
        make_release(elsewhere, [], datetime.now(UTC), decorate=full_disk)
    assert list((tmp_path / "releases").iterdir()) == []
    assert not elsewhere.current.exists()


def test_an_empty_warehouse_is_refused_and_status_says_so(tmp_path):
    warehouse = a_warehouse(tmp_path)
    warehouse.load([], run_id="nothing")
    with pytest.raises(CheckFailedError, match="has_articles"):
        warehouse.finish(run_id="nothing")
    found = warehouse.status()
    assert found.release is None
    assert found.last_run is not None
    assert found.last_run.failed_checks == ("has_articles",)
