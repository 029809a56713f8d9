"""Figures that are no facts of a place: one family's or firm's story, a meeting, a tariff, an award."""

import re
from bisect import bisect_left

from civic_etl.extract.attendance import came_to_event, of_several
from civic_etl.extract.bounds import is_bound
from civic_etl.extract.code_units import GIFTS, RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.layout import Sentence
from civic_etl.extract.named_counts import BARE, PEOPLE, names_persons, names_units
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.story_titles import gives_medals, is_of_other, is_of_person, reports
from civic_etl.extract.story_words import DATA, SUBJECT, pattern, words
from civic_etl.pattern import Pattern

_PERSONAL, _OF_WHOLE = words("personal"), words("of_whole")
# so far before a figure its paragraph may have turned from a story to the place
_TURN_REACH = 400
# the label of a speaker in an interview, and the words of one who is quoted
_SPEAKER = re.compile(r"(?:ông|bà|anh|chị|pv|đồng chí) [^:.,]{3,30}:|pv:")
_SAYS_MORE, _SPOKE_REACH = pattern("says_more"), 250
_QUOTE, _SAID_BY, _SPEAKER_REACH = pattern("quote"), pattern("said_by"), 120
_OFFICIAL = words("official")
_CIVIC = words("civic")
_AWARD = words("award")
_AT_MEETING, _GIVEN_AT = words("on_occasion", "given_at"), words("given_at")
_MEDALS = words("medals")
_MEDAL_REACH = 40
_THRESHOLD, _OF_SEVERAL, _TARIFF = words("threshold"), words("of_several"), words("tariff")
# what is more than several units have may be what they have together
_AT_LEAST = ("trên", "hơn")
_OF_EACH = frozenset({"criterion", "point", *RATES})
_FORECAST = words("forecast")
_MUST, _AIMED = pattern("must"), pattern("aimed")
# what a rule sets for all
_SET = frozenset({"VND", "USD", "times", "unit", "", *RATES})
_GRANTED, _POVERTY_LINE = words("granted"), words("poverty_line")
_PER_ITEM, _MEAN_PER_ITEM = re.compile("|".join(DATA["per_item"])), pattern("mean_per_item")
_PROCEDURE = words("procedure")
# how far before a figure a meeting may be spoken of, and before that what its word is of ("chỉ tiêu nghị quyết")
_PROCEDURE_REACH, _SAYS_WHAT = 40, 12
_ELECTED = words("elected")
_VOTES, _VOTED_FOR = re.compile(DATA["votes"]), re.compile(DATA["voted_for"])
_ATTENDS, _REPRESENTS, _SENT_BY = words("attends"), words("represents"), pattern("sent_by")
_TOOK_PART, _GONE_ON = words("took_part"), pattern("gone_on")
# those who came to speak for others ("150 đảng viên tiêu biểu đại diện cho 452 đảng viên")
_SPEAKS_FOR = re.compile(r"\s*(?:[^\W\d_]+ ){0,3}(?:đại diện|thay mặt) (?:cho|của|hơn|trên|gần|\d)")
_FACTOR = Pattern(rf"(?:{'|'.join(DATA['factor'])})\s*$")
_SPOKEN_FOR = Pattern(rf"(?:{'|'.join(DATA['spoken_for'])})\s*$")
# what a meeting does not have
_MEASURED = frozenset({"VND", "USD", "ha", "tonne", "km", "m", "m2", "m3", "head"})
_LENGTHS = frozenset({"km", "m"})
_VOTED, _VOTED_REACH = frozenset({"party_member", "person", "unit", "percent"}), 40
_CAPTION = words("caption")
_PERSONAL_CODES = frozenset({"other", *DATA["personal_codes"]})
_OF_FARMS = frozenset({"other", *DATA["farm_codes"]})
# so much behind a figure tells of it, and not of the next
_BEHIND = re.compile(r"[^\d]{0,30}")
_ONE_CASE, _MEDAL_BEHIND, _OF_ALL, _DISCOUNT, _SUBSIDY, _FINED, _WAGES = (
    pattern(key) for key in ("one_case", "medal_behind", "of_all", "discount", "subsidy", "fined", "wages")
)
_TRAVELLED, _PLAN_BEHIND = pattern("travelled"), pattern("plan_behind")
_TERM_TOLD, _UNITS_DO = pattern("term_told"), pattern("units_do")
_UNITS = frozenset({"commune", "district"})
_HARMED = frozenset({"other", "traffic_deaths", "traffic_injuries", "fires"})
_ENDS_STORY, _SPEAKS, _JUDGES = words("ends_story"), words("speaks"), pattern("judges")
_FAMILY_AGAIN = pattern("family_again")
# what a place gives is a fact of it, but for what its guests bring to a meeting
_PER_GIFT = ("/suất", "/phần")
_AWARD_CODES = frozenset({"other", *DATA["award_codes"]})
# no rule grants one person so many đồng
_SUM = 200_000_000
_ONE_FARM, _OF_ONE_FARM, _HIGHWAY = (pattern(key) for key in ("one_farm", "of_one_farm", "highway"))
# what a highway is told by
_OF_ROADS = frozenset({"other", "construction_investment", "road_built_length"})
# a document most of whose sentences with figures speak of persons tells a story as a whole
_MOSTLY = 0.34
# ... or some, where its title names one
_SOME = 0.15
# so many indicators are told of a place
_RICH = 8
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
        # by the start of a block: what private persons are quoted with in it
        self._quoted: dict[int, list[tuple[int, int]]] = {}
        spans = {d.sentence.start: d.sentence for d in drafts}
        told = [self._is_personal(sentence) for sentence in spans.values()]
        title = context.document.title.lower()
        least = _SOME if is_of_person(title) else _MOSTLY
        of_person = len(told) >= 3 and sum(told) / len(told) >= least
        # one accident or one bridge has no figures of so many indicators, whatever the title makes of the text
        told_of = {d.code for d in drafts} - {"other"}
        of_other = len(told_of) < _RICH and is_of_other(title)
        self._all_story = (of_person or of_other) and not reports(title)
        self._gives_medals = gives_medals(title)

    def is_story(self, draft: Draft) -> bool:
        """Whether a figure belongs to somebody or something that is not the place."""
        if draft.cross is not None:
            # a row of places tells of none
            return False
        folded, quantity = self._context.folded, draft.quantity
        before = folded[draft.sentence.start : quantity.number_start]
        if quantity.unit == "times" and _FACTOR.first_in(before):
            return False
        if _CAPTION.match(folded[draft.sentence.start : draft.sentence.end]) or self._is_private(draft, before):
            return True
        if _is_award(draft, before) or names_units(self._context, draft, before) or _THRESHOLD.search(before[-60:]):
            return True
        if _OF_SEVERAL.search(before[-60:]) and not (_is_amount(quantity) and before.rstrip().endswith(_AT_LEAST)):
            return True
        if _MUST.search(before[-60:]) and not _AIMED.search(before):
            return True
        if quantity.unit in _SET and (_TARIFF.search(before[-60:]) or _FORECAST.search(before)):
            return True
        if is_bound(quantity, before, folded) or self._is_of_one_day(draft, before):
            return True
        if self._is_of_one_farm(draft, before) or self._is_of_highway(draft) or self._is_way(quantity, before):
            return True
        if quantity.unit == "VND" and quantity.value < _SUM and _GRANTED.first_in(before[-60:]):
            return True
        if quantity.unit == "VND" and "/người" in quantity.per and _POVERTY_LINE.search(before[-60:]):
            return True
        if quantity.unit == "VND" and quantity.upper is not None and _FINED.search(before) is not None:
            return True
        if quantity.unit == "times" and _WAGES.match(folded, quantity.end) is not None:
            return True
        if self._gives_medals and quantity.unit in PEOPLE and self._speaks_of_medals(draft):
            return True
        if quantity.unit == "VND" and _PER_ITEM.search(folded, quantity.number_end, quantity.end + 12):
            return _MEAN_PER_ITEM.search(before) is None
        if _SPOKEN_FOR.first_in(before):
            return False
        if names_persons(self._context, draft) or came_to_event(draft, before, folded):
            return True
        if (draft.rules[0] in BARE or quantity.unit in PEOPLE) and self._attends(draft.sentence, before):
            return True
        if quantity.unit in _VOTED and _SPEAKS_FOR.match(folded, quantity.end) is not None:
            return True
        if draft.code != "other" or quantity.unit in _MEASURED:
            return False
        if quantity.unit in _UNITS and _TERM_TOLD.search(before) and _UNITS_DO.match(folded, quantity.end) is not None:
            # "Trong nhiệm kỳ, 3 xã đã tập trung lãnh đạo": those that the text is about
            return True
        behind = folded[quantity.end : draft.sentence.end]
        if quantity.unit == "percent":
            voted = _VOTES.match(behind) is not None or _VOTED_FOR.search(before[-_VOTED_REACH:]) is not None
            return voted or _tells_procedure(before, "")
        low = before.rfind(";") + 1
        return not of_several(before) and _tells_procedure(before[low:], _own(behind))

    def _is_of_one_day(self, draft: Draft, before: str) -> bool:
        """Whether a figure is of one accident, one ceremony or one fee."""
        folded, quantity = self._context.folded, draft.quantity
        if quantity.unit == "percent":
            rule = _DISCOUNT if before.endswith("giảm ") else _SUBSIDY if before.endswith("hỗ trợ ") else None
            return rule is not None and rule.match(folded, quantity.end) is not None
        if quantity.unit not in PEOPLE or draft.period is None or not draft.period.is_day:
            return False
        if draft.code in _HARMED and _ONE_CASE.search(before[-160:]) is not None:
            return True
        told_of_all = _OF_ALL.search(before) is not None
        return not told_of_all and draft.code in _AWARD_CODES and _MEDAL_BEHIND.match(folded, quantity.end) is not None

    def _is_way(self, quantity: Quantity, before: str) -> bool:
        """Whether a length is the way that somebody went ("vượt hơn 60 km đường đèo, chúng tôi đến xã")."""
        if quantity.unit not in _LENGTHS or _TRAVELLED.search(before[-40:]) is None:
            return False
        return _PLAN_BEHIND.match(self._context.folded, quantity.end) is None

    def _is_of_one_farm(self, draft: Draft, before: str) -> bool:
        """Whether animals are counted of one farm ("dịch vào một trại quy mô 300 con", "đàn lợn 9 con của một hộ")."""
        if draft.quantity.unit != "head":
            return False
        behind = self._context.folded[draft.quantity.end : draft.sentence.end]
        return _ONE_FARM.search(before) is not None or _OF_ONE_FARM.match(behind) is not None

    def _is_of_highway(self, draft: Draft) -> bool:
        """Whether a sentence describes a road that runs beyond the place ("Cao tốc A - B dài 90 km, tổng vốn ...")."""
        start = draft.sentence.start
        described = _HIGHWAY.match(self._context.folded, start, draft.sentence.end)
        return described is not None and draft.code in _OF_ROADS

    def _is_private(self, draft: Draft, before: str) -> bool:
        """Whether a figure is a private person's: by its sentence, its document or the words before it."""
        if self._is_quoted(draft) and not _CIVIC.search(before):
            return True
        told = self._is_personal(draft.sentence) or self._all_story
        if told and not (self._is_of_place(draft) if self._all_story else _CIVIC.search(before)):
            return True
        if draft.code in _OF_FARMS and self._goes_on(draft):
            return True
        return draft.code in _PERSONAL_CODES and _PERSONAL.search(before[-140:]) is not None

    def _is_quoted(self, draft: Draft) -> bool:
        """Whether a figure is in what one is quoted with who is told by age or home, and speaks for no place."""
        block, folded = draft.block, self._context.folded
        if block.start not in self._quoted:
            spans = (match.span() for match in _QUOTE.finditer(folded, block.start, block.end))
            self._quoted[block.start] = [span for span in spans if self._speaks_for_self(span[1])]
        return any(start < draft.quantity.start < end for start, end in self._quoted[block.start])

    def _speaks_for_self(self, end: int) -> bool:
        """Whether who said what ends there has an age or a home, and no office."""
        said = _SAID_BY.match(self._context.folded, end)
        return said is not None and _OFFICIAL.search(self._context.folded[end : said.end() + _SPEAKER_REACH]) is None

    def _is_of_place(self, draft: Draft) -> bool:
        """Whether a figure in a text that is a story as a whole is told of the place: its paragraph turned to that."""
        low = max(draft.block.start, draft.quantity.start - _TURN_REACH)
        return _OF_WHOLE.first_in(self._context.folded[low : draft.quantity.number_start]) is not None

    def _attends(self, sentence: Sentence, before: str) -> bool:
        """Whether a figure behind these words of its sentence tells who came to a meeting."""
        known = self._attended.get(sentence.start)
        if known is None:
            text = self._context.folded[sentence.start : sentence.end]
            known = _ATTENDS.search(text) is not None or _TOOK_PART.search(text) is not None
            self._attended[sentence.start] = known
        if not known:
            return False
        took_part = _TOOK_PART.search(before)
        if took_part is not None and _GONE_ON.search(before, took_part.end()) is None:
            return _REPRESENTS.search(before, took_part.end()) is None
        attends = _ATTENDS.search(before)
        if attends is None or _REPRESENTS.search(before, attends.end()):
            return False
        # "248 đại biểu của 46 chi bộ": those whom who came are of
        return _SENT_BY.search(before, attends.end()) is None

    def _is_personal(self, sentence: Sentence) -> bool:
        """Whether a sentence has a private person as its subject."""
        known = self._personal.get(sentence.start)
        if known is None:
            text = self._context.folded[sentence.start : sentence.end]
            speaks = _SPEAKER.match(text)
            known = (
                not (speaks or self._goes_on_speaking(sentence))
                and not _OFFICIAL.search(text)
                and not _CIVIC.search(text[:60])
                and _tells_of_person(text)
            )
            self._personal[sentence.start] = known
        return known

    def _goes_on_speaking(self, sentence: Sentence) -> bool:
        """Whether an official of the sentence before says more ("Phó Giám đốc Sở nhận định ... Ông cho biết thêm")."""
        folded, start = self._context.folded, sentence.start
        if _SAYS_MORE.match(folded, start) is None:
            return False
        return _OFFICIAL.search(folded[max(0, start - _SPOKE_REACH) : start]) is not None

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
        if _FAMILY_AGAIN.match(folded, sentence.start, sentence.end) is not None:
            # "Đến nay, gia đình có 5 con trâu, đã trả hết nợ ngân hàng": the bank is none that the story turns to
            return False
        first = bisect_left(names, (sentence.start, 0))
        if first < len(names) and names[first][0] < sentence.end:
            return True
        text = folded[sentence.start : sentence.end]
        return any(pattern.search(text) is not None for pattern in (_ENDS_STORY, _CIVIC, _OFFICIAL))

    def _speaks_of_medals(self, draft: Draft) -> bool:
        """Whether the sentence of a figure tells who got a medal."""
        text = self._context.folded[draft.sentence.start : draft.sentence.end]
        return _MEDALS.first_in(text) is not None


