"""A build file made from a snapshot of the lake: what is rolled up and released comes from one moment of it."""

import duckdb

from civic_etl.errors import WarehouseError
from civic_etl.settings import Settings
from civic_etl.warehouse import lake

_TABLES = """
select schema_name, table_name from duckdb_tables()
where database_name = 'lake' and schema_name in ('raw', 'main') and not internal order by 1, 2
"""


def materialise(settings: Settings) -> int:
    """Write the build file anew with the raw tables of the lake as they are now; returns the snapshot's number.

    The file is derived and replaced in one step: killed in between, the next roll-up makes another. Raises
    WarehouseError where the lake cannot be read.
    """
    target = settings.build_file
    fresh = target.with_name(target.name + ".new")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    for stray in (fresh, fresh.with_name(fresh.name + ".wal"), target.with_name(target.name + ".wal")):
        stray.unlink(missing_ok=True)
    with lake.attached(settings, read_only=True) as con:
        number = lake.snapshot_in_force(con)
    try:
        with lake.attached(settings, snapshot=number) as con:
            con.execute(f"attach '{str(fresh).replace(chr(39), chr(39) * 2)}' as build")
            con.execute("create schema build.raw")
            for schema, table in con.execute(_TABLES).fetchall():
                con.execute(f'create table build.{schema}."{table}" as select * from lake.{schema}."{table}"')  # noqa: S608
            con.execute("create table build.main.lake_snapshot as select ?::bigint as snapshot_id", [number])
            con.execute("checkpoint build")
            con.execute("detach build")
    except duckdb.Error as error:
        raise WarehouseError(f"the snapshot {number} of the lake could not be copied: {error}") from error
    fresh.replace(target)
    return number


def snapshot_of(con: duckdb.DuckDBPyConnection) -> int | None:
    """The snapshot that a build file was made from; None for a build file of its own."""
    known = "select 1 from duckdb_tables() where schema_name = 'main' and table_name = 'lake_snapshot'"
    if not con.execute(known).fetchall():
        return None
    ((number,),) = con.execute("select snapshot_id from main.lake_snapshot").fetchall()
    return int(number)
