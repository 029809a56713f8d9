"""The gazetteer in memory: units by id, code and name, their parents, successors and full names."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.keys import name_keys
from civic_etl.gazetteer.spellings import other_keys, other_spellings
from civic_etl.gazetteer.tables import DATA, edges_of, edges_table, read_arrow, units_of, units_table
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, LEFT_CENSORED, Edge, Unit

if TYPE_CHECKING:
    from civic_etl.gazetteer.finding.finder import Finder
    from civic_etl.gazetteer.spans import PlaceSpan

_LEVEL_OF_DIGITS = {2: 1, 3: 2}
_DAY = timedelta(days=1)
# areas of sites whose units' names are kept, by day and level
_AREAS_KEPT = 2048


class Gazetteer:
    """Administrative units through time. Immutable once made; make one with `Gazetteer.load`."""

    def __init__(self, units: Sequence[Unit], edges: Sequence[Edge] | pa.Table, exact_from: date) -> None:
        self.units = tuple(units)
        # the first day from which the table holds every unit then in force
        self.exact_from = exact_from
        self._bridge = edges
        self._by_id = {unit.unit_id: unit for unit in self.units}

    @classmethod
    def load(cls, pack: Path | None = None) -> "Gazetteer":
        """The shipped table, with the history pack of the folder `pack` beside it (default: the one imported, if any).

        Cached: a second call returns the same object. Raises GazetteerError where a file is missing or malformed.
        """
        from civic_etl.gazetteer.pack import pack_in_use

        pack = pack if pack is not None else pack_in_use()
        return shipped_gazetteer() if pack is None else _with_pack(pack)

    # units -----------------------------------------------------------------------------------------------------------

    def get(self, unit_id: str) -> Unit:
        """The unit of an id; GazetteerError where there is none."""
        try:
            return self._by_id[unit_id]
        except KeyError:
            raise GazetteerError(f"no unit has the id {unit_id!r}", field="unit_id") from None

    def units_on(self, day: date, level: int | None = None) -> list[Unit]:
        """All units in force on a day, of one level if given."""
        return [unit for unit in self.units if unit.on(day) and level in (None, unit.level)]

    def at(self, level: int, code: str, day: date) -> Unit | None:
        """The unit that had a code on a day."""
        versions = self._versions.get((level, code), [])
        found = bisect_right(versions, day, key=lambda unit: unit.valid_from) - 1
        return versions[found] if found >= 0 and versions[found].on(day) else None

    def named(self, key: str) -> Sequence[Unit]:
        """All units of all times found under a `name_key`."""
        return self.names.get(key, ())

    def parent(self, unit: Unit, on: date | None = None) -> Unit | None:
        """The unit's parent on a day (default: the last day it was in force); None for a province."""
        if unit.parent_code is None:
            return None
        return self.at(_LEVEL_OF_DIGITS[len(unit.parent_code)], unit.parent_code, _day(unit, on))

    def ancestors(self, unit: Unit, on: date | None = None) -> list[Unit]:
        """The unit's parent, and the parent's parent, on a day."""
        found = []
        above = self.parent(unit, on)
        while above is not None:
            found.append(above)
            above = self.parent(above, _day(unit, on))
        return found

    def children(self, unit: Unit, on: date) -> list[Unit]:
        """The units right below a unit on a day."""
        return [u for u in self._below.get((unit.level, unit.code), ()) if u.on(on)]

    def full_name(self, unit: Unit, on: date | None = None, kind: str | None = None) -> str:
        """Names from the unit up, types in lower case: "phường Đức Xuân, thành phố Bắc Kạn, tỉnh Bắc Kạn".

        The names above are those of the day `on` (default: the last day the unit was in force). `kind` puts another
        type before the unit's own name.
        """
        return ", ".join([short_name(unit, kind), *map(short_name, self.ancestors(unit, on))])

    def by_full_name(self, name: str, on: date | None = None) -> Unit | None:
        """The unit of a full name on a day, or the latest one of that name; None where none or several fit."""
        found = [u for u in self.matching(name) if on is None or u.on(on)]
        if on is None and found:
            found = [u for u in found if u.valid_to == max(v.valid_to for v in found)]
        return found[0] if len(found) == 1 else None

    def matching(self, name: str) -> list[Unit]:
        """Units of all times whose name begins a comma-separated name and whose ancestors carry the rest of it.

        Types may be left out ("phường Đức Xuân, Bắc Kạn").
        """
        from civic_etl.gazetteer.matching import matching

        return matching(self, name)

    def versions(self, level: int, code: str) -> Sequence[Unit]:
        """All units that ever had a code, oldest first."""
        return self._versions.get((level, code), ())

    # succession ------------------------------------------------------------------------------------------------------

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges of the succession graph."""
        return tuple(edges_of(self._bridge) if isinstance(self._bridge, pa.Table) else self._bridge)

    def successors(self, unit: Unit) -> Sequence[Edge]:
        """Edges out of a unit."""
        return self._links[0].get(unit.unit_id, ())

    def predecessors(self, unit: Unit) -> Sequence[Edge]:
        """Edges into a unit."""
        return self._links[1].get(unit.unit_id, ())

    # tables ----------------------------------------------------------------------------------------------------------

    def units_table(self) -> pa.Table:
        """All units as an Arrow table of `tables.UNIT_SCHEMA` and a column `full_name`."""
        names = pa.array([self.full_name(unit) for unit in self.units], pa.string())
        return units_table(self.units).append_column(pa.field("full_name", pa.string(), nullable=False), names)

    def bridge_table(self) -> pa.Table:
        """All edges as an Arrow table of `tables.BRIDGE_SCHEMA`."""
        return self._bridge if isinstance(self._bridge, pa.Table) else edges_table(self._bridge)

    # prose -----------------------------------------------------------------------------------------------------------

    def find(
        self, text: str, on: date | None, near: Sequence[str] | str | None = None, site_area: str | None = None
    ) -> "list[PlaceSpan]":
        """The places named in a text; see `civic_etl.gazetteer.find`."""
        return self.finder.find(text, on, near, site_area)

    def find_titled(
        self, text: str, title: str, on: date | None, site_area: str | None = None
    ) -> "tuple[list[PlaceSpan], list[PlaceSpan]]":
        """The places named in a text and those in its title, each read with the other (of a text, its opening)."""
        return self.finder.find_titled(text, title, on, site_area)

    @cached_property
    def finder(self) -> "Finder":
        """What finds places in prose with this table."""
        from civic_etl.gazetteer.finding.finder import Finder

        return Finder(self)

    # indexes ---------------------------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> dict[str, list[Unit]]:
        """Units by `name_key`."""
        keys: dict[str, tuple[str, ...]] = {}
        index: dict[str, list[Unit]] = {}
        for unit in self.units:
            core = unit.core_name
            if core not in keys:
                keys[core] = name_keys(core)
            for key in keys[core]:
                index.setdefault(key, []).append(unit)
        for code in other_spellings():
            for unit in self.versions(_LEVEL_OF_DIGITS.get(len(code), COMMUNE), code):
                for key in other_keys(unit):
                    # both spellings may have a key in common ("K' Dang", "KDang")
                    called = index.setdefault(key, [])
                    if unit not in called:
                        called.append(unit)
        return index

    @cached_property
    def longest(self) -> dict[str, int]:
        """The most tokens of any name that begins with a token."""
        most: dict[str, int] = {}
        for key in self.names:
            first, count = key.split(" ", 1)[0], key.count(" ") + 1
            if count > most.get(first, 0):
                most[first] = count
        return most

    @cached_property
    def small_names(self) -> frozenset[str]:
        """Keys of names that the table itself writes with a small letter ("Nông trường Việt Lâm")."""
        cores = {unit.core_name for unit in self.units}
        return frozenset(key for core in cores if not _all_capitals(core) for key in name_keys(core))

    @cached_property
    def province_keys(self) -> frozenset[str]:
        """Keys of the names of all provinces of all times."""
        return frozenset(key for unit in self.units if unit.level == 1 for key in name_keys(unit.core_name))

    @cached_property
    def province_firsts(self) -> frozenset[str]:
        """First tokens of `province_keys`."""
        return frozenset(key.split(" ", 1)[0] for key in self.province_keys)

    def child_keys(self, unit_id: str, day: date, level: int) -> frozenset[str]:
        """Keys of the names of the units of a level in a unit on a day; of its last day in force, if that is over."""
        return self._child_keys(unit_id, day, level)

    @cached_property
    def _child_keys(self) -> Callable[[str, date, int], frozenset[str]]:
        return lru_cache(maxsize=_AREAS_KEPT)(self._keys_in)

    def _keys_in(self, unit_id: str, day: date, level: int) -> frozenset[str]:
        unit = self.get(unit_id)
        below = self.children(unit, _day(unit, day))
        below += [c for u in below if u.level == DISTRICT for c in self.children(u, _day(u, day))]
        named = [found for found in below if found.level == level]
        return frozenset(key for unit in named for key in self._own_keys(unit))

    @cached_property
    def _own_keys(self) -> Callable[[Unit], tuple[str, ...]]:
        return lru_cache(maxsize=None)(lambda unit: (*name_keys(unit.core_name), *other_keys(unit)))

    @cached_property
    def _versions(self) -> dict[tuple[int, str], list[Unit]]:
        versions: dict[tuple[int, str], list[Unit]] = defaultdict(list)
        for unit in self.units:
            versions[unit.level, unit.code].append(unit)
        for found in versions.values():
            found.sort(key=lambda unit: unit.valid_from)
        return versions

    @cached_property
    def _below(self) -> dict[tuple[int, str], list[Unit]]:
        below: dict[tuple[int, str], list[Unit]] = defaultdict(list)
        for unit in self.units:
            if unit.parent_code is not None:
                below[_LEVEL_OF_DIGITS[len(unit.parent_code)], unit.parent_code].append(unit)
        return below

    @cached_property
    def _links(self) -> tuple[dict[str, list[Edge]], dict[str, list[Edge]]]:
        after: dict[str, list[Edge]] = defaultdict(list)
        before: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            after[edge.from_unit_id].append(edge)
            before[edge.to_unit_id].append(edge)
        return after, before


def _all_capitals(name: str) -> bool:
    return all(not word[0].islower() for word in name.split())


def short_name(unit: Unit, kind: str | None = None) -> str:
    """The unit's own name with its type, or another, in lower case: "phường Đức Xuân"."""
    return f"{(kind or unit.type).lower()} {unit.core_name}"


