"""One registry of tables and columns: names and types from the database, words from the dbt project."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

from civic_etl.errors import WarehouseError

PUBLISHED_SCHEMAS = ("core", "mart")

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a published table; `type` is DuckDB's.

    `required` and `unique` are what a test of the project holds.
    """

    name: str
    type: str
    description: str
    required: bool = False
    unique: bool = False


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
    words, promises = _words(manifest)
    rows = con.execute(
        "select t.schema_name, t.table_name, c.column_name, c.data_type from duckdb_tables() as t "
        "join duckdb_columns() as c using (database_name, schema_name, table_name) "
        "where t.database_name = current_database() and list_contains(?, t.schema_name) "
        "order by t.schema_name, t.table_name, c.column_index",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    columns: dict[_Key, list[Column]] = {}
    for schema, table, column, kind in rows:
        _, described = words.get((schema, table), ("", {}))
        kept = promises.get((schema, table, column), set())
        found = Column(column, kind, described.get(column, ""), "not_null" in kept, "unique" in kept)
        columns.setdefault((schema, table), []).append(found)
    return [Table(*key, words.get(key, ("", {}))[0], tuple(found)) for key, found in columns.items()]


def _words(manifest: Path) -> tuple[dict[_Key, tuple[str, dict[str, str]]], dict[tuple[str, str, str], set[str]]]:
    """What the models' descriptions say, and what their tests hold of each column."""
    try:
        nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    except (OSError, ValueError, KeyError) as error:
        raise WarehouseError(f"the manifest of the roll-up cannot be read: {error}", file=str(manifest)) from error
    words = {
        (node["schema"], node["name"]): (
            _one_line(node["description"]),
            {name: _one_line(column["description"]) for name, column in node["columns"].items()},
        )
        for node in nodes.values()
        if node["resource_type"] == "model"
    }
    promises: dict[tuple[str, str, str], set[str]] = {}
    for node in nodes.values():
        model = nodes.get(node.get("attached_node") or "")
        # a test with a condition promises nothing of the whole column
        if model is not None and node.get("test_metadata") and not node["config"].get("where"):
            key = (model["schema"], model["name"], node.get("column_name") or "")
            promises.setdefault(key, set()).add(node["test_metadata"]["name"])
    return words, promises


def _one_line(text: str) -> str:
    return " ".join(text.split())
