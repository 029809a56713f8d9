"""Rows to Arrow tables with the columns of the raw tables."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.layout import bring_to_layout
from civic_etl.warehouse.migrate import migrate

Row = dict[str, Any]

_ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "TIMESTAMP": pa.timestamp("us"),
    "DATE": pa.date32(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DECIMAL(38,6)": pa.decimal128(38, 6),
}


def schema_of(con: duckdb.DuckDBPyConnection, table: str) -> pa.Schema:
    """The Arrow schema of raw table `table`, so that the migrations stay the one place that lists its columns."""
    rows = con.execute(
        "select column_name, data_type from duckdb_columns() "
        "where database_name = current_database() and schema_name = 'raw' and table_name = ? order by column_index",
        [table],
    ).fetchall()
    return pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in rows])


@cache
def raw_schema(table: str) -> pa.Schema:
    """The same of a build file that today's code made, for whoever has none at hand."""
    return _raw_schemas()[table]


@cache
def _raw_schemas() -> dict[str, pa.Schema]:
    with duckdb.connect() as con:
        migrate(con)
        bring_to_layout(con)
        names = con.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
        return {name: schema_of(con, name) for (name,) in names}


def to_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """The rows in one Arrow table; every row has every column of the schema.

    Raises WarehouseError naming the first row and field that the column's type cannot hold.
    """
    return pa.table([_column(rows, field) for field in schema], schema)


def _column(rows: Sequence[Row], field: pa.Field) -> pa.Array:
    try:
        return pa.array([row[field.name] for row in rows], field.type)
    except (pa.ArrowException, UnicodeError, OverflowError) as error:
        raise _misfit(rows, field) from error


def _misfit(rows: Sequence[Row], field: pa.Field) -> WarehouseError:
    for number, row in enumerate(rows):
        value = row[field.name]
        try:
            pa.array([value], field.type)
        except (pa.ArrowException, UnicodeError, OverflowError):
            key = row.get("url") or row.get("article_id")
            return WarehouseError(f"{value!r} of {key} is no {field.type}", row=number, field=field.name)
    return WarehouseError(f"the values are no {field.type}", field=field.name)
