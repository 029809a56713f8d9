"""Settling which unit a named mention is: what the text says of it, then what lies near it."""

from collections.abc import Sequence

from civic_etl.gazetteer.finding.candidates import Candidates, candidates
from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.scopes import Scopes
from civic_etl.gazetteer.finding.unlisted import leave_unlisted
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, PROVINCE, Unit


class Resolver:
    """Settles the typed and bare mentions of one text, in the order it is given them."""

    def __init__(
        self, gazetteer: Gazetteer, scopes: Scopes, context: Context, typed_names: set[tuple[str, str]]
    ) -> None:
        self._gazetteer = gazetteer
        self._scopes = scopes
        self._context = context
        # (key, type) of every typed mention of the text
        self._typed_names = typed_names

    def settle(self, mention: Mention) -> None:
        """Settle a mention, and first the one it lies in."""
        if mention.done:
            return
        found = self._candidates(mention)
        if mention.inside is not None:
            self._settle_parent(mention.inside, found.units)
            self._inside(mention, found)
        elif not self._as_before(mention, found):
            self._by_nearness(mention, found)
        self._context.settle(mention)

    def _candidates(self, mention: Mention) -> Candidates:
        return candidates(self._gazetteer, mention, self._context.day, self._typed_names)

    def _settle_parent(self, parent: Mention, children: Sequence[Unit]) -> None:
        """Settle the mention that others lie in; where several units fit, those that hold a candidate child win."""
        if parent.done:
            return
        found = self._candidates(parent)
        held = {unit_id for child in children for unit_id in self._scopes.lineage(child, self._context.day)[1:]}
        holding = [unit for unit in found.units if unit.unit_id in held]
        if holding and parent.inside is None and not self._as_before(parent, found):
            self._by_nearness(parent, Candidates(holding, found.reason, found.former))
            self._context.settle(parent)
        elif parent.status != "resolved" or parent.unit is None:
            self.settle(parent)
        else:
            self._context.settle(parent)

    def _inside(self, mention: Mention, found: Candidates) -> None:
        """The candidates that lie in the unit the text names after the mention."""
        parent = mention.inside
        above = [parent.unit] if parent is not None and parent.unit is not None else []
        if parent is not None and parent.status == "ambiguous":
            above = list(parent.candidates)
        day = self._context.day
        inside = [unit for unit in found.units if any(self._scopes.distance(unit, scope, day) == 0 for scope in above)]
        if len(inside) == 1:
            self._resolved(mention, inside[0], found, "the text names the unit it lies in")
        elif inside:
            self._ambiguous(mention, inside, "several units of this name lie in the unit named")
        else:
            leave_unlisted(mention, self._gazetteer, self._context, "no such unit in the one the text names")

    def _as_before(self, mention: Mention, found: Candidates) -> bool:
        """Settle a mention as the one of the same name before it, if there is just one."""
        same = [m for m in self._context.named.get(mention.key, ()) if self._same_kind(m, mention)]
        meant = {m.full_name: m for m in same}
        if len(meant) > 1:
            own = [m for m in self._context.settled if m in same]
            meant = {m.full_name: m for m in own[-1:]} if own and self._alone_in_paragraph(own, mention) else {}
        if len(meant) != 1:
            return False
        (other,) = meant.values()
        mention.status, mention.unit, mention.candidates = other.status, other.unit, other.candidates
        mention.full_name, mention.former = other.full_name, other.former
        mention.reason = (
            "named before" if other in self._context.settled else "named in the title, the lead or by the site"
        )
        return True

    def _same_kind(self, other: Mention, mention: Mention) -> bool:
        if mention.former and not other.former:
            return False
        if not mention.types:
            return other.level in mention.levels
        return other.word == mention.word or (
            other.unit is not None and other.unit.type in mention.types and other.kind == "bare"
        )

    def _alone_in_paragraph(self, own: Sequence[Mention], mention: Mention) -> bool:
        """Whether the mention's paragraph names only one of several units of one name."""
        tokens = self._context.tokens
        paragraph = tokens.text.rfind("\n", 0, tokens.starts[mention.first]) + 1
        return len({m.full_name for m in own if tokens.starts[m.first] >= paragraph}) == 1

    def _by_nearness(self, mention: Mention, found: Candidates) -> None:
        if not found.units:
            leave_unlisted(
                mention, self._gazetteer, self._context, found.reason or "the table has no such unit that day"
            )
            return
        scopes = self._context.scopes(mention)
        left = self._weigh(mention, found, scopes)
        if not left:
            return
        if len(left) == 1:
            self._only_one(mention, left[0], found, scopes)
        elif not self._higher(mention, left, found):
            self._ambiguous(mention, left, f"{len(left)} units of this name, and nothing near that tells them apart")

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

    def _lacking(self, mention: Mention, left: Sequence[Unit]) -> bool:
        """Leave a commune unlisted in the district of the site or title, where that has none of the name in the table.

        A district's own site names its communes without it; before the table is exact, it lacks some of them.
        """
        home = self._context.home_district()
        if home is None or mention.kind != "typed" or mention.levels != (COMMUNE,) or not self._may_lack(left[0]):
            return False
        reason = f"no such unit of {home.full_name} in the table, which may lack it"
        leave_unlisted(mention, self._gazetteer, self._context, reason, home.full_name)
        mention.candidates = tuple(left)
        return True

    def _near(self, mention: Mention, unit: Unit, found: Candidates, scope: Unit, steps: int) -> None:
        """Settle by a place near; a commune of a neighbouring district is doubtful where the table may lack units."""
        if steps and unit.level == COMMUNE and scope.level >= DISTRICT and self._may_lack(unit):
            reason = f"either this one, or a unit of {self._gazetteer.full_name(scope)} that the table lacks"
            self._ambiguous(mention, [unit], reason)
        else:
            self._resolved(mention, unit, found, f"the one in or near {self._gazetteer.full_name(scope)}")

    def _only_one(self, mention: Mention, unit: Unit, found: Candidates, scopes: Sequence[Unit]) -> None:
        if scopes and unit.level == COMMUNE and self._may_lack(unit):
            leave_unlisted(
                mention, self._gazetteer, self._context, "the only unit of this name that day lies elsewhere"
            )
        else:
            self._resolved(mention, unit, found, "the only unit of this name and type that day")

    def _may_lack(self, unit: Unit) -> bool:
        """Whether the table may lack units of the candidate's time."""
        return self._context.day < self._gazetteer.exact_from and unit.on(self._context.day)

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
        self._resolved(mention, top, found, "the larger of two units of this name, one inside the other")
        return True

    def _resolved(self, mention: Mention, unit: Unit, found: Candidates, reason: str) -> None:
        mention.status, mention.unit, mention.candidates = "resolved", unit, (unit,)
        mention.former = mention.former or found.former
        mention.reason = f"{found.reason}; {reason}" if found.reason else reason
        # the name is the text's: the table may know the unit, or what it lies in, under a later type only
        self._context.note(mention)
        mention.full_name = self._context.full_name(unit)

    def _ambiguous(self, mention: Mention, left: Sequence[Unit], reason: str) -> None:
        mention.status, mention.unit, mention.candidates = "ambiguous", None, tuple(left)
        mention.reason, mention.full_name = reason, ""
