"""Whose indicator goes on: that of a figure without a phrase, or with one that says less than what stands before."""

import re

from civic_etl.extract.brackets import closed_opening
from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES, MOVES, Figure, opens_bracket
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.journeys import comes_from
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.likeness import is_no_other_rate
from civic_etl.extract.link import Link
from civic_etl.extract.own_subject import OwnSubject
from civic_etl.extract.percentage_signs import is_of_own_noun, is_ratio_of
from civic_etl.extract.planned_draft import planned
from civic_etl.extract.plans import tells_plan
from civic_etl.extract.prior_levels import level_held_against
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate, rate_code
from civic_etl.extract.sums_by_source import SumsBySource
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import DECOY, load_variants

# a phrase near the figure that scores so high names it, whatever goes on
_BRACKET_BEHIND = re.compile(r"\s*\(\s*[-+–]?\s*")
_BRACKET_IN_CLAUSE = re.compile(r"[^,;.()]*\(\s*(?:đạt |chiếm )?(?:tỷ lệ )?")
# ... or without brackets, as such a rate is told ("làm rõ 172 vụ, 344 đối tượng, đạt tỷ lệ hơn 83%")
_RATE_IN_CLAUSE = re.compile(r"[^,;.()]*,? (?:đạt tỷ lệ|tỷ lệ đạt|đạt) ")
# between a count and its rate, and behind that where nothing more is told of it
_BARE_BESIDE = re.compile(r"\s*[,–-]\s*")
_ENDS_ITEM = re.compile(r"\s*(?:$|[,;)]|\.(?!\d)|và\b)")
_PLANNED_COUNTS = frozenset(read_data("wholes.yaml")["planned_counts"])
# counts of aims: what is listed behind them are aims, and no part of those counts
_AIMS = frozenset({"plan_targets_met", "plan_targets_set"})
_OWN_PHRASE = 4.5
_OWN_PATTERN = 6.4
_RELATED = frozenset({"rise", "fall", "exceed", "equal", "share_of", "times"})
_LENGTHS = frozenset({"m", "km"})
_POINTS = "percentage_point"
_SURE = frozenset({"companion", "of-count"})
_FAR = frozenset({"left-far", "unit-noun"})
_CATEGORY_REACH = 30
_FROM_REACH = 12
_PAIR_REACH = 12
# between an amount and the share that it is of what is named behind
_IS_SHARE = re.compile(
    r"[^,;:.()\d]{0,40}?(?:,? (?:và )?|,? ?\()chiếm(?: (?:tỷ lệ|tỷ trọng|khoảng|gần|hơn|trên|đến|tới))*\s*"
)
# what persons counted came to
_HARMS = ("chết", "bị thương", "tử vong", "mất tích")
_HARM_REACH = 14
_POOR = frozenset({"poor_households", "near_poor_households"})
# what is put up for projects and firms
_CAPITAL = frozenset({"fdi_registered", "investment_registered", "enterprise_capital"})