def _tells_procedure(before: str, behind: str) -> bool:
    """Whether the words near a figure speak of a meeting; those farther off only say what the first of them is."""
    seen = before[-_PROCEDURE_REACH - _SAYS_WHAT :]
    return _PROCEDURE.search(f"{seen} {behind}", max(0, len(seen) - _PROCEDURE_REACH)) is not None


def _own(behind: str) -> str:
    """The words right behind a figure, up to the next number."""
    found = _BEHIND.match(behind)
    return found[0] if found is not None else ""


def _is_amount(quantity: Quantity) -> bool:
    """Whether a figure is a sum, an area or a count that several may have together; no rate, score or sum per head."""
    return quantity.unit not in _OF_EACH and "/người" not in quantity.per


def _is_award(draft: Draft, before: str) -> bool:
    """Whether a figure tells of an award or of votes."""
    # a party's medals, and what a place gives, are facts of a year unless a meeting is told of
    award = _AT_MEETING if _MEDALS.first_in(before[-_MEDAL_REACH:]) else _AWARD
    award = _GIVEN_AT if draft.code in GIFTS or draft.quantity.per.startswith(_PER_GIFT) else award
    if draft.code in _AWARD_CODES and award.search(before[-90:].rpartition(";")[2]):
        return True
    if draft.code in _AWARD_CODES and _MEDALS.first_in(before) and _AT_MEETING.match(before):
        return True
    return draft.quantity.unit in _VOTED and _ELECTED.search(before[-120:]) is not None


def _tells_of_person(text: str) -> bool:
    """Whether a person is the subject of a sentence.

    Not one who only judges what it has told before a semicolon, nor one whom brackets name behind others ("1 người chết
    (ông A, 60 tuổi)").
    """
    for subject in SUBJECT.finditer(text):
        if subject.start() == 0 or not subject[0].startswith("("):
            return not subject[0].startswith(";") or _JUDGES.match(text, subject.end()) is None
    return False
