import json
import re
import stat
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from civic_etl.errors import CheckFailedError, WarehouseError
from civic_etl.warehouse import publish
from civic_etl.warehouse.export import SCHEMA_VERSION
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

    edited = Draft("https://backan.vn/4", fetched_at=datetime(2022, 4, 1, tzinfo=UTC))
    edited.says("schools", "6", "2021", unit_measure="school")
    added = Draft("https://backan.vn/9").says("schools", "7", "2020", unit_measure="school")
    report = other.load([broken(documents()[0]), edited.item(), added.item()], run_id="x")
    assert (report.refused, report.new, report.switched) == (1, 2, 1)
    third = other.finish(run_id="x").release
    assert third.fresh
    said = (third.path / "diff.md").read_text(encoding="utf-8")
    assert "1 figures appeared.\n1 figures changed.\n0 figures vanished." in said
    ward = "phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn"
    assert (
        f"| {ward} | schools | {{}} | 2021 | actual | 5 | 6 | school | its article was edited | https://backan.vn/4 |"
    ) in said
    assert f"| {ward} | schools | {{}} | 2020 | actual |  | 7 | school | a new article | https://backan.vn/9 |" in said
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


def test_the_package_is_valid_to_the_reference_validator(built):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(release_of(built) / "datapackage.json"))
    assert [(task.name, error.message) for task in report.tasks for error in task.errors] == []
    assert report.valid
    package = json.loads((release_of(built) / "datapackage.json").read_text(encoding="utf-8"))
    assert package["schema_version"] == SCHEMA_VERSION


TYPES = {
    "string": "VARCHAR",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "integer": "(INTEGER|BIGINT)",
    "number": r"(DOUBLE|DECIMAL\(\d+,\d+\))",
    "any": r"VARCHAR\[\]",
}
"""A field has the one type of the standard that holds what its column holds; only lists have none that reads back."""


def test_every_field_of_the_package_has_its_type(built):
    package = json.loads((release_of(built) / "datapackage.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(release_of(built) / "civic.duckdb"), read_only=True) as con:
        columns = con.execute(
            "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
            "where schema_name in ('core', 'mart')"
        ).fetchall()
    fields = {(r["name"], field["name"]): field for r in package["resources"] for field in r["schema"]["fields"]}
    assert {(table, column) for table, column, _ in columns} == set(fields)
    for table, column, kind in columns:
        field = fields[table, column]
        assert field["duckdbType"] == kind
        assert re.fullmatch(TYPES[field["type"]], kind), (table, column, field["type"], kind)


def test_the_reference_validator_refuses_what_does_not_fit_its_type(built, tmp_path):
    """That the package passes says something: a text among years, or a gap where none may be, does not."""
    frictionless = pytest.importorskip("frictionless")
    package = json.loads((release_of(built) / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = [resource for resource in package["resources"] if resource["name"] == "mart.ward_year"]
    (tmp_path / "parquet").mkdir()
    with duckdb.connect() as con:
        con.execute(
            f"copy (select * replace (if(year = 2020, 'năm ngoái', year::varchar) as year, "
            f"if(year = 2020, null, obs_value) as obs_value) from '{release_of(built) / resource['path']}') "
            f"to '{tmp_path / resource['path']}' (format parquet)"
        )
    (tmp_path / "datapackage.json").write_text(json.dumps(package | {"resources": [resource]}), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    found = {(error.type, error.field_name) for task in report.tasks for error in task.errors}
    assert found == {("type-error", "year"), ("constraint-error", "obs_value")}


def test_sdmx_reads_back_with_a_public_library(built):
    """The data message against its structure: the same figures as mart.ward_year, and codes that the lists know."""
    pytest.importorskip("pandas")
    sdmx = pytest.importorskip("pysdmx.io")
    folder = release_of(built) / "sdmx"
    (dataset,) = sdmx.get_datasets(folder / "figures.csv", folder / "structure.xml", validate=True)
    rows = {
        (row["REF_AREA"], row["INDICATOR"], row["BREAKDOWN"], row["VALUE_KIND"], int(row["TIME_PERIOD"])): row
        for row in dataset.data.to_dict("records")
    }
    ours = built.warehouse.query("from mart.ward_year").to_pylist()
    assert len(rows) == len(ours) + 1
    for figure in ours:
        row = rows[figure["ref_area"], figure["indicator"], "_T", figure["value_kind"], figure["year"]]
        assert Decimal(str(row["OBS_VALUE"])) == figure["obs_value"]
        assert row["OBSERVATION_ID"] == figure["winning_observation_id"]
    listed = {component.id: component.enumeration for component in dataset.structure.components}
    assert {row["REF_AREA"] for row in rows.values()} <= {code.id for code in listed["REF_AREA"]}
    assert {row["INDICATOR"] for row in rows.values()} <= {code.id for code in listed["INDICATOR"]}


def test_dcat_names_every_data_file(built):
    release = release_of(built)
    catalogue = json.loads((release / "dcat.jsonld").read_text(encoding="utf-8"))
    named = {item["dct:title"] for item in catalogue["dcat:distribution"]}
    data = {
        path.relative_to(release).as_posix()
        for path in release.rglob("*")
        if path.suffix in (".parquet", ".csv", ".duckdb", ".xml")
    }
    assert data <= named
    assert catalogue["dcat:version"] == release.name


def test_the_release_says_what_it_is(built):
    (row,) = built.warehouse.query("from main.release").to_pylist()
    assert row["version"] == release_of(built).name
    assert row["schema_version"] == SCHEMA_VERSION
    checks = json.loads((release_of(built) / "checks.json").read_text(encoding="utf-8"))
    assert {check["severity"] for check in checks} == {"fail", "warn"}
    assert checks[0]["name"] == "sources_within_cadence"
