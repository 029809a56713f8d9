"""The place that a figure's own sentence gives it: the one right behind it, else the last one named before it."""

import re

from civic_etl.extract.brackets import closed_opening
from civic_etl.extract.drafts import Order
from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_reference import PlaceReference
from civic_etl.extract.place_speech import PlaceSpeech
from civic_etl.extract.place_spot import COMMUNE_TYPES, NOWHERE, Spot, lies_in
from civic_etl.extract.quantities import Quantity
from civic_etl.gazetteer import PlaceSpan

_PATTERNS = patterns("places.yaml")
_WHOLE_BEHIND, _SAID_OF, _COUNTED_IN, _EACH, _SCORED, _NAMED_BEYOND, _SAID_BEYOND = (
    _PATTERNS[key] for key in ("whole_behind", "said_of", "counted_in", "each", "scored", "beyond", "said_beyond")
)
_BEYOND = re.compile(f"(?:{_NAMED_BEYOND.pattern}){_SAID_BEYOND.pattern}")
_COUNTRY_VALUED = _PATTERNS["country_valued"]
# each of them has one of these
_BEYOND_WORDS = ("nước", "quốc", "vùng", "tỉnh")
# "02 hộ (Gia Thuận)"
_IN_BRACKETS = re.compile(r"(?: [^\W\d_]+){0,3} ?\(")
_FIGURE_FOLLOWS = re.compile(r"\s\d")
_NEVER_SUMS = frozenset({"criterion", "percent"})
_COUNTED_BEFORE = _PATTERNS["counted_before"]
_COUNT_REACH = 25
_GROUND = "trên địa bàn "
_BESIDE_FIGURE, _PARTS_OF, _SHARE_OF = (_PATTERNS[key] for key in ("beside_figure", "parts_of", "share_of"))
_FRONTED, _FRONTS, _IS_A, _LIES_TO = (_PATTERNS[key] for key in ("fronted", "fronts", "is_a", "lies_to"))
# a subject stands so near behind its figure
_REACH = 45
_FRONTED_REACH = 90
# a sentence says so soon what a place is of another
_TOLD_REACH = 200


