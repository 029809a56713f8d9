"""The place of an article as a whole: of its title, else of its opening, else of its site."""

import re
from itertools import pairwise

from civic_etl.extract.called_place import CalledPlace, level_words
from civic_etl.extract.layout import Block, Sentence, has_figure
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_asides import Asides
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_namesakes import Namesakes
from civic_etl.extract.place_spot import (
    COMMUNE,
    NOWHERE,
    Spot,
    area_of,
    in_brackets,
    is_known,
    is_list,
    lies_in,
    spot_of,
)
from civic_etl.extract.place_turns import tells_of_several
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import PlaceSpan

# a part's commune is looked for so far before the commune's name
_PART_REACH = 40
_PROVINCE = 1
# so many paragraphs may stand above the one that opens an article, and so near its beginning its subject stands
_CAPTIONS = 4
_SUBJECT_REACH = 20
# the most words of a line that says no more than who wrote a text and when, and what ends a sentence
_BYLINE = 6
_ENDS = (".", "!", "?", "…", ":", ";")
# what a province or a district may have but one of
_ONLY_KIND = {1: "thành phố", 2: "thị trấn"}
# what a place is told to have, so near behind it
_FIGURE = re.compile(r"(?<![\d/.])\d[\d.,]* ?(?:%|[^\W\d_])")
_REACH = 40
_AMONG, _COUNTED_WITH = patterns("places.yaml")["among"], patterns("places.yaml")["counted_with"]
_OWN_BODY, _VISITS = patterns("places.yaml")["own_body"], patterns("places.yaml")["visits"]
_BODY_AND_PLACE = 2
_DATELINE = re.compile(r"\s?[:–-]\s?")


