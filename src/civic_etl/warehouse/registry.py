"""One registry of tables and columns: names and types from the database, words from the dbt project."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from civic_etl.errors import WarehouseError

PUBLISHED_SCHEMAS = ("core", "mart")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table; `type` is DuckDB's."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A published table."""

    schema: str
    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def qualified(self) -> str:
        """`schema.name`"""
        return f"{self.schema}.{self.name}"


def published_tables(con: duckdb.DuckDBPyConnection, manifest: Path) -> list[Table]:
    """The tables of the published schemas in the database of `con`, described by a dbt manifest.

    Raises WarehouseError where the manifest cannot be read.
    """
    words = _words(manifest)
    rows = con.execute(
        "select t.schema_name, t.table_name, c.column_name, c.data_type from duckdb_tables() as t "
        "join duckdb_columns() as c using (database_name, schema_name, table_name) "
        "where t.database_name = current_database() and list_contains(?, t.schema_name) "
        "order by t.schema_name, t.table_name, c.column_index",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, column, kind in rows:
        _, described = words.get((schema, table), ("", {}))
        columns.setdefault((schema, table), []).append(Column(column, kind, described.get(column, "")))
    return [Table(*key, words.get(key, ("", {}))[0], tuple(found)) for key, found in columns.items()]


def _words(manifest: Path) -> dict[tuple[str, str], tuple[str, dict[str, str]]]:
    try:
        nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    except (OSError, ValueError, KeyError) as error:
        raise WarehouseError(f"the manifest of the roll-up cannot be read: {error}", file=str(manifest)) from error
    return {
        (node["schema"], node["name"]): (
            _one_line(node["description"]),
            {name: _one_line(column["description"]) for name, column in node["columns"].items()},
        )
        for node in nodes
        if node["resource_type"] == "model"
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())
