"""Rebuild the shipped tables: `python -m civic_etl.gazetteer.build`.

Reads the wheel `vietnamadminunits` (extra `data`) and `data/amendments.yaml`; writes `data/units.parquet` and
`data/bridge.parquet`. The same inputs give the same bytes.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.amend import amended
from civic_etl.gazetteer.checks import check_tables
from civic_etl.gazetteer.clusters import clusters
from civic_etl.gazetteer.tables import DATA, edges_table, units_table, write_parquet
from civic_etl.gazetteer.units import (
    ALWAYS,
    COMMUNE,
    DISTRICT,
    LEFT,
    LEFT_CENSORED,
    PROVINCE,
    REFORM,
    Edge,
    Unit,
    unit_id,
)
from civic_etl.gazetteer.wheel import Wheel, commune_moves, province_moves, read_wheel


def build() -> tuple[list[Unit], list[Edge]]:
    """All units and edges of the shipped table.

    Raises GazetteerError where the wheel or the amendments contradict themselves.
    """
    wheel = read_wheel()
    entries = yaml.safe_load((DATA / "amendments.yaml").read_text(encoding="utf-8"))
    units = [*_old_units(wheel), *_new_units(wheel, entries["reform"])]
    units, edges = amended(units, _reform_edges(wheel, entries["reform"]), entries)
    cluster = clusters((u.unit_id for u in units), ((e.from_unit_id, e.to_unit_id) for e in edges))
    units = [replace(unit, cluster_id=cluster[unit.unit_id]) for unit in units]
    check_tables(units, edges)
    return units, edges


def _old_units(wheel: Wheel) -> list[Unit]:
    """The list in force on 2025-06-30; since when is not known, so it reaches back to the start of the table."""
    provinces: dict[str, Unit] = {}
    districts: dict[str, Unit] = {}
    communes = []
    for row in wheel.old:
        province, district = row["provinceCode"], row["districtCode"]
        provinces[province] = _old(row, PROVINCE, "province", None)
        districts[district] = _old(row, DISTRICT, "district", province)
        if row["ward"] is not None:
            communes.append(_old(row, COMMUNE, "ward", district))
    # five island districts have no communes and became special zones
    islands = {row["districtCode"] for row in wheel.old if row["ward"] is None}
    ended = [replace(d, end_reason="merged" if d.code in islands else "level_abolished") for d in districts.values()]
    return [*provinces.values(), *ended, *communes]


def _old(row: dict[str, Any], level: int, kind: str, parent: str | None) -> Unit:
    type_, core = _type_and_core(row[kind])
    return Unit(
        unit_id=unit_id(level, row[f"{kind}Code"], LEFT),
        level=level,
        code=row[f"{kind}Code"],
        type=type_,
        name=f"{type_} {core}",
        core_name=core,
        parent_code=parent,
        province_code=row["provinceCode"],
        valid_from=LEFT,
        valid_to=REFORM,
        start_reason=LEFT_CENSORED,
        end_reason="reform_2025",
        decree=None,
        date_quality=LEFT_CENSORED,
        lat=row[f"{kind}Lat"],
        lon=row[f"{kind}Lon"],
        area_km2=None,
        cluster_id="",
    )


def _new_units(wheel: Wheel, acts: dict[str, Any]) -> list[Unit]:
    """The list in force since 2025-07-01."""
    provinces: dict[str, Unit] = {}
    communes = []
    for row in wheel.new:
        code = row["provinceCode"]
        provinces[code] = _new(row, PROVINCE, "province", None, acts["provinces"])
        communes.append(_new(row, COMMUNE, "ward", code, acts["communes"].get(code)))
    return [*provinces.values(), *communes]


def _new(row: dict[str, Any], level: int, kind: str, parent: str | None, decree: str | None) -> Unit:
    type_, core = _type_and_core(row[kind])
    return Unit(
        unit_id=unit_id(level, row[f"{kind}Code"], REFORM),
        level=level,
        code=row[f"{kind}Code"],
        type=type_,
        name=f"{type_} {core}",
        core_name=core,
        parent_code=parent,
        province_code=row["provinceCode"],
        valid_from=REFORM,
        valid_to=ALWAYS,
        start_reason="reform_2025",
        end_reason=None,
        decree=decree,
        date_quality="effective_date",
        lat=row[f"{kind}Lat"],
        lon=row[f"{kind}Lon"],
        area_km2=row.get(f"{kind}AreaKm2"),
        cluster_id="",
    )


def _type_and_core(name: str) -> tuple[str, str]:
    """The type that leads a full name, and the rest of it; the wheel writes some types with a capital too many."""
    plain = _SMALL_WORD.sub(lambda match: match.group().upper(), " ".join(name.split()))
    for kind in _TYPES:
        if plain.lower().startswith(f"{kind.lower()} "):
            return kind, plain[len(kind) + 1 :]
    raise GazetteerError(f"the wheel holds {name!r}, which no known type leads")


# the wheel writes some words small that are names: "Đại áng", "Mường é", "Ya ly"; a "Nông trường" is one
_SMALL_WORD = re.compile(r"(?<= )(?!trường\b)[^\W\d_]")
_TYPES = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")


def _reform_edges(wheel: Wheel, acts: dict[str, Any]) -> list[Edge]:
    """Succession on 2025-07-01. How a divided commune's people went over is not known: a part may be all or none."""
    edges = [_edge((PROVINCE, old), (PROVINCE, new), 1, acts["provinces"]) for old, new in province_moves(wheel)]
    province = {row["wardCode"]: row["provinceCode"] for row in wheel.new}
    for move in commune_moves(wheel):
        decree = acts["communes"].get(province[move.to_code])
        edges.append(_edge((move.from_level, move.from_code), (COMMUNE, move.to_code), move.parts, decree))
    return edges


def _edge(origin: tuple[int, str], heir: tuple[int, str], parts: int, decree: str | None) -> Edge:
    """The edge of an old unit to a new one, each as level and code."""
    whole = parts == 1
    return Edge(
        from_unit_id=unit_id(*origin, LEFT),
        to_unit_id=unit_id(*heir, REFORM),
        effective_date=REFORM,
        relation="whole" if whole else "part",
        share_lo=1.0 if whole else 0.0,
        share_hi=1.0,
        share_est=round(1 / parts, 4),
        est_method="whole" if whole else "equal_split",
        decree=decree,
    )


def write(folder: Path) -> None:
    """Write both tables to a folder; GazetteerError as `build`."""
    units, edges = build()
    write_parquet(units_table(units), folder / "units.parquet")
    write_parquet(edges_table(edges), folder / "bridge.parquet")


if __name__ == "__main__":
    write(DATA)