class Inheriting:
    """Tells what the figures of one document inherit."""

    def __init__(self, categories: Categories, subjects: OwnSubject) -> None:
        self._categories = categories
        self._subjects = subjects
        self._sums = SumsBySource(categories)
        self._catalogue = load_catalogue()

    def read(self, figure: Figure, frame: Frame) -> None:
        """Sets whether a figure is the plan or the amount of the one before, and the draft it inherits from."""
        figure.planned = tells_plan(figure, frame)
        figure.prior = level_held_against(figure, frame)
        figure.equal = self._equals_change(figure, frame) if figure.prior is None else None
        if figure.planned:
            figure.inherited = frame.draft
        elif figure.prior is not None:
            figure.inherited = figure.prior
        else:
            figure.inherited = figure.equal or figure.continued or self._inherited(figure, frame)

    def _equals_change(self, figure: Figure, frame: Frame) -> Draft | None:
        """The level that a change of so many percent is told of again in its own unit.

        ("tăng 7,7% tương đương 1,6 triệu đồng")
        """
        last, unit = frame.last, figure.q.unit
        if last is None or last.measure not in CHANGES or unit in RATES | {"", "unit", "times"}:
            return None
        if figure.q.denominator is not None:
            return None
        if WORDS["same_amount"].search(figure.gap) is None:
            return None
        before = frame.of_unit(unit) or frame.level_before(unit)
        return before if before is not None and before.code == last.code else None

    def _inherited(self, figure: Figure, frame: Frame) -> Draft | None:
        """The draft whose indicator goes on, where no phrase between names another."""
        whole = self._sums.whole(figure, frame) or self._whole_of_share(figure, frame)
        whole = whole or _group_of_poor(figure, frame) or _of_aspect(figure, frame)
        if whole is not None:
            return whole
        before = frame.draft
        if before is None:
            return None
        if frame.last is not None and frame.last.code in _PLANNED_COUNTS and is_ratio_of(figure.q, frame.last.quantity):
            # "tỷ lệ kết nạp cao: xã A 12/15, đạt 80%": whatever else is named, it is that of the fraction
            return frame.last
        if figure.is_rate and before.code in _AIMS and WORDS["lists_aims"].search(figure.gap) is not None:
            # "18 chỉ tiêu đều đạt và vượt, như: tỷ lệ hộ ... đạt 91%"
            return None
        if figure.q.unit not in RATES | {"times", ""} and figure.around.before in MOVES:
            if (again := _told_again(figure, frame.last)) is not None and not self._names_itself(figure, before):
                return again
            before = frame.of_unit(figure.q.unit) or before
        before = before_brackets(figure, frame, before)
        if figure.is_rate and figure.around.against == "plan":
            before = planned(frame, before)
        if figure.around.before in MOVES and before.quantity.unit == _POINTS != figure.q.unit:
            # "tăng 10%, đóng góp 2,6 điểm phần trăm, riêng công nghiệp tăng 11%": it grew, too
            before = next((d for d in reversed(frame.seen) if d.quantity.unit == figure.q.unit), before)
        if figure.is_rate and frame.last is not None and _BRACKET_BEHIND.fullmatch(figure.gap):
            before = frame.last
        if frame.last is not None and self._moved_again(figure, frame.last, before):
            before = frame.last
        if figure.is_rate and frame.last is not None and _is_rate_of_clause(figure.gap):
            before = _solved_cases(frame, frame.last) or before
        if frame.last is not None and _in_other_currency(figure, frame.last):
            return frame.last
        if (listed := _listed_in_brackets(figure, frame)) is not None and not self._names_itself(figure, before):
            return listed
        if (cumulated := _cumulates(figure, frame)) is not None:
            return cumulated
        if (counted := _rate_beside(figure, frame)) is not None and not self._names_itself(figure, before):
            return counted
        if (
            self._names_itself(figure, before)
            or _is_named_part(figure, before)
            or _only_where(figure, before)
            or self._subjects.is_own(figure, before.code)
        ):
            return None
        if _ratio_like(figure) and (";" not in figure.gap or _goes_on_past_semicolon(figure)):
            return before
        return before if self._same_unit(figure, before) and self._goes_on(figure, before) else None

    def _moved_again(self, figure: Figure, last: Draft, before: Draft) -> bool:
        """Whether a change without words of its own is held against another time than that of the part right before.

        ("trong đó khai khoáng giảm 5% so với tháng trước nhưng tăng 2% so với cùng kỳ")
        """
        changes = figure.around.before in MOVES and last.measure in CHANGES and before.measure in CHANGES
        same = changes and last.code == before.code and last.quantity.unit == figure.q.unit and ";" not in figure.gap
        return same and not self._categories.has_key(before.code, figure.spot.floor, figure.q.start)

    def _whole_of_share(self, figure: Figure, frame: Frame) -> Draft | None:
        """The count of the sentence whose shares are told by the category that a share names, and by nothing else.

        ("số dân 5.200 người ở 6 thôn, trong đó nữ chiếm 51%")
        """
        around = figure.around
        if around.before != "share_of":
            return None
        folded, floor = figure.folded, figure.spot.floor
        marks = (
            at + len(mark)
            for mark in (",", ";", ":", PART)
            if (at := folded.rfind(mark, floor, around.before_start)) >= 0
        )
        low = max(marks, default=floor)
        levels = (draft for draft in reversed(frame.seen) if draft.measure == "level")
        return next((d for d in levels if self._is_shared(d.code, low, around.before_start)), None)

    def _is_shared(self, code: str, start: int, end: int) -> bool:
        """Whether only a category by which shares of an indicator are told stands in [start, end)."""
        keys: list[str] = load_variants()["shared_keys"].get(code, [])
        return any(self._categories.named(code, key, start, end) for key in keys) and self._categories.fills(
            code, start, end
        )

    def _names_whole(self, figure: Figure, link: Link, before: Draft) -> bool:
        """Whether what stands behind a share is only the whole that the amount before it is part of.

        ("khu vực trong nước đạt 48 triệu USD, chiếm 62% kim ngạch xuất khẩu")
        """
        if link.rule == "right" and not is_rate(link.code) and _IS_SHARE.fullmatch(figure.gap) is not None:
            # "thu nội địa 90 tỷ đồng, chiếm 62% tổng thu cân đối"
            return True
        if link.rule != "right" or figure.around.before != "share_of" or before.measure != "level":
            return False
        whole = self._catalogue.get(link.code)
        return whole is not None and whole.unit_measure == before.unit

    def _names_itself(self, figure: Figure, before: Draft) -> bool:
        """Whether the words of a figure are strong enough to break off what goes on."""
        if not figure.is_rate and "tuổi" in figure.gap:
            return True
        if figure.is_rate and figure.around.before == "" and is_of_own_noun(figure):
            return True
        link = figure.link
        if link is None:
            return False
        moved = figure.is_rate and figure.around.before in MOVES
        if moved and link.rule == "right" and link.hit is not None and link.hit.start <= figure.q.end + 1:
            # "giảm 16% số người chết"
            return True
        if link.rule in _SURE or self._contribution(figure, link):
            return True
        if self._names_whole(figure, link, before):
            return False
        if link.hit is None:
            own_rate = is_rate(link.code) and not figure.around.against and figure.around.before == "equal"
            told = own_rate or not _ratio_like(figure) or WORDS["completes"].search(figure.gap) is not None
            return link.score >= _OWN_PATTERN and told
        return link.hit.start >= figure.spot.floor and link.score >= _OWN_PHRASE

    def _contribution(self, figure: Figure, link: Link) -> bool:
        """Whether a pattern names an indicator that is itself told in percentage points."""
        if figure.q.unit != "percentage_point" or link.rule != "pattern":
            return False
        own = self._catalogue.get(link.code)
        return own is not None and own.unit_measure == figure.q.unit

    def _same_unit(self, figure: Figure, before: Draft) -> bool:
        unit = figure.q.unit
        return unit in {before.quantity.unit, ""} or (unit in _LENGTHS and before.quantity.unit in _LENGTHS)

    def _goes_on(self, figure: Figure, before: Draft) -> bool:
        """Whether a figure in the unit of the one before is of the same indicator."""
        link = figure.link
        unnamed = before.code != "other" and (link is None or link.rule in _FAR)
        if unnamed and self._names_category(figure, before.code):
            return figure.around.before != "equal" or is_no_other_rate(self._categories, before.code, figure)
        first = before.quantity.start
        if figure.q.unit == "" and comes_from(figure.folded, first, _FROM_REACH):
            return True
        return figure.around.before in MOVES | {"to_level", "exceed"} and ";" not in figure.gap

    def _names_category(self, figure: Figure, code: str) -> bool:
        """Whether a category of the indicator stands right before or behind a figure."""
        q = figure.q
        behind = min(q.end + _CATEGORY_REACH, len(figure.folded))
        # what stands before a count told apart behind it, or before a semicolon, is of the figure before
        low = max(figure.spot.floor, figure.folded.rfind(";", figure.spot.floor, q.start))
        before = not figure.apart and not figure.opens_item and self._categories.has_key(code, low, q.start)
        return before or self._categories.has_key(code, q.end, behind)


