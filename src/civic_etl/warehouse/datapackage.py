"""The descriptions that ship in a release: a Frictionless data package and a data dictionary, from one registry."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from civic_etl.warehouse.export import SCHEMA_VERSION
from civic_etl.warehouse.registry import Column, Table

_FIELD_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
}

_LIST = "any"
"""The reference validator reads Parquet through pandas, which gives lists as arrays of NumPy; its own type `array`
refuses those. What is in a list is said by `duckdbType`."""

_NO_INTEGER = ["", "nan"]
"""What the same reader makes of an integer that is not there."""

_PROFILES = "https://datapackage.org/profiles/2.0"


def datapackage(tables: Sequence[Table], version: str, created: str, fingerprint: str) -> dict[str, Any]:
    """The data package descriptor; `fingerprint` names the content of all tables."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "civic-etl",
        "title": "Results of Viet Nam's wards, communes, districts and provinces",
        "description": "Figures that official sites assert in prose, each with the sentence it was read from.",
        "version": version,
        "created": created,
        "schema_version": SCHEMA_VERSION,
        "fingerprint": fingerprint,
        "resources": [_resource(table) for table in tables],
    }


def write_datapackage(descriptor: dict[str, Any], folder: Path) -> None:
    """Write the descriptor as datapackage.json."""
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def read_fingerprint(release: Path) -> str | None:
    """The fingerprint of a release on disk, or None where it has none."""
    path = release / "datapackage.json"
    if not path.is_file():
        return None
    found = json.loads(path.read_text(encoding="utf-8")).get("fingerprint")
    return found if isinstance(found, str) else None


def dictionary(tables: Sequence[Table]) -> str:
    """The data dictionary as Markdown."""
    lines = ["# Data dictionary", "", "| table | what it holds |", "| --- | --- |"]
    lines += [f"| [{table.qualified}](#{_anchor(table)}) | {_cell(table.description)} |" for table in tables]
    for table in tables:
        lines += [
            "",
            f"## {table.qualified}",
            "",
            table.description,
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{c.name}` | {c.type} | {_cell(c.description)} |" for c in table.columns]
    return "\n".join(lines) + "\n"


def _resource(table: Table) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.qualified,
        "path": f"parquet/{table.qualified}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "description": table.description,
        "schema": {"fields": [_field(column) for column in table.columns]},
    }


def _field(column: Column) -> dict[str, Any]:
    promised = {"required": column.required, "unique": column.unique}
    constraints = {name: True for name, holds in promised.items() if holds}
    kind = _field_type(column.type)
    field: dict[str, Any] = {
        "name": column.name,
        "type": kind,
        "duckdbType": column.type,
        "description": column.description,
    }
    if kind == "integer" and not column.required:
        field |= {"missingValues": _NO_INTEGER}
    return field | ({"constraints": constraints} if constraints else {})


def _field_type(duckdb_type: str) -> str:
    """The type of the standard."""
    if duckdb_type.endswith("[]"):
        return _LIST
    return "number" if duckdb_type.startswith("DECIMAL") else _FIELD_TYPES[duckdb_type]


def _anchor(table: Table) -> str:
    return re.sub(r"[^a-z0-9_]", "", table.qualified)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
