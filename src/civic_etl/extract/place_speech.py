"""Whether a named place speaks: is what the figures after it are about, and not only told of by the way."""

from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_spot import Spot, in_brackets, is_list
from civic_etl.gazetteer import PlaceSpan

_PATTERNS = patterns("places.yaml")
_NOT_SPEAKING = tuple(_PATTERNS[key] for key in ("compared", "merged", "lies"))
_DESCRIBED, _BESIDE, _COUNTED_WITH = (_PATTERNS[key] for key in ("described", "beside", "counted_with"))
_LEADERS, _TELL, _NUMBERED, _OBJECT, _OF_KIND = (
    _PATTERNS[key] for key in ("leaders", "tell", "numbered", "object", "of_kind")
)
_HEAD, _SPEAKS_OF_OWN = _PATTERNS["head"], _PATTERNS["speaks_of_own"]
_RAISED, _OWN_SUBJECT, _THE_REST = (_PATTERNS[key] for key in ("raised", "own_subject", "the_rest"))
_OWNER, _STATES = _PATTERNS["owner"], _PATTERNS["states"]
_RANKED, _ATTRIBUTE, _WHOLE, _PLURAL, _ORGANISATION, _PERSON, _AMONG, _ADJUNCT, _SOURCE, _MADE_OF, _MEAN, _OF_FIGURE = (
    _PATTERNS[key]
    for key in (
        "ranked",
        "attribute",
        "whole",
        "plural",
        "organisation",
        "person",
        "among",
        "adjunct",
        "source",
        "made_of",
        "mean",
        "of_figure",
    )
)
_COUNTED_AT, _NEXT_COUNT, _JOINED_COUNT = (_PATTERNS[key] for key in ("counted_at", "next_count", "joined_count"))
# so much of its sentence before a place says what it is there for
_REACH = 45
_DESCRIBED_REACH = 90
_BODY_REACH = 60
_BRACKET_LENGTH = 60
# so far behind the beginning of a figure stands what it counts
_NOUN_REACH = 25


