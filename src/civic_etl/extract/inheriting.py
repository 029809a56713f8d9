"""Whose indicator goes on: that of a figure without a phrase, or with one that says less than what stands before."""

import re
from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.aspects import of_aspect
from civic_etl.extract.branch_shares import growth_gone_on_with
from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES, MOVES, Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.journeys import comes_from
from civic_etl.extract.likeness import is_no_other_rate
from civic_etl.extract.link import Link
from civic_etl.extract.other_counts import is_of_group, sum_owed
from civic_etl.extract.own_subject import OwnSubject
from civic_etl.extract.paid_capital import PaidCapital
from civic_etl.extract.percentage_signs import ROUNDING, is_of_own_noun, is_ratio_of
from civic_etl.extract.planned_draft import planned
from civic_etl.extract.plans import tells_plan
from civic_etl.extract.prior_levels import level_come_to, level_held_against
from civic_etl.extract.rates import is_rate
from civic_etl.extract.rates_beside import (
    BRACKET_BEHIND,
    PLANNED_COUNTS,
    before_brackets,
    in_other_currency,
    is_rate_of_clause,
    listed_in_brackets,
    rate_beside,
    rate_of_item,
    solved_cases,
    told_again,
)
from civic_etl.extract.shares_of_poor import group_of_poor, rate_of_members
from civic_etl.extract.sums_by_source import SumsBySource
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_variants

# counts of aims: what is listed behind them are aims, and no part of those counts
_AIMS = frozenset({"plan_targets_met", "plan_targets_set"})
# a phrase near the figure that scores so high names it, whatever goes on
_OWN_PHRASE = 4.5
_OWN_PATTERN = 6.4
_RELATED = frozenset({"rise", "fall", "exceed", "equal", "share_of", "times"})
# what is no sum and no count of persons, whose shares are rates that move by themselves
_PRODUCED = frozenset({"ha", "head", "tonne", "m3"})
_LENGTHS = frozenset({"m", "km"})
_POOR_RATES = frozenset({"poor_household_rate", "near_poor_household_rate"})
_POINT, _POINTS = "point", "percentage_point"
_FIELDS, _CROP = {"sown_area", "perennial_area"}, "crop"
_SURE = frozenset({"companion", "of-count"})
_FAR = frozenset({"left-far", "unit-noun"})
_COUNT_OF = frozenset({"", "số", "tổng số"})
_CATEGORY_REACH = 30
_FROM_REACH = 12
_ALL, _FRACTION_BACK = 100, 4
# a ratio to a plan that is told further on is that of a fraction only to the tenth
_TENTH = Decimal("0.1")
# between an amount and the share that it is of what is named behind
_IS_SHARE = re.compile(
    r"[^,;:.()\d]{0,40}?(?:,? (?:và )?|,? ?\()chiếm(?: (?:tỷ lệ|tỷ trọng|khoảng|gần|hơn|trên|đến|tới))*\s*"
)
# the verb of what a sum so far may name behind it, and where it names nothing there
_PLANTED, _NOTHING_BEHIND = "trồng", re.compile(r"\s*(?:[,;.(]|$)", re.MULTILINE)
# behind a share, the whole herd that it is of
_OF_HERD = re.compile(r" (?:của |trong )?(?:tổng|toàn)(?: số)? đàn\b")


