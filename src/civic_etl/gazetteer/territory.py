"""Hand-kept changes of territory: units merged away, divided, or made smaller by what another took over.

A unit whose territory changed has another row from that day on, so that no series of it crosses the change unseen.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from civic_etl.gazetteer.units import LEFT, LEFT_CENSORED, Unit, unit_id

if TYPE_CHECKING:
    from civic_etl.gazetteer.amend import Amender

_DAY = timedelta(days=1)


def add_former(amender: "Amender", entry: dict[str, Any]) -> None:
    """A unit that was merged away, in force until the day; `merge` adds what became of it."""
    unit = Unit(
        unit_id=unit_id(entry["level"], entry["code"], LEFT),
        level=entry["level"],
        code=entry["code"],
        type=entry["type"],
        name=f"{entry['type']} {entry['name']}",
        core_name=entry["name"],
        parent_code=entry.get("province"),
        province_code=entry.get("province", entry["code"]),
        valid_from=LEFT,
        valid_to=entry["until"],
        start_reason=LEFT_CENSORED,
        end_reason="merged",
        decree=None,
        date_quality=LEFT_CENSORED,
        lat=None,
        lon=None,
        area_km2=None,
        cluster_id="",
    )
    amender.put(unit)


def merge(amender: "Amender", entry: dict[str, Any]) -> None:
    """What became of a former unit: those that took it in (`into`: a code, or several) are larger from that day on."""
    level, day = entry["level"], entry["until"]
    codes = [entry["into"]] if isinstance(entry["into"], str) else entry["into"]
    old = amender.at(level, entry["code"], day - _DAY)
    taken = _taken_over(amender, entry["code"], codes, day)
    for code in codes:
        heir = _changed(amender, amender.at(level, code, day), entry, "enlarged")
        amender.link(old, heir, entry, "whole" if len(codes) == 1 else "part", round(taken[code], 4))


def divide(amender: "Amender", entry: dict[str, Any]) -> None:
    """A unit that several took the place of: the first heir keeps its code, the others begin on the day.

    The table holds the heirs as if they had always been; before the day their communes lay in the divided unit.
    """
    level, day, code = entry["level"], entry["date"], entry["heirs"][0]
    heirs = [amender.at(level, heir, day) for heir in entry["heirs"]]
    counts = [amender.communes(heir.code, day) for heir in heirs]
    for unit in [u for u in amender.units if u.on(day) and u.parent_code in entry["heirs"][1:]]:
        if unit.level == level + 1:
            amender.split(unit, entry, "reparent", before={"parent_code": code})
    old = {"type": entry["type"], "core_name": entry["name"], "name": f"{entry['type']} {entry['name']}"}
    amender.split(heirs[0], entry, "divided", before=old, relation="")
    for heir in heirs[1:]:
        amender.begin(heir, entry)
    before = amender.at(level, code, day - _DAY)
    for heir, count in zip(entry["heirs"], counts, strict=True):
        amender.link(before, amender.at(level, heir, day), entry, "part", round(count / sum(counts), 4))


def lose(amender: "Amender", entry: dict[str, Any]) -> None:
    """A unit that went on without what another took over: a part of it went to each."""
    level, day = entry["level"], entry["date"]
    stayed, left = amender.communes(entry["code"], day), amender.communes(entry["code"], day - _DAY)
    smaller = _changed(amender, amender.at(level, entry["code"], day), entry, "reduced")
    before = amender.at(level, entry["code"], day - _DAY)
    heir = _changed(amender, amender.at(level, entry["to"], day), entry, "enlarged")
    share = round(stayed / left, 4)
    amender.change_edge(before, smaller, relation="part", share_lo=0.0, share_est=share, est_method="communes")
    amender.link(before, heir, entry, "part", round(1 - share, 4))


def _changed(amender: "Amender", unit: Unit, entry: dict[str, Any], reason: str) -> Unit:
    """The row of a unit whose territory changed on a day, cut off from the row before it where none begins that day."""
    day: date = entry["date"] if "date" in entry else entry["until"]
    if unit.valid_from < day:
        amender.split(unit, entry, reason, relation="whole")
    elif reason not in unit.start_reason:
        amender.put(replace(unit, start_reason=f"{unit.start_reason}+{reason}"))
        amender.change_edge(amender.at(unit.level, unit.code, day - _DAY), unit, relation="whole")
    return amender.at(unit.level, unit.code, day)


def _taken_over(amender: "Amender", code: str, heirs: list[str], day: date) -> dict[str, float]:
    """Which share of a former unit's communes went to each heir."""
    if len(heirs) == 1:
        return {heirs[0]: 1.0}
    before = {u.code for u in amender.units if u.on(day - _DAY) and u.parent_code == code}
    after = [u.parent_code for u in amender.units if u.on(day) and u.code in before and u.parent_code in heirs]
    return {heir: after.count(heir) / len(after) if after else 1 / len(heirs) for heir in heirs}
