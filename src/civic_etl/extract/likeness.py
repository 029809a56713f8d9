"""Figures without a name that are like one before: of another category, or of another place."""

import re
from decimal import Decimal

from civic_etl.extract.categories import Categories
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import CHANGES, MOVES, Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.journeys import opens_journey
from civic_etl.extract.lead_ins import LEAD
from civic_etl.extract.percentage_signs import says_itself
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate

HELD = frozenset({"plan_ratio", "prior_ratio"})
"""Measures of what is held against something, once for all places of a list."""

# rules of what is told of one place of a list
_STATUS = "status"
_LISTED = frozenset({LEAD, "same-unit"})
# "còn" may open a clause of another place, too
_BARE = frozenset({"", "to_level"})
_PLACE_GAP = 70
_POPULATION, _GROWTH = "population", "economic_growth"
# a list of places is told no farther behind the whole
_FAR = 600
# how many of the second unit one of the first is
_FACTORS = {("km", "m"): Decimal(1000), ("m", "km"): Decimal("0.001"), ("ha", "m2"): Decimal(10000)}
_NONE = Decimal(-1)
_REACHED = re.compile(r"\bđạt (?:mức |khoảng )?$")
_PRICE, _PLANNED, _PLAN_CHANGE = "price", "plan_ratio", "plan_change"
_HELD_AGAINST = CHANGES | {_PLAN_CHANGE}
_MEASURED = frozenset({"VND", "USD", "ha", "tonne", "km", "m", "m2", "m3"})
# what a share is of that is of no indicator, or of the structure of the economy, where no amounts are
_OF_NONE = frozenset({"other", "economic_structure"})
_MARK = re.compile(r"[,;(]|\.(?!\d)")
# the rest of a noun that brackets open behind
_NOUN_BEFORE = re.compile(r"(?: [^\W\d_]+){1,5}\s*")
_JOINTS = frozenset({"và", ",", ", và"})
# between "trong đó" and a figure of which nothing is told before it
_BARE_PART = re.compile(r"[\s,:]*(?:(?:có|là|gồm|riêng|thì|đã|cả|khoảng|trên|hơn|gần|số|chiếm)\b[\s,:]*)*")


