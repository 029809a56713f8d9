import duckdb
import pytest

from civic_etl.errors import CheckFailedError
from civic_etl.warehouse.checks import refuse_failures, shrinking_tables, sort_worst_first, with_rows
from civic_etl.warehouse.project import CheckResult


def a_file(path, rows):
    with duckdb.connect(str(path)) as con:
        con.execute("create schema core")
        con.execute(f"create table core.fct_article as select * from range({rows})")


@pytest.mark.parametrize(
    ("before", "now", "severity", "passed"),
    [
        (1000, 1100, "warn", True),
        (1000, 990, "warn", True),
        (1000, 970, "warn", False),
        (1000, 790, "fail", False),
        (40, 1, "warn", True),
    ],
)
def test_a_table_that_lost_rows_since_the_release_in_force(tmp_path, before, now, severity, passed):
    (tmp_path / "release").mkdir()
    a_file(tmp_path / "release" / "civic.duckdb", before)
    a_file(tmp_path / "build.duckdb", now)
    with duckdb.connect(str(tmp_path / "build.duckdb")) as con:
        (found,) = shrinking_tables(con, tmp_path / "release")
    assert (found.name, found.severity, found.passed) == ("core.fct_article_does_not_shrink", severity, passed)
    assert found.detail == ("" if passed else f"{before} rows before, {now} now")


def test_there_is_nothing_to_shrink_from_before_the_first_release():
    with duckdb.connect() as con:
        assert shrinking_tables(con, None) == []


def test_failures_stop_a_release_by_name_and_warnings_do_not():
    warned = CheckResult("late", "warn", False, 1, "source a")
    failed = CheckResult("odd", "fail", False, 2, "row 7")
    fine = CheckResult("fine", "fail", True)
    refuse_failures([warned, fine])
    with pytest.raises(CheckFailedError, match=r"1 checks failed.*odd: row 7"):
        refuse_failures([warned, failed, fine])
    assert sort_worst_first([fine, warned, failed]) == [failed, warned, fine]


def test_the_first_offending_rows_are_quoted():
    with duckdb.connect() as con:
        con.execute("create table bad as select n as line, null as why from range(7) as t (n)")
        (quoted,) = with_rows(con, [CheckResult("odd", "fail", False, 7, "", "bad")])
    assert quoted.detail == "line 0; line 1; line 2; line 3; line 4 (and 2 more)"
