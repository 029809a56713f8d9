from pathlib import Path

import duckdb
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.database import opened, transaction


def test_a_commit_that_fails_says_so_itself():
    """DuckDB has rolled back then, and refuses to do it again: that must not hide why."""
    with duckdb.connect() as con:
        con.execute("create table a (n integer primary key)")
        other = con.cursor()
        with pytest.raises(duckdb.TransactionException, match="Failed to commit"), transaction(con):
            con.execute("insert into a values (1)")
            other.execute("insert into a values (1)")
        assert con.execute("select count(*) from a").fetchall() == [(1,)]
        with transaction(con):
            con.execute("insert into a values (2)")
        assert con.execute("select count(*) from a").fetchall() == [(2,)]


def test_a_file_that_is_none_is_named_with_what_to_do(tmp_path: Path):
    path = tmp_path / "civic.duckdb"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(WarehouseError, match="do this") as caught, opened(path, hint="do this"):
        pass
    assert caught.value.file == str(path)


def test_an_error_of_the_query_gives_no_hint_of_damage(tmp_path: Path):
    path = tmp_path / "civic.duckdb"
    with pytest.raises(WarehouseError) as caught, opened(path, hint="do this") as con:
        con.execute("select * from nothing")
    assert "do this" not in str(caught.value)