class PlaceSpeech:
    """Tells the places of one document that speak from those that do not."""

    def __init__(self, names: PlaceNames, default: Spot) -> None:
        self._names = names
        self._folded = names.folded
        self._default = default
        # by a place and the start of its sentence: each figure behind a place asks again
        self._known: dict[tuple[int, int, int], bool] = {}

    def speaks(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is a subject, and not a dignitary's, a plan-giver's or a thing compared with."""
        key = span.start, span.end, sentence.start
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._speaks(span, sentence)
        return known

    def _speaks(self, span: PlaceSpan, sentence: Sentence) -> bool:
        if span.giver or span.locates or span.beside or self.in_brackets(span):
            return False
        if span.office and not self._is_body(span, sentence) and not self._is_led(span, sentence):
            return False
        before = self._folded[max(sentence.start, span.start - _REACH) : span.start]
        if self.in_passing(span, sentence.start) or (span.text[:1].islower() and _NUMBERED.search(before) is not None):
            return False
        if span.anaphor:
            return self._is_of_own_body(span, sentence) or self._anaphor_speaks(span, before)
        if span.level < self._default.level and _SOURCE.search(self._folded, sentence.start, span.start):
            return False
        inside = span.level > self._default.level or span.former
        if inside and _COUNTED_WITH.match(self._folded, span.end) is not None:
            return False
        return not self.listed(span, before) and not self.is_origin(span, sentence.start)

    def in_passing(self, span: PlaceSpan, start: int) -> bool:
        """Whether the words before a place, from `start` on, say that it is only what another is measured by or of."""
        if _DESCRIBED.search(self._folded, max(start, span.start - _DESCRIBED_REACH), span.start) is not None:
            return True
        before = self._folded[max(start, span.start - _REACH) : span.start]
        if span.anaphor:
            return False
        if span.level <= self._default.level and _RANKED.search(before):
            # in what somebody is ranked; a place below the article's own is ranked itself: "thấp nhất xã Tân Lập 3%"
            return True
        return any(pattern.search(before) for pattern in _NOT_SPEAKING)

    def is_origin(self, span: PlaceSpan, start: int) -> bool:
        """Whether a place is one that a new unit was made of ("sáp nhập xã A, xã B ..."), told from `start` on."""
        return _MADE_OF.search(self._folded, start, span.start) is not None

    def is_valued(self, span: PlaceSpan, sentence: Sentence, position: int) -> bool:
        """Whether a figure says in brackets what the mean of a place is (`cao hơn mức của huyện (3%)`)."""
        return self._folded[span.end : position].strip() == "(" and self._is_mean(span, sentence)

    def _is_mean(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is told of only by its mean, with which another is compared."""
        return _MEAN.search(self._folded, max(sentence.start, span.start - _REACH), span.start) is not None

    def is_over(self, span: PlaceSpan, sentence: Sentence, position: int) -> bool:
        """Whether what was told of a place is over before a position of its sentence.

        It is with the figure that the place is the owner of ("194 ha của huyện A bị hại, nên còn 900 ha"), with what
        is told of all the others ("các xã còn lại"), with the bracket that the place stands in, and with a semicolon
        where the place was only told of among others or said where something is ("trong đó xã A đạt 5 năm liền; 9/9
        phường ...").
        """
        below = span.level > self._default.level
        if below and _THE_REST.search(self._folded, span.end, position) is not None:
            return True
        if in_brackets(self._folded, span, sentence.start):
            return self._folded.find(")", span.end, position) >= 0
        if _OF_FIGURE.search(self._folded, sentence.start, span.start) is not None:
            return True
        between = self._folded[span.end : position]
        valued = between.lstrip().startswith("(") and ")" in between
        if (valued or ";" in between) and self._is_mean(span, sentence):
            # "thấp hơn bình quân toàn tỉnh (17%); vốn huyện 20 triệu đồng"
            return True
        if below and _RAISED.search(self._folded, span.end, position + _NOUN_REACH):
            return True
        if below and _NEXT_COUNT.match(between) is not None:
            # "1 người chết tại xã A, 12 nhà bị sập": only the first is told to be there
            low = max(sentence.start, span.start - _REACH)
            if _COUNTED_AT.search(self._folded, low, span.start) is not None:
                return True
        if below and _JOINED_COUNT.match(between) is not None and self._ends_items(span, sentence):
            return True
        if ("," in between or ";" in between) and self.is_object(span, sentence):
            return True
        if ";" not in between:
            return False
        clause = self._folded.rfind(";", sentence.start, span.start) + 1 or sentence.start
        if _AMONG.search(self._folded, clause, span.start) is not None:
            return True
        first = next(iter(self._names.between(sentence.start, span.start)), None)
        return first is not None and _ADJUNCT.search(self._folded, clause, span.start) is not None

    def _ends_items(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is the last of several that stand each behind a count of its own."""
        others = [s for s in self._names.between(sentence.start, span.start) if s.level == span.level]
        last = others[-1] if others else None
        if last is None or last.anaphor or any(mark in self._folded[last.end : span.start] for mark in ".:"):
            return False
        low = self._folded.rfind(";", sentence.start, last.start) + 1 or sentence.start
        counted = any(map(str.isdigit, self._folded[max(low, last.start - _REACH) : last.start]))
        return counted and any(map(str.isdigit, self._folded[last.end : span.start]))

    def joined(self, one: PlaceSpan, other: PlaceSpan) -> bool:
        """Whether two places that follow each other are of one list ("giáp xã A, xã B có ..." are none)."""
        return one.beside == other.beside and is_list(self._folded, one, other)

    def _lists(self, one: PlaceSpan, other: PlaceSpan) -> bool:
        """Whether two places are of one list, the first not only beside the other ("cùng với xã A, xã B")."""
        if not self.joined(one, other):
            return False
        return _BESIDE.search(self._folded, max(0, one.start - _REACH), one.start) is None

    def in_brackets(self, span: PlaceSpan) -> bool:
        """Whether a place only says where the one before it lies ("xã Nghĩa Trụ (Văn Giang)")."""
        if self._folded[max(0, span.start - 1) : span.start] != "(":
            return False
        close = self._folded.find(")", span.end, span.end + _BRACKET_LENGTH)
        return close >= 0 and not any(c.isdigit() for c in self._folded[span.end : close])

    def listed(self, span: PlaceSpan, before: str | None = None) -> bool:
        """Whether a place is one of a list that figures are not told apart for ("sáp nhập 3 xã A, B và C").

        `before` are the words before it; as many as tell, where left out.
        """
        earlier, later = self._names.before(span, 1), self._names.after(span)
        if any(self._lists(other, span) for other in earlier) or any(self._lists(span, other) for other in later):
            return True
        if before is None:
            before = self._folded[max(0, span.start - _REACH) : span.start]
        if _PLURAL.search(before) is None or span.full_name.lower().startswith(span.text.lower()):
            return False
        # "các huyện: A tăng 30 ha, B tăng 20 ha": each has its own figure
        return not (later and any(map(str.isdigit, self._folded[span.end : later[0].start])))

    def _is_body(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is named with a body that is itself the subject, not with somebody's title.

        ("Đảng bộ huyện A đề ra ...")
        """
        before = self._folded[max(sentence.start, span.start - _BODY_REACH) : span.start]
        return not span.anaphor and _ORGANISATION.search(before) is not None and _PERSON.search(before) is None

    def _is_led(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether those who lead a place, no higher than the article's own, tell of it ("Lãnh đạo tỉnh A cho biết").

        Or who leads a body of one below that tells what it does ("Chủ tịch Hội Nông dân xã A cho biết: Hội có ...").
        """
        if span.anaphor or span.level < self._default.level:
            return False
        before = self._folded[max(sentence.start, span.start - _REACH) : span.start]
        if span.level > self._default.level and _SPEAKS_OF_OWN.match(self._folded, span.end, sentence.end) is not None:
            return _HEAD.search(before) is not None
        return _LEADERS.search(before) is not None and _TELL.match(self._folded, span.end, sentence.end) is not None

    def opens_item(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether an item of a list is of a body of the article's own level ("...; Đảng bộ Công an tỉnh đạt 43%")."""
        if not span.anaphor or span.office or span.giver or span.level != self._default.level:
            return False
        item = self._folded.rfind("; ", sentence.start, span.start) + 2
        return item > 1 and _OWN_SUBJECT.fullmatch(self._folded, item, span.start) is not None

    def is_object(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place below the article's own is what that one deals with ("Xây dựng xã A đạt chuẩn, ...")."""
        if span.level <= self._default.level:
            return False
        return _OBJECT.search(self._folded, max(sentence.start, span.start - _REACH), span.start) is not None

    def is_owner(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a level above the article's only owns what one clause is about ("Các nhà máy của tỉnh có ...")."""
        if not span.anaphor or span.level >= self._default.level:
            return False
        return _OWNER.search(self._folded[max(sentence.start, span.start - _REACH) : span.start]) is not None

    def _is_of_own_body(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a level below the article's is that of a body which is the subject ("Hiện Hội xã quản lý 9 tổ")."""
        if span.level <= self._default.level:
            return False
        return _OWN_SUBJECT.fullmatch(self._folded, sentence.start, span.start) is not None

    def _anaphor_speaks(self, span: PlaceSpan, before: str) -> bool:
        """A level above the article's place speaks only as a whole ("toàn tỉnh"), not as what somebody is ranked in."""
        if _RANKED.search(before) or _ATTRIBUTE.search(before):
            return False
        if span.level > self._default.level and _OF_KIND.search(before) is not None:
            return False
        if span.level >= self._default.level:
            return True
        if span.text.lower().startswith(("toàn", "cả")) or _WHOLE.search(before) is not None:
            return True
        return _OWNER.search(before) is not None and _STATES.match(self._folded, span.end) is not None
