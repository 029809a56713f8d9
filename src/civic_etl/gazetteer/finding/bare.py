"""Names without their type, where the evidence is strong: named before, a province, a dateline, a unit of the site."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from civic_etl.gazetteer.finding.evidence import Evidence
from civic_etl.gazetteer.finding.groups import Groups
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.scan import Scanner
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import name_keys
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, Unit

# "Hồ Chí Minh" alone is the man
_MEN = frozenset({"hồ chí minh"})


class BareNames:
    """The names that may stand alone in one text, and where they do."""

    def __init__(self, gazetteer: Gazetteer, scanner: Scanner, home: Unit | None, day: date) -> None:
        self._gazetteer = gazetteer
        self._tokens = scanner.tokens
        self._names = scanner.names
        self._day = day
        self._evidence = Evidence(scanner)
        self._groups = Groups(gazetteer, scanner)
        self._line = [home, *gazetteer.ancestors(home, day)] if home is not None else []
        wide = home is not None and home.level < COMMUNE
        # name keys of the communes and of the districts in the home's area
        self.communes = gazetteer.child_keys(home.unit_id, day, COMMUNE) if wide and home else frozenset()
        self._districts = gazetteer.child_keys(home.unit_id, day, DISTRICT) if wide and home else frozenset()

    def scan(self, found: list[Mention], before: Iterable[Mention]) -> Iterator[Mention]:
        """Bare mentions outside the tokens of `found`, named in it, in `before`, by the site, or of provinces."""
        introduced: dict[str, tuple[int, ...]] = {
            key: (unit.level,) for unit in self._line for key in name_keys(unit.core_name)
        }
        for mention in [*before, *found]:
            if _introduces(mention):
                introduced.setdefault(mention.key, mention.levels)
        taken = {i for mention in found for i in range(mention.first, mention.last)}
        for mention in self._groups.scan(found, taken):
            taken |= set(range(mention.first, mention.last))
            yield mention
        ends = {mention.last for mention in found if COMMUNE in mention.levels or DISTRICT in mention.levels}
        for at in self._beginnings(introduced):
            if at in taken:
                continue
            if self._evidence.opens_run(at, taken):
                bare = self._at(at, introduced, ends)
                if bare is not None and taken.isdisjoint(range(bare.first, bare.last)):
                    ends.add(bare.last)
                    taken |= set(range(bare.first, bare.last))
                    yield bare

    def _beginnings(self, introduced: Iterable[str]) -> Iterator[int]:
        """The capitalised tokens that a name which may stand alone, or a dateline, can begin with."""
        named = {key.split(" ", 1)[0] for key in introduced}
        communes, districts = _firsts(self.communes), _firsts(self._districts)
        provinces = self._gazetteer.province_firsts
        tokens, keys = self._tokens, self._tokens.keys
        for at in tokens.capitals:
            key = keys[at]
            if key in named or key in provinces or key in communes or key in districts or tokens.line_start(at):
                yield at

    def _at(self, at: int, introduced: dict[str, tuple[int, ...]], ends: set[int]) -> Mention | None:
        end = self._names.run_end(at)
        key = " ".join(self._tokens.keys[at : self._names.capitals_end(at)])
        whole = " ".join(self._tokens.keys[at:end])
        if key not in self._gazetteer.names or (len(whole) > len(key) and whole in self._gazetteer.names):
            key = whole
        elif self._tokens.keys[end - 1].isdigit():
            # "Sơn Động 47,5%": the number is not the name's
            end -= 1
        last = at + key.count(" ") + 1
        if last < end or self._evidence.barred(at, ends):
            return None
        if key in introduced:
            return self._mention(at, last, key, introduced[key])
        homonym = key in self._districts and self._evidence.placed(at, last, ends)
        # "(xã A 11, Hưng Yên 4)"
        homonym |= key in self.communes and self._evidence.listed(at, ends) and self._evidence.measured(last)
        if key in self._gazetteer.province_keys and key not in _MEN and not homonym:
            return self._mention(at, last, key, self._province_levels(key))
        if self._evidence.dateline(at, last) and key in self._gazetteer.names:
            return self._mention(at, last, key, (1, 2), weak=True)
        # a district and the town in it share a name: alone, it is the district
        levels = (DISTRICT,) if key in self._districts else (COMMUNE,) if key in self.communes else ()
        keys = self._districts if levels == (DISTRICT,) else self.communes
        placed = self._evidence.placed(at, last, ends) or self._evidence.leads_list(at, last, keys)
        if levels and last - at > 1 and placed:
            return self._mention(at, last, key, levels, weak=True)
        return None

    def _province_levels(self, key: str) -> tuple[int, ...]:
        """The levels of a province's bare name: of one that was made later, its city's, too ("Huế" before 2025)."""
        units = [unit for unit in self._gazetteer.named(key) if unit.on(self._day)]
        return (1,) if any(unit.level == 1 for unit in units) or not units else (1, DISTRICT)

    def _mention(self, at: int, last: int, key: str, levels: tuple[int, ...], *, weak: bool = False) -> Mention:
        return Mention("bare", at, last, "", (), levels, key=key, name=self._tokens.slice(at, last), weak=weak)


@lru_cache(maxsize=256)
def _firsts(names: frozenset[str]) -> frozenset[str]:
    """First tokens of name keys."""
    return frozenset(name.split(" ", 1)[0] for name in names)


def _introduces(mention: Mention) -> bool:
    """Whether a mention lets its name stand alone elsewhere."""
    return mention.kind in {"typed", "bare"} and bool(mention.key) and not mention.key.isdigit()
