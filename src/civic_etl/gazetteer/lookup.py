"""Looking units up by name: which units of all times carry it."""

from dataclasses import dataclass
from datetime import date

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import Unit


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit as a printable row. `valid_to` is exclusive; None while in force."""

    unit_id: str
    level: int
    code: str
    full_name: str
    valid_from: date
    valid_to: date | None
    date_quality: str
    decree: str | None
    end_reason: str | None
    cluster_id: str
    lat: float | None
    lon: float | None


def lookup(query: str, on: date | None = None, gazetteer: Gazetteer | None = None) -> list[UnitRecord]:
    """Units called `query` ("phường Đức Xuân, Bắc Kạn"; types and parents may be left out), in force on a day if given.

    A unit id is a query too. Ordered by level, start and id; empty where nothing is so called.
    """
    gazetteer = gazetteer or Gazetteer.load()
    units = units_called(query, gazetteer)
    found = [unit for unit in units if on is None or unit.on(on)]
    return [record(unit, gazetteer, on) for unit in sorted(found, key=lambda u: (u.level, u.valid_from, u.unit_id))]


def units_called(query: str, gazetteer: Gazetteer) -> list[Unit]:
    """The units of a name or a unit id."""
    if query.count("-") == 2 and query.replace("-", "").isdigit():
        return [gazetteer.get(query)]
    if not query.strip(" ,"):
        raise GazetteerError("the name to look up is empty", field="query")
    return gazetteer.matching(query)


def record(unit: Unit, gazetteer: Gazetteer, on: date | None = None) -> UnitRecord:
    """A unit as a printable row, its parents named as of a day."""
    return UnitRecord(
        unit_id=unit.unit_id,
        level=unit.level,
        code=unit.code,
        full_name=gazetteer.full_name(unit, on),
        valid_from=unit.valid_from,
        valid_to=None if unit.valid_to.year == 9999 else unit.valid_to,
        date_quality=unit.date_quality,
        decree=unit.decree,
        end_reason=unit.end_reason,
        cluster_id=unit.cluster_id,
        lat=unit.lat,
        lon=unit.lon,
    )
