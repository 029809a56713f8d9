"""What must hold of a table of units and its bridge; the first breach is raised with its file and row."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.units import ALWAYS, Edge, Unit, unit_id

UNITS_FILE = "units.parquet"
BRIDGE_FILE = "bridge.parquet"
# the lists take up some successors a month or two after the unit's end
_LAG = timedelta(days=92)
_DIGITS_OF_LEVEL = {1: 2, 2: 3, 3: 5}
_LEVEL_OF_DIGITS = {2: 1, 3: 2}


def check_tables(units: Sequence[Unit], edges: Sequence[Edge]) -> None:
    """Raise GazetteerError naming file, row (counted from 1) and reason for the first breach of a rule.

    Units: keys well formed and unique; a span of at least a day; no overlap of one code; a parent in force on every day
    of the span; an end has a successor or a stated reason. Edges: known units; a start and an end that meet on the
    edge's day; shares in order between 0 and 1.
    """
    _check_keys(units)
    _check_overlaps(units)
    _check_parents(units)
    _check_edges(units, edges)
    _check_ends(units, edges)


def _refuse(file: str, row: int, field: str, reason: str) -> GazetteerError:
    return GazetteerError(reason, file=file, row=row, field=field)


def _check_keys(units: Sequence[Unit]) -> None:
    seen: set[str] = set()
    for row, unit in enumerate(units, start=1):
        if len(unit.code) != _DIGITS_OF_LEVEL.get(unit.level) or not unit.code.isdigit():
            raise _refuse(UNITS_FILE, row, "code", f"code {unit.code!r} does not fit level {unit.level}")
        if unit.unit_id != unit_id(unit.level, unit.code, unit.valid_from):
            raise _refuse(UNITS_FILE, row, "unit_id", f"{unit.unit_id} is not <level>-<code>-<valid_from>")
        if unit.unit_id in seen:
            raise _refuse(UNITS_FILE, row, "unit_id", f"{unit.unit_id} is there twice")
        if not unit.core_name or unit.name != f"{unit.type} {unit.core_name}":
            raise _refuse(UNITS_FILE, row, "name", f"{unit.name!r} is not type and core name")
        if unit.valid_from >= unit.valid_to:
            raise _refuse(UNITS_FILE, row, "valid_to", f"{unit.unit_id} ends on {unit.valid_to}, before it begins")
        seen.add(unit.unit_id)


def _spans(units: Sequence[Unit]) -> dict[tuple[int, str], list[tuple[date, date, int]]]:
    spans: dict[tuple[int, str], list[tuple[date, date, int]]] = defaultdict(list)
    for row, unit in enumerate(units, start=1):
        spans[unit.level, unit.code].append((unit.valid_from, unit.valid_to, row))
    for found in spans.values():
        found.sort()
    return spans


def _check_overlaps(units: Sequence[Unit]) -> None:
    for (level, code), spans in _spans(units).items():
        for (_, end, _), (start, _, row) in pairwise(spans):
            if start < end:
                raise _refuse(UNITS_FILE, row, "valid_from", f"overlap: level {level} code {code} is twice on {start}")


def _check_parents(units: Sequence[Unit]) -> None:
    spans = _spans(units)
    for row, unit in enumerate(units, start=1):
        for field, code in (("parent_code", unit.parent_code), ("province_code", unit.province_code)):
            if field == "parent_code" and unit.level == 1:
                continue
            if code is None or not _covered(spans.get((_LEVEL_OF_DIGITS.get(len(code), 0), code), []), unit):
                raise _refuse(UNITS_FILE, row, field, f"orphan: {unit.unit_id} has no parent {code} on all its days")


def _covered(spans: list[tuple[date, date, int]], unit: Unit) -> bool:
    day = unit.valid_from
    for start, end, _ in spans:
        if start <= day < end:
            day = end
    return day >= unit.valid_to


def _check_edges(units: Sequence[Unit], edges: Sequence[Edge]) -> None:
    known = {unit.unit_id: unit for unit in units}
    for row, edge in enumerate(edges, start=1):
        for field, key in (("from_unit_id", edge.from_unit_id), ("to_unit_id", edge.to_unit_id)):
            if key not in known:
                raise _refuse(BRIDGE_FILE, row, field, f"orphan: {key} is no unit of {UNITS_FILE}")
        if known[edge.from_unit_id].valid_to != edge.effective_date:
            raise _refuse(BRIDGE_FILE, row, "effective_date", f"{edge.from_unit_id} does not end that day")
        heir = known[edge.to_unit_id]
        if heir.valid_to <= edge.effective_date or heir.valid_from > edge.effective_date + _LAG:
            raise _refuse(BRIDGE_FILE, row, "effective_date", f"{edge.to_unit_id} is not in force that day")
        if not 0 <= edge.share_lo <= edge.share_est <= edge.share_hi <= 1:
            raise _refuse(BRIDGE_FILE, row, "share_est", "shares are not 0 <= lo <= est <= hi <= 1")


def _check_ends(units: Sequence[Unit], edges: Sequence[Edge]) -> None:
    followed = {edge.from_unit_id for edge in edges}
    for row, unit in enumerate(units, start=1):
        if unit.valid_to != ALWAYS and unit.unit_id not in followed and not unit.end_reason:
            raise _refuse(UNITS_FILE, row, "end_reason", f"{unit.unit_id} ends without successor and without a reason")


def counts_on(units: Sequence[Unit], day: date) -> tuple[int, int, int]:
    """How many provinces, districts and communes are in force on a day."""
    levels = [unit.level for unit in units if unit.on(day)]
    return levels.count(1), levels.count(2), levels.count(3)
