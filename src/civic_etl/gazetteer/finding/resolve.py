"""Settling which unit a named mention is: what the text says of it, then what lies near it."""

import re
from collections.abc import Sequence

from civic_etl.gazetteer.finding.candidates import Candidates, candidates
from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.lexicon import lexicon
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.nearness import Nearness
from civic_etl.gazetteer.finding.outcome import leave_ambiguous, leave_resolved
from civic_etl.gazetteer.finding.scopes import Scopes
from civic_etl.gazetteer.finding.unlisted import leave_unlisted
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE, Unit

# so many mentions of a name tell which unit it means
_LATEST = 60
_NAMED = "the text names the unit it lies in"
# between the names of a list
_LIST_JOINT = re.compile(r"(?:, | và |, và )(?:xã |phường |thị trấn )?")


class Resolver:
    """Settles the typed and bare mentions of one text, in the order it is given them."""

    def __init__(
        self, gazetteer: Gazetteer, scopes: Scopes, context: Context, typed_names: set[tuple[str, str]]
    ) -> None:
        self._gazetteer = gazetteer
        self._scopes = scopes
        self._context = context
        self._nearness = Nearness(gazetteer, scopes, context)
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
            self._nearness.settle(mention, found)
        self._context.settle(mention)

    def look_ahead(self, mention: Mention) -> None:
        """Settle an ambiguous mention by the one district or province that its line names after it, if it holds one."""
        day = self._context.day
        after = set(self._context.wider_later(mention))
        held = [
            unit for unit in mention.candidates if any(self._scopes.distance(unit, scope, day) == 0 for scope in after)
        ]
        if len(held) == 1 and len(mention.candidates) > 1:
            found = Candidates(held)
            leave_resolved(mention, held[0], found, self._context, "the one in a place named after it")

    def as_elsewhere(self, mention: Mention, mentions: Sequence[Mention]) -> None:
        """Settle an ambiguous mention as the one unit that its name means wherever the text settles it."""
        same = [m.unit for m in mentions if m.key == mention.key and m.status == "resolved" and m.unit is not None]
        held = [unit for unit in mention.candidates if unit in same]
        if len(held) == 1 and all(unit == held[0] for unit in same):
            leave_resolved(mention, held[0], Candidates(held), self._context, "as the same name elsewhere in the text")

    def as_beside(self, mention: Mention, other: Mention) -> None:
        """Settle an ambiguous commune as the one that lies where another of its list does ("các xã A, B (cũ)")."""
        if mention.status != "ambiguous" or other.unit is None or other.level != COMMUNE:
            return
        first, last = sorted((mention, other), key=lambda each: each.first)
        tokens = self._context.tokens
        between = tokens.text[tokens.ends[first.last - 1] : tokens.starts[last.first]]
        if _LIST_JOINT.fullmatch(between) is None:
            return
        held = [unit for unit in mention.candidates if unit.parent_code == other.unit.parent_code]
        if len(held) == 1 and len(mention.candidates) > 1:
            found = Candidates(held, former=other.former)
            leave_resolved(mention, held[0], found, self._context, "the one where the next of its list lies")

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
            self._nearness.settle(parent, Candidates(holding, found.reason, found.former))
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
        # `xã X (huyện Y, tỉnh Z cũ)` is the new one where one of that name lies there
        is_new = parent is not None and _is_marked(parent) and not found.former and len(inside) == 1
        if not is_new and (old := self._lay_in(parent, found)):
            leave_resolved(mention, old[0], Candidates(old, "no longer in force that day", True), self._context, _NAMED)
            return
        if len(inside) == 1:
            leave_resolved(mention, inside[0], found, self._context, _NAMED)
        elif inside:
            leave_ambiguous(mention, inside, "several units of this name lie in the unit named")
        else:
            leave_unlisted(mention, self._gazetteer, self._context, "no such unit in the one the text names")

    def _lay_in(self, parent: Mention | None, found: Candidates) -> list[Unit]:
        """The former unit that lay in a parent no longer in force: `xã X, huyện Y` after the reform is the old one.

        Where the text itself calls the parent former (`huyện Y cũ`), it only says where the new one lies.
        """
        if parent is None or parent.unit is None or parent.marked or parent.unit.on(self._context.day):
            return []
        old = [unit for unit in found.past if parent.unit in self._gazetteer.ancestors(unit)]
        return old if len(old) == 1 else []

    def _as_before(self, mention: Mention, found: Candidates) -> bool:
        """Settle a mention as the one of the same name before it, if there is just one."""
        same = [m for m in self._context.named.get(mention.key, ())[-_LATEST:] if self._same_kind(m, mention)]
        if found.units and not found.former and self._made_new(mention):
            same = [m for m in same if not m.former]
        meant = {m.full_name: m for m in same}
        if len(meant) > 1:
            own = sorted((m for m in same if not self._context.came_before(m)), key=lambda m: m.first)
            meant = {m.full_name: m for m in own[-1:]} if own and self._alone_in_paragraph(own, mention) else {}
        if len(meant) != 1:
            return False
        (other,) = meant.values()
        mention.status, mention.unit, mention.candidates = other.status, other.unit, other.candidates
        mention.full_name, mention.former = other.full_name, other.former
        mention.reason = (
            "named in the title, the lead or by the site" if self._context.came_before(other) else "named before"
        )
        return True

    def _made_new(self, mention: Mention) -> bool:
        """Whether the text speaks of a unit being made: `thành xã mới có tên gọi là xã X`, `lập xã X`."""
        tokens, first = self._context.tokens, mention.first
        made = lexicon().words["made"]
        return not made.isdisjoint(tokens.keys[max(0, first - 2) : first + 2])

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


def _is_marked(mention: Mention) -> bool:
    """Whether the text itself says that a unit is former, or that the one is which it lies in."""
    return mention.marked or (mention.inside is not None and _is_marked(mention.inside))
