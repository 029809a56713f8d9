"""Finding places in prose, from text to spans."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from civic_etl.gazetteer.finding.anaphora import settle_anaphor, settle_part
from civic_etl.gazetteer.finding.bare import BareNames
from civic_etl.gazetteer.finding.bare_lists import BareLists
from civic_etl.gazetteer.finding.candidates import candidates
from civic_etl.gazetteer.finding.context import Context
from civic_etl.gazetteer.finding.flags import mark_all
from civic_etl.gazetteer.finding.lexicon import lexicon
from civic_etl.gazetteer.finding.mention import Mention
from civic_etl.gazetteer.finding.resolve import Resolver
from civic_etl.gazetteer.finding.scan import Scanner
from civic_etl.gazetteer.finding.schools import schools
from civic_etl.gazetteer.finding.scopes import Scopes
from civic_etl.gazetteer.finding.tokens import Tokens
from civic_etl.gazetteer.finding.turns import Turns
from civic_etl.gazetteer.gazetteer import Gazetteer
from civic_etl.gazetteer.keys import name_keys
from civic_etl.gazetteer.spans import PlaceSpan
from civic_etl.gazetteer.units import COMMUNE, DISTRICT, Unit

_DAY = timedelta(days=1)
# a day before the units of 2025: articles without a day of their own are mostly older
_USUAL = date(2020, 1, 1)
# articles of many sites are read in turn
_SITES_KEPT = 2048
# so many characters of a text tell the title which of several places of one name is meant
_OPENING = 600


class Finder:
    """Finds places with one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._scopes = Scopes(gazetteer)
        self._turns = Turns(gazetteer)
        self._site = lru_cache(maxsize=_SITES_KEPT)(self._settle_site)

    def find(
        self, text: str, on: date | None, near: Sequence[str] | str | None, site_area: str | None
    ) -> list[PlaceSpan]:
        """The places named in a text; see `civic_etl.gazetteer.find`."""
        day, site = self._day_and_site(on, site_area)
        prelude: list[Mention] = []
        for other in [near] if isinstance(near, str) else near or ():
            prelude += self._settle(Tokens(other), day, prelude, site)
        tokens = Tokens(text)
        return [_span(mention, tokens, text) for mention in self._settle(tokens, day, prelude, site)]

    def find_titled(
        self, text: str, title: str, on: date | None, site_area: str | None
    ) -> tuple[list[PlaceSpan], list[PlaceSpan]]:
        """The places named in a text and those in its title, each read with the other."""
        day, site = self._day_and_site(on, site_area)
        tokens, titled = Tokens(text), Tokens(title)
        mentions = self._settle(tokens, day, self._settle(titled, day, (), site), site)
        opening = [m for m in mentions if tokens.starts[m.first] < _OPENING]
        again = self._settle(titled, day, opening, site)
        return [_span(m, tokens, text) for m in mentions], [_span(m, titled, title) for m in again]

    def _day_and_site(self, on: date | None, site_area: str | None) -> tuple[date, Sequence[Mention]]:
        """The day to read by, and the settled units of the site's area."""
        if on is not None:
            on = self._turns.before(on)
        site = self._site(site_area, on) if site_area else ()
        day = on or self._turns.before(_day_of(site))
        if on is None and site_area:
            site = self._site(site_area, day)
        return day, site

    def _settle_site(self, site_area: str, on: date | None) -> tuple[Mention, ...]:
        """The units of a site's area, the innermost first."""
        mentions = self._settle(Tokens(site_area), on or self._turns.before(_today()), (), ())
        return tuple(sorted(mentions, key=lambda mention: -mention.level))

    def _settle(self, tokens: Tokens, day: date, prelude: Sequence[Mention], site: Sequence[Mention]) -> list[Mention]:
        """All mentions of a text, settled, in order of their start."""
        words = lexicon()
        scanner = Scanner(self._gazetteer, words, tokens)
        mentions = _without_namesakes(scanner.scan(), [*site, *prelude], tokens)
        home = self._home(site, prelude, day) or self._opened(mentions, tokens, day)
        bare = BareNames(self._gazetteer, scanner, home, day)
        mentions += bare.scan(mentions, [*site, *prelude])
        if day < self._gazetteer.exact_from and _one_district([*site, *prelude]):
            taken = {token for m in mentions for token in range(m.first, m.last)}
            mentions += BareLists(self._gazetteer, scanner).scan(mentions, taken)
        mentions += schools(words, tokens, scanner.names, bare.communes)
        mentions.sort(key=lambda mention: mention.first)
        mark_all(mentions, tokens, words)
        context = Context(self._gazetteer, tokens, day, prelude, site)
        typed_names = {(m.key, kind) for m in mentions if m.kind == "typed" for kind in m.types}
        resolver = Resolver(self._gazetteer, self._scopes, context, typed_names)
        for mention in mentions:
            # what the text places by itself speaks for the same name elsewhere
            if mention.kind == "typed" and mention.inside is not None:
                resolver.settle(mention)
        for mention in mentions:
            if mention.kind != "part":
                self._settle_one(mention, resolver, context)
        for mention in mentions:
            if mention.kind == "typed" and mention.status == "ambiguous":
                resolver.look_ahead(mention)
        for mention in mentions:
            if mention.key and mention.status == "ambiguous":
                resolver.as_elsewhere(mention, mentions)
        listed = list(pairwise(mentions))
        for one, other in listed:
            resolver.as_beside(other, one)
        for one, other in reversed(listed):
            resolver.as_beside(one, other)
        for mention in mentions:
            if mention.kind == "part":
                self._settle_part(mention, resolver, context)
        return [mention for mention in mentions if not (mention.weak and mention.status != "resolved")]

    def _home(self, site: Sequence[Mention], prelude: Sequence[Mention], day: date) -> Unit | None:
        """The unit whose parts a text may name without their type: the site's, else the title's district or province.

        Of a title that speaks of elsewhere it is the title's, too, and of one that speaks of what that unit lies in.
        """
        named = [m.unit for m in prelude if m.unit is not None and not m.office]
        titled = next((unit for unit in named if unit.level < COMMUNE), None)
        own = site[0].unit if site else None
        if own is not None and named and named[0] in self._gazetteer.ancestors(own, day):
            return named[0]
        if own is None or titled is None:
            return own or titled
        apart = all(self._scopes.distance(a, b, day) > 0 for a, b in ((titled, own), (own, titled)))
        return titled if apart else own

    def _opened(self, mentions: Sequence[Mention], tokens: Tokens, day: date) -> Unit | None:
        """The first district or province that a text names with its type, where neither title nor site names one."""
        for mention in sorted(mentions, key=lambda each: each.first):
            if tokens.starts[mention.first] >= _OPENING:
                return None
            if mention.kind != "typed" or not mention.key or COMMUNE in mention.levels:
                continue
            found = candidates(self._gazetteer, mention, day, ())
            units = [] if found.reason else found.units
            above = mention.inside.key if mention.inside is not None else ""
            if len(units) > 1 and above:
                units = [
                    u for u in units if any(above in name_keys(a.core_name) for a in self._gazetteer.ancestors(u, day))
                ]
            if len(units) == 1:
                return units[0]
        return None

    def _settle_one(self, mention: Mention, resolver: Resolver, context: Context) -> None:
        if mention.done:
            return
        if mention.kind == "anaphor":
            settle_anaphor(mention, self._gazetteer, context)
        else:
            resolver.settle(mention)

    def _settle_part(self, mention: Mention, resolver: Resolver, context: Context) -> None:
        if mention.inside is not None:
            resolver.settle(mention.inside)
        settle_part(mention, context)


