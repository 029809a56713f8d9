"""Names without their type, where the evidence is strong: named before, a province, a dateline, the site's commune."""

from collections.abc import Iterable, Iterator
from datetime import date

from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.scan import Scanner
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import name_keys
from civic_etl.gazetteer.units import COMMUNE, Unit

_DATELINE = ("-", "–", ":", ",", ")")
_LOOK_BACK = 3
# "Hồ Chí Minh" alone is the man
_MEN = frozenset({"hồ chí minh"})


class BareNames:
    """The names that may stand alone in one text, and where they do."""

    def __init__(self, gazetteer: Gazetteer, scanner: Scanner, site: Unit | None, day: date) -> None:
        self._gazetteer = gazetteer
        self._lexicon = scanner.lexicon
        self._tokens = scanner.tokens
        self._names = scanner.names
        self._line = [site, *gazetteer.ancestors(site, day)] if site is not None else []
        far = site is None or site.level == COMMUNE
        # name keys of the communes in the site's area
        self.communes = frozenset() if site is None or far else gazetteer.child_keys(site.unit_id, day)

    def scan(self, found: list[Mention], before: Iterable[Mention]) -> Iterator[Mention]:
        """Bare mentions outside the tokens of `found`, named in it, in `before`, by the site, or of provinces."""
        introduced = {m.key: m.levels for m in [*before, *found] if _introduces(m)}
        introduced |= {key: (unit.level,) for unit in self._line for key in name_keys(unit.core_name)}
        taken = {i for mention in found for i in range(mention.first, mention.last)}
        firsts = {key.split(" ", 1)[0] for keys in (introduced, self.communes) for key in keys}
        firsts |= self._gazetteer.province_firsts
        tokens, keys = self._tokens, self._tokens.keys
        for at in range(tokens.size):
            if not (keys[at] in firsts or tokens.line_start(at)) or at in taken or not tokens.capital(at):
                continue
            if self._opens_run(at, taken):
                mention = self._at(at, introduced)
                if mention is not None:
                    yield mention

    def _at(self, at: int, introduced: dict[str, tuple[int, ...]]) -> Mention | None:
        end = self._names.run_end(at)
        key = " ".join(self._tokens.keys[at : self._names.capitals_end(at)])
        if key not in self._gazetteer.names:
            key = " ".join(self._tokens.keys[at:end])
        last = at + key.count(" ") + 1
        if last < end or self._barred(at):
            return None
        if key in introduced:
            return self._mention(at, last, key, introduced[key])
        if key in self._gazetteer.province_keys and key not in _MEN:
            return self._mention(at, last, key, (1,))
        if self._dateline(at, last) and key in self._gazetteer.names:
            return self._mention(at, last, key, (1, 2), weak=True)
        if key in self.communes and last - at > 1 and self._placed(at):
            return self._mention(at, last, key, (3,), weak=True)
        return None

    def _mention(self, at: int, last: int, key: str, levels: tuple[int, ...], *, weak: bool = False) -> Mention:
        return Mention("bare", at, last, "", (), levels, key=key, name=self._tokens.slice(at, last), weak=weak)

    def _opens_run(self, at: int, taken: set[int]) -> bool:
        """Whether a token begins a run of capitals, words that only open a sentence left aside."""
        tokens = self._tokens
        if not tokens.blank_before(at) or at - 1 in taken or not tokens.capital(at - 1):
            return True
        return tokens.keys[at - 1] in self._lexicon.words["openers"] and (
            at < 2 or not tokens.blank_before(at - 1) or not tokens.capital(at - 2)
        )

    def _barred(self, at: int) -> bool:
        """Whether what stands before says that it is a person, a street, a school, a river."""
        tokens = self._tokens
        for count in range(1, min(_LOOK_BACK, at) + 1):
            gap = tokens.gap(at - count + 1)
            if "\n" in gap or gap.strip() not in ("", ".", "/"):
                return False
            if " ".join(tokens.keys[at - count : at]) in self._lexicon.not_a_place_before:
                return True
        return False

    def _dateline(self, at: int, last: int) -> bool:
        """Whether a name opens a line and is set off: `Chợ Gạo - `, `(Ba Tri) `, `Bắc Kạn, ngày`."""
        tokens = self._tokens
        if not tokens.line_start(at) or last >= tokens.size:
            return False
        after = tokens.gap_after(last - 1).strip()
        return after.startswith(_DATELINE) and not (after == "," and tokens.keys[last] not in {"ngày", "sáng", "chiều"})

    def _placed(self, at: int) -> bool:
        """Whether a bare commune name is one by what stands before it, and is not like a person's."""
        tokens = self._tokens
        if tokens.keys[at] in self._lexicon.words["family_names"]:
            return False
        if tokens.line_start(at) and not tokens.shouted(at):
            return True
        gap = tokens.gap(at)
        if "\n" in gap or not at or self._one_of_two(at):
            return False
        return (gap.isspace() and tokens.keys[at - 1] in self._lexicon.place_before) or gap.strip() in {"(", ":"}

    def _one_of_two(self, at: int) -> bool:
        """Whether a dash joins the name to another: a road from one to the other."""
        end = self._names.run_end(at)
        return end < self._tokens.size and self._tokens.gap(end).strip() in {"-", "–"}


def _introduces(mention: Mention) -> bool:
    """Whether a mention lets its name stand alone elsewhere."""
    return mention.kind in {"typed", "bare"} and bool(mention.key) and not mention.key.isdigit()
