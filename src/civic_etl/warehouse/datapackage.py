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


def datapackage(tables: Sequence[Table], version: str, created: str, fingerprint: str) -> dict[str, Any]:
    """The data package descriptor; `fingerprint` names the content of all tables."""
    return {
        "profile": "data-package",
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
        "profile": "data-resource",
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
    field = {"name": column.name, "type": _field_type(column), "description": column.description}
    return field | ({"constraints": constraints} if constraints else {})


def _field_type(column: Column) -> str:
    """The type as the reference validator reads it from Parquet, through pandas.

    A list comes as an array of NumPy, which its own type `array` refuses; whole numbers with gaps come as floats.
    """
    if column.type.endswith("[]"):
        return "any"
    kind = "number" if column.type.startswith("DECIMAL") else _FIELD_TYPES[column.type]
    return "number" if kind == "integer" and not column.required else kind


def _anchor(table: Table) -> str:
    return re.sub(r"[^a-z0-9_]", "", table.qualified)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