class Likeness:
    """Finds the figures of one document that others are like."""

    def __init__(self, categories: Categories, elision: Elision) -> None:
        self._categories = categories
        self._elision = elision

    def by_category(self, figure: Figure, frame: Frame) -> Draft | None:
        """The last figure of the unit whose indicator knows the category that is named.

        ("Trong đó: nông nghiệp 41,5 tỷ")
        """
        if "tuổi" in figure.gap or says_itself(figure):
            return None
        other_persons = figure.q.unit == "person" and WORDS["other_persons"].search(figure.gap) is not None
        takes_part = figure.is_rate and figure.around.before == "share_of"
        meets_plan = figure.is_rate and figure.around.against == "plan"
        for draft in frame.backwards():
            if (takes_part and draft.measure == "change_pct") or (other_persons and draft.code == _POPULATION):
                continue
            if meets_plan and draft.code == _GROWTH:
                # "kinh tế tăng 8,7%. Công nghiệp đạt 102% kế hoạch": what it produced
                continue
            if draft.quantity.unit == figure.q.unit and draft.code != "other" and self._tells_part(draft.code, figure):
                alike = draft if is_no_other_rate(self._categories, draft.code, figure) else None
                return alike and _before_aside(figure.folded, alike, frame)
        return None

    def _tells_part(self, code: str, figure: Figure) -> bool:
        """Whether the words before a figure name a category of an indicator, or its noun does ("17 đảng bộ")."""
        low, high = own_words(figure)
        if figure.elided:
            return self._categories.has_key(code, low, high)
        # what stands before a semicolon is of the figure before ("80% cơ sở hội đạt vững mạnh; 100% cơ sở hội ...")
        low = max(low, figure.folded.rfind(";", low, high) + 1)
        q = figure.q
        noun = q.noun and self._categories.read(code, q, q.number_end, q.end, q.number_end)
        return bool(noun) or self._categories.has_key(code, low, high)

    def by_place(self, figure: Figure, frame: Frame) -> Draft | None:
        """The last figure in the same unit, for a figure whose words name only another place.

        ("riêng xã X 402 con")
        """
        q, gap = figure.q, figure.gap
        if q.unit in {"", "unit"}:
            return None
        other_place = self._only_elsewhere(figure, frame)
        if figure.is_rate:
            return self._last_rate(figure, frame) if other_place and not says_itself(figure) else None
        before = frame.of_unit(q.unit)
        if before is None and not frame.seen and (other_place or WORDS["opens_place"].match(gap)):
            before = frame.level_before(q.unit)
        if other_place and (
            before is None or (_is_smaller_unknown(before, figure) and not _is_of_unknown(figure, frame))
        ):
            before = _larger(figure, frame) or _whole_of_unknown(before, figure, frame)
        if before is None or before.code == "other" or not _same_noun(before.quantity, q):
            return None
        if _is_of_unknown_share(figure, frame) or _is_left_beside_new(before, figure):
            return None
        if _is_of_field(before, figure):
            return before
        if other_place or WORDS["opens_place"].match(gap):
            before = _whole_of(before, figure, frame)
        if not other_place and self._tells_kind(figure):
            return None
        # what stands before a semicolon is of the figure before
        item = gap.rpartition(";")[2] or gap
        return before if other_place or (len(gap) < _PLACE_GAP and WORDS["place_only"].search(item)) else None

    def _tells_kind(self, figure: Figure) -> bool:
        """Whether "trong đó" opens a part that words of its own tell, and no place or time ("trong đó lao động nữ")."""
        part = figure.folded.rfind(PART, figure.spot.floor, figure.q.start)
        if part < 0:
            return False
        low, start = part + len(PART), figure.q.start
        return not (self._elision.only_time(low, start) or _BARE_PART.fullmatch(figure.folded, low, start))

    def _only_elsewhere(self, figure: Figure, frame: Frame) -> bool:
        """Whether the words of a figure say only where it is of; in a new sentence, or when."""
        floor, start = figure.own_start, figure.q.start
        if figure.is_rate:
            # "nhiều nơi tiêm còn chậm, đạt thấp như: xã A 24%"; not the colon right before it ("xã A: 24%")
            end = floor + len(figure.folded[floor:start].rstrip(" :"))
            floor = max(floor, figure.folded.rfind(":", floor, end) + 1)
        opened = figure.bracket
        if not figure.is_rate and opened > floor and _NOUN_BEFORE.fullmatch(figure.folded, floor, opened):
            # "5 người chết (xã A 1 người bị đuối nước; ...)": what stands before the brackets is of the whole
            floor = opened
        if self._elision.only_place(floor, start) or (not frame.seen and self._elision.only_time(floor, start)):
            return True
        if figure.spot.opens and self._elision.lists_places(figure.q, figure.spot.sentence):
            return True
        # "phường B tương ứng là 51 triệu đồng và 1,05%": the second goes on, too
        elided = frame.last is not None and frame.last.rules[0] == "same-unit"
        return elided and figure.gap.strip() in _JOINTS

    def _last_rate(self, figure: Figure, frame: Frame) -> Draft | None:
        """The last figure in the unit, of the sentence or the paragraph, if it is a share; of a growth, if it is one.

        ("Chỉ số sản xuất công nghiệp tháng 9 tăng 2%. Tính chung 9 tháng tăng 4%") Of its own sentence it may be a
        ratio that is told of each place ("như: xã A 106%; xã B 101%"); how far a plan was met may go on in the next.
        """
        found = rate_before(figure, frame)
        if found is None and frame.trail.told:
            # a list of places that is a paragraph of its own goes on with what was told last
            last = frame.trail.told[-1]
            goes_on = last.measure == "share" and figure.spot.sentence.start - last.sentence.end < _FAR
            found = last if goes_on and last.quantity.unit == figure.q.unit else None
        if found is None or found.code == "other":
            return None
        same = found.sentence.start == figure.spot.sentence.start
        moves = figure.around.before in MOVES and figure.around.against != "plan" and not opens_journey(figure)
        listed = same or found.rules[0] in _LISTED
        grew = found.measure in CHANGES and listed and figure.around.before in MOVES | _BARE
        grew = grew or (same and reaches_growth(figure, found))
        alike = found.measure if grew else "change_pct" if moves else "share"
        held = figure.around.before == "" and found.measure in HELD and (same or found.measure == _PLANNED)
        reached = figure.around.before == "equal" and found.measure == _PLANNED and not is_rate(found.code)
        of_plan = figure.around.against == "plan"
        if found.measure != alike and not (held or reached or of_plan):
            return None
        return _whole_of(found, figure, frame)


def reaches_growth(figure: Figure, found: Draft) -> bool:
    """Whether a place reached a growth as the one before did ("tốc độ tăng trưởng xã A đạt 11%; xã B đạt 10%")."""
    if found.measure != "change_pct" or figure.around.before != "equal" or figure.around.against:
        return False
    return _REACHED.search(figure.folded, found.sentence.start, found.quantity.start) is not None


