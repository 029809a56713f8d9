"""What is known while a text is settled: its day, its site, what came before it, what is settled already."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from datetime import date

from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.tokens import Tokens
from civic_etl.gazetteer.gazetteer import Gazetteer, short_name
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, Unit

# so many districts and provinces back speak for a mention
_LOOK_BACK = 200


class Context:
    """The state of settling one text.

    `prelude` are settled mentions of texts read before; `site` those of the site's area, innermost first.
    """

    def __init__(
        self, gazetteer: Gazetteer, tokens: Tokens, day: date, prelude: Sequence[Mention], site: Sequence[Mention]
    ) -> None:
        self._gazetteer = gazetteer
        # types that the texts give units of the table that has them under another
        self._kinds: dict[str, str] = {}
        self.tokens = tokens
        self.day = day
        self.prelude = prelude
        self.site = site
        self.settled: list[Mention] = []
        self._communes: list[Mention] = []
        # settled districts and provinces
        self._wider: list[Mention] = []
        self.named: dict[str, list[Mention]] = {}
        for mention in [*site, *prelude]:
            self._name(mention)

    def full_name(self, unit: Unit) -> str:
        """The unit's full name on the day, with the types that the texts use for it and what it lies in."""
        line = [unit, *self._gazetteer.ancestors(unit, self.day)]
        return ", ".join(short_name(above, self._kinds.get(above.unit_id)) for above in line)

    def note(self, mention: Mention) -> None:
        """Note the type that a mention gives its unit, where the table has another."""
        if mention.unit is not None and mention.types and mention.unit.type not in mention.types:
            self._kinds[mention.unit.unit_id] = mention.word

    def settle(self, mention: Mention) -> None:
        """Note a settled mention."""
        mention.done = True
        insort(self.settled, mention, key=_first)
        if _is_commune(mention) and not mention.beside:
            insort(self._communes, mention, key=_first)
        if mention.unit is not None and mention.unit.level < COMMUNE:
            insort(self._wider, mention, key=_first)
        self._name(mention)

    def _name(self, mention: Mention) -> None:
        self.note(mention)
        if mention.key and mention.kind in {"typed", "bare"} and mention.status != "ambiguous":
            self.named.setdefault(mention.key, []).append(mention)

    def came_before(self, mention: Mention) -> bool:
        """Whether a mention is not of the text, but of those read before or of the site."""
        return mention in self.prelude or mention in self.site

    def earlier(self, mention: Mention) -> Iterator[Mention]:
        """Settled mentions before a mention, the nearest first; then those of the prelude, then the site's."""
        for index in range(bisect_left(self.settled, mention.first, key=_first) - 1, -1, -1):
            yield self.settled[index]
        yield from reversed(self.prelude)
        yield from self.site

    def commune_of_part(self, mention: Mention) -> Mention | None:
        """The commune named last before a part, in the text or before it, else the next one on its line."""
        index = bisect_left(self._communes, mention.first, key=_first)
        if index:
            return self._communes[index - 1]
        before = next((m for m in (*reversed(self.prelude), *self.site) if _is_commune(m)), None)
        if before is not None or index >= len(self._communes):
            return before
        following = self._communes[index]
        end = self.tokens.text.find("\n", self.tokens.starts[mention.first])
        return following if end < 0 or self.tokens.starts[following.first] < end else None

    def wider_later(self, mention: Mention) -> Iterator[Unit]:
        """The districts and provinces that were settled after a mention on its line."""
        end = self.tokens.text.find("\n", self.tokens.starts[mention.first])
        for index in range(bisect_left(self._wider, mention.first + 1, key=_first), len(self._wider)):
            other = self._wider[index]
            if end >= 0 and self.tokens.starts[other.first] >= end:
                return
            if other.unit is not None:
                yield other.unit

    def home_district(self) -> Mention | None:
        """The one district that the texts before and the site speak of, in the table or not."""
        settled = [m for m in [*self.prelude, *self.site] if m.status in {"resolved", "unlisted"}]
        districts = {m.full_name: m for m in settled if m.level == DISTRICT and m.full_name and m.kind != "anaphor"}
        return next(iter(districts.values())) if len(districts) == 1 else None

    def scopes(self, mention: Mention, *, everywhere: bool = True) -> list[Unit]:
        """Places that speak for a candidate near them, strongest first.

        Districts and provinces named earlier in the paragraph, then in the first paragraph, before the text, the site's
        own, then (`everywhere`) those named anywhere before.
        """
        start = self.tokens.starts[mention.first]
        paragraph = self.tokens.text.rfind("\n", 0, start) + 1
        opening = self.tokens.text.find("\n")
        index = bisect_left(self._wider, mention.first, key=_first)
        above = self._wider[max(0, index - _LOOK_BACK) : index][::-1]
        near = [m for m in above if self.tokens.starts[m.first] >= paragraph and not m.office]
        first = [m for m in above if opening < 0 or self.tokens.starts[m.first] < opening]
        before = [m for m in reversed(self.prelude) if m.unit is not None and m.unit.level < 3]
        ordered = [*near, *first, *before, *self.site, *(above if everywhere else ())]
        return list(dict.fromkeys(m.unit for m in ordered if m.unit is not None))[:8]


def _first(mention: Mention) -> int:
    return mention.first


def _is_commune(mention: Mention) -> bool:
    return mention.level == COMMUNE and mention.kind != "part" and bool(mention.full_name)
