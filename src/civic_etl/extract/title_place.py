"""The place of an article as a whole: of its title, else of its opening, else of its site."""

import re
from itertools import chain

from civic_etl.extract.called_place import CalledPlace, level_words
from civic_etl.extract.layout import Block
from civic_etl.extract.opening_place import SUBJECT_REACH, OpeningPlace
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_namesakes import Namesakes
from civic_etl.extract.place_spot import NOWHERE, Spot, bare_name, is_known, lies_in, spot_of
from civic_etl.extract.place_turns import tells_of_several
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.units import COMMUNE

# what a province or a district may have but one of
_ONLY_KIND = {1: "thành phố", 2: "thị trấn"}
_PATTERNS = patterns("places.yaml")
_TYPE_WORD = patterns("called_place.yaml")["type_word"]
_OWN_BODY, _VISITS, _ATTRIBUTE, _MARKET, _THING = (
    _PATTERNS[key] for key in ("own_body", "visits", "attribute", "market", "thing_of_level")
)
# so much before a level named alone says that it only owns something, as do these words
_REACH = 45
_OWNED = (" của ", " do ", " cho ")
_BODY_AND_PLACE = 2
# "Q5" is a district, or a variety of rice
_SHORT = re.compile(r"[^\W\d_]\d+")
_DATELINE = re.compile(r"\s?[:–-]\s?")


