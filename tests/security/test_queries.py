"""Who queries a release can read it and nothing else, and what a query gives harms neither terminal nor spreadsheet."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.query import query, render
from warehouse.conftest import Built

from .cells import CELLS
from .nights import FORMULA

PASSWD = "/etc/passwd"  # noqa: S105 - a file that everybody may read
ATTEMPTS = {
    "read": [
        f"select * from read_csv('{PASSWD}')",
        f"select * from read_text('{PASSWD}')",
        f"select * from read_blob('{PASSWD}')",
        f"from '{PASSWD}'",
        f"from sniff_csv('{PASSWD}')",
        "select * from glob('/*')",
        "from parquet_metadata('/tmp/x.parquet')",
        "from read_duckdb('/tmp/x.duckdb')",
        "select getenv('HOME')",
        "from duckdb_secrets()",
        "import database '/tmp'",
        "select * from read_csv('https://127.0.0.1:1/x.csv')",
        f"select * from query('select * from read_text(''{PASSWD}'')')",
        f"explain analyze select * from read_text('{PASSWD}')",
        f"create temp table t as select * from read_text('{PASSWD}'); from t",
        f"prepare p as select * from read_text('{PASSWD}'); execute p",
    ],
    "attach": [
        "attach 'other.duckdb'",
        "attach ':memory:' as m",
        "attach 'https://127.0.0.1:1/x.duckdb' as m",
        "attach 'x.duckdb' as m (read_only false)",
        "install httpfs",
        "install sqlite from 'http://127.0.0.1:1'",
        "load httpfs",
        "load '/tmp/x.duckdb_extension'",
        "create secret x (type s3)",
        "create persistent secret x (type s3)",
    ],
    "write": [
        "copy (select 1) to 'stolen.csv'",
        "copy (select 1) to '{release}/x.csv'",
        "copy (select 1) to '{release}/civic.duckdb'",
        "copy (select 1) to '{release}/civic.duckdb.wal'",
        "copy (select 1) to '{release}/civic.duckdb.tmp/x.csv'",
        "copy (select 1 as a, 2 as b) to '{release}/civic.duckdb.tmp' (format csv, partition_by (a))",
        "copy core.fct_article from '/etc/passwd'",
        "export database 'all'",
        "insert into core.fct_article select * from core.fct_article",
        "update mart.ward_year set obs_value = 0",
        "delete from mart.ward_year",
        "truncate mart.ward_year",
        "drop table mart.ward_year",
        "create table t as select 1",
        "create view core.v as select 1",
        "create or replace macro fold(x) as 'no'",
        "alter table mart.ward_year rename to gone",
        "begin; drop table core.fct_article; commit",
    ],
    "unlock": [
        "set enable_external_access = true",
        "set global enable_external_access = true",
        "reset lock_configuration",
        "set lock_configuration = false",
        "set autoinstall_known_extensions = true",
        "set allowed_directories = ['/']",
        "set temp_directory = '/tmp'",
        "set access_mode = 'read_write'",
        "set memory_limit = '1TB'",
        "pragma enable_external_access = true",
        "set custom_extension_repository = 'http://127.0.0.1:1'",
        "select * from read_text('/etc/passwd'); set enable_external_access = true",
    ],
}


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file below a folder."""
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("kind", ATTEMPTS)
def test_every_attempt_fails(released: Built, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    release = released.finished.release.path
    before = listing(release)
    for attempt in ATTEMPTS[kind]:
        with pytest.raises(WarehouseError):
            released.warehouse.query(attempt.format(release=release))
    assert list(tmp_path.iterdir()) == []
    assert listing(release) == before


def test_the_fence_holds_where_the_files_could_be_written(released: Built, tmp_path: Path) -> None:
    """Modes are no part of the fence: an owner who may write everything is refused as well."""
    release = tmp_path / "release"
    shutil.copytree(released.finished.release.path, release)
    for path in [release, *release.rglob("*")]:
        path.chmod(0o777)
    (tmp_path / "current").symlink_to(release)
    before = listing(release)
    for attempt in ATTEMPTS["write"]:
        with pytest.raises(WarehouseError):
            query(tmp_path / "current", attempt.format(release=release))
    assert listing(release) == before


def test_a_query_writes_nothing_beside_the_release(released: Built) -> None:
    release = released.finished.release.path
    before = listing(release)
    sql = "select a.range, b.range from range(2000) as a, range(500) as b order by hash(a.range * b.range)"
    released.warehouse.query(sql)
    assert listing(release) == before


def test_names_from_outside_are_parameters_or_ours(released: Built) -> None:
    """Words that end a string are words to the macros that search."""
    rows = released.warehouse.query("from find_units($$x'; drop table core.fct_article; --$$)").num_rows
    assert rows == 0 and released.warehouse.query("from core.fct_article").num_rows == 2


def cells(released: Built, sql: str) -> list[list[str]]:
    """The rows of a query as its CSV export has them."""
    return list(csv.reader(io.StringIO(render(released.warehouse.query(sql), "csv").decode())))[1:]


@pytest.mark.parametrize("text", CELLS)
def test_text_that_a_spreadsheet_would_run_is_text(released: Built, text: str) -> None:
    quoted = text.replace("'", "''")
    assert cells(released, f"select '{quoted}' as a, 1 as b") == [[CELLS[text], "1"]]


def test_what_is_no_text_stays_what_it_is(released: Built) -> None:
    sql = "select -3.5::decimal(9, 6) as a, -1 as b, -0.5::double as c, date '2021-01-22' as d, 'a=b' as e, '' as f"
    assert cells(released, sql) == [["-3.5", "-1", "-0.5", "2021-01-22", "a=b", ""]]


def test_column_names_are_text_too(released: Built) -> None:
    assert render(released.warehouse.query('select 1 as "=1+1"'), "csv").decode().splitlines()[0] == "'=1+1"


def test_a_hostile_title_is_exact_in_json_and_harmless_in_csv(released: Built) -> None:
    sql = "select title from core.fct_article where title like '=%'"
    assert cells(released, sql) == [["'" + FORMULA]]
    table = released.warehouse.query(sql)
    assert json.loads(render(table, "json")) == [{"title": FORMULA}]


def test_a_terminal_obeys_nothing_that_a_page_says(released: Built) -> None:
    table = released.warehouse.query("select text, 'a' as \"\x1b[31mred\" from core.fct_article order by title")
    assert "\x1b" in table.to_pylist()[0]["text"], "it is in the data as it was handed in"
    shown = render(table, "table").decode()
    assert not any(ord(character) < 32 and character != "\n" for character in shown)


def test_sdmx_has_no_cell_that_could_be_a_formula(released: Built) -> None:
    """SDMX-CSV is for SDMX libraries: no cell is changed, for every one of them is a code, a number or a digest."""
    path = released.finished.release.path / "sdmx" / "figures.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert len(rows) >= 2 and any("1" in row["BREAKDOWN"] for row in rows), "the hostile category is among them"
    for row in rows:
        float(row.pop("OBS_VALUE"))
        assert all(not cell or cell[0].isalnum() or cell[0] == "_" for cell in row.values()), row
