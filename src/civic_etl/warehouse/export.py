"""Write the published tables of the build file into a database file of their own, and into Parquet."""

from collections.abc import Sequence
from datetime import datetime
from importlib import resources
from pathlib import Path

import duckdb

from civic_etl import __version__
from civic_etl.warehouse.registry import PUBLISHED_SCHEMAS, Table

SCHEMA_VERSION = 1
"""Raised by one with every change of a published table that can break a reader."""


def export_database(con: duckdb.DuckDBPyConnection, tables: Sequence[Table], target: Path) -> None:
    """Copy `tables` from the build file into a new database file `target`, with their comments and macros.

    The file has the storage format of DuckDB 1.0, so that older clients and DuckDB in the browser can open it; it holds
    none of the raw tables. The models' own order of rows is kept.
    """
    con.execute(f"attach '{_quoted(str(target))}' as release (storage_version 'v1.0.0')")
    try:
        for schema in PUBLISHED_SCHEMAS:
            con.execute(f"create schema release.{schema}")
        for table in tables:
            con.execute(f"create table release.{table.qualified} as select * from {table.qualified}")  # noqa: S608
            # One transaction a table: alone, each of some four hundred comments would wait for the disk.
            con.begin()
            _comment(con, table)
            con.commit()
        con.execute("checkpoint release")
    finally:
        con.execute("detach release")


def finish_database(target: Path, version: str, released_at: datetime, snapshot: int | None) -> None:
    """Add to the new file what analysts call: macros, and one row that says which release it is, and of which snapshot
    of a lake."""
    macros = (resources.files("civic_etl.warehouse") / "macros.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(target)) as con:
        con.execute(
            "create table main.release as select ? as version, ?::timestamp as released_at, ? as package_version, "
            "?::integer as schema_version, ?::bigint as lake_snapshot",
            [version, released_at.replace(tzinfo=None), __version__, SCHEMA_VERSION, snapshot],
        )
        con.execute("comment on table main.release is 'Which release this file is; times are UTC.'")
        con.execute(macros)
        con.execute("checkpoint")


def export_parquet(database: Path, tables: Sequence[Table], folder: Path) -> None:
    """One Parquet file a table, in the order of its rows, read from a file that `export_database` wrote."""
    folder.mkdir(parents=True)
    with duckdb.connect(str(database), read_only=True) as con:
        for table in tables:
            path = folder / f"{table.qualified}.parquet"
            con.execute(
                f"copy (select * from {table.qualified}) to '{_quoted(str(path))}' (format parquet, compression zstd)"  # noqa: S608
            )


def _comment(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    con.execute(f"comment on table release.{table.qualified} is '{_quoted(table.description)}'")
    for column in table.columns:
        name = f'release.{table.qualified}."{column.name}"'
        con.execute(f"comment on column {name} is '{_quoted(column.description)}'")


def _quoted(text: str) -> str:
    return text.replace("'", "''")
