"""Hand-kept changes applied to the built table: promotions, former units, transfers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.units import ALWAYS, LEFT, Edge, Unit, unit_id

_FILE = "amendments.yaml"


class Amender:
    """The units and edges under amendment.

    Every method raises GazetteerError where an entry names a unit that is not in force, or not so named, on its day.
    """

    def __init__(self, units: Iterable[Unit], edges: Iterable[Edge]) -> None:
        self._units = {unit.unit_id: unit for unit in units}
        self._edges = list(edges)

    @property
    def units(self) -> list[Unit]:
        """All units, ordered by level, code and start."""
        return sorted(self._units.values(), key=lambda u: (u.level, u.code, u.valid_from))

    @property
    def edges(self) -> list[Edge]:
        """All edges, ordered by day and units."""
        return sorted(self._edges, key=lambda e: (e.effective_date, e.from_unit_id, e.to_unit_id))

    def promote(self, entry: dict[str, Any]) -> None:
        """Split a unit where its type (and name) changed; the table may hold its state before or after the change.

        Of several changes of one unit the later must be applied first where the table holds the state after them.
        """
        unit = self._at(entry["level"], entry["code"], entry["date"])
        old = (entry["from"], entry.get("from_name", entry["name"]))
        new = (entry["to"], entry["name"])
        changed = [name for name, at in (("rename", 1), ("retype", 0)) if old[at] != new[at]]
        reason = "+".join(changed)
        if (unit.type, unit.core_name) == new:
            self._split(unit, entry, reason, before=_named(*old))
        elif (unit.type, unit.core_name) == old:
            self._split(unit, entry, reason, after=_named(*new))
        else:
            raise GazetteerError(f"{unit.name} ({unit.code}) is neither {old} nor {new}", file=_FILE)

    def add_former(self, entry: dict[str, Any]) -> None:
        """A unit merged away, and the edges to the units that took it in (`into`: a code, or several)."""
        into = [entry["into"]] if isinstance(entry["into"], str) else entry["into"]
        heirs = [self._at(entry["level"], code, entry["until"]) for code in into]
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
            start_reason="left_censored",
            end_reason="merged",
            decree=entry.get("decree"),
            date_quality="left_censored",
            lat=None,
            lon=None,
            area_km2=None,
            cluster_id="",
        )
        self._units[unit.unit_id] = unit
        self._edges += [_edge(unit, heir, entry, "whole" if len(heirs) == 1 else "part", len(heirs)) for heir in heirs]

    def divide(self, entry: dict[str, Any]) -> None:
        """A unit that several took the place of: the first heir keeps its code, the others begin on the day.

        The table holds the heirs as if they had always been; before the day their communes lay in the divided unit.
        """
        day, code = entry["date"], entry["heirs"][0]
        heirs = [self._at(entry["level"], heir, day) for heir in entry["heirs"]]
        for unit in [u for u in self._units.values() if u.on(day) and u.parent_code in entry["heirs"][1:]]:
            if unit.level == entry["level"] + 1:
                self._split(unit, entry, "reparent", before={"parent_code": code})
        self._split(heirs[0], entry, "divided", before=_named(entry["type"], entry["name"]))
        self._edges.pop()
        before = self._at(entry["level"], code, day - timedelta(days=1))
        for heir in heirs[1:]:
            self._begin(heir, entry)
        later = [self._at(entry["level"], heir, day) for heir in entry["heirs"]]
        self._edges += [_edge(before, heir, entry, "part", len(later)) for heir in later]

    def transfer(self, entry: dict[str, Any]) -> None:
        """Split districts with their communes, or communes, where province or parent changed."""
        before = entry["before"]
        self._relocate(entry)
        communes = entry.get("communes", {})
        left_out = set(entry.get("except", ()))
        districts = entry.get("districts", ())
        for code in districts:
            self._split(
                self._at(2, code, entry["date"]),
                entry,
                "province_change",
                before={"parent_code": before["province"], "province_code": before["province"]},
            )
        for unit in [u for u in self._units.values() if u.level == 3 and u.on(entry["date"])]:
            if unit.parent_code in districts and unit.core_name not in left_out:
                self._split(unit, entry, "province_change", before={"province_code": before["province"]})
            elif unit.code in communes:
                if unit.core_name != communes[unit.code]:
                    raise GazetteerError(f"{unit.code} is {unit.name}, not {communes[unit.code]}", file=_FILE)
                changed = {"parent_code": before["parent"], "province_code": before["province"]}
                self._split(unit, entry, "reparent+province_change", before=changed)

    def _relocate(self, entry: dict[str, Any]) -> None:
        """Districts that were split before a transfer: their versions before it lay in the old province too."""
        province = entry["before"]["province"]
        for unit in list(self._units.values()):
            if unit.level == 2 and unit.code in entry.get("districts", ()) and unit.valid_to <= entry["date"]:
                self._units[unit.unit_id] = replace(unit, parent_code=province, province_code=province)

    def _at(self, level: int, code: str, day: date) -> Unit:
        found = [u for u in self._units.values() if u.level == level and u.code == code and u.on(day)]
        if len(found) != 1:
            raise GazetteerError(f"no unit of level {level} has code {code} on {day}", file=_FILE)
        return found[0]

    def _begin(self, unit: Unit, entry: dict[str, Any]) -> None:
        """Let a unit begin on a day; what it was before is no longer in the table."""
        fresh = unit_id(unit.level, unit.code, entry["date"])
        del self._units[unit.unit_id]
        self._units[fresh] = replace(
            unit,
            unit_id=fresh,
            valid_from=entry["date"],
            start_reason="divided",
            decree=entry.get("decree"),
            date_quality=entry["quality"],
        )
        self._edges = [
            replace(edge, from_unit_id=fresh) if edge.from_unit_id == unit.unit_id else edge for edge in self._edges
        ]

    def _split(
        self,
        unit: Unit,
        entry: dict[str, Any],
        reason: str,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Cut a unit on a day; `before` and `after` are the fields in which the two parts differ from it."""
        day = entry["date"]
        later = replace(
            unit,
            unit_id=unit_id(unit.level, unit.code, day),
            valid_from=day,
            start_reason=reason,
            decree=entry.get("decree"),
            date_quality=entry["quality"],
            **(after or {}),
        )
        earlier = replace(unit, valid_to=day, end_reason=reason, **(before or {}))
        self._units[earlier.unit_id] = earlier
        self._units[later.unit_id] = later
        self._edges = [
            replace(edge, from_unit_id=later.unit_id) if edge.from_unit_id == unit.unit_id else edge
            for edge in self._edges
        ]
        self._edges = [
            replace(edge, to_unit_id=later.unit_id)
            if edge.to_unit_id == unit.unit_id and edge.effective_date >= day
            else edge
            for edge in self._edges
        ]
        self._edges.append(_edge(earlier, later, entry, reason))


