import duckdb
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.migrate import Migration, migrate, migrations

ONE = Migration(1, "0001_one.sql", "create table t (a integer);")
TWO = Migration(2, "0002_two.sql", "alter table t add column b integer; update t set b = a;")


@pytest.fixture
def con():
    with duckdb.connect() as connection:
        yield connection


def test_each_step_is_taken_once(con):
    assert migrate(con, [ONE]) == ["0001_one.sql"]
    con.execute("insert into t values (7)")
    assert migrate(con, [ONE, TWO]) == ["0002_two.sql"]
    assert migrate(con, [ONE, TWO]) == []
    assert con.execute("select * from t").fetchall() == [(7, 7)]


def test_a_failing_step_leaves_nothing(con):
    bad = Migration(2, "0002_bad.sql", "create table u (a integer); select * from nowhere;")
    with pytest.raises(WarehouseError, match=r"0002_bad\.sql"):
        migrate(con, [ONE, bad])
    assert con.execute("select table_name from duckdb_tables() where table_name in ('t', 'u')").fetchall() == [("t",)]
    assert migrate(con, [ONE, TWO]) == ["0002_two.sql"]


def test_an_edited_step_and_a_newer_file_are_refused(con):
    migrate(con, [ONE, TWO])
    with pytest.raises(WarehouseError, match="edited since"):
        migrate(con, [Migration(1, "0001_one.sql", "create table t (b integer);"), TWO])
    with pytest.raises(WarehouseError, match="newer than this civic-etl"):
        migrate(con, [ONE])


def test_shipped_steps_are_numbered_without_gaps(con):
    steps = migrations()
    assert [step.version for step in steps] == list(range(1, len(steps) + 1))
    assert migrate(con) == [step.name for step in steps]
