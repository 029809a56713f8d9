"""Communes that the table lacks, named without their type in a list of others: `Tân Hương (82%), Ứng Hòe (79%)`."""

from collections.abc import Container, Iterator, Sequence

from civic_etl.gazetteer.finding.evidence import Evidence
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.scan import Scanner
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.units import COMMUNE

_LEAST, _MOST = 2, 3
# so many tokens lie at most between two names of a list
_REACH = 12
_TYPE, _KIND = "xã", "Xã"


class BareLists:
    """Finds what stands beside the communes of a list and is like them, in the text of one district."""

    def __init__(self, gazetteer: Gazetteer, scanner: Scanner) -> None:
        self._gazetteer = gazetteer
        self._tokens = scanner.tokens
        self._names = scanner.names
        self._lexicon = scanner.lexicon
        self._evidence = Evidence(scanner)

    def scan(self, found: Sequence[Mention], taken: Container[int]) -> Iterator[Mention]:
        """The names beside the communes of `found`, and beside those found so; `taken` are the tokens of mentions."""
        waiting = [mention for mention in found if mention.levels == (COMMUNE,) and mention.key]
        seen: set[int] = set()
        while waiting:
            mention = waiting.pop()
            for first, last in (self._before(mention), self._after(mention)):
                if first == last or first in seen or any(token in taken for token in range(first, last)):
                    continue
                seen.add(first)
                name = self._tokens.slice(first, last)
                other = Mention(
                    "typed", first, last, _TYPE, (_KIND,), (COMMUNE,), key=self._key(first, last), name=name
                )
                waiting.append(other)
                yield other

    def _before(self, mention: Mention) -> tuple[int, int]:
        """The name that a list has before a commune; an empty span where none is."""
        tokens, last = self._tokens, mention.first
        nearest = max(0, last - _REACH)
        while last > nearest and not self._may_name(last - 1):
            last -= 1
        if last == nearest:
            return 0, 0
        first = last - 1
        while first > 0 and tokens.blank_before(first) and tokens.capital(first - 1):
            first -= 1
        return (first, last) if self._is_name(first, last) and self._evidence.goes_on(last, mention.first) else (0, 0)

    def _after(self, mention: Mention) -> tuple[int, int]:
        """The name that a list has behind a commune; an empty span where none is."""
        tokens, first = self._tokens, mention.last
        furthest = min(tokens.size, first + _REACH)
        while first < furthest and not self._may_name(first):
            first += 1
        if first == furthest or not self._evidence.goes_on(mention.last, first):
            return 0, 0
        last = self._names.run_end(first)
        last -= tokens.keys[last - 1].isdigit()
        return (first, last) if self._is_name(first, last) else (0, 0)

    def _may_name(self, token: int) -> bool:
        """Whether a token begins with a capital, and is no short form such as "KH"."""
        return self._tokens.capital(token) and not self._tokens.capitals_alone(token)

    def _is_name(self, first: int, last: int) -> bool:
        """Whether capitals are a name by themselves, of what no larger unit or person is called."""
        tokens = self._tokens
        if not _LEAST <= last - first <= _MOST or tokens.shouted(first) or tokens.shouted(last - 1):
            return False
        if tokens.keys[first] in self._lexicon.words["family_names"] or self._evidence.barred(first):
            return False
        if tokens.blank_before(first) and tokens.capital(first - 1):
            return False
        if any(unit.level < COMMUNE for unit in self._gazetteer.named(self._key(first, last))):
            return False
        return self._evidence.ends_alone(last)

    def _key(self, first: int, last: int) -> str:
        return " ".join(self._tokens.keys[first:last])
