"""Hand-kept changes applied to the built table: promotions, former units, transfers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.territory import add_former, divide, lose, merge
from civic_etl.gazetteer.units import ALWAYS, COMMUNE, Edge, Unit, unit_id

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
        unit = self.at(entry["level"], entry["code"], entry["date"])
        old = (entry["from"], entry.get("from_name", entry["name"]))
        new = (entry["to"], entry["name"])
        changed = [name for name, at in (("rename", 1), ("retype", 0)) if old[at] != new[at]]
        reason = "+".join(changed)
        if (unit.type, unit.core_name) == new:
            self.split(unit, entry, reason, before=named(*old))
        elif (unit.type, unit.core_name) == old:
            self.split(unit, entry, reason, after=named(*new))
        else:
            raise GazetteerError(f"{unit.name} ({unit.code}) is neither {old} nor {new}", file=_FILE)

    def transfer(self, entry: dict[str, Any]) -> None:
        """Split districts with their communes, or communes, where province or parent changed."""
        before = entry["before"]
        self._relocate(entry)
        communes = entry.get("communes", {})
        left_out = set(entry.get("except", ()))
        districts = entry.get("districts", ())
        for code in districts:
            self.split(
                self.at(2, code, entry["date"]),
                entry,
                "province_change",
                before={"parent_code": before["province"], "province_code": before["province"]},
            )
        for unit in [u for u in self._units.values() if u.level == 3 and u.on(entry["date"])]:
            if unit.parent_code in districts and unit.core_name not in left_out:
                self.split(unit, entry, "province_change", before={"province_code": before["province"]})
            elif unit.code in communes:
                if unit.core_name != communes[unit.code]:
                    raise GazetteerError(f"{unit.code} is {unit.name}, not {communes[unit.code]}", file=_FILE)
                changed = {"parent_code": before["parent"], "province_code": before["province"]}
                far = unit.province_code != before["province"]
                self.split(unit, entry, "reparent+province_change" if far else "reparent", before=changed)

    def _relocate(self, entry: dict[str, Any]) -> None:
        """Districts that were split before a transfer: their versions before it lay in the old province too."""
        province = entry["before"]["province"]
        for unit in list(self._units.values()):
            if unit.level == 2 and unit.code in entry.get("districts", ()) and unit.valid_to <= entry["date"]:
                self._units[unit.unit_id] = replace(unit, parent_code=province, province_code=province)

    def at(self, level: int, code: str, day: date) -> Unit:
        """The unit that has a code on a day."""
        found = [u for u in self._units.values() if u.level == level and u.code == code and u.on(day)]
        if len(found) != 1:
            raise GazetteerError(f"no unit of level {level} has code {code} on {day}", file=_FILE)
        return found[0]

    def put(self, unit: Unit) -> None:
        """Add a unit, or put it in the place of the one that has its id."""
        self._units[unit.unit_id] = unit

    def link(self, earlier: Unit, later: Unit, entry: dict[str, Any], relation: str, share: float = 1.0) -> None:
        """Add the edge from a unit to its successor; of a part `share` is estimated by numbers of communes."""
        whole = relation != "part"
        low, method = (1.0, "whole") if whole else (0.0, "communes")
        decree = entry.get("decree")
        self._edges.append(Edge(earlier.unit_id, later.unit_id, _day(entry), relation, low, 1.0, share, method, decree))

    def change_edge(self, earlier: Unit, later: Unit, **fields: Any) -> None:
        """Change fields of the edge between two units."""
        ends = (earlier.unit_id, later.unit_id)
        self._edges = [
            replace(edge, **fields) if (edge.from_unit_id, edge.to_unit_id) == ends else edge for edge in self._edges
        ]

    def communes(self, code: str, day: date) -> int:
        """How many communes a district or province had on a day."""
        return sum(u.level == COMMUNE and u.on(day) and code in (u.parent_code, u.province_code) for u in self.units)

    def begin(self, unit: Unit, entry: dict[str, Any]) -> None:
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

    def split(
        self,
        unit: Unit,
        entry: dict[str, Any],
        reason: str,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        relation: str | None = None,
    ) -> None:
        """Cut a unit on a day; `before` and `after` are the fields in which the two parts differ from it.

        The edge between the parts has the relation given, else the reason; "" adds no edge.
        """
        day = _day(entry)
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
        if relation != "":
            self.link(earlier, later, entry, relation or reason)


def amended(units: list[Unit], edges: list[Edge], entries: dict[str, Any]) -> tuple[list[Unit], list[Edge]]:
    """Units and edges with all entries of the amendments file applied."""
    amender = Amender(units, edges)
    for entry in entries["former_units"]:
        add_former(amender, entry)
    for entry in sorted(entries["promotions"], key=lambda e: (e["code"], e["date"]), reverse=True):
        amender.promote(entry)
    for entry in entries["transfers"]:
        amender.transfer(entry)
    # what a division made may have been divided again: the later one first
    for entry in sorted(entries["divisions"], key=lambda e: e["date"], reverse=True):
        divide(amender, entry)
    for entry in entries["losses"]:
        lose(amender, entry)
    for entry in entries["former_units"]:
        merge(amender, entry)
    if any(unit.valid_from >= unit.valid_to or unit.valid_to > ALWAYS for unit in amender.units):
        raise GazetteerError("an amendment leaves a unit without a day", file=_FILE)
    return amender.units, amender.edges


def named(kind: str, core: str) -> dict[str, Any]:
    """The fields of a unit that hold its type and name."""
    return {"type": kind, "core_name": core, "name": f"{kind} {core}"}


def _day(entry: dict[str, Any]) -> date:
    day: date = entry["date"] if "date" in entry else entry["until"]
    return day
