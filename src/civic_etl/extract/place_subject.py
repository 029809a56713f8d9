"""The place that a sentence names as its subject, which the sentences behind it are about, too."""

import re

from civic_etl.extract.layout import Block, Sentence, has_figure
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_bodies import PlaceBodies
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_reference import PlaceReference
from civic_etl.extract.place_sentence import SentencePlace
from civic_etl.extract.place_speech import PlaceSpeech
from civic_etl.extract.place_spot import NOWHERE, Spot, in_brackets, is_known, lies_in
from civic_etl.gazetteer import PlaceSpan

_PATTERNS = patterns("places.yaml")
_ASIDE, _ADVERBIAL, _SPOKEN, _SCENE, _OPENS_AT, _VENUE_OF, _DEALT_WITH = (
    _PATTERNS[key] for key in ("aside", "adverbial", "spoken", "scene", "opens_at", "venue_of", "dealt_with")
)
# a subject stands so near the beginning of its sentence
_SUBJECT_REACH = 45
# a label that heads a sentence begins so near its beginning, and ends so
_LABEL_REACH = 6
_LABEL_END = re.compile(r"\s?:")
# what is no figure of a sentence that sets a scene ("tối 25 và ngày 26/6")
_DAY = re.compile(r"\b(?:ngày|đêm|tối|sáng|chiều|trưa|rạng sáng) \d{1,2}(?:[/.-]\d{1,4}){0,2}")