def rate_before(figure: Figure, frame: Frame) -> Draft | None:
    """The last figure in the unit of a rate; past a change of what was told before it, where the rate is none.

    ("huyện A 12%, giảm 2%; huyện B 14%", "hộ nghèo còn 9%, giảm 2%. Huyện A có tỷ lệ cao nhất 14%")
    """
    told = (d for d in frame.backwards() if d.quantity.unit == figure.q.unit)
    found = next(told, None)
    leads = not frame.seen and _leads_places(figure)
    bare = figure.around.before in _BARE or (leads and figure.around.before == "share_of")
    if found is None or found.measure not in _HELD_AGAINST or not bare:
        return found
    # "tỷ lệ 95%, vượt 2% so với chỉ tiêu. Cao nhất là xã A 97%"
    before = frame.backwards() if leads or found.measure == _PLAN_CHANGE else reversed(frame.seen)
    shares = (d for d in before if d.quantity.unit == figure.q.unit and d.measure == "share")
    return next((d for d in shares if d.code == found.code), found)


def _leads_places(figure: Figure) -> bool:
    """Whether a sentence opens with the place that has most or least of what was told before it."""
    return WORDS["opens_places"].match(figure.folded, figure.spot.sentence.start, figure.q.start) is not None


def _before_aside(folded: str, told: Draft, frame: Frame) -> Draft:
    """The amount that brackets tell again in other prices: parts are of it ("1.900 tỷ (giá hiện hành 2.800 tỷ)")."""
    start = told.quantity.start
    before = next((d for d in frame.backwards() if d.quantity.end <= start), None)
    if _PRICE not in told.breakdown or before is None or ")" in folded[before.quantity.end : start]:
        return told
    same = before.code == told.code and before.quantity.unit == told.quantity.unit
    return before if same and "(" in folded[before.quantity.end : start] else told


def _is_of_field(before: Draft, figure: Figure) -> bool:
    """Whether targets out of so many are those of a field in a list ("kinh tế 4/4 chỉ tiêu; văn hóa 9/10 chỉ tiêu")."""
    q = figure.q
    if q.unit != "target" or q.denominator is None or before.sentence.start != figure.spot.sentence.start:
        return False
    return len(figure.gap) < _PLACE_GAP and not figure.around.before


def is_no_other_rate(categories: Categories, code: str, figure: Figure) -> bool:
    """Whether the words of a share say little but a category ("bậc tiểu học đạt 98%").

    Not another fact of those there ("bậc tiểu học duy trì sĩ số đạt 98%").
    """
    if not figure.is_rate or not is_rate(code) or figure.elided:
        return True
    floor, start = figure.spot.floor, figure.q.start
    mark = max(figure.folded.rfind(mark, floor, start) for mark in ",;(")
    low = mark + 1 if mark >= 0 and figure.folded[mark + 1 : start].strip() else floor
    return categories.fills(code, low, start)


def _whole_of(part: Draft, figure: Figure, frame: Frame) -> Draft:
    """What a figure of another place is held against: the whole where the figure before is only a part of it.

    ("sản lượng 60 nghìn tấn, trong đó nuôi trồng 41 nghìn tấn. Riêng xã A 14 nghìn tấn"; in one sentence what is no
    larger than the part is of the part; the parts may have a sentence of their own, and be told without "trong đó"
    where the places that have most are named; what happened in another place is of all that did, and no part of what
    was solved)
    """
    same_sentence = part.sentence.start == figure.spot.sentence.start
    happened = _STATUS in part.breakdown and WORDS["happened_there"].search(figure.gap) is not None
    within = figure.q.value <= part.quantity.value and not happened
    if same_sentence and (within or _are_in_one_bracket(part, figure)):
        return part
    leads = _leads_places(figure) or happened
    for draft in reversed(frame.trail.told):
        if draft.quantity.start >= part.quantity.start or part.quantity.start - draft.quantity.end > _FAR:
            continue
        if draft.code != part.code or draft.quantity.unit != part.quantity.unit or draft.measure != part.measure:
            continue
        wider = draft.categories.items() < part.categories.items()
        parted = PART in figure.folded[draft.quantity.end : part.quantity.start]
        if (wider and (parted or leads)) or (parted and _is_parted_in(draft, part)):
            return draft
    return part


def _is_parted_in(whole: Draft, part: Draft) -> bool:
    """Whether a larger amount of one category is parted in those of others ("rừng tập trung", "rừng phòng hộ")."""
    others = whole.categories.keys() == part.categories.keys() and whole.categories != part.categories
    return others and whole.measure == "level" and whole.quantity.value > part.quantity.value


def _is_smaller_unknown(before: Draft, figure: Figure) -> bool:
    """Whether a figure of no indicator can be no whole of another one, nor another place's of the same."""
    return before.code == "other" and before.quantity.value < figure.q.value and not _are_in_one_bracket(before, figure)


