"""The parsed dbt project: parsing takes longer than building a small warehouse, so one installation does it once."""

import hashlib
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from civic_etl.garbage import uncollected
from civic_etl.kept import kept

_PARSERS = ("dbt-core", "dbt-adapters", "dbt-common", "dbt-duckdb")
# what dbt writes where it is run by hand
_WRITTEN = ("target", "logs")

_PARSED: dict[bytes, Any] = {}


def manifest(project: Path, parse: Callable[[], bytes]) -> Any:
    """The project as `parse` gives it, in the form in which dbt keeps it: of this process, an earlier one, or anew.

    dbt believes what it has kept only for the build file that it parsed for, and each home has another. What is parsed
    does not depend on where that lies, but on all that `_made_of` tells.
    """
    key = _made_of(project)
    if key not in _PARSED:
        told = kept("dbt_project", parse, of=key)
        _PARSED.clear()
        _PARSED[key] = _read(told)
    return _PARSED[key]


def _read(told: bytes) -> Any:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    with uncollected():
        found: Any = Manifest.from_msgpack(told, decoder=extended_mashumuro_decoder)
        found.build_flat_graph()
    return found


def _made_of(project: Path) -> bytes:
    """Tells one state of the project, of dbt and of its settings from another."""
    told = hashlib.sha256()
    for name in _PARSERS:
        told.update(f"{name} {version(name)}\n".encode())
    # dbt names every table with the name of the build file, which is its database
    database = Path(os.environ.get("CIVIC_ETL_BUILD_FILE", "civic.duckdb")).stem
    told.update(f"{database}\n{project}\n".encode())
    for name, value in sorted(os.environ.items()):
        if name.startswith("DBT_"):
            told.update(f"{name}={value}\n".encode(errors="surrogateescape"))
    for path in sorted(path for path in project.rglob("*") if path.is_file()):
        place = path.relative_to(project)
        if place.parts[0] not in _WRITTEN:
            content = path.read_bytes()
            told.update(f"{place} {len(content)}\n".encode() + content)
    return told.digest()
