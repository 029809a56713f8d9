"""The place that the first sentence of a text is about, below bylines and captions."""

import re
from itertools import pairwise

from civic_etl.extract.layout import Block, Sentence, has_figure
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_asides import Asides
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_spot import NOWHERE, Spot, area_of, in_brackets, is_known, is_list, spot_of
from civic_etl.extract.records import RefArea
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.units import COMMUNE, PROVINCE

SUBJECT_REACH = 20
"""So near the beginning of a sentence its subject stands."""
# a part's commune is looked for so far before the commune's name
_PART_REACH = 40
# so many paragraphs may stand above the one that opens an article
_CAPTIONS = 4
# the most words of a line that says no more than who wrote a text and when, and what ends a sentence
_BYLINE = 6
_ENDS = (".", "!", "?", "…", ":", ";")
# what a place is told to have, so near behind it
_FIGURE = re.compile(r"(?<![\d/.])\d[\d.,]* ?(?:%|[^\W\d_])")
_REACH = 40
_WORD = re.compile(r"[^\W\d_]")
_AMONG, _COUNTED_WITH = patterns("places.yaml")["among"], patterns("places.yaml")["counted_with"]


class OpeningPlace:
    """Finds what one document opens with; `site` is the place of its site."""

    def __init__(self, names: PlaceNames, blocks: list[Block], site: Spot) -> None:
        self._names = names
        self._blocks = blocks
        self._site = site
        self._asides = Asides(names)

    def spot(self) -> Spot | None:
        """The place of the sentence that opens the text, or of the one below a caption; None for none."""
        first = self._first()
        if first is None:
            return None
        spans = self._names.between(first.start, first.end)
        named = self._asides.without_venues(spans, first.start)
        if spans and all(s.anaphor for s in named) and not self._site.area.name:
            return self._province_of(spans[0])
        return self.main(self._unlisted(named)) if named else self._below_caption()

    def is_of_several(self) -> bool:
        """Whether an article that neither its title nor its site gives a place opens with several provinces."""
        first = self._first()
        if first is None:
            return False
        spans = self._names.between(first.start, first.end)
        return len({s.full_name for s in spans if s.level == PROVINCE and not s.anaphor and not s.office}) > 1

    def main(self, spans: list[PlaceSpan]) -> Spot | None:
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
            if around.level <= PROVINCE:
                # a village lies in a commune, which the text never names
                return NOWHERE
            return Spot(around.area, parts[0].sub_area, COMMUNE)
        return anchor

    def _first(self) -> Sentence | None:
        """The sentence that opens the text, below its title and what only says who wrote it and when."""
        blocks = [b for b in self._told() if not self._is_title(b)]
        opens = (b for b in blocks[:_CAPTIONS] if not self._is_byline(b.sentences[0]) and not self._is_caption(b))
        block = next(opens, blocks[0] if blocks else None)
        return block.sentences[0] if block is not None else None

    def _told(self) -> list[Block]:
        """The blocks that tell something in words: no rows, and no numbers of pages or pictures alone in their line."""
        folded = self._names.folded
        blocks = (b for b in self._blocks if b.kind != "row" and b.sentences)
        return [b for b in blocks if _WORD.search(folded, b.start, b.end) is not None]

    def _is_caption(self, block: Block) -> bool:
        """Whether a line tells what a picture shows of a place that the text never comes back to."""
        if not self._asides.is_caption(block):
            return False
        spans = self._names.between(block.start, block.end)
        return not any(self._asides.is_spoken_of(span) for span in spans if not span.anaphor)

    def _is_title(self, block: Block) -> bool:
        """Whether a line is the title once more."""
        return self._names.folded[block.start : block.end].strip() == self._names.title.strip().lower()

    def _is_byline(self, sentence: Sentence) -> bool:
        """Whether a line is a few words without an end ("Hoài Nam 13/10/2016 07:30")."""
        line = self._names.folded[sentence.start : sentence.end].rstrip()
        return len(line.split()) <= _BYLINE and not line.endswith(_ENDS)

    def _province_of(self, span: PlaceSpan) -> Spot | None:
        """The province that a place lies in."""
        name = span.full_name.rpartition(", ")[2]
        unit = self._names.gazetteer.by_full_name(name, self._names.reference)
        return Spot(RefArea(name, unit.unit_id, unit.code, "resolved"), "", PROVINCE) if unit is not None else None

    def _below_caption(self) -> Spot | None:
        """The subject of the first paragraph that has one, below a caption or a greeting that names no place.

        What stands above it has no figures yet: they would be of another place.
        """
        blocks = [b for b in self._told() if not (self._is_title(b) or self._is_byline(b.sentences[0]))]
        for above, block in pairwise(blocks[:_CAPTIONS]):
            if has_figure(self._names.text[above.start : above.end]):
                return None
            first = block.sentences[0]
            named = self._names.between(first.start, first.end)
            if named and not self._is_caption(block):
                return self.main(self._unlisted(named)) if named[0].start - first.start <= SUBJECT_REACH else None
        return None

    def _unlisted(self, spans: list[PlaceSpan]) -> list[PlaceSpan]:
        """Places without those of a list of several of one level: the text is about none of them more than another.

        Nor is it about those in brackets, those that it lies beside, or any of several that each have their figure.
        """
        folded = self._names.folded
        # where another lies; alone it is what the text is about
        spans = [s for s in spans if not s.locates] or spans
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

    def _commune_of(self, part: PlaceSpan) -> Spot | None:
        """The commune that the text names with a part, else the first that it or the title names.

        ("Ngày hội ấp Cái Trăng ... xã Hàm Rồng")
        """
        if part.unit is not None:
            return Spot(area_of(part), "", COMMUNE)
        communes = _communes(self._names.spans)
        for span in communes:
            before = self._names.folded[max(0, span.start - _PART_REACH) : span.start]
            if part.sub_area.lower() in before:
                return spot_of(span)
        first = next(iter(communes or _communes(self._names.in_title)), None)
        return spot_of(first) if first is not None else None


def _communes(spans: list[PlaceSpan]) -> list[PlaceSpan]:
    return [s for s in spans if s.level == COMMUNE and not s.anaphor and is_known(s)]
