"""The layout of the document tables. A build file with another one is rebuilt, not patched."""

from functools import lru_cache
from importlib import resources

import duckdb

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.database import transaction

Layout = dict[str, dict[str, str]]
"""The type of each column, by table."""

_COLUMNS = (
    "select table_name, column_name, data_type from duckdb_columns() "
    "where schema_name = 'raw' and database_name = current_database() order by table_name, column_index"
)


@lru_cache(maxsize=1)
def layout() -> Layout:
    """The layout that today's code writes."""
    text = (resources.files("civic_etl.warehouse") / "layout.sql").read_text(encoding="utf-8")
    with duckdb.connect() as con:
        con.execute(f"create schema raw; {text}")
        return _layout_of(con)


def bring_to_layout(con: duckdb.DuckDBPyConnection, wanted: Layout | None = None) -> list[str]:
    """Rebuild every document table whose columns are not those of `wanted` (today's), in one transaction; names them.

    Rows are carried over by the names of their columns; what a new column would hold is not known, so every document is
    marked as read in another layout: the next reading of the archive writes it anew, whatever it finds. Raises
    WarehouseError where a value does not fit its new type; the file then stays as it was.
    """
    wanted = layout() if wanted is None else wanted
    found = _layout_of(con)
    changed = [table for table in wanted if found.get(table) != wanted[table]]
    if not changed:
        return []
    try:
        with transaction(con):
            for table in changed:
                _rebuild(con, table, found.get(table), wanted[table])
            con.execute("update raw.article set payload_hash = ''")
    except duckdb.Error as error:
        raise WarehouseError(
            f"the tables of documents cannot be brought to today's layout: {error}; move the build file away and run "
            "`civic-etl reparse`, which reads the archive into a new one"
        ) from error
    return changed


def _rebuild(con: duckdb.DuckDBPyConnection, table: str, old: dict[str, str] | None, new: dict[str, str]) -> None:
    columns = ", ".join(f'"{name}" {kind}' for name, kind in new.items())
    con.execute(f"create table raw.rebuilt_{table} ({columns})")
    if old is not None:
        kept = ", ".join(f'"{name}"' for name in new if name in old)
        if kept:
            con.execute(f"insert into raw.rebuilt_{table} ({kept}) select {kept} from raw.{table}")  # noqa: S608
        con.execute(f"drop table raw.{table}")
    con.execute(f"alter table raw.rebuilt_{table} rename to {table}")


def _layout_of(con: duckdb.DuckDBPyConnection) -> Layout:
    tables: Layout = {}
    for table, column, kind in con.execute(_COLUMNS).fetchall():
        tables.setdefault(table, {})[column] = kind
    return tables