class PlaceSubjects:
    """Finds the subjects of the sentences of one document; `default` is the place of the article as a whole.

    `has_turns` is whether the document tells of several places one by one, `is_of_site` whether that one is its site's.
    """

    def __init__(
        self,
        names: PlaceNames,
        speech: PlaceSpeech,
        reference: PlaceReference,
        sentence: SentencePlace,
        default: Spot,
        *,
        has_turns: bool,
        is_of_site: bool,
    ) -> None:
        self._names = names
        self._folded = names.folded
        self._speech = speech
        self._reference = reference
        self._sentence = sentence
        self._default = default
        self._has_turns = has_turns
        self._is_of_site = is_of_site
        self._bodies = PlaceBodies(names, reference, default)

    def of(self, sentence: Sentence) -> Spot | None:
        """The place that a sentence names as its subject, near its beginning; NOWHERE where it is the country.

        Behind a label it is one inside that ("Huyện A: Nhiệm kỳ qua, xã B có ..."), where one is named.
        """
        if self._tells_parts(sentence):
            return None
        start, label = self._label(sentence)
        begins = start or self._subject_start(sentence)
        reach = min(begins + _SUBJECT_REACH, sentence.end)
        if self._sentence.is_beyond(sentence, min(reach + _SUBJECT_REACH, sentence.end)):
            return NOWHERE
        spans = self._names.between(begins, reach)
        if all(span.anaphor for span in spans):
            spans = self._names.between(start or sentence.start, reach)
        for span in spans:
            if span.former or not self._speech.speaks(span, sentence) or self._speech.is_object(span, sentence):
                continue
            if self._is_aside(span, sentence) or self._speech.is_owner(span, sentence):
                continue
            if self._is_behind_figure(span, sentence):
                continue
            if in_brackets(self._folded, span, sentence.start):
                # "3 người chết (huyện A 2 người, huyện B 1 người). Có 187 nhà bị hư hỏng"
                continue
            spot = self._reference.here(span)
            if spot is not None:
                spot = self._narrowed(spot, span, sentence)
                return spot if label is None or lies_in(spot, label) else label
        return label or self.of_body(sentence, min(reach + _SUBJECT_REACH, sentence.end))

    def of_body(self, sentence: Sentence, end: int) -> Spot | None:
        """The place of the body that a sentence calls by its kind alone, as its subject ("Trung tâm tiếp nhận ...")."""
        return self._bodies.of(sentence, end)

    def _narrowed(self, spot: Spot, span: PlaceSpan, sentence: Sentence) -> Spot:
        """The article's own place where a sentence without a figure comes to it from one around it.

        ("Mấy ngày qua huyện A có mưa to, riêng tại xã B lũ dâng cao")
        """
        own = self._default
        if span.anaphor or spot.level >= own.level or not lies_in(own, spot):
            return spot
        if has_figure(_DAY.sub(" ", self._folded[sentence.start : sentence.end])):
            return spot
        later = self._names.between(span.end, sentence.end)
        comes = any(s.full_name == own.area.name and _SCENE.search(self._folded, span.end, s.start) for s in later)
        return own if comes else spot

    def _is_aside(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is but an example, or where something is held; not where a paragraph opens with it."""
        before = self._folded[sentence.start : span.start]
        if _ASIDE.search(before) is None:
            return False
        opens = _OPENS_AT.fullmatch(self._folded, sentence.start, span.start) is not None
        if not opens or not self._folded.startswith(",", span.end):
            return True
        return _VENUE_OF.match(self._folded, span.end) is not None

    def _is_behind_figure(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a part of the article's own place is told of behind what a sentence has told of all of it.

        ("Làm 3 km đường, thôn A nhiều nhất với 1 km. Nhân dân góp ...")
        """
        if span.anaphor or span.level <= self._default.level or not self._folded.endswith(", ", 0, span.start):
            return False
        return has_figure(self._folded[sentence.start : span.start])

    def of_scene(self, block: Block, sentence: Sentence) -> Spot | None:
        """Where the first sentence of an item sets its scene ("Việc mua bán ở xã A vẫn chậm. Doanh thu đạt ...").

        In a document that tells of several, of a sentence that names no other place and has no figure of its own.
        """
        if not self._has_turns or sentence is not block.sentences[0]:
            return None
        spans = [s for s in self._names.between(sentence.start, sentence.end) if not s.locates]
        if not spans or spans[0].anaphor or any(s.full_name != spans[0].full_name for s in spans):
            return None
        span = spans[0]
        if has_figure(self._folded[span.end : sentence.end]) or not self._speech.speaks(span, sentence):
            return None
        return self._reference.here(span) if _SCENE.search(self._folded, sentence.start, span.start) else None

    def of_item(self, block: Block, sentence: Sentence) -> Spot | None:
        """The one unit that the first sentence of an item names, where it is another of the level of the article's own.

        (of several pieces of news: "* Nửa đầu năm, ngành y tế ... trên địa bàn huyện B ..."; the site of a unit of
        that level tells of itself)
        """
        if self._is_of_site or block.kind != "bullet" or sentence is not block.sentences[0]:
            return None
        spans = [s for s in self._names.between(sentence.start, sentence.end) if not s.locates]
        if not spans or spans[0].anaphor or spans[0].level != self._default.level or not is_known(spans[0]):
            return None
        told = {s.full_name for s in spans if not s.anaphor and s.level >= self._default.level}
        first = spans[0]
        if len(told) > 1 or self._default.area.name in told or not self._speech.speaks(first, sentence):
            return None
        if _DEALT_WITH.search(self._folded, sentence.start, first.start) is not None:
            return None
        if self._is_aside(first, sentence) or in_brackets(self._folded, first, sentence.start):
            return None
        return self._reference.here(first)

    def _label(self, sentence: Sentence) -> tuple[int, Spot | None]:
        """One past the place that a sentence is headed with ("Huyện A: ..."), and that place; 0 where none is."""
        span = next(iter(self._names.between(sentence.start, sentence.start + _LABEL_REACH)), None)
        if span is None or span.anaphor or span.office or span.status == "part":
            return 0, None
        headed = _LABEL_END.match(self._folded, span.end)
        if headed is None or any(map(str.isalnum, self._folded[sentence.start : span.start])):
            return 0, None
        spot = self._reference.here(span)
        return (headed.end(), spot) if spot is not None else (0, None)

    def _tells_parts(self, sentence: Sentence) -> bool:
        """Whether a sentence tells several places inside the article's own one by one: the next is of none of them."""
        if self._has_turns:
            return False
        own, told = self._default.level, set[tuple[int, str]]()
        for span in self._names.between(sentence.start, sentence.end):
            is_part = own < span.level and not span.anaphor and not span.locates
            # nor is what a unit was made of ("xã A (sáp nhập từ các xã B, C) có ...") one that it tells of
            is_part = is_part and not self._speech.is_origin(span, sentence.start)
            if is_part and (self._speech.speaks(span, sentence) or self._speech.listed(span)):
                told.add((span.level, span.full_name))
        return len(told) > 1 and len({level for level, _ in told}) == 1

    def _subject_start(self, sentence: Sentence) -> int:
        """Where the subject of a sentence may begin: behind who tells it.

        In a document that tells of several it may stand behind what says when, too.
        """
        spoken = _SPOKEN.match(self._folded, sentence.start, sentence.end)
        start = spoken.end() if spoken is not None else sentence.start
        opened = None
        if self._has_turns or spoken is not None:
            opened = _ADVERBIAL.match(self._folded, start, sentence.end)
        return opened.end() if opened is not None else start
