"""Which place a figure is about: the sentence's subject, then the paragraph's, the heading's, the title's."""

import re
from bisect import bisect_left, bisect_right

from civic_etl.extract.context import Context
from civic_etl.extract.figure_words import PART
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_counted import holder
from civic_etl.extract.place_names import UNIT_TYPE, PlaceNames
from civic_etl.extract.place_reference import PlaceReference
from civic_etl.extract.place_schools import school_of, school_of_page
from civic_etl.extract.place_sentence import SentencePlace
from civic_etl.extract.place_speech import PlaceSpeech
from civic_etl.extract.place_spot import NOWHERE, Spot, is_known, lies_in, site_spot
from civic_etl.extract.place_subject import PlaceSubjects
from civic_etl.extract.place_turns import tells_in_turn, tells_of_several
from civic_etl.extract.reading import Draft
from civic_etl.extract.records import RefArea
from civic_etl.extract.title_place import TitlePlace
from civic_etl.gazetteer import PlaceSpan
from civic_etl.gazetteer.units import COMMUNE
from civic_etl.indicators.lexicon import load_variants

_BODY = patterns("places.yaml")["own_body"]
_BODY_REACH = 24
_OWN_SUBJECT, _APART = (patterns("places.yaml")[key] for key in ("own_subject", "apart"))
_BELOW: dict[int, list[str]] = read_data("table_labels.yaml")["below"]
_OF = "của "
_GROUND = "trên địa bàn "
_HEADINGS = frozenset({"heading", "headline"})
# the blocks that a piece of news among several may begin with, and those that only items do
_NEWS, _ITEMS = frozenset({"bullet", "paragraph"}), frozenset({"bullet"})
# so many sentences back tell what place a paragraph has come to
_LATEST = 4
# what follows a place that is set apart: what it did, and no count of those who did
_GOES_ON = re.compile(r",(?!\s*(?:hơn |trên |gần )?\d)")