def amended(units: list[Unit], edges: list[Edge], entries: dict[str, Any]) -> tuple[list[Unit], list[Edge]]:
    """Units and edges with all entries of the amendments file applied."""
    amender = Amender(units, edges)
    for entry in entries["former_units"]:
        amender.add_former(entry)
    for entry in sorted(entries["promotions"], key=lambda e: (e["code"], e["date"]), reverse=True):
        amender.promote(entry)
    for entry in entries["transfers"]:
        amender.transfer(entry)
    # what a division made may have been divided again: the later one first
    for entry in sorted(entries["divisions"], key=lambda e: e["date"], reverse=True):
        amender.divide(entry)
    if any(unit.valid_from >= unit.valid_to or unit.valid_to > ALWAYS for unit in amender.units):
        raise GazetteerError("an amendment leaves a unit without a day", file=_FILE)
    return amender.units, amender.edges


def _named(kind: str, core: str) -> dict[str, Any]:
    return {"type": kind, "core_name": core, "name": f"{kind} {core}"}


def _edge(earlier: Unit, later: Unit, entry: dict[str, Any], relation: str, parts: int = 1) -> Edge:
    """An edge of an amendment; how the people of a unit in several parts were divided is not known."""
    day: date = entry["date"] if "date" in entry else entry["until"]
    low, method = (1.0, "whole") if parts == 1 else (0.0, "equal_split")
    share = round(1 / parts, 4)
    return Edge(earlier.unit_id, later.unit_id, day, relation, low, 1.0, share, method, entry.get("decree"))
