"""Figures that are no facts of a place: one family's or firm's story, a meeting, a tariff, an award."""

import re
from bisect import bisect_left

from civic_etl.extract.attendance import came_to_event, of_several
from civic_etl.extract.bounds import is_bound
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.layout import Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled
from civic_etl.pattern import Pattern

_DATA = read_data("stories.yaml")


def _pattern(key: str) -> Pattern:
    # one look behind for all of them lets the search pass over the insides of words
    return Pattern(rf"(?<!\w)(?:{'|'.join(_DATA[key])})")


_PERSONAL = _pattern("personal")
_SUBJECT = re.compile(
    rf"(?:^|[,;:“”\"(]\s*|\d{{4}} |\b(?:{'|'.join(_DATA['before_subject'])}) )(?:{'|'.join(_DATA['persons'])})(?!\w)"
)
# the label of a speaker in an interview, and the words of one who is quoted
_SPEAKER = re.compile(r"(?:ông|bà|anh|chị|pv|đồng chí) [^:.,]{3,30}:|pv:")
_OFFICIAL = _pattern("official")
_CIVIC = _pattern("civic")
_AWARD = _pattern("award")
_AT_MEETING = _pattern("at_meeting")
_MEDALS = _pattern("medals")
_MEDAL_REACH = 40
_THRESHOLD = _pattern("threshold")
_GRANTED, _POVERTY_LINE = _pattern("granted"), _pattern("poverty_line")
_PER_ITEM = re.compile("|".join(_DATA["per_item"]))
_PROCEDURE = _pattern("procedure")
_ELECTED = _pattern("elected")
_VOTES = re.compile(_DATA["votes"])
_ATTENDS, _REPRESENTS = _pattern("attends"), _pattern("represents")
# counts by a bare noun: of who came as well as of who there are
_BARE = frozenset({"unit-noun", "right", "part", "unlinked"})
_MERGED = _pattern("merged")
_OF_UNITS = re.compile(rf"(?:{'|'.join(_DATA['of_units'])})\s*$")
_MADE_REACH = 40
# those who came to speak for others ("150 đảng viên tiêu biểu đại diện cho 452 đảng viên")
_SPEAKS_FOR = re.compile(r"\s*(?:[^\W\d_]+ ){0,3}(?:đại diện|thay mặt) (?:cho|của|hơn|trên|gần|\d)")
_SPOKEN_FOR = Pattern(rf"(?:{'|'.join(_DATA['spoken_for'])})\s*$")
# what a meeting does not have
_MEASURED = frozenset({"VND", "USD", "ha", "tonne", "km", "m", "m2", "m3", "head"})
_VOTED = frozenset({"party_member", "person", "unit", "percent"})
_UNITS_OF_PLACE = frozenset({"commune", "district", "province", "residential_group"})
_NAMES = re.compile(_DATA["names_behind"])
_PEOPLE = frozenset({"person", "party_member"})
_PERSON_NAMES = re.compile(_DATA["person_names_behind"])
_REPORT = re.compile("|".join(_DATA["report_title"]))
_CAPTION = _pattern("caption")
_PERSONAL_CODES = frozenset({"other", *_DATA["personal_codes"]})
_OF_FARMS = frozenset({"other", *_DATA["farm_codes"]})
_ONE_CASE, _MEDAL_BEHIND, _OF_ALL, _DISCOUNT = (
    compiled("stories.yaml", key) for key in ("one_case", "medal_behind", "of_all", "discount")
)
_HARMED = frozenset({"other", "traffic_deaths", "traffic_injuries", "fires"})
_ENDS_STORY, _SPEAKS = _pattern("ends_story"), _pattern("speaks")
# what a place gives is a fact of it, but for what its guests bring to a meeting
_GIFTS = frozenset({"gifts_given", "gift_value"})
_AWARD_CODES = frozenset({"other", *_DATA["award_codes"]})
# no rule grants one person so many đồng
_SUM = 200_000_000
# a document most of whose sentences with figures speak of persons tells a story as a whole
_MOSTLY = 0.34
# a story goes on for so many sentences at most
_GOES_ON = 4


