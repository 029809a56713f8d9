"""Matching a written full name, in whole or in part, against the units of all times."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from civic_etl.gazetteer.keys import name_key
from civic_etl.gazetteer.units import Unit

if TYPE_CHECKING:
    from civic_etl.gazetteer.gazetteer import Gazetteer

_TYPE_KEYS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")


def matching(gazetteer: "Gazetteer", name: str) -> list[Unit]:
    """Units whose name begins a comma-separated name and whose ancestors, on some day, carry the rest of it."""
    first, *rest = [part for part in map(str.strip, name.split(",")) if part] or [""]
    return [unit for unit in _called(gazetteer, first) if _lies_in(gazetteer, unit, rest)]


def _called(gazetteer: "Gazetteer", name: str) -> Iterable[Unit]:
    """Units of a name with or without its type."""
    key = name_key(name)
    for kind in _TYPE_KEYS:
        if key.startswith(f"{kind} "):
            rest = gazetteer.named(key.removeprefix(f"{kind} "))
            typed = [unit for unit in rest if name_key(unit.type) == kind]
            if typed:
                return typed
    return gazetteer.named(key)


def _lies_in(gazetteer: "Gazetteer", unit: Unit, names: Sequence[str]) -> bool:
    """Whether the names are those of ancestors of the unit, the nearer one first, on any day of its span."""
    if not names:
        return True
    days = {unit.valid_to - timedelta(days=1), unit.valid_from}
    for above in gazetteer.ancestors(unit):
        days |= {v.valid_from for v in gazetteer.versions(above.level, above.code) if unit.on(v.valid_from)}
    called = [{above.unit_id for above in _called(gazetteer, name)} for name in names]
    return any(_in_order(called, [above.unit_id for above in gazetteer.ancestors(unit, day)]) for day in days)


def _in_order(called: Sequence[set[str]], line: Sequence[str]) -> bool:
    """Whether each set holds an id of the line, each further along it than the one before ("Trần Phú, Huế, Huế")."""
    at = 0
    for ids in called:
        while at < len(line) and line[at] not in ids:
            at += 1
        if at == len(line):
            return False
        at += 1
    return True
