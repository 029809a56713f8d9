"""Settling a mention by the places near it, where the text does not say what it lies in."""

from collections.abc import Sequence

from civic_etl.gazetteer.finding.candidates import Candidates
from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.outcome import leave_ambiguous, leave_resolved
from civic_etl.gazetteer.finding.scopes import Scopes
from civic_etl.gazetteer.finding.unlisted import leave_unlisted
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, PROVINCE, Unit


class Nearness:
    """Weighs candidates by districts and provinces near a mention, in one text."""

    def __init__(self, gazetteer: Gazetteer, scopes: Scopes, context: Context) -> None:
        self._gazetteer = gazetteer
        self._scopes = scopes
        self._context = context

    def settle(self, mention: Mention, found: Candidates) -> None:
        """Settle a mention as the candidate near it, as ambiguous, or as one that the table lacks."""
        if not found.units:
            self._unlisted(mention, found.reason or "the table has no such unit that day")
            return
        scopes = self._speaking(found, self._context.scopes(mention))
        left = self._weigh(mention, found, scopes)
        if not left:
            return
        if len(left) == 1:
            self._only_one(mention, left[0], found, scopes)
        elif self._all_elsewhere(mention, left, scopes):
            self._unlisted(mention, f"all {len(left)} units of this name that day lie elsewhere")
        elif not self._higher(mention, left, found):
            leave_ambiguous(mention, left, f"{len(left)} units of this name, and nothing near that tells them apart")

    def _speaking(self, found: Candidates, scopes: list[Unit]) -> list[Unit]:
        """The scopes that may speak: for units of another type only the nearest district and the site's own area."""
        first = next((at for at, scope in enumerate(scopes) if scope.level == DISTRICT), None)
        if not found.other_type or first is None:
            return scopes
        site = [mention.unit for mention in self._context.site]
        return scopes[: first + 1] + [scope for scope in scopes[first + 1 :] if scope in site]

    def _weigh(self, mention: Mention, found: Candidates, scopes: Sequence[Unit]) -> list[Unit]:
        """Settle by the places near: in them first, then in what they lie in. Where none decides, the units left."""
        day, left = self._context.day, found.units
        for most in (0, 1, 2):
            for scope in scopes:
                if most == 0 and self._too_wide(scope, mention):
                    continue
                inside = self._scopes.nearest(left, scope, day, most)
                if len(inside) == 1:
                    self._near(mention, inside[0], found, scope, most)
                    return []
                left = inside or left
            if most == 0 and self._lacking(mention, left):
                return []
        if found.past and scopes and not self._near_any(found.units, scopes) and self._near_any(found.past, scopes):
            return self._weigh(mention, Candidates(list(found.past), "no longer in force that day", True), scopes)
        return left

    def _too_wide(self, scope: Unit, mention: Mention) -> bool:
        """Whether a province says too little of a commune, because the site or title speaks of a district in it."""
        home = self._context.home_district()
        if home is None or scope.level != PROVINCE or mention.levels != (COMMUNE,):
            return False
        return home.unit is None or self._scopes.distance(home.unit, scope, self._context.day) == 0

    def _near_any(self, units: Sequence[Unit], scopes: Sequence[Unit]) -> bool:
        day = self._context.day
        return any(self._scopes.nearest(units, scope, day, 2) for scope in scopes)

    def _all_elsewhere(self, mention: Mention, left: Sequence[Unit], scopes: Sequence[Unit]) -> bool:
        """Whether no candidate lies in any province spoken of, so that the table rather lacks the commune meant."""
        if not scopes or mention.kind != "typed" or mention.levels != (COMMUNE,) or mention.key.isdigit():
            return False
        return all(map(self._may_lack, left)) and not self._near_any(left, scopes)

    def _lacking(self, mention: Mention, left: Sequence[Unit]) -> bool:
        """Leave a commune unlisted in the district of the site or title, where that has none of the name in the table.

        A district's own site names its communes without it; before the table is exact, it lacks some of them.
        """
        home = self._context.home_district()
        if home is None or mention.kind != "typed" or mention.levels != (COMMUNE,) or not self._may_lack(left[0]):
            return False
        self._unlisted(mention, f"no such unit of {home.full_name} in the table, which may lack it", home.full_name)
        mention.candidates = tuple(left)
        return True

    def _near(self, mention: Mention, unit: Unit, found: Candidates, scope: Unit, steps: int) -> None:
        """Settle by a place near; a commune of a neighbouring district is doubtful where the table may lack units."""
        if steps and unit.level == COMMUNE and scope.level >= DISTRICT and self._may_lack(unit):
            reason = f"either this one, or a unit of {self._gazetteer.full_name(scope)} that the table lacks"
            leave_ambiguous(mention, [unit], reason)
        else:
            reason = f"the one in or near {self._gazetteer.full_name(scope)}"
            leave_resolved(mention, unit, found, self._context, reason)

    def _only_one(self, mention: Mention, unit: Unit, found: Candidates, scopes: Sequence[Unit]) -> None:
        lacking = unit.level == COMMUNE and self._may_lack(unit)
        if scopes and lacking:
            self._unlisted(mention, "the only unit of this name that day lies elsewhere")
        elif found.other_type and lacking:
            leave_ambiguous(
                mention, [unit], "the only unit of this name has another type, and nothing near speaks for it"
            )
        else:
            leave_resolved(mention, unit, found, self._context, "the only unit of this name and type that day")

    def _may_lack(self, unit: Unit) -> bool:
        """Whether the table may lack units of the candidate's time."""
        return unit.valid_from <= self._context.day < self._gazetteer.exact_from

    def _higher(self, mention: Mention, left: Sequence[Unit], found: Candidates) -> bool:
        """A bare name of a province and of a town in it means the province, unless the site is the town's."""
        if mention.types:
            return False
        top = min(left, key=lambda unit: unit.level)
        rest = [unit for unit in left if unit is not top]
        if any(self._scopes.distance(unit, top, self._context.day) for unit in rest):
            return False
        if any(site.unit in rest for site in self._context.site):
            return False
        reason = "the larger of two units of this name, one inside the other"
        leave_resolved(mention, top, found, self._context, reason)
        return True

    def _unlisted(self, mention: Mention, reason: str, above: str = "") -> None:
        leave_unlisted(mention, self._gazetteer, self._context, reason, above)