class TitlePlace:
    """Finds the place that holds for a document where nothing nearer to a figure names one."""

    def __init__(self, names: PlaceNames, blocks: list[Block], site: Spot) -> None:
        self._names = names
        self._blocks = blocks
        self._site = site
        self._asides = Asides(names)
        self._namesakes = Namesakes(names, site)

    def spot(self) -> Spot:
        """The title's place, else that of the opening sentence, else the site's own."""
        names = self._names
        title = self._below_dateline() or self._namesakes.as_the_site_calls_it(self._main(names.in_title))
        opening = self._opening()
        called = CalledPlace(names, self._site)
        bare = called.without_type(title.level if title is not None else self._site.level)
        if bare is None and title is None:
            bare = called.inside_site() if self._site.area.name else self._called_anywhere(called, opening)
        title = bare or self._visited() or self._namesakes.of_a_city(title, called)
        if title is None and not self._site.area.name and self._of_several():
            return NOWHERE
        if title is None and (opening is None or opening.level < COMMUNE):
            title = self._only_of_kind(self._site) or self._around_site()
        if title is None and opening is None and not self._site.area.name:
            return self._one_of_namesakes() or self._site
        if title is None:
            below = opening is not None and opening.level >= self._site.level and not self._tells_in_turn(opening)
            return opening if opening is not None and below else self._site
        if opening is not None and self._opening_tells(title, opening, bare=bare is not None):
            return opening
        return title if bare is not None else self._named_by_level(title) or title

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
        """The unit that the title of a text without a site names by its type, though several have that name."""
        named = (s for s in self._names.in_title if s.status == "ambiguous" and not (s.giver or s.anaphor))
        span = next(named, None)
        if span is None:
            return None
        return Spot(RefArea(span.text[:1].lower() + span.text[1:], None, None, "ambiguous"), "", span.level)

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
        if opening.level <= title.level:
            return (opening.area == title.area and self._only_of_part(opening)) or self._told_above(title, opening)
        only_offices = all(s.office or s.giver or s.anaphor for s in self._names.in_title)
        if not bare and only_offices:
            return True
        # "Đại hội Đảng bộ cấp xã đầu tiên ở Lào Cai": the title speaks of it by its level alone
        kind = opening.area.name.split(" ", 1)[0].lower()
        told = any(word == kind for word in level_words(self._names.title))
        told = told and not self._tells_all(title.level, rather_than=opening.level)
        return lies_in(opening, title) and (told or self._only_of_part(opening) or self._is_headed(title, opening))

    def _is_headed(self, title: Spot, opening: Spot) -> bool:
        """Whether a title only says by a dateline where a text comes from that is of the unit it opens with.

        ("Hà Giang: Đại hội điểm", of a text that begins with "Xã A" and goes on with "toàn xã", never "toàn tỉnh")
        """
        named = [s for s in self._names.in_title if not s.anaphor]
        if len(named) != 1 or named[0].start > 0 or not _DATELINE.match(self._names.title, named[0].end):
            return False
        first = next((s for s in self._names.spans if not s.office), None)
        if first is None or first.full_name != opening.area.name or first.start > _SUBJECT_REACH:
            return False
        told = {s.level for s in self._names.spans if s.anaphor and not (s.office or s.giver)}
        return opening.level in told and not self._tells_all(title.level, rather_than=0)

    def _told_above(self, title: Spot, opening: Spot) -> bool:
        """Whether the text reports on all of a unit that the title's place lies in, before it comes to that place."""
        if not lies_in(title, opening):
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
        return not any(s.anaphor and s.level == COMMUNE and not s.office for s in self._names.spans)

    def _first(self) -> Sentence | None:
        """The sentence that opens the text, below what only says who wrote it and when."""
        blocks = [b for b in self._blocks if b.kind != "row" and b.sentences]
        opens = (b for b in blocks[:_CAPTIONS] if not self._is_byline(b.sentences[0]) and not self._is_caption(b))
        block = next(opens, blocks[0] if blocks else None)
        return block.sentences[0] if block is not None else None

    def _is_caption(self, block: Block) -> bool:
        """Whether a line tells what a picture shows of a place that the text never comes back to."""
        if not self._asides.is_caption(block):
            return False
        spans = self._names.between(block.start, block.end)
        return not any(self._asides.is_spoken_of(span) for span in spans if not span.anaphor)

    def _is_byline(self, sentence: Sentence) -> bool:
        """Whether a line is a few words without an end ("Hoài Nam 13/10/2016 07:30")."""
        line = self._names.folded[sentence.start : sentence.end].rstrip()
        return len(line.split()) <= _BYLINE and not line.endswith(_ENDS)

    def _opening(self) -> Spot | None:
        first = self._first()
        if first is None:
            return None
        spans = self._names.between(first.start, first.end)
        named = self._asides.without_venues(spans, first.start)
        if spans and all(s.anaphor for s in named) and not self._site.area.name:
            return self._province_of(spans[0])
        return self._main(self._unlisted(named)) if named else self._below_caption()

    def _province_of(self, span: PlaceSpan) -> Spot | None:
        """The province that a place lies in."""
        name = span.full_name.rpartition(", ")[2]
        unit = self._names.gazetteer.by_full_name(name, self._names.reference)
        return Spot(RefArea(name, unit.unit_id, unit.code, "resolved"), "", _PROVINCE) if unit is not None else None

    def _below_caption(self) -> Spot | None:
        """The subject of the first paragraph that has one, below a caption or a greeting that names no place.

        What stands above it has no figures yet: they would be of another place.
        """
        blocks = [b for b in self._blocks if b.kind != "row" and b.sentences][:_CAPTIONS]
        for above, block in pairwise(blocks):
            if has_figure(self._names.text[above.start : above.end]):
                return None
            first = block.sentences[0]
            named = self._names.between(first.start, first.end)
            if named and not self._is_caption(block):
                return self._main(self._unlisted(named)) if named[0].start - first.start <= _SUBJECT_REACH else None
        return None

    def _of_several(self) -> bool:
        """Whether an article that neither its title nor its site gives a place opens with several provinces."""
        first = self._first()
        if first is None:
            return False
        spans = self._names.between(first.start, first.end)
        return len({s.full_name for s in spans if s.level == _PROVINCE and not s.anaphor and not s.office}) > 1

    def _unlisted(self, spans: list[PlaceSpan]) -> list[PlaceSpan]:
        """Places without those of a list of several of one level: the text is about none of them more than another.

        Nor is it about those in brackets, those that it lies beside, or any of several that each have their figure.
        """
        folded = self._names.folded
        listed = {s.start for pair in pairwise(spans) if is_list(folded, *pair) and not pair[0].beside for s in pair}
        inside = [s for s in spans if s.level > self._site.level and not (s.locates or s.anaphor or s.office)]
        for one, other in pairwise(inside):
            apart = one.level == other.level and one.full_name != other.full_name
            told = (_FIGURE.search(folded, one.end, other.start), _FIGURE.search(folded, other.end, other.end + _REACH))
            if apart and all(told):
                listed |= {one.start, other.start}
        # "Thành phố A và 6 huyện ..."
        listed |= {s.start for s in spans if _COUNTED_WITH.match(folded, s.end) is not None}
        return [
            s
            for s in spans
            if not (s.start in listed or s.beside or in_brackets(folded, s) or self._is_among_others(s))
        ]

    def _is_among_others(self, span: PlaceSpan) -> bool:
        """Whether a place is told of as one among others ("toàn huyện trồng 85 ha, trong đó xã A 20 ha")."""
        names = self._names
        return _AMONG.search(names.folded, names.line_start(span.start), span.start) is not None

    def _main(self, spans: list[PlaceSpan]) -> Spot | None:
        """The first place named that is not somebody's office; a part keeps its commune.

        Where only offices are named the place of the first is taken: it is what a council or a committee is of.
        """
        known = [s for s in spans if not s.giver and not s.anaphor and s.status != "ambiguous"]
        named = [s for s in known if not s.office] or known
        parts = [s for s in named if s.status == "part"]
        wholes = [s for s in named if s.status != "part"]
        anchor = spot_of(wholes[0]) if wholes else None
        if parts and (anchor is None or parts[0].start < wholes[0].start or wholes[0].level < COMMUNE):
            around = anchor if anchor is not None and anchor.level == COMMUNE else self._site
            if around.level != COMMUNE:
                around = self._commune_of(parts[0]) or around
            if around.level <= _PROVINCE:
                # a village lies in a commune, which the text never names
                return NOWHERE
            return Spot(around.area, parts[0].sub_area, COMMUNE)
        return anchor

    def _commune_of(self, part: PlaceSpan) -> Spot | None:
        """The commune that the text names with a part, else the first that it names.

        ("Ngày hội ấp Cái Trăng ... xã Hàm Rồng")
        """
        if part.unit is not None:
            return Spot(area_of(part), "", COMMUNE)
        communes = [s for s in self._names.spans if s.level == COMMUNE and not s.anaphor and is_known(s)]
        for span in communes:
            before = self._names.folded[max(0, span.start - _PART_REACH) : span.start]
            if part.sub_area.lower() in before:
                return spot_of(span)
        return spot_of(communes[0]) if communes else None

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
        level = max((s.level for s in self._names.in_title if s.anaphor), default=0)
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