def _told_again(figure: Figure, last: Draft | None) -> Draft | None:
    """The change that brackets right behind it tell again in units ("rau tăng 6,4% (+31 ha)")."""
    if last is None or last.measure not in CHANGES or last.quantity.unit not in RATES:
        return None
    return last if _BRACKET_BEHIND.fullmatch(figure.gap) else None


def before_brackets(figure: Figure, frame: Frame, part: Draft) -> Draft:
    """The figure in front of brackets that tell its parts and are closed, for a ratio behind them.

    ("đàn trâu, bò 960 con (trâu 310 con, bò 650 con), tăng 3%")
    """
    opened = closed_opening(figure.folded, part.quantity.start, figure.spot.sentence.start, figure.q.start)
    if opened < 0:
        return part
    whole = next((d for d in reversed(frame.seen) if d.quantity.end <= opened), None)
    if whole is None or whole.code == "other" or whole.quantity.unit != part.quantity.unit:
        return part
    return whole


def _is_named_part(figure: Figure, before: Draft) -> bool:
    """Whether a share is of a part that has an indicator of its own ("1.620 khẩu, trong đó người Mông chiếm 95%")."""
    parts: list[str] = load_variants()["named_parts"].get(before.code, [])
    return figure.is_rate and figure.link is not None and figure.link.code in parts


