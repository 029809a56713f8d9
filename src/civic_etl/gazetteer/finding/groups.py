"""Names that a bracket puts into their district: `gồm: Tùng Châu, An Dũng (Đức Thọ)`, without any type."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence

from civic_etl.gazetteer.finding.loose import loose_key, loose_names
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.scan import Scanner
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, PROVINCE

_BRACKET = re.compile(r"\(")


class Groups:
    """Finds bracketed parents and the communes of the table that stand before them."""

    def __init__(self, gazetteer: Gazetteer, scanner: Scanner) -> None:
        self._gazetteer = gazetteer
        self._tokens = scanner.tokens
        self._names = scanner.names
        self._and = scanner.lexicon.words["and"]
        self._loose = loose_names(gazetteer)
        self._persons = scanner.lexicon.not_a_place_before

    def scan(self, found: Sequence[Mention], taken: Container[int]) -> Iterator[Mention]:
        """Bare communes and districts with their bracketed parents, outside the tokens of `found`."""
        text = self._tokens.text
        typed = {mention.first: mention for mention in found if mention.kind == "typed"}
        for bracket in _BRACKET.finditer(text):
            at = bisect_left(self._tokens.starts, bracket.end())
            if not 0 < at < self._tokens.size or self._tokens.gap(at).strip() != "(" or at - 1 in taken:
                continue
            parent = typed.get(at) or self._bare_parent(at)
            if parent is None or not self._closes(parent):
                continue
            communes = list(self._communes(at, parent, taken))
            if communes:
                parent.locates = True
                yield from communes
                if parent is not typed.get(at):
                    yield parent

    def _bare_parent(self, at: int) -> Mention | None:
        tokens = self._tokens
        known = self._names.known(at, (PROVINCE, DISTRICT)) if tokens.capital(at) else []
        if not known or known[0][0] < self._names.run_end(at):
            return None
        end, key = known[0]
        levels = (PROVINCE, DISTRICT)
        return Mention("bare", at, end, "", (), levels, key=key, name=tokens.slice(at, end), weak=True)

    def _closes(self, parent: Mention) -> bool:
        return self._tokens.gap_after(parent.last - 1).lstrip().startswith((")", ","))

    def _communes(self, end: int, parent: Mention, taken: Container[int]) -> Iterator[Mention]:
        """Names of communes in the parent that end right before a token, and those listed before them."""
        while end > 0 and end - 1 not in taken:
            commune = self._ending_at(end, parent)
            if commune is None:
                return
            yield commune
            end = commune.first
            if end and self._tokens.keys[end - 1] in self._and and self._tokens.blank_before(end):
                end -= 1
            elif self._tokens.gap(end).strip() != ",":
                return

    def _ending_at(self, end: int, parent: Mention) -> Mention | None:
        tokens = self._tokens
        for first in range(max(0, end - 4), end - 1):
            if not (tokens.capital(first) and self._names.run_end(first) == end and self._begins(first)):
                continue
            key = " ".join(tokens.keys[first:end])
            key = self._loose.get((COMMUNE, loose_key(key)), key)
            # before a province the name may be a district's, which its town shares
            level = next((level for level in (DISTRICT, COMMUNE) if self._lies_in(key, parent.key, level)), None)
            if level is not None:
                name = tokens.slice(first, end)
                return Mention("bare", first, end, "", (), (level,), key=key, name=name, inside=parent, weak=True)
        return None

    def _begins(self, first: int) -> bool:
        """Whether no capital stands before, and no title of a person."""
        tokens = self._tokens
        if not first or not tokens.blank_before(first):
            return True
        return not tokens.capital(first - 1) and tokens.keys[first - 1] not in self._persons

    def _lies_in(self, key: str, parent: str, level: int) -> bool:
        above = {unit.code for unit in self._gazetteer.named(parent) if unit.level < level}
        return any(
            unit.level == level and (unit.parent_code in above or unit.province_code in above)
            for unit in self._gazetteer.named(key)
        )
