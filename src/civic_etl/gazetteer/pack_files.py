"""The three files of a history pack: `units.parquet`, `bridge.parquet`, `events.csv`."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.tables import read_arrow, write_parquet
from civic_etl.gazetteer.units import LEFT, LEFT_CENSORED, Edge, Unit

FILES = ("units.parquet", "bridge.parquet", "events.csv")
_UNITS = pa.schema(
    [
        pa.field("unit_id", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("level", pa.int32(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("core_name", pa.string(), nullable=False),
        pa.field("parent_code", pa.string()),
        pa.field("province_code", pa.string()),
        pa.field("vf", pa.date32(), nullable=False),
        pa.field("vt", pa.date32(), nullable=False),
        pa.field("end_reason", pa.string()),
    ]
)
_BRIDGE = pa.schema(
    [
        pa.field("from_unit_id", pa.string(), nullable=False),
        pa.field("to_unit_id", pa.string(), nullable=False),
        pa.field("d", pa.date32(), nullable=False),
        pa.field("relation", pa.string(), nullable=False),
        pa.field("lo", pa.float64(), nullable=False),
        pa.field("hi", pa.float64(), nullable=False),
        pa.field("est", pa.float64(), nullable=False),
    ]
)
_EVENTS = ["date", "decrees"]


@dataclass(frozen=True, slots=True)
class Pack:
    """Units and edges of a pack, in the order of its files."""

    units: tuple[Unit, ...]
    edges: tuple[Edge, ...]


def read_pack(folder: Path) -> Pack:
    """The pack of a folder.

    Raises GazetteerError naming file, row and field where a file is missing, a column is unknown, missing or of another
    type, or a value is missing.
    """
    decrees = _read_events(folder / FILES[2])
    edges = list(_edges(folder / FILES[1], decrees))
    started = {edge.to_unit_id: edge.relation for edge in edges}
    return Pack(tuple(_units(folder / FILES[0], decrees, started)), tuple(edges))


def write_pack(folder: Path, units: Sequence[Unit], edges: Sequence[Edge]) -> None:
    """Write units and edges as the three files of a pack, in the order of their keys."""
    units = sorted(units, key=lambda unit: (unit.level, unit.code, unit.valid_from))
    edges = sorted(edges, key=lambda edge: (edge.effective_date, edge.from_unit_id, edge.to_unit_id))
    rows = [
        {
            **{name: getattr(unit, name) for name in _UNITS.names if name not in ("vf", "vt")},
            "province_code": unit.province_code if unit.level > 1 else None,
            "vf": unit.valid_from,
            "vt": unit.valid_to,
        }
        for unit in units
    ]
    write_parquet(pa.Table.from_pylist(rows, _UNITS), folder / FILES[0])
    links = [
        (e.from_unit_id, e.to_unit_id, e.effective_date, e.relation, e.share_lo, e.share_hi, e.share_est) for e in edges
    ]
    write_parquet(
        pa.Table.from_pylist([dict(zip(_BRIDGE.names, link, strict=True)) for link in links], _BRIDGE),
        folder / FILES[1],
    )
    _write_events(folder / FILES[2], units, edges)


def _write_events(path: Path, units: Sequence[Unit], edges: Sequence[Edge]) -> None:
    events: dict[date, set[str]] = defaultdict(set)
    for day, decree in [(u.valid_from, u.decree) for u in units] + [(e.effective_date, e.decree) for e in edges]:
        events[day] |= {decree} if decree else set()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_EVENTS)
        writer.writerows((day.isoformat(), " ".join(sorted(events[day]))) for day in sorted(events))


def _read_events(path: Path) -> dict[date, str]:
    """The decree of each day that has just one; which of several changed what is not in the file."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != _EVENTS:
                raise GazetteerError(f"the columns are not {', '.join(_EVENTS)}", file=path.name, row=1)
            found = {}
            for row, (day, decrees) in enumerate(reader, start=2):
                found[_day(day, path, row)] = decrees
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"cannot read the file: {error}", file=str(path)) from error
    except ValueError as error:
        raise GazetteerError(f"a row is not date and decrees: {error}", file=path.name) from error
    return {day: decrees for day, decrees in found.items() if decrees and " " not in decrees.strip()}


def _day(text: str, path: Path, row: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise GazetteerError(f"{text!r} is no date", file=path.name, row=row, field="date") from error


def _columns(path: Path, schema: pa.Schema) -> list[list[Any]]:
    """Columns, in the schema's order, of a file that has just these, in any order."""
    table = read_arrow(path)
    for name in table.column_names:
        if name not in schema.names:
            raise GazetteerError(f"unknown column {name!r}", file=path.name, field=name)
    for field in schema:
        if field.name not in table.column_names:
            raise GazetteerError(f"column {field.name!r} is missing", file=path.name, field=field.name)
    try:
        table = table.select(schema.names).cast(pa.schema([f.with_nullable(True) for f in schema]))
    except (pa.ArrowException, ValueError) as error:
        raise GazetteerError(f"a column has another type: {error}", file=path.name) from error
    columns = [table.column(name).to_pylist() for name in schema.names]
    for field, values in zip(schema, columns, strict=True):
        if not field.nullable and None in values:
            row = values.index(None) + 1
            raise GazetteerError("a value is missing", file=path.name, row=row, field=field.name)
    return columns


def _units(path: Path, decrees: dict[date, str], started: dict[str, str]) -> Iterator[Unit]:
    for key, code, level, kind, name, core, parent, province, first, until, reason in zip(
        *_columns(path, _UNITS), strict=True
    ):
        censored = first == LEFT
        yield Unit(
            unit_id=key,
            level=level,
            code=code,
            type=kind,
            name=name,
            core_name=core,
            parent_code=parent,
            province_code=province or code,
            valid_from=first,
            valid_to=until,
            start_reason=LEFT_CENSORED if censored else started.get(key, "established"),
            end_reason=reason,
            decree=None if censored else decrees.get(first),
            date_quality=LEFT_CENSORED if censored else "list_date",
            lat=None,
            lon=None,
            area_km2=None,
            cluster_id="",
        )


def _edges(path: Path, decrees: dict[date, str]) -> Iterator[Edge]:
    for old, new, day, relation, low, high, estimate in zip(*_columns(path, _BRIDGE), strict=True):
        method = "whole" if low == high else "inferred" if "inferred" in relation else "pack"
        yield Edge(old, new, day, relation, low, high, estimate, method, decrees.get(day))
