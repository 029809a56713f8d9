"""Build files of every earlier version, made by the migrations of that version and filled, are brought to today's."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from civic_etl.warehouse.layout import bring_to_layout, layout
from civic_etl.warehouse.load import load_batch
from civic_etl.warehouse.migrate import migrate, migrations

from .conftest import a_warehouse, documents, pages
from .makers import VERSIONS, Draft

SHIPPED = {
    "0001_raw.sql": "5dd59dd9764f4849c2e92c8044c0d073b24853bcb6fe139183e1801087cfb085",
    "0002_refused_batches.sql": "a1e6fbdb9ae79a6573884f0b3275b4ff7ec093a12c2d31a20836bedc595be2e6",
}
"""The text of a step never changes once it has shipped: files out there were built by it. A new step adds its line."""

SAMPLES = {
    "VARCHAR": "chữ",
    "VARCHAR[]": ["chữ", "khác"],
    "INTEGER": 7,
    "BIGINT": 1 << 40,
    "DOUBLE": 0.5,
    "BOOLEAN": True,
    "DATE": date(2021, 1, 22),
    "TIMESTAMP": datetime(2021, 2, 1, 1, 0, 0, 5),  # noqa: DTZ001
    "DECIMAL(38,6)": Decimal("12345678901234567890.123456"),
}

VERSIONS_BEFORE = range(1, len(migrations()))


def tables_of(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Columns and types of the tables that migrations make, by table."""
    found: dict[str, dict[str, str]] = {}
    rows = con.execute(
        "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'raw' order by all"
    ).fetchall()
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """Two rows in every table, as that version had it: one of values of every kind, one of nothing."""
    for table, columns in tables_of(con).items():
        for row in ([SAMPLES[kind] for kind in columns.values()], [None] * len(columns)):
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            con.execute(f"insert into raw.{table} ({names}) values ({marks})", row)


@pytest.fixture
def old_file(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A build file of the version that the test names, with rows."""
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as con:
        migrate(con, migrations()[: request.param])
        fill(con)
    yield path


def test_shipped_steps_are_not_edited() -> None:
    assert {step.name: step.checksum for step in migrations()} == SHIPPED


@pytest.mark.parametrize("old_file", VERSIONS_BEFORE, indirect=True)
def test_every_row_of_an_earlier_version_comes_up_unchanged(old_file: Path) -> None:
    with duckdb.connect(str(old_file)) as con, duckdb.connect() as fresh:
        before = {table: (columns, rows(con, table, columns)) for table, columns in tables_of(con).items()}
        taken = {version for (version,) in con.execute("select version from main.schema_migration").fetchall()}
        came = migrate(con)
        assert came == [step.name for step in migrations() if step.version not in taken]
        migrate(fresh)
        assert tables_of(con) == tables_of(fresh)
        for table, (columns, old) in before.items():
            assert rows(con, table, columns) == old, table


@pytest.mark.parametrize("old_file", VERSIONS_BEFORE, indirect=True)
def test_todays_code_writes_into_a_file_of_an_earlier_version(old_file: Path) -> None:
    with duckdb.connect(str(old_file)) as con:
        migrate(con)
        bring_to_layout(con)
        assert {table: columns for table, columns in tables_of(con).items() if table in layout()} == layout()
        item = Draft("https://a.vn/1").says("population", "5", "2020").item()
        assert load_batch(con, [item], run_id="r", versions=VERSIONS).new == 1
        told = con.execute("select run_id, new from raw.load_ledger where run_id = 'r'").fetchall()
        assert told == [("r", 1)]


@pytest.mark.parametrize("version", VERSIONS_BEFORE)
def test_a_warehouse_of_an_earlier_version_gives_the_same_release(tmp_path: Path, version: int) -> None:
    """The whole way: loaded by the earlier version, brought up, rolled up and published like one begun today."""
    old = a_warehouse(tmp_path / "old")
    old.settings.build_file.parent.mkdir(parents=True)
    with duckdb.connect(str(old.settings.build_file)) as con:
        migrate(con, migrations()[:version])
        load_batch(con, documents(), run_id="before", versions=VERSIONS, outcomes=pages())
    released = old.finish(run_id="after").release
    new = a_warehouse(tmp_path / "new")
    new.load(documents(), pages(), run_id="now")
    ours = {path.name: path.read_bytes() for path in (released.path / "parquet").iterdir()}
    theirs = {path.name: path.read_bytes() for path in (new.finish(run_id="now").release.path / "parquet").iterdir()}
    assert [name for name in ours if ours[name] != theirs[name]] == []
    with duckdb.connect(str(old.settings.build_file), read_only=True) as con:
        assert con.execute("select run_id, new, refused_because from raw.load_ledger").fetchall() == [("before", 5, "")]


def rows(con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> list[tuple[object, ...]]:
    return con.execute(f"select {', '.join(columns)} from raw.{table} order by all").fetchall()
