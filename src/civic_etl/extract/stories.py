"""Figures that are no facts of a place: one family's or firm's story, a meeting, a tariff, an award."""

import re

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.reading import Draft

_DATA = read_data("stories.yaml")


def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w){item}" for item in _DATA[key]))


_PERSONAL = _pattern("personal")
_SUBJECT = re.compile(
    rf"(?:^|[,;:“”\"(]\s*|\b(?:{'|'.join(_DATA['before_subject'])}) )(?:{'|'.join(_DATA['persons'])})(?!\w)"
)
# the label of a speaker in an interview, and the words of one who is quoted
_SPEAKER = re.compile(r"(?:ông|bà|anh|chị|pv|đồng chí) [^:.,]{3,30}:|pv:")
_OFFICIAL = _pattern("official")
_CIVIC = _pattern("civic")
_AWARD = _pattern("award")
_THRESHOLD = _pattern("threshold")
_PER_ITEM = re.compile("|".join(_DATA["per_item"]))
_PROCEDURE = _pattern("procedure")
_ELECTED = _pattern("elected")
_MERGED = _pattern("merged")
_OF_UNITS = re.compile(rf"(?:{'|'.join(_DATA['of_units'])})\s*$")
# what a meeting does not have
_MEASURED = frozenset({"VND", "USD", "ha", "tonne", "km", "m", "m2", "m3", "head"})
_UNITS_OF_PLACE = frozenset({"commune", "district", "province", "residential_group"})
_NAMES = re.compile(
    r"(?: [^\W\dA-ZĐ]+){0,3}\s*:?\s*(?:gồm|là|bao gồm)?\s*:?\s*(?:(?:xã|phường|huyện|thị trấn|thôn|ấp) )?[A-ZĐÂĂÁÀÊÍÔƠÚƯÝ][^\W\d_]"
)
_CAPTION = _pattern("caption")
_PERSONAL_CODES = frozenset({"other", *_DATA["personal_codes"]})
_AWARD_CODES = frozenset({"other", *_DATA["award_codes"]})
# a document most of whose sentences with figures speak of persons tells a story as a whole
_MOSTLY = 0.34


class Stories:
    """Tells the stories of one document from its facts."""

    def __init__(self, context: Context, drafts: list[Draft]) -> None:
        self._context = context
        self._personal: dict[int, bool] = {}
        spans = {d.sentence.start: d.sentence for d in drafts}
        told = [self._is_personal(sentence) for sentence in spans.values()]
        self._all_story = len(told) >= 3 and sum(told) / len(told) >= _MOSTLY and not self._reports()

    def is_story(self, draft: Draft) -> bool:
        """Whether a figure belongs to somebody or something that is not the place."""
        folded = self._context.folded
        sentence = folded[draft.sentence.start : draft.sentence.end]
        before = folded[draft.sentence.start : draft.quantity.number_start]
        after = folded[draft.quantity.end : draft.sentence.end]
        if _CAPTION.match(sentence):
            return True
        if self._is_personal(draft.sentence) and not _CIVIC.search(before):
            return True
        if self._all_story and not _CIVIC.search(before):
            return True
        if _PERSONAL.search(before[-140:]) and draft.code in _PERSONAL_CODES:
            return True
        if _AWARD.search(before[-90:]) and draft.code in _AWARD_CODES:
            return True
        if _ELECTED.search(before[-120:]) and draft.quantity.unit in {"party_member", "person", "unit", "percent"}:
            return True
        if self._names_units(draft, before):
            return True
        if _THRESHOLD.search(before[-60:]):
            return True
        if draft.quantity.unit == "VND" and _PER_ITEM.search(folded, draft.quantity.number_end, draft.quantity.end + 12):
            return True
        if draft.code != "other" or draft.quantity.unit in _MEASURED:
            return False
        return _PROCEDURE.search(before[-40:] + ("" if draft.quantity.unit == "percent" else " " + after[:30])) is not None

    def _names_units(self, draft: Draft, before: str) -> bool:
        """Whether a count of units only introduces their names ("sáp nhập 3 xã A, B và C", "HĐND hai huyện A và B")."""
        if draft.quantity.unit not in _UNITS_OF_PLACE or draft.quantity.denominator is not None:
            return False
        if _NAMES.match(self._context.text, draft.quantity.end) is None:
            return False
        return _MERGED.search(before[-110:]) is not None or _OF_UNITS.search(before) is not None

    def _is_personal(self, sentence: Sentence) -> bool:
        """Whether a sentence has a private person as its subject."""
        known = self._personal.get(sentence.start)
        if known is None:
            text = self._context.folded[sentence.start : sentence.end]
            speaks = _SPEAKER.match(text)
            known = (
                not speaks
                and not _OFFICIAL.search(text)
                and not _CIVIC.search(text[:60])
                and _SUBJECT.search(text) is not None
            )
            self._personal[sentence.start] = known
        return known

    def _reports(self) -> bool:
        """Whether the title speaks of results or plans of a place."""
        title = self._context.document.title.lower()
        return (
            re.search(
                r"kỳ họp|đại hội|hđnd|kinh tế|tổng kết|thu ngân sách|chỉ tiêu|kế hoạch|kết quả|nghị quyết|tình hình",
                title,
            )
            is not None
        )
