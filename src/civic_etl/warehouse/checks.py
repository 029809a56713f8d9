"""Checks of the tables: those of the dbt project, and those that need the release before."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from civic_etl.errors import CheckFailedError, WarehouseError
from civic_etl.warehouse.database import opened
from civic_etl.warehouse.project import CheckResult
from civic_etl.warehouse.query import plain_number

SHOWN_ROWS = 5
"""Offending rows quoted in a result."""

SHRINK_FAIL = 0.20
SHRINK_WARN = 0.02
"""Shares of its rows that a table may lose between two releases before the check fails, or warns."""

_WATCHED = ("core.dim_admin_unit", "core.fct_article", "core.fct_observation", "mart.ward_year", "mart.district_year")
_SMALL = 50
"""Tables below so many rows may lose any share of them."""


def with_rows(con: duckdb.DuckDBPyConnection, results: Sequence[CheckResult]) -> list[CheckResult]:
    """The results with the first offending rows in the detail of each check that stored them."""
    return [_quote(con, result) if not result.passed and result.relation else result for result in results]


def shrinking_tables(con: duckdb.DuckDBPyConnection, current: Path | None) -> list[CheckResult]:
    """Compare row counts of the build file with those of the release in force; nothing to say where there is none.

    One that cannot be read is a warning: it must not keep the sound one back that would replace it.
    """
    if current is None or not (current / "civic.duckdb").exists():
        return []
    try:
        with opened(current.resolve() / "civic.duckdb", read_only=True) as released:
            return [_shrinking(con, released, table) for table in _WATCHED if _has(released, table)]
    except WarehouseError as error:
        return [CheckResult("release_before_can_be_read", "warn", passed=False, failures=1, detail=str(error))]


def write(results: Sequence[CheckResult], path: Path) -> None:
    """The results as JSON, worst first."""
    rows = [{k: v for k, v in asdict(result).items() if k != "relation"} for result in sort_worst_first(results)]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def sort_worst_first(results: Sequence[CheckResult]) -> list[CheckResult]:
    """Failed, then warned, then passed; by name within."""
    return sorted(results, key=lambda r: (r.passed, r.severity != "fail", r.name))


def refuse_failures(results: Sequence[CheckResult]) -> None:
    """Raise CheckFailedError naming every check of severity `fail` that did not pass."""
    failed = [result for result in results if not result.passed and result.severity == "fail"]
    if failed:
        lines = "; ".join(f"{result.name}: {result.detail or result.failures}" for result in failed)
        raise CheckFailedError(f"{len(failed)} checks failed, the release before stays current: {lines}")


def _quote(con: duckdb.DuckDBPyConnection, result: CheckResult) -> CheckResult:
    rows = con.sql(f"select * from {result.relation} order by all limit {SHOWN_ROWS}").to_arrow_table()  # noqa: S608
    shown = "; ".join(_words(row) for row in rows.to_pylist())
    more = f" (and {result.failures - rows.num_rows} more)" if result.failures > rows.num_rows else ""
    return replace(result, detail=shown + more)


def _words(row: dict[str, Any]) -> str:
    found = {name: plain_number(value) if isinstance(value, Decimal) else value for name, value in row.items()}
    return ", ".join(f"{name} {value}" for name, value in found.items() if value is not None)


def _has(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    schema, name = table.split(".")
    found = con.execute(
        "select 1 from duckdb_tables() where schema_name = ? and table_name = ? and database_name = current_database()",
        [schema, name],
    ).fetchall()
    return bool(found)


def _shrinking(con: duckdb.DuckDBPyConnection, released: duckdb.DuckDBPyConnection, table: str) -> CheckResult:
    now, before = (int(c.execute(f"select count(*) from {table}").fetchall()[0][0]) for c in (con, released))  # noqa: S608
    lost = (before - now) / before if before >= _SMALL else 0.0
    return CheckResult(
        name=f"{table}_does_not_shrink",
        severity="fail" if lost > SHRINK_FAIL else "warn",
        passed=lost <= SHRINK_WARN,
        failures=max(before - now, 0) if lost > SHRINK_WARN else 0,
        detail=f"{before} rows before, {now} now" if lost > SHRINK_WARN else "",
    )
