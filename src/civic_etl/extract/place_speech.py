"""Whether a named place speaks: is what the figures after it are about, and not only told of by the way."""

from civic_etl.extract.layout import Sentence
from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_names import PlaceNames
from civic_etl.extract.place_spot import Spot
from civic_etl.gazetteer import PlaceSpan

_PATTERNS = patterns("places.yaml")
_COMPARED, _RANKED, _ATTRIBUTE, _WHOLE, _PLURAL, _ORGANISATION, _PERSON, _MERGED, _AMONG, _LIST_JOINT = (
    _PATTERNS[key]
    for key in (
        "compared",
        "ranked",
        "attribute",
        "whole",
        "plural",
        "organisation",
        "person",
        "merged",
        "among",
        "list_joint",
    )
)
# so much of its sentence before a place says what it is there for
_REACH = 45
_BODY_REACH = 60
_AMONG_REACH = 20
_BRACKET_LENGTH = 60


class PlaceSpeech:
    """Tells the places of one document that speak from those that do not."""

    def __init__(self, names: PlaceNames, default: Spot) -> None:
        self._names = names
        self._folded = names.folded
        self._default = default

    def speaks(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is a subject, and not a dignitary's, a plan-giver's or a thing compared with."""
        if span.giver or span.locates or self.in_brackets(span):
            return False
        if span.office and not self._is_body(span, sentence):
            return False
        before = self._folded[max(sentence.start, span.start - _REACH) : span.start]
        if span.anaphor:
            return self._anaphor_speaks(span, before)
        if _RANKED.search(before) or _COMPARED.search(before):
            return False
        return not self.listed(span, before) and _MERGED.search(before) is None

    def was_aside(self, span: PlaceSpan, sentence: Sentence, position: int) -> bool:
        """Whether a place was only told of among others, before a semicolon.

        ("trong đó xã A đạt 5 năm liền; 9/9 phường ...")
        """
        if ";" not in self._folded[span.end : position]:
            return False
        return _AMONG.search(self._folded, max(sentence.start, span.start - _AMONG_REACH), span.start) is not None

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
        for other in (*self._names.before(span, 1), *self._names.after(span)):
            first, second = (other, span) if other.start < span.start else (span, other)
            gap = self._folded[first.end : second.start]
            if first.level == second.level and not other.anaphor and _LIST_JOINT.fullmatch(gap):
                return True
        if before is None:
            before = self._folded[max(0, span.start - _REACH) : span.start]
        return _PLURAL.search(before) is not None and not span.full_name.lower().startswith(span.text.lower())

    def _is_body(self, span: PlaceSpan, sentence: Sentence) -> bool:
        """Whether a place is named with a body that is itself the subject, not with somebody's title.

        ("Đảng bộ huyện A đề ra ...")
        """
        before = self._folded[max(sentence.start, span.start - _BODY_REACH) : span.start]
        return not span.anaphor and _ORGANISATION.search(before) is not None and _PERSON.search(before) is None

    def _anaphor_speaks(self, span: PlaceSpan, before: str) -> bool:
        """A level above the article's place speaks only as a whole ("toàn tỉnh"), not as what somebody is ranked in."""
        if _RANKED.search(before) or _ATTRIBUTE.search(before):
            return False
        if span.level >= self._default.level:
            return True
        return span.text.lower().startswith(("toàn", "cả")) or _WHOLE.search(before) is not None