class Stories:
    """Tells the stories of one document from its facts."""

    def __init__(self, context: Context, drafts: list[Draft]) -> None:
        self._context = context
        # by the start of a sentence: whether it is of a private person, of others or a place, of a meeting at all
        self._personal: dict[int, bool] = {}
        self._turned: dict[int, bool] = {}
        self._attended: dict[int, bool] = {}
        spans = {d.sentence.start: d.sentence for d in drafts}
        told = [self._is_personal(sentence) for sentence in spans.values()]
        self._all_story = len(told) >= 3 and sum(told) / len(told) >= _MOSTLY and not self._reports()

    def is_story(self, draft: Draft) -> bool:
        """Whether a figure belongs to somebody or something that is not the place."""
        folded, quantity = self._context.folded, draft.quantity
        before = folded[draft.sentence.start : quantity.number_start]
        if _CAPTION.match(folded[draft.sentence.start : draft.sentence.end]) or self._is_private(draft, before):
            return True
        if _is_award(draft, before) or self._names_units(draft, before) or _THRESHOLD.search(before[-60:]):
            return True
        if is_bound(quantity, before, folded) or self._is_of_one_day(draft, before):
            return True
        if quantity.unit == "VND" and quantity.value < _SUM and _GRANTED.first_in(before[-60:]):
            return True
        if quantity.unit == "VND" and "/người" in quantity.per and _POVERTY_LINE.search(before[-60:]):
            return True
        if quantity.unit == "VND" and _PER_ITEM.search(folded, quantity.number_end, quantity.end + 12):
            return True
        if _SPOKEN_FOR.first_in(before):
            return False
        if self._names_persons(draft) or came_to_event(draft, before, folded):
            return True
        if draft.rules[0] in _BARE and self._attends(draft.sentence, before):
            return True
        if quantity.unit in _VOTED and _SPEAKS_FOR.match(folded, quantity.end) is not None:
            return True
        if draft.code != "other" or quantity.unit in _MEASURED:
            return False
        behind = folded[quantity.end : draft.sentence.end]
        if quantity.unit == "percent":
            return (_VOTES.match(behind) or _PROCEDURE.search(before[-40:])) is not None
        return not of_several(before) and _PROCEDURE.search(before[-40:] + " " + behind[:30]) is not None

    def _is_of_one_day(self, draft: Draft, before: str) -> bool:
        """Whether a figure is of one accident, one ceremony or one fee."""
        folded, quantity = self._context.folded, draft.quantity
        if quantity.unit == "percent":
            return before.endswith("giảm ") and _DISCOUNT.match(folded, quantity.end) is not None
        if quantity.unit not in _PEOPLE or draft.period is None or draft.period.start != draft.period.end:
            return False
        if draft.code in _HARMED and _ONE_CASE.search(before[-160:]) is not None:
            return True
        told_of_all = _OF_ALL.search(before) is not None
        return not told_of_all and draft.code in _AWARD_CODES and _MEDAL_BEHIND.match(folded, quantity.end) is not None

    def is_made_of(self, draft: Draft) -> bool:
        """Whether a count tells of how many units another one was made ("xã mới được hợp nhất từ 3 xã")."""
        near = self._context.folded[max(draft.sentence.start, draft.quantity.start - _MADE_REACH) : draft.quantity.end]
        return _MERGED.first_in(near) is not None

    def _is_private(self, draft: Draft, before: str) -> bool:
        """Whether a figure is a private person's: by its sentence, its document or the words before it."""
        told = self._is_personal(draft.sentence) or self._all_story
        if told and not _CIVIC.search(before):
            return True
        if draft.code in _OF_FARMS and self._goes_on(draft):
            return True
        return draft.code in _PERSONAL_CODES and _PERSONAL.search(before[-140:]) is not None

    def _names_persons(self, draft: Draft) -> bool:
        """Whether a count of persons only introduces their names ("Chủ tọa là hai đồng chí Lê Văn Tám và ...")."""
        if draft.quantity.unit not in _PEOPLE or draft.quantity.denominator is not None:
            return False
        return _PERSON_NAMES.match(self._context.text, draft.quantity.end) is not None

    def _names_units(self, draft: Draft, before: str) -> bool:
        """Whether a count of units only introduces their names ("sáp nhập 3 xã A, B và C", "HĐND hai huyện A và B")."""
        if draft.quantity.unit not in _UNITS_OF_PLACE or draft.quantity.denominator is not None:
            return False
        if _NAMES.match(self._context.text, draft.quantity.end) is None:
            return False
        return _MERGED.first_in(before[-110:]) is not None or _OF_UNITS.search(before) is not None

    def _attends(self, sentence: Sentence, before: str) -> bool:
        """Whether a figure behind these words of its sentence tells who came to a meeting."""
        known = self._attended.get(sentence.start)
        if known is None:
            known = _ATTENDS.search(self._context.folded[sentence.start : sentence.end]) is not None
            self._attended[sentence.start] = known
        attends = _ATTENDS.search(before) if known else None
        return attends is not None and not _REPRESENTS.search(before, attends.end())

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

    def _goes_on(self, draft: Draft) -> bool:
        """Whether the sentences before told of a person, and none since, nor this one, of anybody or any place else."""
        sentences = draft.block.sentences
        if draft.sentence not in sentences:
            return False
        last = sentences.index(draft.sentence)
        for index in range(last, max(last - _GOES_ON, 0), -1):
            if self._turns_away(sentences[index]):
                return False
            before = sentences[index - 1]
            if self._is_personal(before):
                return _SPEAKS.search(self._context.folded, before.start, before.end) is None
        return False

    def _turns_away(self, sentence: Sentence) -> bool:
        """Whether a sentence names a place, an office or others than the person of the story."""
        known = self._turned.get(sentence.start)
        if known is None:
            known = self._turned[sentence.start] = self._speaks_of_others(sentence)
        return known

    def _speaks_of_others(self, sentence: Sentence) -> bool:
        folded, names = self._context.folded, self._context.names
        first = bisect_left(names, (sentence.start, 0))
        if first < len(names) and names[first][0] < sentence.end:
            return True
        text = folded[sentence.start : sentence.end]
        return any(pattern.search(text) is not None for pattern in (_ENDS_STORY, _CIVIC, _OFFICIAL))

    def _reports(self) -> bool:
        """Whether the title speaks of results or plans of a place."""
        return _REPORT.search(self._context.document.title.lower()) is not None


def _is_award(draft: Draft, before: str) -> bool:
    """Whether a figure tells of an award or of votes."""
    # a party's medals, and what a place gives, are facts of a year unless a meeting is told of
    award = _AT_MEETING if draft.code in _GIFTS or _MEDALS.first_in(before[-_MEDAL_REACH:]) else _AWARD
    if draft.code in _AWARD_CODES and award.search(before[-90:].rpartition(";")[2]):
        return True
    if draft.code in _AWARD_CODES and _MEDALS.first_in(before) and _AT_MEETING.match(before):
        return True
    return draft.quantity.unit in _VOTED and _ELECTED.search(before[-120:]) is not None