class Inheriting:
    """Tells what the figures of one document inherit."""

    def __init__(self, categories: Categories, subjects: OwnSubject, paid: PaidCapital) -> None:
        self._categories = categories
        self._subjects = subjects
        self._paid = paid
        self._sums = SumsBySource(categories)
        self._catalogue = load_catalogue()

    def read(self, figure: Figure, frame: Frame) -> None:
        """Sets whether a figure is the plan or the amount of the one before, and the draft it inherits from."""
        if (paid := self._paid.of_programme(figure, frame)) is not None:
            # "giảm nghèo 39%": no fall, but a programme
            figure.continued, figure.around = paid, replace(figure.around, before="", before_start=-1)
        figure.planned = tells_plan(figure, frame)
        figure.prior = level_held_against(figure, frame)
        figure.equal = self._equals_change(figure, frame) if figure.prior is None else None
        if figure.planned:
            figure.inherited = frame.draft
        elif figure.prior is not None:
            figure.inherited = figure.prior
        else:
            figure.inherited = figure.equal or _share_of_herd(figure, frame)
            figure.inherited = figure.inherited or _cumulates_whole(figure, frame) or figure.continued
            figure.inherited = figure.inherited or self._inherited(figure, frame)
        figure.inherited = growth_gone_on_with(figure, frame) or figure.inherited

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
        whole = whole or group_of_poor(figure, frame) or of_aspect(figure, frame) or _growth_to_level(figure, frame)
        whole = whole or level_come_to(figure, frame) or sum_owed(figure, frame)
        if whole is not None:
            return whole
        before = frame.draft
        if before is None:
            return None
        if (poor := _by_other_standard(figure, frame)) is not None:
            return poor
        apart = ";" in figure.gap and figure.link is not None
        counted = frame.last if frame.last is not None and frame.last.code in PLANNED_COUNTS and not apart else None
        if counted is not None and is_ratio_of(figure.q, counted.quantity):
            # "tỷ lệ kết nạp cao: xã A 12/15, đạt 80%": whatever else is named, it is that of the fraction
            return counted
        if (quotient := _quotient(figure, frame)) is not None and not self._names_itself(figure, quotient):
            return quotient
        if figure.is_rate and before.code in _AIMS and WORDS["lists_aims"].search(figure.gap) is not None:
            # "18 chỉ tiêu đều đạt và vượt, như: tỷ lệ hộ ... đạt 91%"
            return None
        if is_of_group(figure, before.code):
            return None
        if figure.q.unit not in RATES | {"times", ""} and figure.around.before in MOVES:
            if (again := told_again(figure, frame.last)) is not None and not self._names_itself(figure, before):
                return again
            before = frame.of_unit(figure.q.unit) or before
        before = _before_share(figure, frame) or before_brackets(figure, frame, before)
        if figure.is_rate and figure.around.against == "plan":
            before = planned(frame, before)
        if figure.around.before in MOVES and before.quantity.unit == _POINTS != figure.q.unit:
            # "tăng 10%, đóng góp 2,6 điểm phần trăm, riêng công nghiệp tăng 11%": it grew, too
            before = next((d for d in reversed(frame.seen) if d.quantity.unit == figure.q.unit), before)
        if figure.is_rate and frame.last is not None and BRACKET_BEHIND.fullmatch(figure.gap):
            before = frame.last
        if frame.last is not None and self._moved_again(figure, frame.last, before):
            before = frame.last
        if figure.is_rate and frame.last is not None and is_rate_of_clause(figure.gap):
            before = solved_cases(frame, frame.last) or before
        if frame.last is not None and in_other_currency(figure, frame.last):
            return frame.last
        if (poor := rate_of_members(figure, frame)) is not None and not self._names_itself(figure, before):
            return poor
        if (listed := listed_in_brackets(figure, frame)) is not None and not self._names_itself(figure, before):
            return listed
        if (of_item := rate_of_item(figure, frame)) is not None and not self._names_itself(figure, before):
            return of_item
        if (cumulated := _cumulates(figure, frame)) is not None:
            return cumulated
        if (counted := rate_beside(figure, frame)) is not None and not self._names_itself(figure, before):
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
        if moved and link.rule == "right" and link.hit is not None:
            between = figure.folded[figure.q.end : link.hit.start].strip()
            if between in _COUNT_OF:
                # "giảm 16% số người chết", "giảm 5% số hộ nghèo"
                return True
        if link.rule in _SURE or self._contribution(figure, link) or self._is_of_other_field(figure, link, before):
            return True
        if self._names_whole(figure, link, before):
            return False
        if link.hit is None:
            own_rate = is_rate(link.code) and not figure.around.against and figure.around.before == "equal"
            told = own_rate or not _ratio_like(figure) or WORDS["completes"].search(figure.gap) is not None
            return link.score >= _OWN_PATTERN and told
        return link.hit.start >= figure.spot.floor and link.score >= _OWN_PHRASE

    def _is_of_other_field(self, figure: Figure, link: Link, before: Draft) -> bool:
        """Whether an area is told by a crop that the one before is not of ("cao su 900 ha, mía chỉ còn 120 ha")."""
        if {link.code, before.code} != _FIELDS:
            return False
        own, other = (
            {value for _, value in self._categories.named(code, _CROP, figure.spot.floor, figure.q.start)} - {"other"}
            for code in (link.code, before.code)
        )
        return bool(own) and not other

    def _contribution(self, figure: Figure, link: Link) -> bool:
        """Whether a pattern names an indicator that is itself told in percentage points."""
        if figure.q.unit != "percentage_point" or link.rule != "pattern":
            return False
        own = self._catalogue.get(link.code)
        return own is not None and own.unit_measure == figure.q.unit

    def _same_unit(self, figure: Figure, before: Draft) -> bool:
        unit = figure.q.unit
        if unit == _POINT and before.unit == _POINTS:
            # "công nghiệp đóng góp 2,18 điểm phần trăm, dịch vụ 3,27 điểm"
            return True
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
        goes_on = ";" not in figure.gap or WORDS["bare_move"].fullmatch(figure.gap) is not None
        return figure.around.before in MOVES | {"to_level", "exceed"} and goes_on

    def _names_category(self, figure: Figure, code: str) -> bool:
        """Whether a category of the indicator stands right before or behind a figure."""
        q = figure.q
        behind = min(q.end + _CATEGORY_REACH, len(figure.folded))
        # what stands before a count told apart behind it, or before a semicolon, is of the figure before
        low = max(figure.spot.floor, figure.folded.rfind(";", figure.spot.floor, q.start))
        before = not figure.apart and not figure.opens_item and self._categories.has_key(code, low, q.start)
        return before or self._categories.has_key(code, q.end, behind)


