import duckdb
import pytest

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.layout import bring_to_layout, layout
from civic_etl.warehouse.load import load_batch
from civic_etl.warehouse.migrate import migrate

from .conftest import a_warehouse, documents, pages
from .makers import VERSIONS, Draft


@pytest.fixture
def con(tmp_path):
    with duckdb.connect(str(tmp_path / "build.duckdb")) as connection:
        migrate(connection)
        yield connection


def an_article():
    return Draft("https://a.vn/1").says("population", "5", "2020").item()


def load(con, *items):
    return load_batch(con, items, run_id="r", versions=VERSIONS)


def observations(con):
    return con.execute("select * from raw.observation order by all").fetchall()


def test_the_migrations_end_in_todays_layout(con):
    assert bring_to_layout(con) == []


def test_another_layout_is_rebuilt_and_the_next_reading_fills_it(con):
    """A file of an older version lacked a column and had one that is gone: its rows stay until they are read again."""
    load(con, an_article())
    before = observations(con)
    con.execute("alter table raw.observation drop column confidence")
    con.execute("alter table raw.observation add column mood varchar")
    assert bring_to_layout(con) == ["observation"]
    assert con.execute("select confidence from raw.observation").fetchall() == [(None,)]
    report = load(con, an_article())
    assert (report.replaced, report.new) == (1, 0)
    assert observations(con) == before
    assert load(con, an_article()).changed is False


def test_a_table_that_is_new_is_made_empty(con):
    load(con, an_article())
    con.execute("drop table raw.outcome")
    assert bring_to_layout(con) == ["outcome"]
    assert con.execute("select count(*) from raw.outcome").fetchall() == [(0,)]


def test_what_does_not_fit_leaves_the_file_as_it_was(con):
    load(con, an_article())
    wanted = {name: dict(columns) for name, columns in layout().items()}
    wanted["observation"]["evidence"] = "INTEGER"
    with pytest.raises(WarehouseError, match="civic-etl reparse"):
        bring_to_layout(con, wanted)
    assert bring_to_layout(con) == []
    assert con.execute("select count(*) from raw.observation").fetchall() == [(1,)]


def test_the_ledger_outlives_a_rebuild(con):
    load(con, an_article())
    con.execute("alter table raw.article drop column quality")
    bring_to_layout(con)
    assert con.execute("select run_id, new from raw.load_ledger").fetchall() == [("r", 1)]


def test_a_release_after_a_change_of_layout_warns_until_the_archive_is_read_again(tmp_path):
    warehouse = a_warehouse(tmp_path)
    warehouse.load(documents(), pages(), run_id="first")
    first = warehouse.finish(run_id="first").release
    with duckdb.connect(str(warehouse.settings.build_file)) as con:
        con.execute("alter table raw.observation drop column confidence")
    later = a_warehouse(tmp_path)
    warned = {check.name for check in later.finish(run_id="upgraded").checks if not check.passed}
    assert "documents_read_in_this_layout" in warned
    report = later.load(documents(), pages(), run_id="reparse")
    assert report.replaced == 5
    again = later.finish(run_id="reparse")
    assert "documents_read_in_this_layout" not in {check.name for check in again.checks if not check.passed}
    ours = {path.name: path.read_bytes() for path in (first.path / "parquet").iterdir()}
    theirs = {path.name: path.read_bytes() for path in (again.release.path / "parquet").iterdir()}
    assert [name for name in ours if ours[name] != theirs[name]] == []