class SentencePlace:
    """Finds the places that the sentences of one document give to their figures."""

    def __init__(self, names: PlaceNames, speech: PlaceSpeech, reference: PlaceReference) -> None:
        self._names = names
        self._folded = names.folded
        self._speech = speech
        self._reference = reference

    def before(self, sentence: Sentence, position: int) -> Spot | None:
        """The last place named before a position; a part of a commune keeps the commune named before it.

        NOWHERE where the country or several provinces are named last.
        """
        if self._is_of_the_country(sentence, position):
            return NOWHERE
        beyond = self.beyond(sentence.start, position)
        for span in reversed(self._names.between(sentence.start, position)):
            if span.start < beyond:
                break
            if self._speech.is_valued(span, sentence, position):
                return self._reference.of_level(span.level) if span.anaphor else self._reference.here(span)
            if self._speech.opens_item(span, sentence):
                return self._reference.of_level(span.level)
            if not self._speech.speaks(span, sentence) or self._speech.is_over(span, sentence, position):
                continue
            if self._is_told_in(span, sentence):
                continue
            spot = self._reference.here(span)
            if spot is not None:
                return spot
        return NOWHERE if beyond >= 0 else None

    def fronted(self, sentence: Sentence, position: int) -> Spot | None:
        """The subject behind an adverbial that tells a figure ("Với năng suất 55 tạ/ha, huyện A dẫn đầu toàn tỉnh")."""
        if _FRONTED.fullmatch(self._folded, sentence.start, position) is None:
            return None
        span = next(iter(self._names.between(position, min(position + _FRONTED_REACH, sentence.end))), None)
        if span is None or span.anaphor or not self._folded.endswith(", ", position, span.start):
            return None
        if _FRONTS.match(self._folded, span.end, sentence.end) is None or not self._speech.speaks(span, sentence):
            return None
        return self._reference.here(span)

    def _is_of_the_country(self, sentence: Sentence, position: int) -> bool:
        """Whether a figure says in brackets what all the country has ("thấp hơn cả nước (5%)")."""
        return _COUNTRY_VALUED.search(self._folded, max(sentence.start, position - _REACH), position) is not None

    def beyond(self, start: int, end: int) -> int:
        """Where a span begins to tell of the country, or of several provinces together; -1 where it does not."""
        if all(self._folded.find(word, start, end) < 0 for word in _BEYOND_WORDS):
            return -1
        told = (found.start() for found in _BEYOND.finditer(self._folded, start, end))
        return max((at for at in told if closed_opening(self._folded, at, start, end) < 0), default=-1)

    def is_beyond(self, sentence: Sentence, end: int) -> bool:
        """Whether a sentence tells, before a position, of the country, and of no place after that."""
        beyond = self.beyond(sentence.start, end)
        if beyond < 0:
            return False
        return not any(self._speech.speaks(span, sentence) for span in self._names.between(beyond, sentence.end))

    def behind(self, sentence: Sentence, end: int) -> Spot | None:
        """The place that a figure is said to be of, right behind it ("194 ha của huyện An Biên")."""
        beside = _BESIDE_FIGURE.match(self._folded, end, sentence.end)
        end = beside.end("figure") if beside is not None else end
        span = next(iter(self._names.between(end, min(end + _REACH, sentence.end))), None)
        if span is None:
            return None
        gap = self._folded[end : span.start]
        if span.anaphor and "toàn" in gap + span.text.lower() and _WHOLE_BEHIND.fullmatch(gap):
            # "chiếm 62% toàn tỉnh" is told of the part
            part = _SHARE_OF.search(self._folded, max(sentence.start, end - _REACH), end) is not None
            return None if part else self._reference.here(span)
        if span.anaphor or span.giver or span.locates or span.former or self._is_told_in(span, sentence):
            return None
        typed = span.text.lower().startswith(COMMUNE_TYPES)
        if (
            _SAID_OF.fullmatch(gap) is None
            and not (_IN_BRACKETS.fullmatch(gap) is not None and self._folded.startswith(")", span.end))
            and not (typed and _COUNTED_IN.fullmatch(gap) is not None)
            and not (typed and self._is_of_parts(sentence, end, gap))
        ):
            return None
        if "các " in gap and self._folded.startswith(":", span.end):
            # "sập 13 căn tại các xã A: 7 căn, B: 4 căn"
            return None
        if _LIES_TO.search(gap) is not None:
            # "cách trung tâm huyện 19 km về phía bắc của huyện A" is told of what lies there
            return None
        if gap in {" ", ", "} and _FIGURE_FOLLOWS.match(self._folded, span.end) is not None:
            # rows without an end: "Cần Thơ 73% 36% Sóc Trăng 92%"
            return None
        if self._holds_part(sentence, end, span):
            return None
        return None if self._speech.listed(span, gap) else self._reference.here(span)

    def _holds_part(self, sentence: Sentence, end: int, span: PlaceSpan) -> bool:
        """Whether a place is only the whole of a share, and one that lies in it is named before.

        ("Xã A rộng 700 ha, chiếm 12% đất của huyện B")
        """
        if _SHARE_OF.search(self._folded, max(sentence.start, end - _REACH), end) is None:
            return False
        whole = self._reference.here(span)
        named = (self._reference.here(other) for other in self._names.between(sentence.start, end) if not other.locates)
        return whole is not None and any(spot is not None and lies_in(spot, whole) for spot in named)

    def _is_told_in(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is only what another lies in of which its sentence says what it is.

        ("A là huyện có 30% dân số của tỉnh B")
        """
        if span.start - sentence.start > _TOLD_REACH:
            return False
        first = next(iter(self._names.between(sentence.start, span.start)), None)
        if first is None or first.anaphor or first.level <= span.level:
            return False
        return _IS_A.match(self._folded, first.end) is not None

    def _is_of_parts(self, sentence: Sentence, end: int, gap: str) -> bool:
        """Whether an item opens with a count of parts of the commune that is named behind a comma."""
        start = self._folded.rfind(";", sentence.start, end) + 1 or sentence.start
        return gap == ", " and _PARTS_OF.fullmatch(self._folded, start, end) is not None

    def each(self, sentence: Sentence, quantity: Quantity, *, sums: bool) -> list[Spot]:
        """The places of a list right before a figure that is said of each of them ("xã A, xã B đều đạt 19 tiêu chí").

        Empty where the figure is of one place; what `sums` up may be of all of them together.
        """
        spans: list[PlaceSpan] = []
        for span in reversed(self._names.between(sentence.start, quantity.start)):
            if spans and not self._speech.joined(span, spans[-1]):
                break
            if span.anaphor or span.locates or (spans and self._is_ground(span, spans[-1])):
                break
            spans.append(span)
        if not spans or (len(spans) < 2 and not self._counted(spans[0], sentence)):
            return []
        # a score out of one whole is never a sum, nor is a rate
        told = _EACH if sums and quantity.unit not in _NEVER_SUMS else _SCORED
        if told.fullmatch(self._folded, spans[0].end, quantity.start) is None:
            return []
        spots = [self._reference.here(span) for span in reversed(spans)]
        return [spot for spot in spots if spot is not None]

    def _is_ground(self, span: PlaceSpan, listed: PlaceSpan) -> bool:
        """Whether a place is only where those of a list behind it lie ("trên địa bàn xã A, các xã B, C (cũ) ...")."""
        several = self._folded[span.end : listed.start].strip(" ,").startswith("các")
        return several and self._folded.endswith(_GROUND, 0, span.start)

    def in_order(self, sentence: Sentence, order: Order) -> Spot | None:
        """The place of a figure told in the order of a list of as many ("xã A, xã B và xã C lần lượt đạt 3, 4, 5%")."""
        run: list[PlaceSpan] = []
        for span in reversed(self._names.between(sentence.start, order.cue)):
            if span.anaphor or span.locates:
                continue
            if run and not self._speech.joined(span, run[-1]):
                if len(run) == order.count:
                    break
                run = []
            run.append(span)
        return self._reference.here(run[-1 - order.rank]) if len(run) == order.count else None

    def _counted(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a bracket names the one unit that is counted before it ("1 xã (Tân Lập) đạt 19 tiêu chí")."""
        before = max(sentence.start, span.start - _COUNT_REACH)
        return _COUNTED_BEFORE.search(self._folded, before, span.start) is not None