def _in_other_currency(figure: Figure, before: Draft) -> bool:
    """Whether brackets tell an amount again in another currency ("68 triệu đồng (tương đương 2.873 USD)")."""
    units = {figure.q.unit, before.quantity.unit}
    return units == {"VND", "USD"} and WORDS["currency"].fullmatch(figure.gap) is not None


def _listed_in_brackets(figure: Figure, frame: Frame) -> Draft | None:
    """The rate in brackets behind the item before, where the next item of a list has its own in brackets.

    ("tỷ lệ giải ngân các nguồn: ngân sách huyện (96%); nguồn phân cấp (62%)")
    """
    last = frame.last
    if last is None or not figure.is_rate or last.quantity.unit != figure.q.unit or last.code == "other":
        return None
    both = figure.in_brackets and opens_bracket(figure.folded, last.quantity.start)
    return last if both and WORDS["next_bracket"].fullmatch(figure.gap) is not None else None


def _cumulates(figure: Figure, frame: Frame) -> Draft | None:
    """The level of a month that a figure behind a mark tells with those before it, and says no more.

    ("thu từ thuế, phí tháng 8 là 578 tỷ đồng; lũy kế thu 6.011 tỷ đồng")
    """
    if WORDS["cumulates"].fullmatch(figure.gap) is None:
        return None
    return frame.of_unit(figure.q.unit)


def _rate_beside(figure: Figure, frame: Frame) -> Draft | None:
    """The count right before a bare percentage that is its rate ("năm 2016: 829 hộ, 14,3%; năm 2017: 718 hộ, 12,1%").

    Not of what is counted against a plan.
    """
    last = frame.last
    if last is None or not figure.is_rate or last.measure != "level" or last.code in _PLANNED_COUNTS:
        return None
    if _BARE_BESIDE.fullmatch(figure.gap) is None or _ENDS_ITEM.match(figure.folded, figure.q.end) is None:
        return None
    return last if rate_code(last.code, last.breakdown)[0] not in {last.code, DECOY} else None


def _is_rate_of_clause(gap: str) -> bool:
    """Whether a rate is told in brackets, or with the word for a rate, in the clause that a count stands in."""
    return (_BRACKET_IN_CLAUSE.fullmatch(gap) or _RATE_IN_CLAUSE.fullmatch(gap)) is not None


def _solved_cases(frame: Frame, persons: Draft) -> Draft | None:
    """The cases right before a count of the persons in them: a rate in brackets is of the cases.

    ("làm rõ 695 vụ, với 1.408 đối tượng (đạt 88,2%)")
    """
    cases = frame.seen[-2] if len(frame.seen) > 1 else None
    if cases is None or persons.code != "other" or persons.quantity.start - cases.quantity.end > _PAIR_REACH:
        return None
    return cases if rate_code(cases.code, cases.breakdown)[0] != cases.code else None