class TitlePlace:
    """Finds the place that holds for a document where nothing nearer to a figure names one."""

    def __init__(self, names: PlaceNames, blocks: list[Block], site: Spot) -> None:
        self._names = names
        self._blocks = blocks
        self._site = site
        self._first = OpeningPlace(names, blocks, site)
        self._namesakes = Namesakes(names, site)

    def spot(self) -> Spot:
        """The title's place, else the opening sentence's, else the site's own, else what all that is named lies in."""
        told = self._told()
        return told if told.area.name or self._first.is_of_several() else self._around_all() or told

    def _around_all(self) -> Spot | None:
        """The unit that a text names alone, or that all others which it names lie in."""
        spans = [s for s in self._names.spans if is_known(s) and not (s.anaphor or s.giver or _SHORT.fullmatch(s.text))]
        largest = min((s.level for s in spans), default=0)
        around = {spot_of(s) for s in spans if s.level == largest}
        if len(around) != 1:
            return None
        unit = around.pop()
        inside = all(s.level == largest or lies_in(spot_of(s), unit) for s in spans)
        return unit if inside else None

    def _told(self) -> Spot:
        names = self._names
        title = self._below_dateline() or self._namesakes.as_the_site_calls_it(self._first.main(self._titled()))
        opening = self._first.spot()
        called = CalledPlace(names, self._site)
        bare = called.without_type(title.level if title is not None else self._site.level)
        if bare is None and title is None:
            bare = called.inside_site() if self._site.area.name else self._called_anywhere(called, opening)
        title = bare or self._visited() or self._namesakes.of_a_city(title, called)
        if title is None and not self._site.area.name and self._first.is_of_several():
            return NOWHERE
        if title is None and (opening is None or opening.level < COMMUNE):
            title = self._only_of_kind(self._site) or self._around_site()
        if title is None and opening is None:
            return self._one_of_namesakes() or self._site
        if title is None:
            if opening is None or opening.level < self._site.level or self._is_by_the_way(opening):
                return self._site
            return opening
        if opening is not None and self._opening_tells(title, opening, bare=bare is not None):
            # a scene in one village opens a text that goes on with "toàn xã"
            return opening if self._only_of_part(opening) else Spot(opening.area, "", opening.level)
        return title if bare is not None else self._named_by_level(title) or title

    def _titled(self) -> list[PlaceSpan]:
        """The places of the title without one whose name is that of a market in another ("chợ Phường 2, thị xã A")."""
        title, spans = self._names.title.lower(), self._names.in_title
        return [s for s in spans if _MARKET.search(title, 0, s.start) is None] or spans

    def _is_by_the_way(self, opening: Spot) -> bool:
        """Whether what a text opens with is but one of the places inside the site's that it tells of."""
        return self._tells_in_turn(opening) or self._is_dropped(opening)

    def _is_dropped(self, opening: Spot) -> bool:
        """Whether a text never comes back to what it opens with, and speaks of all of the site's unit.

        ("Dịch bệnh phát sinh tại xã A. ... Toàn tỉnh tiêu hủy 900 con")
        """
        if not lies_in(opening, self._site) or not self._tells_all(self._site.level, rather_than=opening.level):
            return False
        spans = [s for s in self._names.spans if not (s.office or s.giver)]
        again = sum(s.full_name == opening.area.name and not s.anaphor for s in spans)
        return again < 2 and not any(s.anaphor and s.level == opening.level for s in spans)

    def _tells_in_turn(self, opening: Spot) -> bool:
        """Whether a text that tells of several places one by one opens with the first of them, each a paragraph."""
        if not (lies_in(opening, self._site) and tells_of_several(self._names)):
            return False
        firsts = (
            next((s for s in self._names.between(block.start, block.end) if not s.anaphor), None)
            for block in self._blocks
            if block.kind != "row"
        )
        return len({s.full_name for s in firsts if s is not None and s.level == opening.level}) > 1

    def _visited(self) -> Spot | None:
        """The unit that a body of the one around it came to, where the title names both, and no other.

        ("HĐND huyện A giám sát việc giảm nghèo tại xã B")
        """
        spans = [s for s in self._names.in_title if not s.anaphor]
        if len(spans) != _BODY_AND_PLACE or not all(map(is_known, spans)):
            return None
        body, place = map(spot_of, spans)
        title = self._names.title.lower()
        came = _VISITS.fullmatch(title, spans[0].end, spans[1].start) is not None
        return place if came and lies_in(place, body) and _OWN_BODY.search(title, 0, spans[0].start) else None

    def _one_of_namesakes(self) -> Spot | None:
        """The unit that the title names though several have that name, by its type or as the text calls it.

        ("Tân An đổi mới", of a text that goes on with "Xã Tân An có ...")
        """
        names = self._names
        in_title = filter(self._is_namesake, names.in_title)
        called = (s for s in filter(self._is_namesake, names.spans) if names.called_in_title(bare_name(s.text)))
        span = next(chain(in_title, called), None)
        if span is None:
            return None
        return Spot(RefArea(span.text[:1].lower() + span.text[1:], None, None, "ambiguous"), "", span.level)

    def _is_namesake(self, span: PlaceSpan) -> bool:
        """Whether a unit inside the site's is named with its type, and several have that name."""
        if span.status != "ambiguous" or span.giver or span.anaphor or span.level <= self._site.level:
            return False
        return _TYPE_WORD.match(span.text) is not None

    def _around_site(self) -> Spot | None:
        """The unit around the site's own whose body the title speaks of, where the text speaks of all of that one.

        ("Kỳ họp thứ 4 HĐND tỉnh" on a city's site)
        """
        levels = {s.level for s in self._names.in_title if s.anaphor and not s.office and not s.giver}
        told = {s.level for s in self._names.spans if s.anaphor and not s.office}
        if len(levels) != 1 or not levels <= told or self._site.level in told:
            return None
        level = levels.pop()
        full = ", ".join(self._site.area.name.split(", ")[self._site.level - level :])
        unit = self._names.gazetteer.by_full_name(full, self._names.reference) if level < self._site.level else None
        return Spot(RefArea(full, unit.unit_id, unit.code, "resolved"), "", level) if unit is not None else None

    def _called_anywhere(self, called: CalledPlace, opening: Spot | None) -> Spot | None:
        """What the title of a text without a site calls by its bare name, unless the opening speaks of elsewhere."""
        spot = called.anywhere()
        if spot is None or opening is None or lies_in(opening, spot) or lies_in(spot, opening):
            return spot
        return None

    def _opening_tells(self, title: Spot, opening: Spot, *, bare: bool) -> bool:
        """Whether the opening says better than the title what the article is about."""
        if opening == title:
            # a hamlet that both name is told of, whatever else is said of its commune ("toàn xã có 13 xóm")
            return False
        if opening.level <= title.level:
            return (opening.area == title.area and self._only_of_part(opening)) or self._told_above(title, opening)
        only_offices = all(s.office or s.giver or s.anaphor for s in self._names.in_title)
        if not bare and only_offices:
            return True
        # "Đại hội Đảng bộ cấp xã đầu tiên ở Lào Cai": the title speaks of it by its level alone
        kind = opening.area.name.split(" ", 1)[0].lower()
        told = any(word == kind for word in level_words(self._names.title)) or self._only_of_part(opening)
        told = told and not self._tells_all(title.level, rather_than=opening.level)
        return lies_in(opening, title) and (told or self._is_headed(title, opening))

    def _is_headed(self, title: Spot, opening: Spot) -> bool:
        """Whether a title only says by a dateline where a text comes from that is of the unit it opens with.

        ("Hà Giang: Đại hội điểm", of a text that begins with "Xã A", or opens with it on its site, and goes on with
        "toàn xã", never "toàn tỉnh")
        """
        named = [s for s in self._names.in_title if not s.anaphor]
        if len(named) != 1 or named[0].start > 0 or not _DATELINE.match(self._names.title, named[0].end):
            return False
        first = next((s for s in self._names.spans if not s.office), None)
        opens = first is not None and first.full_name == opening.area.name and first.start <= SUBJECT_REACH
        if not (opens or opening.area == self._site.area):
            return False
        told = {s.level for s in self._names.spans if s.anaphor and not (s.office or s.giver)}
        return opening.level in told and not self._tells_all(title.level, rather_than=0)

    def _told_above(self, title: Spot, opening: Spot) -> bool:
        """Whether the text reports on all of a unit that the title's place lies in, before it comes to that place.

        Not so on the site of that place: there the larger one is told of by the way.
        """
        if not lies_in(title, opening) or title.area == self._site.area:
            return False
        for span in self._names.spans:
            if span.anaphor and span.level == opening.level and span.text.lower().startswith("toàn"):
                return True
            if span.full_name == title.area.name:
                return False
        return False

    def _only_of_part(self, opening: Spot) -> bool:
        """Whether a text that opens with a part of a commune never comes to speak of the commune as a whole."""
        if not opening.sub_area:
            return False
        return not any(s.anaphor and s.level == COMMUNE and not self._is_owner(s) for s in self._names.spans)

    def _is_owner(self, span: PlaceSpan) -> bool:
        """Whether a level named alone only says whose a thing is ("phong trào chung của phường", "UBND phường")."""
        before = self._names.folded[max(0, span.start - _REACH) : span.start]
        return span.office or span.giver or before.endswith(_OWNED) or _ATTRIBUTE.search(before) is not None

    def _below_dateline(self) -> Spot | None:
        """The unit that a title tells of behind the name of a larger one ("Thái Nguyên: Thị xã Phổ Yên ...")."""
        spans = [s for s in self._names.in_title if not s.anaphor and not s.giver and is_known(s)]
        if len(spans) < 2 or not _DATELINE.match(self._names.title, spans[0].end):
            return None
        larger, unit = spot_of(spans[0]), spot_of(spans[1])
        alone = not any(s.level == spans[1].level and s.full_name != spans[1].full_name for s in spans[2:])
        return unit if alone and not spans[1].office and lies_in(unit, larger) else None

    def _only_of_kind(self, around: Spot) -> Spot | None:
        """The township of a district, or the city of a province, that has but one.

        Where the title speaks of "thị trấn" or "thành phố" without a name.
        """
        names, day, kind = self._names, self._names.reference, _ONLY_KIND.get(around.level)
        if kind is not None and around.area.name.lower().startswith(f"{kind} "):
            # a city that is no province's is itself meant
            return None
        if day is None or not any(s.anaphor and s.text.lower() == kind for s in names.in_title):
            return None
        unit = names.gazetteer.by_full_name(around.area.name, day)
        found = [u for u in names.gazetteer.children(unit, day) if u.type.lower() == kind] if unit else []
        if len(found) != 1:
            return None
        full = names.gazetteer.full_name(found[0])
        return Spot(RefArea(full, found[0].unit_id, found[0].code, "resolved"), "", around.level + 1)

    def _named_by_level(self, title: Spot) -> Spot | None:
        """The unit that a title speaks of by its level alone: the first of that level in the text.

        ("Cà Mau: Đại hội Đảng bộ huyện ...")
        """
        title_words = self._names.title.lower()
        told = (s for s in self._names.in_title if s.anaphor and _THING.search(title_words, 0, s.start) is None)
        level = max((s.level for s in told), default=0)
        if level <= title.level or self._tells_all(title.level, rather_than=level):
            return None
        span = next((s for s in self._names.spans if s.level == level and not s.anaphor and is_known(s)), None)
        spot = spot_of(span) if span is not None else self._only_of_kind(title)
        return spot if spot is not None and spot.area.name.endswith(title.area.name) else None

    def _tells_all(self, level: int, *, rather_than: int) -> bool:
        """Whether the text speaks of all of a unit of one level ("toàn huyện"), and never so of one of another."""
        wholes = (s for s in self._names.spans if s.anaphor and s.text.lower().startswith(("toàn", "cả")))
        told = {s.level for s in wholes}
        return level in told and rather_than not in told
