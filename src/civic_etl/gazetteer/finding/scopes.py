"""Whether a candidate lies in or near a place, across the reform of 2025 and other successions."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import Unit

_DAY = timedelta(days=1)
_NOWHERE = 9


class Scopes:
    """Nearness of units, by ids of units and of what they lie in."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.rings = lru_cache(maxsize=4096)(self._rings)
        self.lineage = lru_cache(maxsize=32_768)(self._lineage)

    def _lineage(self, unit: Unit, day: date) -> list[str]:
        """Ids of the unit and of its ancestors, on a day or the day of its span nearest to it."""
        return [unit.unit_id, *(above.unit_id for above in self._gazetteer.ancestors(unit, day))]

    def distance(self, unit: Unit, scope: Unit, day: date) -> int:
        """0 where the unit is the scope or lies in it, 1 where in the scope's parent, 2 in its parent; else 9."""
        own_day = min(max(day, unit.valid_from), unit.valid_to - _DAY)
        ids = self.lineage(unit, own_day)
        for steps, ring in enumerate(self.rings(scope.unit_id, own_day)):
            if not ring.isdisjoint(ids):
                return steps
        return _NOWHERE

    def nearest(self, candidates: Sequence[Unit], scope: Unit, day: date, most: int) -> list[Unit]:
        """The candidates least distant from a scope, none of them more than `most`."""
        distances = [self.distance(unit, scope, day) for unit in candidates]
        least = min(distances, default=_NOWHERE)
        if least > most:
            return []
        return [unit for unit, steps in zip(candidates, distances, strict=True) if steps == least]

    def _rings(self, unit_id: str, day: date) -> tuple[frozenset[str], ...]:
        """A unit as it was on a day, then with its parents, then with their parents."""
        units = list(self._as_of(self._gazetteer.get(unit_id), day))
        rings = [frozenset(unit.unit_id for unit in units)]
        while True:
            parents = {p.unit_id: p for unit in units if (p := self._gazetteer.parent(unit, day)) is not None}
            if not parents:
                return tuple(rings)
            units = list(parents.values())
            rings.append(frozenset(parents))

    def _as_of(self, unit: Unit, day: date) -> Iterable[Unit]:
        """What a unit was, or became, on a day: itself, or predecessors or successors step by step."""
        known = {unit.unit_id: unit}
        open_ = [unit]
        while open_:
            current = open_.pop()
            if current.on(day):
                continue
            del known[current.unit_id]
            for other in self._step(current, forward=current.valid_to <= day):
                if other.unit_id not in known:
                    known[other.unit_id] = other
                    open_.append(other)
        return known.values()

    def _step(self, unit: Unit, *, forward: bool) -> list[Unit]:
        gazetteer = self._gazetteer
        if not forward:
            return [gazetteer.get(edge.from_unit_id) for edge in gazetteer.predecessors(unit)]
        after = [gazetteer.get(edge.to_unit_id) for edge in gazetteer.successors(unit)]
        # an abolished district lives on in its communes
        return after or gazetteer.children(unit, unit.valid_to - _DAY)