def _without_namesakes(found: list[Mention], before: Sequence[Mention], tokens: Tokens) -> list[Mention]:
    """Mentions without what only looks like a part: `Bản Bo` where the text speaks of `xã Bản Bo`."""
    communes = {m.key for m in [*before, *found] if m.kind == "typed" and COMMUNE in m.levels}

    def is_commune(mention: Mention) -> bool:
        if mention.kind != "part" or not tokens.capital(mention.first):
            return False
        return " ".join(tokens.keys[mention.first : mention.last]) in communes

    return [mention for mention in found if not is_commune(mention)]


def _one_district(before: Sequence[Mention]) -> bool:
    """Whether the title and the site speak of one district, of which the table may lack communes."""
    return len({m.full_name for m in before if m.level == DISTRICT and m.unit is not None}) == 1


def _today() -> date:
    return date.today()  # noqa: DTZ011


def _day_of(site: Sequence[Mention]) -> date:
    """A day to read an undated text by: one in the years that most are of, on which its site's unit was in force.

    Of a unit made later the last day that it was, at most today.
    """
    unit: Unit | None = site[0].unit if site else None
    if unit is None or unit.on(_USUAL):
        return _USUAL
    return min(_today(), unit.valid_to - _DAY)


def _span(mention: Mention, tokens: Tokens, text: str) -> PlaceSpan:
    start = tokens.original(tokens.starts[mention.first])
    end = tokens.original(tokens.ends[mention.last - 1])
    return PlaceSpan(
        start=start,
        end=end,
        text=text[start:end],
        level=mention.level,
        status=mention.status,
        unit=mention.unit,
        candidates=mention.candidates,
        reason=mention.reason,
        full_name=mention.full_name,
        sub_area=mention.sub_area,
        anaphor=mention.kind == "anaphor",
        former=mention.former,
        office=mention.office,
        giver=mention.giver,
        locates=mention.locates,
        beside=mention.beside,
    )
