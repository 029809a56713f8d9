"""What follows a named unit: more names that share its type, and the unit it lies in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from civic_etl.gazetteer.finding.lexicon import TypeForm
from civic_etl.gazetteer.finding.mention import Mention, typed
from civic_etl.gazetteer.finding.names import begins_type, phrase_end
from civic_etl.gazetteer.units import COMMUNE

if TYPE_CHECKING:
    from civic_etl.gazetteer.finding.scan import Scanner

_LIST_GAPS = frozenset({",", ";"})
# between a part and a commune without its type, and between that and its district
_ASIDE_GAPS = frozenset({"(", "-", "–"})
_UNIT_GAPS = frozenset({",", "-", "–"})
_PARENT_GAPS = frozenset({",", "(", "-", "–", ", (", "), ", ""})


class Chain:
    """Follows a mention to the names that hang on it."""

    def __init__(self, scanner: "Scanner") -> None:
        self._scanner = scanner

    def follow(self, mention: Mention, form: TypeForm, at: int) -> int:
        """Append the list and the parents that follow a mention whose type stands at `at`; one past the last token."""
        items = [mention]
        plural = self._plural(at)
        while (item := self._item(items[-1], form, mention, plural=plural)) is not None:
            items.append(item)
            self._scanner.mentions.append(item)
        after = self.inside(items[-1])
        for item in items[:-1]:
            item.inside = items[-1].inside
        return after

    def opened(self, form: TypeForm, at: int, after: int) -> Mention | None:
        """The first name of a list set off from its plural type: `các xã: Tân Lập`, `10 xã là Xuân Trường`."""
        scanner, tokens = self._scanner, self._scanner.tokens
        first = phrase_end(tokens, scanner.lexicon.list_opens, after)
        joined = first > after and tokens.blank_before(after)
        if first >= tokens.size or not self._plural(at) or not tokens.capital(first):
            return None
        if tokens.gap(first).strip() not in ({"", ":"} if joined else {":"}) or "\n" in tokens.gap(first):
            return None
        known = scanner.names.known(first, form.levels)
        if not known or known[0][0] != scanner.names.run_end(first):
            return None
        return typed(form, first, known[0][0], known[0][1], tokens.slice(first, known[0][0]))

    def _plural(self, at: int) -> bool:
        """Whether a type word is a plural (`các xã`) or counted (`02 xã`), so that several names may share it."""
        tokens, lexicon = self._scanner.tokens, self._scanner.lexicon
        if not tokens.blank_before(at):
            return False
        before = tokens.keys[at - 1]
        return before in lexicon.words["plural"] or (before.isdigit() and 1 < len(before) + int(before) < 100)

    def _item(self, last: Mention, form: TypeForm, head: Mention, *, plural: bool) -> Mention | None:
        """The next name of a list.

        Where no plural opens it, numbers go on (`phường 4, 5`), and neighbours of a commune (`xã A, B và C`).
        """
        scanner, tokens = self._scanner, self._scanner.tokens
        at = self._past_former(last)
        if at >= tokens.size or "\n" in tokens.gap(at):
            return None
        gap = tokens.gap(at).strip().removeprefix(")").strip()
        joined = tokens.keys[at] in scanner.lexicon.words["and"] and gap in {"", ","}
        if joined:
            at += 1
        elif gap not in _LIST_GAPS or not (plural or head.key.isdigit() or form.levels == (COMMUNE,)):
            return None
        if at >= tokens.size or begins_type(tokens, scanner.lexicon, at):
            return None
        if tokens.keys[at].isdigit():
            return self._number_item(form, at, last)
        item = self._named_item(form, at) if tokens.capital(at) else None
        if item is None or plural:
            return item
        near = self._neighbours(item, head) and ((joined and last is head) or self._only_commune(item))
        return item if near else None

    def _only_commune(self, item: Mention) -> bool:
        """Whether a name is that of communes alone, and not like a person's (`xã Xuân Minh, Tiên Nguyên`)."""
        first = item.key.split(" ", 1)[0]
        if " " not in item.key or first in self._scanner.lexicon.words["family_names"]:
            return False
        return all(unit.level == COMMUNE for unit in self._scanner.gazetteer.named(item.key))

    def _named_item(self, form: TypeForm, at: int) -> Mention | None:
        scanner, tokens = self._scanner, self._scanner.tokens
        known = scanner.names.known(at, form.levels)
        end = scanner.names.run_end(at)
        if known and (known[0][0] == end or tokens.shouted(at)):
            end, key = known[0]
            return typed(form, at, end, key, tokens.slice(at, end))
        loose = None if known else scanner.names.loosely(at, form.levels)
        if loose is not None and loose[0] == end:
            return typed(form, at, end, loose[1], tokens.slice(at, end))
        # behind the last of a list the subject may begin: "từ các xã: Tân Lập, Đồng Tiến, Hội LHPN xã ..."
        is_body = phrase_end(tokens, scanner.lexicon.ranks, at) > at + 1
        if is_body or end - at < 2 or end - at > 3:
            return None
        return typed(form, at, end, " ".join(tokens.keys[at:end]), tokens.slice(at, end))

    def _neighbours(self, one: Mention, other: Mention) -> bool:
        """Whether the table knows, at any time, units of both names side by side in one parent."""
        gazetteer = self._scanner.gazetteer
        parents = {unit.parent_code for unit in gazetteer.named(one.key) if unit.level in one.levels}
        return any(
            u.parent_code in parents for u in gazetteer.named(other.key) if u.level in other.levels and u.level > 1
        )

    def _number_item(self, form: TypeForm, at: int, last: Mention) -> Mention | None:
        key = self._scanner.tokens.keys[at]
        if not last.key.isdigit() or len(key) > 2 or not self._scanner.names.is_number(at):
            return None
        return typed(form, at, at + 1, key, key)

    def inside(self, mention: Mention) -> int:
        """Link a mention to the unit that the text says it lies in; one past the last token taken up."""
        scanner, tokens = self._scanner, self._scanner.tokens
        at = self._past_former(mention)
        if at >= tokens.size:
            return at
        gap = tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
        if "\n" in gap:
            return mention.last
        gap = gap.strip().lstrip(")").strip()
        if tokens.keys[at] in scanner.lexicon.words["within"] and gap in {"", ",", "("} and at + 1 < tokens.size:
            at, gap = at + 1, "thuộc"
        elif gap not in _PARENT_GAPS:
            return mention.last
        least = 4 if mention.kind == "part" else mention.levels[0] if len(mention.levels) == 1 else 2
        count = len(scanner.mentions)
        after = scanner.typed_at(at, least)
        if after > at:
            mention.inside = scanner.mentions[count]
            mention.inside.locates = True
            return after
        if gap == "":
            return mention.last
        return self._bare_parent(mention, at, least, gap)

    def share_parents(self, mentions: Sequence[Mention]) -> None:
        """Let `xã A, thị trấn B, huyện C` put A in C too, where the table has no A elsewhere or has it there."""
        tokens = self._scanner.tokens
        for one, other in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
            parent = other.inside
            if (
                one.kind != "typed"
                or other.kind != "typed"
                or one.inside
                or parent is None
                or one.levels != other.levels
            ):
                continue
            gap = tokens.folded[tokens.ends[one.last - 1] : tokens.starts[other.first]].strip()
            if gap in {",", "và", ", và"} and (
                self._holds(parent.key, one) or not self._scanner.gazetteer.named(one.key)
            ):
                one.inside = parent

    def _past_former(self, mention: Mention) -> int:
        """Note a `(cũ)` after a mention; the first token behind it."""
        tokens = self._scanner.tokens
        mark = self._scanner.lexicon.former_after.match(tokens.folded, tokens.ends[mention.last - 1])
        at = mention.last
        if mark is None:
            return at
        mention.former = True
        while at < tokens.size and tokens.starts[at] < mark.end():
            at += 1
        return at

    def _bare_parent(self, mention: Mention, at: int, least: int, gap: str) -> int:
        """A name without a type behind a comma or in brackets, where it can be the parent."""
        scanner, tokens = self._scanner, self._scanner.tokens
        if not tokens.capital(at):
            return mention.last
        if mention.kind == "part":
            return self._bare_commune(mention, at) if gap.strip(", ") in _ASIDE_GAPS else mention.last
        levels = tuple(level for level in (1, 2) if level < least)
        end = scanner.names.run_end(at)
        known = scanner.names.known(at, levels)
        known = [(to, key) for to, key in known if to >= end or tokens.shouted(at)]
        if not known:
            return mention.last
        to, key = known[0]
        bracketed = gap.endswith("(") and tokens.gap_after(to - 1).lstrip().startswith((")", ","))
        if not bracketed and not self._holds(key, mention):
            return mention.last
        parent = Mention("bare", at, to, "", (), levels, key=key, name=tokens.slice(at, to))
        parent.locates = True
        mention.inside = parent
        scanner.mentions.append(parent)
        return self.inside(parent)

    def _bare_commune(self, part: Mention, at: int) -> int:
        """The commune behind a part, dashed on or in brackets, and its district, all but the part without their types.

        (`Thôn Nam Hải - Hồng Việt - Đông Hưng`, `thôn Nam Hải (Hồng Việt - Đông Hưng)`)
        """
        scanner, tokens = self._scanner, self._scanner.tokens
        above = scanner.names.run_end(at)
        if above >= tokens.size or tokens.gap(above).strip() not in _UNIT_GAPS or not tokens.capital(above):
            return part.last
        end = scanner.names.run_end(above)
        key, parent_key = (" ".join(tokens.keys[first:last]) for first, last in ((at, above), (above, end)))
        commune = Mention("bare", at, above, "", (), (COMMUNE,), key=key, name=tokens.slice(at, above))
        if not self._holds(parent_key, commune):
            return part.last
        parent = Mention("bare", above, end, "", (), (1, 2), key=parent_key, name=tokens.slice(above, end))
        parent.locates = commune.locates = True
        commune.inside, part.inside = parent, commune
        scanner.mentions.extend((commune, parent))
        return end

    def _holds(self, parent: str, mention: Mention) -> bool:
        """Whether the table knows, at any time, a unit of the mention's name inside one of the parent's name."""
        gazetteer = self._scanner.gazetteer
        above = {unit.code for unit in gazetteer.named(parent) if unit.level < 3}
        return any(
            unit.level in mention.levels and (unit.parent_code in above or unit.province_code in above)
            for unit in gazetteer.named(mention.key)
        )
