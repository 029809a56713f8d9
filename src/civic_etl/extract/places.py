"""Which place a figure is about: the sentence's subject, then the paragraph's, the heading's, the title's."""

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_reference import PlaceReference
from civic_etl.extract.place_speech import PlaceSpeech
from civic_etl.extract.place_spot import Spot, site_spot
from civic_etl.extract.reading import Draft
from civic_etl.extract.records import RefArea
from civic_etl.extract.title_place import TitlePlace
from civic_etl.gazetteer import PlaceSpan

_PATTERNS = patterns("places.yaml")
_ASIDE, _WHOLE_BEHIND, _SAID_OF = (_PATTERNS[key] for key in ("aside", "whole_behind", "said_of"))
# a subject stands so near the beginning of its sentence, or so near behind its figure
_SUBJECT_REACH = 45


class Places:
    """The places of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._folded = context.folded
        self._names = PlaceNames(context)
        site = site_spot(context.document.site_area, context.reference)
        self._default = TitlePlace(self._names, context.blocks, site).spot()
        self._speech = PlaceSpeech(self._names, self._default)
        self._reference = PlaceReference(self._names, self._speech, self._default, site)

    def name_spans(self) -> list[tuple[int, int]]:
        """Spans of the text whose digits belong to the names of places."""
        return [(s.start, s.end) for s in self._names.spans if not s.anaphor]

    def default(self) -> tuple[RefArea, str]:
        """The place of the article as a whole."""
        return self._default.area, self._default.sub_area

    def spot_at(self, block: Block, sentence: Sentence, position: int, end: int | None = None) -> tuple[RefArea, str]:
        """The place that holds at a position of a sentence.

        Of a figure that stops at `end` it is the one that it is said to be of, where one is.
        """
        spot = (
            (self._behind(sentence, end) if end is not None else None)
            or self._in_sentence(sentence, position)
            or self._in_paragraph(block, sentence)
            or self._in_headings(block)
            or self._default
        )
        return spot.area, spot.sub_area

    def of(self, draft: Draft) -> tuple[RefArea, str]:
        """The place of a figure."""
        quantity = draft.quantity
        end = None if quantity.unit == "rank" else quantity.end
        return self.spot_at(draft.block, draft.sentence, quantity.start, end)

    def spans_in(self, start: int, end: int) -> list[PlaceSpan]:
        """Places named inside a span."""
        return self._names.between(start, end)

    def _in_sentence(self, sentence: Sentence, position: int) -> Spot | None:
        """The last place named before a position; a part of a commune keeps the commune named before it."""
        for span in reversed(self.spans_in(sentence.start, position)):
            if not self._speech.speaks(span, sentence) or self._speech.was_aside(span, sentence, position):
                continue
            spot = self._reference.here(span)
            if spot is not None:
                return spot
        return None

    def _behind(self, sentence: Sentence, end: int) -> Spot | None:
        """The place that a figure is said to be of, right behind it ("194 ha của huyện An Biên")."""
        span = next(iter(self.spans_in(end, min(end + _SUBJECT_REACH, sentence.end))), None)
        if span is None:
            return None
        gap = self._folded[end : span.start]
        if span.anaphor and "toàn" in gap + span.text.lower() and _WHOLE_BEHIND.fullmatch(gap):
            return self._reference.of_level(span.level)
        if span.anaphor or span.giver or span.locates or span.former or _SAID_OF.fullmatch(gap) is None:
            return None
        return None if self._speech.listed(span, gap) else self._reference.here(span)

    def _in_paragraph(self, block: Block, sentence: Sentence) -> Spot | None:
        """The subject of the paragraph: of its first sentence, or of the one before where that began with no figure."""
        for earlier in reversed([s for s in block.sentences if s.start < sentence.start]):
            if earlier.start != block.sentences[0].start and not self._opens_paragraph(block, earlier):
                continue
            for span in self.spans_in(earlier.start, min(earlier.start + _SUBJECT_REACH, earlier.end)):
                if span.former or not self._speech.speaks(span, earlier):
                    continue
                if _ASIDE.search(self._folded[earlier.start : span.start]):
                    continue
                spot = self._reference.here(span)
                if spot is not None:
                    return spot
        return None

    def _opens_paragraph(self, block: Block, sentence: Sentence) -> bool:
        """Whether no figure of the paragraph stands before a sentence: its place is then the paragraph's."""
        return not any(block.start <= q.start < sentence.start for q in self._context.quantities)

    def _in_headings(self, block: Block) -> Spot | None:
        """The first place that the lead-in names, else the last that a heading names."""
        if block.lead_in is not None:
            spot = self._first_that_speaks(self.spans_in(*block.lead_in), Sentence(*block.lead_in))
            if spot is not None:
                return spot
        for heading in reversed(block.headings):
            spot = self._first_that_speaks(self.spans_in(*heading)[::-1], Sentence(*heading))
            if spot is not None:
                return spot
        return None

    def _first_that_speaks(self, spans: list[PlaceSpan], sentence: Sentence) -> Spot | None:
        spots = (self._reference.beside(span) for span in spans if self._speech.speaks(span, sentence))
        return next((spot for spot in spots if spot is not None), None)