def is_share_of_poor(figure: Figure) -> bool:
    """Whether a percentage is told to be of all who are poor ("chiếm 46% tổng số hộ nghèo")."""
    return figure.is_rate and WORDS["of_all_poor"].match(figure.folded, figure.q.end) is not None


def _group_of_poor(figure: Figure, frame: Frame) -> Draft | None:
    """The poor of a group whose share of all the poor is told ("hộ nghèo Khmer 387 hộ, chiếm 46% số hộ nghèo")."""
    if figure.around.before != "share_of" or not is_share_of_poor(figure):
        return None
    return next((d for d in reversed(frame.seen) if d.code in _POOR and "group" in d.breakdown), None)


def _of_aspect(figure: Figure, frame: Frame) -> Draft | None:
    """The level that a change is said to be of behind it ("tăng 3,1% về số doanh nghiệp nhưng giảm 8,4% về vốn").

    Or the capital told last, where its words name no more than capital.
    """
    if not (figure.q.unit == "times" or (figure.is_rate and _is_related(figure))):
        return None
    if WORDS["capital_moves"].fullmatch(figure.gap) is not None:
        return next((d for d in frame.backwards() if d.code in _CAPITAL and d.measure == "level"), None)
    said = WORDS["aspect"].match(figure.folded, figure.q.end, figure.spot.ceiling)
    if said is None and figure.spot.floor > figure.spot.sentence.start:
        said = WORDS["aspect_beside"].match(figure.folded, figure.q.end, figure.spot.ceiling)
    if said is None:
        return None
    words, units = said[1].split(), load_variants()["aspects"]
    known = next((found for size in range(len(words), 0, -1) if (found := units.get(" ".join(words[:size])))), ())
    harm = next((word for word in _HARMS if word in said[1]), "")
    levels = (d for d in reversed(frame.seen) if d.measure == "level" and d.quantity.unit in known)
    return next((d for d in levels if harm in _harm_of(figure.folded, d.quantity)), None)


def _is_related(figure: Figure) -> bool:
    """Whether a percentage is a change, is held against something, or comes to so much of it."""
    listed = WORDS["same_verb"].fullmatch(figure.gap) is not None
    return listed or figure.around.before in MOVES | {"equal"} or bool(figure.around.against)


def _harm_of(folded: str, persons: Quantity) -> str:
    """The words that tell what persons counted came to: before their count, else behind it."""
    before = folded[max(0, persons.start - _HARM_REACH) : persons.start].rpartition(",")[2]
    return before if any(word in before for word in _HARMS) else folded[persons.end : persons.end + _HARM_REACH]


def _only_where(figure: Figure, before: Draft) -> bool:
    """Whether the count before only says what the rate is of.

    ("tỷ lệ chiếu sáng ngõ hẻm tại 18 tổ dân phố đạt 100%")
    """
    link = figure.link
    if link is None or link.hit is None or not figure.is_rate or before.rules != ("unit-noun",):
        return False
    if link.hit.end > before.quantity.start or ";" in figure.folded[link.hit.end : figure.q.start]:
        return False
    return WORDS["only_where"].search(figure.folded, link.hit.end, before.quantity.start) is not None


def _goes_on_past_semicolon(figure: Figure) -> bool:
    """Whether a figure behind a semicolon has the subject before it, and none of its own behind it."""
    if figure.folded.startswith(" số ", figure.q.end):
        return False
    return WORDS["subject_elided"].fullmatch(figure.gap) is not None


def _ratio_like(figure: Figure) -> bool:
    """Whether a figure relates to another one and needs no name."""
    around = figure.around
    if figure.q.unit == "times":
        return True
    if figure.is_rate:
        return bool(around.against) or around.before in _RELATED or figure.in_brackets
    return around.before in MOVES and around.against == "prior"