def _share_of_herd(figure: Figure, frame: Frame) -> Draft | None:
    """The animals that make up such a share of a herd, whose weight was told last.

    ("tiêu hủy 900 con lợn, trọng lượng 40 tấn, chiếm 8% tổng đàn")
    """
    if figure.around.before != "share_of" or _OF_HERD.match(figure.folded, figure.q.end) is None:
        return None
    told = next((d for d in reversed(frame.seen) if d.quantity.unit == "head"), None)
    between = figure.folded[told.quantity.end : figure.q.start] if told is not None else ";"
    return told if told is not frame.last and ";" not in between else None


def _before_share(figure: Figure, frame: Frame) -> Draft | None:
    """The area, herd or harvest that a change is of, which stands behind the share that it makes up of a whole.

    ("lúa 1.500 ha, chiếm 71% tổng diện tích, tăng 0,9% so với cùng kỳ")
    """
    if (
        frame.last is None
        or frame.last.measure != "share"
        or frame.last.code != "other"
        or figure.around.before not in MOVES
    ):
        return None
    amount = frame.seen[-2] if len(frame.seen) > 1 and frame.seen[-1] is frame.last else None
    if amount is None or amount.quantity.unit not in _PRODUCED or ";" in figure.gap:
        return None
    between = _IS_SHARE.fullmatch(figure.folded, amount.quantity.end, frame.last.quantity.start)
    return amount if between is not None else None


def _growth_to_level(figure: Figure, frame: Frame) -> Draft | None:
    """The growth of what a figure behind a semicolon, in its own unit and without words of its own, tells a level of.

    ("giá trị sản xuất tăng 11%/năm; năm 2025 ước đạt 31 tỷ đồng")
    """
    last = frame.last
    if last is None or last.measure != "change_pct" or not _goes_on_past_semicolon(figure) or ";" not in figure.gap:
        return None
    indicator = load_catalogue().get(last.code)
    return last if indicator is not None and indicator.unit_measure == figure.q.unit else None


def _is_named_part(figure: Figure, before: Draft) -> bool:
    """Whether a share is of a part that has an indicator of its own ("1.620 khẩu, trong đó người Mông chiếm 95%")."""
    parts: list[str] = load_variants()["named_parts"].get(before.code, [])
    return figure.is_rate and figure.link is not None and figure.link.code in parts


def _quotient(figure: Figure, frame: Frame) -> Draft | None:
    """The fraction told before the last count whose percentage a figure is.

    ("làm rõ 101/118 vụ, bắt 168 đối tượng, đạt 85,6%")
    """
    if figure.q.unit != "percent" or figure.around.before in MOVES or figure.q.value == _ALL:
        return None
    if frame.last is not None and is_ratio_of(figure.q, frame.last.quantity):
        return None
    # what was sown is always near its plan: "lúa 7.315/7.300 ha, sản lượng 35.843 tấn, đạt 100,6% KH"
    rounding = _TENTH if figure.around.against == "plan" else ROUNDING
    levels = (d for d in reversed(frame.seen[-_FRACTION_BACK:-1]) if d.measure == "level")
    return next((d for d in levels if is_ratio_of(figure.q, d.quantity, rounding)), None)


def _cumulates(figure: Figure, frame: Frame) -> Draft | None:
    """The level of a month that a figure behind a mark tells with those before it, and says no more.

    ("thu từ thuế, phí tháng 8 là 578 tỷ đồng; lũy kế thu 6.011 tỷ đồng", "trồng rừng 120 ha; lũy kế 8 tháng trồng được
    900 ha"; "lũy kế trồng được 900 ha ngô" says what)
    """
    if WORDS["cumulates"].fullmatch(figure.gap) is None:
        return None
    if _PLANTED in figure.gap and _NOTHING_BEHIND.match(figure.folded, figure.q.end) is None:
        return None
    return frame.of_unit(figure.q.unit)


def _cumulates_whole(figure: Figure, frame: Frame) -> Draft | None:
    """The whole of a month whose part was told last, where a sum so far behind a semicolon goes back to it.

    ("lượt khách tháng 5 đạt 278 ngàn, trong đó khách quốc tế 29 ngàn; lũy kế 5 tháng 1.493 ngàn"; so much is no part)
    """
    part = frame.last
    if part is None or ";" not in figure.gap or WORDS["cumulates"].fullmatch(figure.gap) is None:
        return None
    told = (d for d in reversed(frame.seen) if d.quantity.unit == figure.q.unit and d.measure == "level")
    whole = next((d for d in told if PART in figure.folded[d.quantity.end : part.quantity.start]), None)
    return whole if whole is not None and whole.value <= figure.q.value else None


def _by_other_standard(figure: Figure, frame: Frame) -> Draft | None:
    """The rate of the poor by one standard, where another one is told beside it.

    ("hộ nghèo còn 4% theo chuẩn cũ, theo chuẩn mới là 9%")
    """
    if not figure.is_rate or WORDS["by_other_standard"].fullmatch(figure.gap) is None:
        return None
    return next((draft for draft in reversed(frame.seen) if draft.code in _POOR_RATES), None)


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