def _day(unit: Unit, on: date | None) -> date:
    """A day inside the unit's span: `on` if it lies there, else the nearest end of the span."""
    last = unit.valid_to - _DAY
    return last if on is None else min(max(on, unit.valid_from), last)


def shipped_tables() -> tuple[list[Unit], list[Edge]]:
    """Units and edges of the shipped table alone."""
    return units_of(read_arrow(DATA / "units.parquet")), edges_of(read_arrow(DATA / "bridge.parquet"))


@lru_cache(maxsize=1)
def shipped_gazetteer() -> Gazetteer:
    """The shipped table alone, whatever pack the settings name. Cached."""
    shipped = units_of(read_arrow(DATA / "units.parquet"))
    # what was in force when the shipped lists were drawn is exact from the day before the reform
    censored = [unit.valid_to for unit in shipped if unit.date_quality == LEFT_CENSORED]
    return Gazetteer(shipped, read_arrow(DATA / "bridge.parquet"), max(censored) - _DAY)


def forget_packs() -> None:
    """Let the next `Gazetteer.load` read packs anew."""
    _with_pack.cache_clear()


@lru_cache(maxsize=4)
def _with_pack(pack: Path) -> Gazetteer:
    from civic_etl.gazetteer.pack import beside, read_pack
    from civic_etl.gazetteer.ready import read_ready

    units, edges = read_ready(pack) or beside(*shipped_tables(), read_pack(pack))
    return Gazetteer(units, edges, min(unit.valid_from for unit in units))