def _is_of_unknown(figure: Figure, frame: Frame) -> bool:
    """Whether its sentence tells a larger figure of no indicator, of which the next places of the list are, too.

    ("tiêu hủy 29 con. Nhiều nhất là xã A có 31 con mắc bệnh, trong đó thôn 1 có 9 con; tiếp đến xã B 27 con")
    """
    q = figure.q
    alike = (d for d in frame.seen if d.code == "other" and d.measure == "level" and _same_noun(d.quantity, q))
    return any(_amount(d.quantity, q.unit) >= q.value for d in alike)


def _are_in_one_bracket(part: Draft, figure: Figure) -> bool:
    """Whether brackets list both of two figures ("lúa đã cấy 2.700 ha (xã A 110 ha; xã B 190 ha)")."""
    return 0 <= figure.bracket < part.quantity.start


def _larger(figure: Figure, frame: Frame) -> Draft | None:
    """The last figure told in the unit that a place's may be of: not a smaller one of something else.

    ("12 vụ phá rừng, khởi tố 2 vụ. Riêng xã A 5 vụ"; a list of places may be a paragraph of its own)
    """
    q = figure.q
    near = (d for d in reversed(frame.trail.told) if figure.spot.sentence.start - d.sentence.end < _FAR)
    alike = (d for d in near if d.measure == "level" and d.code != "other" and _same_noun(d.quantity, q))
    return next((d for d in alike if _amount(d.quantity, q.unit) >= q.value), None)


def _is_left_beside_new(before: Draft, figure: Figure) -> bool:
    """Whether so many are left of what others were built beside ("xây mới 31 cây cầu; toàn xã còn 5 cây cầu ván")."""
    return before.breakdown.get(_STATUS) == "new" and figure.around.before == "to_level"


def _is_of_unknown_share(figure: Figure, frame: Frame) -> bool:
    """Whether an amount is what the share right before it comes to, of what has no indicator.

    ("nhóm thủy sản chiếm tỷ trọng 3,6%, đạt 118 triệu USD")
    """
    last = frame.last
    if last is None or last.code not in _OF_NONE or last.measure != "share":
        return False
    return WORDS["comes_to"].fullmatch(figure.gap) is not None


def _whole_of_unknown(part: Draft | None, figure: Figure, frame: Frame) -> Draft | None:
    """The whole that a part of no indicator stands behind, where what it comes to in some months is told next.

    ("sản lượng thủy sản tháng 5 đạt 900 tấn, trong đó tôm 140 tấn. Lũy kế 5 tháng đạt 4.100 tấn")
    """
    if part is None or WORDS["cumulated"].search(figure.folded, figure.spot.sentence.start, figure.q.start) is None:
        return None
    levels = (d for d in frame.backwards() if d.measure == "level" and d.quantity.unit == part.quantity.unit)
    alike = [d for d in levels if d.code != "other"]
    first = part.sentence.start
    if WORDS["parts_open"].match(figure.folded, first) is not None:
        # "Bán lẻ tháng 7 đạt 290 tỷ đồng. Bao gồm: kinh tế tư nhân 90 tỷ đồng, ... Lũy kế 7 tháng đạt 2.014 tỷ đồng"
        return next((d for d in alike if d.sentence.end <= first), None)
    whole = next((d for d in alike if d.sentence.start == first), None)
    parted = whole is not None and PART in figure.folded[whole.quantity.end : part.quantity.start]
    return whole if parted else None


def _amount(quantity: Quantity, unit: str) -> Decimal:
    """The value of a quantity in a unit; less than nothing where it is of another kind."""
    if quantity.unit == unit:
        return quantity.value
    return quantity.value * _FACTORS.get((quantity.unit, unit), _NONE)


def own_words(figure: Figure) -> tuple[int, int]:
    """Where the words of a figure without a name stand: before it, but behind one that says what became of so many.

    ("142 đồng chí hoàn thành xuất sắc nhiệm vụ, 31 hoàn thành tốt nhiệm vụ")
    """
    if not figure.elided:
        return (figure.q.start if figure.opens_item else figure.spot.floor), figure.q.start
    mark = _MARK.search(figure.folded, figure.q.number_end, figure.spot.ceiling)
    return figure.q.number_end, mark.start() if mark is not None else figure.spot.ceiling


def _same_noun(first: Quantity, second: Quantity) -> bool:
    """Whether two figures count the same; money and measures are alike however written, as are bare numbers."""
    return first.unit in _MEASURED or not second.noun or first.noun.split()[:1] == second.noun.split()[:1]