class Places:
    """The places of one document."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._folded = context.folded
        self._names = PlaceNames(context)
        site = site_spot(context.site_area, context.reference)
        self._default = TitlePlace(self._names, context.blocks, site).spot()
        self._school = school_of_page(self._names.title, context.folded)
        self._speech = PlaceSpeech(self._names, self._default)
        is_of_site = site.level >= self._default.level
        self._in_turn = not is_of_site and tells_in_turn(self._names, self._default.level)
        self._has_turns = self._in_turn or tells_of_several(self._names)
        self._reference = PlaceReference(self._names, self._speech, self._default, site, has_turns=self._has_turns)
        self._sentence = SentencePlace(self._names, self._speech, self._reference)
        self._subject = PlaceSubjects(
            self._names,
            self._speech,
            self._reference,
            self._sentence,
            self._default,
            has_turns=self._has_turns,
            is_of_site=is_of_site,
        )
        # whether the document names no commune at all
        named = [*self._names.spans, *self._names.in_title]
        self._is_nameless = 0 < self._default.level < COMMUNE and not any(
            span.level >= COMMUNE and not span.anaphor for span in named
        )
        self._names_places = any(not span.anaphor for span in named)
        # the place of each paragraph's figures by (start of the block, end of what opens it), of its headings by start
        self._openings: dict[tuple[int, int], Spot | None] = {}
        self._headings: dict[int, Spot | None] = {}
        # what each sentence names as its subject, by start
        self._subjects: dict[int, Spot | None] = {}
        # where lines that are the name of a place and no more open sections, and of which each is
        self._sections = self._name_lines()
        # the place whose turn it is in each block of a document that tells of several one by one
        self._turns: list[Spot | None] = []

    def name_spans(self) -> list[tuple[int, int]]:
        """Spans of the text whose digits belong to the names of places."""
        return [(s.start, s.end) for s in self._names.spans if not s.anaphor]

    def proper_spans(self) -> list[tuple[int, int]]:
        """Spans of the names without the words for what kind of unit they are, in text order."""
        folded = self._names.folded
        spans = [(s.start, s.end, UNIT_TYPE.match(folded, s.start)) for s in self._names.spans if not s.anaphor]
        return [(kind.end() if kind is not None and kind.end() < end else start, end) for start, end, kind in spans]

    def turns(self) -> frozenset[int]:
        """Where the text comes to a unit of the level of its own, each time, where it tells of several one by one.

        Or to a unit that a heading names and nothing else.
        """
        return self._own_turns() | self._headed()

    def _headed(self) -> frozenset[int]:
        """The headings that are each the name of a unit alone ("PHƯỜNG NGÃ BẢY"), where there are several."""
        told: dict[int, str] = {}
        for block in self._context.blocks:
            span = next(iter(self.spans_in(block.start, block.end)), None) if block.kind in _HEADINGS else None
            if span is not None and not span.anaphor and self._is_alone(span, block):
                told[block.start] = span.full_name
        return frozenset(told) if len(set(told.values())) > 1 else frozenset()

    def _name_lines(self) -> list[tuple[int, Spot]]:
        """The lines that are each the name of a place alone, where several of them have paragraphs below.

        ("Hà Nội", and below it what that took; "Quảng Ninh"; not the names of a list of them)
        """
        blocks = self._context.blocks
        alone = [self._name_alone(block) for block in blocks]
        told: list[tuple[int, Spot]] = []
        for at, span in enumerate(alone[:-1]):
            if span is None or alone[at + 1] is not None or (at and alone[at - 1] is not None):
                continue
            spot = self._reference.beside(span)
            if spot is not None and blocks[at + 1].kind in _NEWS:
                told.append((blocks[at].start, spot))
        return told if len({spot.area for _, spot in told}) > 1 else []

    def _name_alone(self, block: Block) -> PlaceSpan | None:
        """The place whose name is all that a block holds; None for any other."""
        if block.kind not in {"paragraph", *_HEADINGS}:
            return None
        span = next(iter(self.spans_in(block.start, block.end)), None)
        return span if span is not None and not span.anaphor and self._is_alone(span, block) else None

    def _section(self, block: Block) -> tuple[int, Spot | None]:
        """Where the section of a block begins that a line with the name of a place alone opens, and that place."""
        index = bisect_right(self._sections, block.start, key=lambda section: section[0])
        return self._sections[index - 1] if index else (-1, None)

    def _is_alone(self, span: PlaceSpan, block: Block) -> bool:
        """Whether a block holds the name of a place and no other word."""
        rest = self._folded[block.body_start : span.start] + self._folded[span.end : block.end]
        return not any(map(str.isalnum, rest))

    def _own_turns(self) -> frozenset[int]:
        level = self._default.level
        named = {span.full_name for span in self._names.spans if span.level == level and not span.anaphor}
        if len(named) < 2:
            return frozenset()
        kinds = _NEWS if self._in_turn else _ITEMS
        told = [(block.start, self._item(block)) for block in self._context.blocks if block.kind in kinds]
        own = [(start, spot) for start, spot in told if spot is not None and spot.level == level]
        several = len({spot.area for _, spot in own}) > 1
        return frozenset(start for start, _ in own) if several else frozenset()

    def _item(self, block: Block) -> Spot | None:
        """The unit that the first sentence of a block names as what all of it is about; None where it names none."""
        first = next(iter(block.sentences), None)
        if first is None or all(span.anaphor for span in self.spans_in(first.start, first.end)):
            return None
        spot = self._subject.of(first) or self._subject.of_item(block, first)
        return spot if spot is not None and spot != NOWHERE else None

    def default(self) -> tuple[RefArea, str]:
        """The place of the article as a whole."""
        return self._default.area, self._default.sub_area

    def of_kind(self, kind: str) -> RefArea:
        """The article's own unit of a type, or that of the site; no area where neither lies in one."""
        return self._reference.of_kind(kind)

    def spot_at(self, block: Block, sentence: Sentence, position: int, end: int | None = None) -> tuple[RefArea, str]:
        """The place that holds at a position of a sentence.

        Of a figure that stops at `end` it is the one that it is said to be of, where one is.
        """
        spot = (
            (self._sentence.behind(sentence, end) if end is not None else None)
            or self._sentence.before(sentence, position)
            or self._sentence.fronted(sentence, position)
            or self._of_own_body(sentence, position)
            or self._subject.of_body(sentence, position)
            or self._of_whole(block, sentence)
            or self._of_last_told(block, sentence)
            or self._of_paragraph(block, sentence)
            or self._of_headings(block)
            or self._of_turn(block, sentence, position)
            or (NOWHERE if self._is_nameless and self._of_commune(sentence, position) else self._default)
        )
        return spot.area, spot.sub_area

    def _of_commune(self, sentence: Sentence, position: int) -> bool:
        """Whether a sentence speaks of a commune, which is not named, before a position ("toàn xã có 30 hộ nghèo")."""
        spans = self.spans_in(sentence.start, position)
        return any(span.anaphor and span.level == COMMUNE and self._is_whole(span) for span in spans)

    def _is_whole(self, span: PlaceSpan) -> bool:
        """Whether a level named alone is said of all of a unit, or of the body of one."""
        before = self._folded[max(0, span.start - _BODY_REACH) : span.start]
        return span.text.lower().startswith(("toàn", "cả")) or _BODY.search(before) is not None

    def of(self, draft: Draft) -> list[tuple[RefArea, str]]:
        """The places of a figure: one, or those of a list that it is said of each of.

        None for a total of several places that the text names, or of the country.
        """
        if draft.cross is not None:
            return [(draft.cross.area, draft.cross.sub_area)]
        quantity = draft.quantity
        if draft.order is not None and (spot := self._sentence.in_order(draft.sentence, draft.order)) is not None:
            return [(spot.area, spot.sub_area)]
        each = self._sentence.each(draft.sentence, quantity, sums=draft.code not in load_variants()["means"])
        if each:
            return [(spot.area, spot.sub_area) for spot in each]
        end = None if quantity.unit == "rank" else quantity.end
        area, part = self.spot_at(draft.block, draft.sentence, quantity.start, end)
        # where no place is named at all the figure is of one that is not known
        nowhere = area == NOWHERE.area and (self._names_places or self._default != NOWHERE)
        part = part or school_of(self._names, draft.code, draft.sentence, quantity.start)
        if not part and area == self._default.area:
            part = self._school
        return [] if nowhere else [(area, part)]

    def named(self, name: str, kind: str) -> tuple[RefArea, str] | None:
        """The place that the label of a table's row names, be it without its kind; None where it names none."""
        for text in (name, f"{kind} {name}") if kind else (name,):
            spans = self._names.find(text, text)
            known = next((span for span in spans if is_known(span) or span.status == "part"), None)
            spot = self._reference.beside(known) if known is not None else None
            if spot is not None:
                return spot.area, spot.sub_area
        return None if kind else self._named_below(name)

    def _named_below(self, name: str) -> tuple[RefArea, str] | None:
        """The unit in the article's own that has a name which others have as well; None where no such is listed."""
        for kind in _BELOW.get(self._default.level, ()):
            text = f"{kind} {name}"
            span = next((span for span in self._names.find(text, text) if span.status == "resolved"), None)
            spot = self._reference.beside(span) if span is not None else None
            if spot is not None and lies_in(spot, self._default):
                return spot.area, spot.sub_area
        return None

    def holder(self, place: tuple[RefArea, str], draft: Draft) -> tuple[RefArea, str]:
        """The place of a figure, or what lies around it where it counts units of that place's own kind."""
        return holder(self._reference, place, draft, self._folded)

    def spans_in(self, start: int, end: int) -> list[PlaceSpan]:
        """Places named inside a span."""
        return self._names.between(start, end)

    def _of_paragraph(self, block: Block, sentence: Sentence) -> Spot | None:
        """The subject of the paragraph before a sentence."""
        first = self._first_figure(block)
        # what opens the paragraph ends with the sentence of its first figure
        stop = sentence.start if first is None else min(sentence.start, first + 1)
        key = (block.start, stop)
        if key not in self._openings:
            self._openings[key] = self._opening(block, stop)
        found = self._openings[key]
        if found == NOWHERE and any(s.level <= self._default.level for s in self.spans_in(stop, sentence.start)):
            # "Cả nước có ... Tỉnh A có ...": the country is told of no more
            return self._default
        return found

    def _of_own_body(self, sentence: Sentence, position: int) -> Spot | None:
        """The article's own place, where a body of its level is what a sentence is of ("Công an huyện xử lý")."""
        span = next(iter(self.spans_in(sentence.start, position)), None)
        if span is None or not span.anaphor or span.office or span.giver or span.level != self._default.level:
            return None
        return self._default if _OWN_SUBJECT.fullmatch(self._folded, sentence.start, span.start) is not None else None

    def _of_whole(self, block: Block, sentence: Sentence) -> Spot | None:
        """Where the sentence that another tells parts of is of all of a unit ("Toàn tỉnh có .... Trong đó, ...").

        In a document that tells of several the unit may be whose matter it is, too ("Doanh thu của tỉnh đạt ...").
        """
        if not self._folded.startswith(PART, sentence.start):
            return None
        index = bisect_left(block.sentences, sentence.start, key=lambda s: s.start)
        if index == 0:
            return None
        whole = block.sentences[index - 1]
        wholes = [s for s in self.spans_in(whole.start, whole.end) if s.anaphor and self._is_of_all(s, whole)]
        return self._sentence.before(whole, whole.end) if wholes else None

    def _is_of_all(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a level named alone says that its sentence is about all of a unit."""
        if span.text.lower().startswith("toàn"):
            return True
        owns = self._has_turns and self._folded.endswith(_OF, 0, span.start)
        return owns and span.level <= self._default.level and self._speech.speaks(span, sentence)

    def _of_turn(self, block: Block, sentence: Sentence, position: int) -> Spot | None:
        """The place that the paragraphs before a block are about, in a document that tells of several one by one.

        None for a figure of a sentence that speaks of what they all lie in ("của huyện").
        """
        if not self._has_turns:
            return None
        blocks = self._context.blocks
        index = bisect_right(blocks, block.start, key=lambda b: b.start) - 1
        while len(self._turns) < index:
            earlier = blocks[len(self._turns)]
            told = self._opening(earlier, earlier.end)
            settled = told is not None and (told == NOWHERE or told.area.status in {"resolved", "unlisted"})
            self._turns.append(told if settled else self._turns[-1] if self._turns else None)
        told = self._turns[index - 1] if index > 0 else None
        around = self.spans_in(sentence.start, min(position + _BODY_REACH, sentence.end))
        return None if told is not None and any(s.anaphor and s.level < told.level for s in around) else told

    def _first_figure(self, block: Block) -> int | None:
        """Where the first figure of a block begins."""
        quantities = self._context.quantities
        index = quantities.first_from(block.start)
        return quantities[index].start if index < len(quantities) and quantities[index].start < block.end else None

    def _opening(self, block: Block, stop: int) -> Spot | None:
        """The subject of a paragraph: the one that the last sentence before `stop` names near its beginning."""
        for earlier in reversed(block.sentences[: bisect_left(block.sentences, stop, key=lambda s: s.start)]):
            told = (
                self._subject.of(earlier)
                or self._subject.of_scene(block, earlier)
                or self._subject.of_item(block, earlier)
            )
            if told is not None:
                return told
        return None

    def _of_last_told(self, block: Block, sentence: Sentence) -> Spot | None:
        """The place that a paragraph has come to: back to the article's own, or to one that two sentences spoke of.

        Or to that of a body named before, which one speaks of ("Xã A có 900 hộ. Xã còn 12 hộ nghèo. Thu nhập đạt ..."),
        to one that is set apart, and to any in an article that is of no place as a whole.
        """
        if self._has_turns:
            return None
        index = bisect_left(block.sentences, sentence.start, key=lambda s: s.start)
        latest: Spot | None = None
        for earlier in reversed(block.sentences[max(0, index - _LATEST) : index]):
            if earlier.start not in self._subjects:
                self._subjects[earlier.start] = self._subject.of(earlier)
            told = self._subjects[earlier.start]
            if told is None:
                continue
            if latest is not None:
                # "Hà Nội đón ... Huế đón ... Công suất phòng đạt ...": what goes on is of the last of them
                # ... but a commune and a part of it are of no one level: "Xã xây 5 nhà. Thôn 3 góp ... Hộ nghèo ..."
                alike = told.level == latest.level and bool(told.sub_area) == bool(latest.sub_area)
                return latest if alike else None
            if self._default in {NOWHERE, told} or self._is_told_apart(earlier):
                return told
            if self._subject.of_body(earlier, earlier.end) == told:
                return told
            latest = told
        return None

    def _is_told_apart(self, sentence: Sentence) -> bool:
        """Whether a sentence sets one place apart, which goes on ("Riêng xã A, đến nay đã có ... Tổng thu đạt ...").

        Not where some of the place are its subject ("Riêng ấp A, 86 hộ đã góp ...").
        """
        span = next(iter(self.spans_in(sentence.start, sentence.end)), None)
        if span is None or _GOES_ON.match(self._folded, span.end) is None:
            return False
        return _APART.fullmatch(self._folded, sentence.start, span.start) is not None

    def _of_headings(self, block: Block) -> Spot | None:
        """The first place that the lead-in names, else the last that a heading names."""
        if block.start not in self._headings:
            self._headings[block.start] = self._heading(block)
        return self._headings[block.start]

    def _heading(self, block: Block) -> Spot | None:
        if block.lead_in is not None:
            spot = self._first_that_speaks(self.spans_in(*block.lead_in), Sentence(*block.lead_in))
            spot = spot or self._of_introduction(block.lead_in[0])
            if spot is not None:
                return spot
        opened, section = self._section(block)
        for heading in reversed(block.headings):
            if section is not None and opened >= heading[0]:
                break
            spot = self._first_that_speaks(self.spans_in(*heading)[::-1], Sentence(*heading))
            if spot is not None:
                return spot
        return section

    def _of_introduction(self, lead_in: int) -> Spot | None:
        """The area that the paragraph which ends with a lead-in says it is about ("trên địa bàn huyện ...")."""
        blocks = self._context.blocks
        block = blocks[bisect_right(blocks, lead_in, key=lambda b: b.start) - 1]
        for earlier in reversed(block.sentences):
            for span in self.spans_in(earlier.start, min(earlier.end, lead_in)):
                if self._folded.endswith(_GROUND, 0, span.start) and self._speech.speaks(span, earlier):
                    return self._reference.here(span)
        return None

    def _first_that_speaks(self, spans: list[PlaceSpan], sentence: Sentence) -> Spot | None:
        spots = (self._reference.beside(span) for span in spans if self._speech.speaks(span, sentence))
        return next((spot for spot in spots if spot is not None), None)
