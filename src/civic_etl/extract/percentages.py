"""What a percentage measures."""

import re
from dataclasses import dataclass

from civic_etl.extract.branch_shares import contributes
from civic_etl.extract.code_units import CURRENCIES, RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES, MOVES, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.growths import (
    GROWS_TO,
    falls_below,
    falls_with_poor,
    growth_verb,
    is_change_of_growth,
    is_signed,
    moved_bracket,
)
from civic_etl.extract.joined_changes import is_part_of_fall
from civic_etl.extract.journeys import starts_from
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.likeness import reaches_growth
from civic_etl.extract.measure import Surroundings
from civic_etl.extract.paid_capital import PAID_BY_SOME
from civic_etl.extract.patterns import compiled
from civic_etl.extract.percentage_signs import (
    goes_on_share,
    is_against_earlier_plan,
    is_behind_aside,
    is_of_count,
    is_of_noun,
    is_of_rate,
    is_of_whole,
    is_part_of_planned,
    is_part_of_seen,
    is_ratio_of,
    is_so_much_of_level,
    names_amount,
    plan_in_brackets,
    tells_how_plan_is_met,
    tells_rate,
)
from civic_etl.extract.rates import has_rate, is_rate
from civic_etl.extract.rates_beside import BRACKET_BEHIND, PLANNED_COUNTS
from civic_etl.extract.records import Measure
from civic_etl.extract.yearly_means import is_per_year
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_variants

_LENT = frozenset({"policy_credit", "bank_credit"})
_PLANNED_KINDS: dict[str, list[str]] = read_data("wholes.yaml")["planned_kinds"]
_GROWTH_CODES = frozenset({"economic_growth", "iip", "cpi"})
_SAME_VERB, _PARTS_OPEN = (compiled("figure_words.yaml", key) for key in ("same_verb", "parts_open"))
_GROWS, _GROWS_AT, _YEARLY, _IN_PERCENT, _EQUALS = (
    compiled("figure_words.yaml", key) for key in ("names_growth", "grows_at", "yearly", "in_percent", "equals")
)
# what stands before a change that is told again in percent
_SAME_AGAIN = frozenset({"", "equal", "share_of"})
# what stands before a growth that its noun names
_STATED = frozenset({"", "equal", "to_level"})
_ALL = 100
# what brackets tell the share of, which moves as an amount
_SHARED = frozenset({"other", "economic_structure"})
# who is admitted are so many percent of those that were to be
_ADMITTED = frozenset({"party_members_admitted"})
# ... though no Party grows by so much in a year
_MOST_ADMITTED = 20
_RATIOS = frozenset({"plan_ratio", "prior_ratio"})
# the rule of a figure that its sector alone names
_BY_SECTOR = "sector"
_EQUAL = "bằng"
# so many of them are a part of all there are, and of no plan
_PLACES = frozenset({"commune", "district", "residential_group", "school"})
# between an amount and what it is of another one
_EQUALS_ALONE = re.compile(r"\s*,?\s*(?:chỉ )?bằng (?:gần |hơn |khoảng |trên )?")
# between an amount and how far its plan is met, which is less than was to be hoped
_REACHES_ONLY = re.compile(r"\s*,? (?:nhưng )?(?:mới chỉ|chỉ|mới) đạt (?:gần |hơn |khoảng |trên )?")
# between two changes of an amount, what the first one is held against
_HELD_TWICE = re.compile(r"\bso (?:với|cùng)\b.*\bvà (?:tăng|giảm)\s*$")
# so many figures an item of a list may have
_ITEM_BEFORE = 6
# a change of so little may be that of a change or a rate
_SMALL_CHANGE = 5
_SMALL_RATE = 50
# how far the last item of a list may be
_LIST_REACH = 300
_PRIOR_AT_END, _PLAN_TOLD, _THEN_GROWS = (
    compiled("figure_words.yaml", key) for key in ("prior_at_end", "plan_told", "then_grows")
)


@dataclass(frozen=True, slots=True)
class _Case:
    """A percentage with what decides: the figures before it in `frame`, `rate` whether its indicator is a rate."""

    context: Context
    figure: Figure
    around: Surroundings
    frame: Frame
    rate: bool

    @property
    def last(self) -> Draft | None:
        """The figure right before."""
        return self.frame.last

    def changed(self) -> Measure:
        """A change: of a rate in points, of a count in percent."""
        return "change" if self.rate else "change_pct"

    def is_bare(self, before: str) -> bool:
        """Whether that cue stands before and nothing says what the figure is held against."""
        return self.around.before == before and not self.around.against


def percentage(context: Context, figure: Figure, around: Surroundings, frame: Frame) -> Measure:
    """What a percentage measures; the rooms of rules are asked in turn, the surest first."""
    rate = is_rate(figure.code) or _is_unlisted_rate(figure)
    rate = rate and not (figure.code in _SHARED and is_behind_aside(figure))
    case = _Case(context, figure, around, frame, rate)
    return _by_name(case) or _of_figure_before(case) or _against_plan(case) or _growth(case) or _ratio(case)


def is_growth(figure: Figure) -> bool:
    """Whether a percentage that only stands somewhere is a growth: its indicator is one, or its words name one."""
    if figure.code in _GROWTH_CODES:
        return True
    named = figure.code != "other" and not is_rate(figure.code)
    return named and _GROWS.search(figure.gap.rpartition(";")[2]) is not None


def _is_unlisted_rate(figure: Figure) -> bool:
    """Whether a percentage without an indicator is of a rate: its words say so, or it goes on from a share.

    ("tỷ lệ phòng học kiên cố 71,3%, tăng 12,4%")
    """
    if figure.code != "other":
        return False
    before = figure.inherited
    if figure.of_rate or before is None or before.code != "other":
        return figure.of_rate or figure.names_rate
    return figure.names_rate or before.measure == "share" or before.unit == "percentage_point"


def _by_name(case: _Case) -> Measure | None:
    """What the name of the indicator decides, or the measure that goes on in a comparison."""
    figure, around, last = case.figure, case.around, case.last
    code = figure.code
    if contributes(figure):
        return "share"
    if around.before == "equal" and not around.against and WORDS["of_all_people"].match(figure.folded, figure.q.end):
        return "share"
    if figure.named_fall and around.before != "to_level" and not around.against and not falls_below(figure):
        return "change" if case.rate or code in load_variants()["change_of_rate"] else "change_pct"
    compared = around.against == "prior" and around.before == "" and figure.inherited is not None
    if compared and last is not None and last.measure in CHANGES:
        return last.measure if case.rate or last.quantity.unit in RATES else "change_pct"
    if around.before == "to_level" and _arrives_from_growth(case):
        return "change_pct"
    shares = around.before == "equal" and around.against != "plan" and figure.near_bracket and has_rate(code)
    if shares and not _is_of_planned(figure):
        return "share" if figure.q.value <= _ALL else "plan_ratio"
    if _is_named_growth(figure, around):
        return "change_pct"
    if code not in _GROWTH_CODES or (around.against == "plan" and _is_held_to_plan(figure)):
        return None
    if last is not None and last is figure.inherited and last.measure == "change_pct" and is_change_of_growth(figure):
        return "change"
    of_prior = around.before == "equal" and around.against == "prior" and code != "economic_growth"
    # "chỉ số phát triển công nghiệp đạt 5,8% so cùng kỳ": no index is so small
    of_prior = of_prior and figure.q.value >= _SMALL_RATE
    return "prior_ratio" if of_prior else "change_pct"


def _is_held_to_plan(figure: Figure) -> bool:
    """Whether a growth goes on from its level, or is told by how much it missed or passed its plan.

    ("tăng trưởng bình quân thấp hơn 0,6% so với Nghị quyết")
    """
    return figure.inherited is not None or WORDS["below_or_above"].search(figure.gap) is not None


def _is_of_planned(figure: Figure) -> bool:
    """Whether a percentage is that of a fraction whose denominator is what was planned ("kết nạp 9/12 (đạt 75%)")."""
    inherited = figure.inherited
    if inherited is None:
        return False
    if inherited.measure == "level" and inherited.breakdown.get("kind") in _PLANNED_KINDS.get(figure.code, ()):
        # "xây dựng mới 34 km đường (đạt 59%)": what is new is no part of all roads
        return True
    if inherited.measure == "level" and inherited.code in _ADMITTED:
        # "kết nạp 50 đảng viên, đạt 62%", but "đạt tỷ lệ 6,2%" of all members
        return figure.q.value > _MOST_ADMITTED or not figure.names_rate
    return figure.code in PLANNED_COUNTS and is_ratio_of(figure.q, inherited.quantity)


def _arrives_from_growth(case: _Case) -> bool:
    """Whether a percentage is the B of "từ A lên B" whose A is a growth ("tốc độ tăng từ 9% năm 2021 lên 10,5%")."""
    last = case.last
    if last is None or last.measure != "change_pct" or case.figure.code != last.code:
        return False
    return starts_from(case.figure.folded, last.quantity)


def _is_named_growth(figure: Figure, around: Surroundings) -> bool:
    """Whether the words of a percentage say that an amount grew by it ("tốc độ tăng trưởng (GRDP) ở mức 9%").

    So does a yearly mean of an amount in money ("tổng giá trị sản phẩm bình quân hàng năm từ 11-13%").
    """
    if around.before not in _STATED or is_rate(figure.code):
        return False
    clause = figure.lead or figure.gap.rpartition(";")[2]
    if figure.code == "other":
        # of what no indicator tells its own words have to be the growth's from the first on
        return not around.against and _GROWS_AT.search(clause) is not None
    if around.against:
        # "tăng trưởng kinh tế (GRDP) đạt 8,1% so với cùng kỳ"
        named = around.against == "prior" and figure.q.value < _SMALL_RATE
        return named and figure.inherited is None and _GROWS.search(clause) is not None
    if _GROWS.search(clause) is not None:
        return True
    indicator = load_catalogue().get(figure.code)
    is_money = indicator is not None and indicator.unit_measure in {"VND", "USD"}
    return is_money and around.before == "" and _YEARLY.search(clause) is not None


def _of_figure_before(case: _Case) -> Measure | None:
    """A percentage of the figure before: of a plan, of what is counted, of all."""
    figure, last = case.figure, case.last
    if _is_same_change(case):
        return "change_pct"
    told_of_plan = last is not None and "plan" in last.rules and figure.inherited is not None
    if case.is_bare("equal") and told_of_plan and ";" not in figure.gap:
        return "plan_ratio"
    if case.is_bare("") and figure.in_brackets and plan_in_brackets(figure, case.frame):
        # "thu tiền sử dụng đất 65 tỷ đồng (81,5% dự toán), thu ngoài quốc doanh 32 tỷ đồng (48%)"
        return "plan_ratio"
    if case.is_bare("") and last is not None and last.measure == "plan_ratio" and names_amount(figure):
        # "thu ngân sách đạt 92% dự toán; chi ngân sách gần 89%"
        return "plan_ratio"
    if case.is_bare("") and _is_ratio_of_part(case):
        return "plan_ratio"
    if case.is_bare("equal") and _goes_on_with_prior(case):
        return "prior_ratio"
    inherited = figure.inherited
    if inherited is None:
        return None
    if case.is_bare("equal") and _is_spent(inherited) and tells_rate(figure):
        return "share"
    if case.is_bare("equal") and _is_of_planned(figure):
        return "plan_ratio"
    bracketed = case.is_bare("") and last is inherited and BRACKET_BEHIND.fullmatch(figure.gap) is not None
    if (case.is_bare("equal") or bracketed) and _is_spent(inherited):
        # "giải ngân 23 tỷ đồng, đạt 31%", "đã giải ngân 23 tỷ đồng (31%)"
        return "plan_ratio"
    if case.around.before in MOVES:
        # "đạt 2.000 tỷ đồng (tăng 8%), thu ngân sách 240 tỷ đồng (tăng 12%)": whatever their ratio
        return "plan_ratio" if case.is_bare("equal") and figure.q.value > _ALL else None
    if case.around.against != "plan" and is_ratio_of(figure.q, inherited.quantity):
        takes_share = has_rate(figure.code) or figure.code in load_variants()["shared_counts"]
        # "1/1 thị trấn đạt chuẩn đô thị văn minh, đạt 100%"
        takes_share = takes_share or inherited.unit in _PLACES
        sum_of_plan = inherited.unit in CURRENCIES or not takes_share
        counts_plan = figure.code in PLANNED_COUNTS or (
            case.around.before != "share_of" and figure.code != "other" and sum_of_plan and not is_of_rate(figure)
        )
        # "giảm 25/20 hộ nghèo, đạt 125%": what was to change by so many
        counts_plan = counts_plan or inherited.measure in CHANGES or figure.q.value > _ALL
        return "plan_ratio" if counts_plan else "share"
    if case.is_bare("equal") and _REACHES_ONLY.fullmatch(figure.gap) and _tells_plan(case) and not case.rate:
        # "thu ngân sách đạt 31% dự toán; riêng phí, lệ phí 3 tỷ đồng, chỉ đạt 18%"
        return "plan_ratio"
    if case.around.against != "plan" and is_part_of_seen(figure, case.frame):
        return "share"
    return "plan_ratio" if case.is_bare("equal") and figure.q.value > _ALL else None


def _is_ratio_of_part(case: _Case) -> bool:
    """Whether a part is told as its whole is: how far its plan is met, and then how it grew.

    ("thu ngân sách đạt 51% kế hoạch, tăng 19%; trong đó thuế 53%, tăng 17%; phí 50%, tăng 2%")
    """
    figure = case.figure
    if figure.inherited is None or ";" not in figure.gap or _THEN_GROWS.match(figure.folded, figure.q.end) is None:
        return False
    told = [draft.measure for draft in case.frame.seen if draft.code == figure.code]
    return told[:2] == ["plan_ratio", "change_pct"] and len(told) % 2 == 0


def _goes_on_with_prior(case: _Case) -> bool:
    """Whether the item of a list before was held against another time in the same words, which are said once.

    ("đàn trâu 21.300 con, bằng 101% so với cùng kỳ; đàn bò 3.100 con, bằng 99%")
    """
    last = case.last
    if last is None or last.measure != "level" or case.figure.inherited is None or case.rate:
        return False
    ratios = (draft for draft in reversed(case.frame.seen[-_ITEM_BEFORE:]) if draft.measure in _RATIOS)
    before = next(ratios, None)
    if before is None:
        return _opens_parts(case, last) or _is_held_at_end(case) or _goes_on_with_changes(case, last)
    return before.measure == "prior_ratio" and before.code == last.code


def _goes_on_with_changes(case: _Case, last: Draft) -> bool:
    """Whether the items of a list before moved by so much, and this one only says what it is of what it was.

    ("đàn bò 3.100 con, giảm 4%; đàn lợn 8.200 con, bằng 103%")
    """
    if _EQUALS_ALONE.fullmatch(case.figure.gap) is None or _tells_plan(case):
        return False
    moved = [draft for draft in case.frame.seen[-_ITEM_BEFORE:] if draft.measure == "change_pct"]
    return bool(moved) and moved[-1].code == last.code


def _is_held_at_end(case: _Case) -> bool:
    """Whether the last item of a list says what all are held against, and nothing in it tells of a plan.

    ("đàn bò 31.200 con, bằng 96%; đàn trâu 5.100 con, bằng 98% so với cùng kỳ")
    """
    figure = case.figure
    sentence = figure.spot.sentence
    if _tells_plan(case):
        return False
    end = min(sentence.end, figure.q.end + _LIST_REACH)
    held = _PRIOR_AT_END.match(figure.folded, figure.q.end, end)
    # "thu 18 tỷ đồng, đạt 81%; đàn bò 12.300 con, tăng 3% so với cùng kỳ": what moved is held so alone
    return held is not None and (held["verb"] == _EQUAL or _EQUALS_ALONE.fullmatch(figure.gap) is not None)


def _tells_plan(case: _Case) -> bool:
    """Whether a sentence tells of a plan before a figure."""
    figure = case.figure
    low = max(figure.spot.sentence.start, figure.q.start - _LIST_REACH)
    return _PLAN_TOLD.search(figure.folded, low, figure.q.start) is not None


def _opens_parts(case: _Case, last: Draft) -> bool:
    """Whether a sentence tells the parts of what the one before held against another time alone.

    ("... trồng 680 ha, bằng 93% so với cùng kỳ. Trong đó, ngô 220 ha, bằng 84%")
    """
    start = last.sentence.start
    if _PARTS_OPEN.match(case.context.folded, start) is None:
        return False
    told = {
        draft.measure
        for draft in case.frame.trail.recent
        if draft.sentence.start < start and draft.code == last.code and draft.measure in _RATIOS | {"change_pct"}
    }
    # "... tăng 2% so cùng kỳ. Trong đó, ngô 220 ha, bằng 84%"
    grew = told == {"change_pct"} and _EQUALS_ALONE.fullmatch(case.figure.gap) is not None
    return told & _RATIOS == {"prior_ratio"} or (grew and not _tells_plan(case))


def _is_same_change(case: _Case) -> bool:
    """Whether a change in its own unit is told again in percent.

    ("giảm 210 vụ (tương đương 13,5%)", "giảm 14 vụ, tương ứng 6,1% so với cùng kỳ")
    """
    figure, last = case.figure, case.last
    if last is None or last.measure != "change" or case.rate or case.around.before not in _SAME_AGAIN:
        return False
    if case.around.against == "plan":
        return False
    if _EQUALS.fullmatch(figure.gap) is not None or (figure.in_brackets and is_so_much_of_level(figure, case.frame)):
        return True
    counted = not has_rate(figure.code) or figure.code in load_variants()["change_of_rate"]
    return counted and _IN_PERCENT.fullmatch(figure.gap) is not None


def _against_plan(case: _Case) -> Measure | None:
    figure, inherited = case.figure, case.figure.inherited
    if case.around.against != "plan":
        return None
    if case.around.before in MOVES and is_against_earlier_plan(figure):
        return case.changed()
    if case.around.before in MOVES | {"exceed"}:
        grows = inherited is not None and inherited.measure == "change_pct" and figure.q.value < _SMALL_CHANGE
        # "thu ngân sách tăng 6% so với năm 2023 và tăng 0,4% so với dự toán": the amount, and not its growth
        grows = grows and (case.around.before not in MOVES or _HELD_TWICE.search(figure.gap) is None)
        rate = case.rate or goes_on_share(figure)
        return "plan_change" if grows or (rate and figure.q.value < _SMALL_RATE) else "plan_ratio"
    if not case.rate or figure.link is None or inherited is not None:
        return "plan_ratio"
    if figure.code in load_variants()["rates_of_plan"]:
        return "share"
    # how far a rate was to fall is no rate itself, nor is what is told as one of its plan ("92,1% chỉ tiêu giao")
    return "plan_ratio" if _is_of_plan(figure) or figure.named_fall or growth_verb(case.context, figure) else "share"


def _is_spent(told: Draft) -> bool:
    """Whether a figure tells what was spent of public capital, or of its plan, by all or by some."""
    if told.measure not in {"level", "plan_ratio"}:
        return False
    return told.code in load_variants()["spent_of_plan"] or PAID_BY_SOME in told.rules


def _is_of_plan(figure: Figure) -> bool:
    """Whether the plan stands right behind a percentage, as what it is a percentage of."""
    return figure.around.against_start <= figure.q.end + 1


def _growth(case: _Case) -> Measure | None:
    """A change, by the verb before it or one that goes on, by its sign or by the indicator's own verb."""
    figure, around, last, inherited = case.figure, case.around, case.last, case.figure.inherited
    grew = inherited is not None and last is not None and last.measure == "change_pct"
    if grew and case.is_bare("") and inherited is not None and last is not None and last.code == inherited.code:
        # a list of growths whose verb is said once ("công nghiệp tăng 12,6%, dịch vụ 8,2%")
        return "change_pct"
    if _reaches_with_whole(case):
        return "change_pct"
    if last is not None and last.measure in CHANGES and case.is_bare("") and _SAME_VERB.fullmatch(figure.gap):
        return case.changed()
    if _grows_each_year(case):
        return "change_pct"
    grouped = last is not None and last.code == "other" and last.measure == "change_pct" and figure.code == "other"
    if grouped and case.is_bare("") and WORDS["next_group"].fullmatch(figure.gap) is not None:
        # "nhóm giáo dục tăng 9%; kế đến là nhóm nhà ở 1,3%"
        return "change_pct"
    if case.is_bare("") and last is not None and (falls_with_poor(figure, last) or is_part_of_fall(figure, last)):
        return "change"
    if around.before == "fall" and falls_below(figure):
        return "share"
    if around.before == "to_level" and not case.rate and figure.folded.startswith(GROWS_TO, around.before_start):
        return "change_pct"
    if last is not None and last.measure == "change_pct" and WORDS["growth_moved"].search(figure.gap) is not None:
        return "change"
    if around.before in MOVES:
        return "change" if grew and last is inherited and is_change_of_growth(figure) else case.changed()
    if figure.code == "other" and inherited is None and figure.names_rate:
        return "share"
    grew_by_verb = is_signed(figure) or growth_verb(case.context, figure)
    if grew_by_verb or (around.before == "" and moved_bracket(case.context, figure)):
        return case.changed()
    return None


def _reaches_with_whole(case: _Case) -> bool:
    """Whether a part reached a growth as its whole did ("tốc độ tăng giá trị sản xuất đạt 9%, nông nghiệp đạt 4%")."""
    figure = case.figure
    if case.rate or figure.code == "other" or figure.q.value >= _SMALL_RATE:
        return False
    before = figure.inherited
    if before is None and figure.rules[0] == _BY_SECTOR:
        before = next((draft for draft in case.frame.backwards() if draft.quantity.unit == figure.q.unit), None)
    return before is not None and before.code == figure.code and reaches_growth(figure, before)


def _grows_each_year(case: _Case) -> bool:
    """Whether an amount is told by a percentage of each year, which can only be its growth ("thu đạt 12 - 14%/năm")."""
    figure, around = case.figure, case.around
    if case.rate or around.before not in _STATED or around.against or figure.q.value >= _SMALL_RATE:
        return False
    if figure.code == "other":
        # "tổng giá trị sản phẩm bình quân hằng năm 9 - 11%"
        item = figure.gap.rpartition(";")[2]
        yearly = is_per_year(figure) or _YEARLY.search(item) is not None
        return yearly and WORDS["amount_of"].match(item) is not None
    indicator = load_catalogue().get(figure.code)
    # what is lent is told with its interest
    told = indicator is not None and indicator.unit_measure in CURRENCIES and figure.code not in _LENT
    return told and is_per_year(figure)


def _ratio(case: _Case) -> Measure:
    """A share, or a ratio to a plan or another time."""
    figure, around = case.figure, case.around
    if around.before == "exceed":
        if around.against == "prior":
            # "vượt 5% so với năm trước"
            return case.changed()
        return "plan_change" if case.rate else "plan_ratio"
    if around.against == "prior" and around.before in {"equal", "share_of", ""} and not case.rate:
        return "prior_ratio"
    beyond = figure.q.value > _ALL and figure.code != "other"
    if not case.rate and (beyond or tells_how_plan_is_met(figure)):
        # nothing is more than all of itself
        return "plan_ratio"
    if around.before != "equal" or case.rate or is_of_noun(figure):
        return "share"
    if figure.code == "other" and WORDS["raises_fund"].search(figure.gap) is not None:
        # "thu quỹ phòng chống thiên tai đạt 43%": of what was to be collected
        return "plan_ratio"
    if figure.code == "other" and is_of_count(figure):
        return "plan_ratio" if is_part_of_planned(figure, case.frame) else "share"
    return "share" if has_rate(figure.code) or is_of_rate(figure) or is_of_whole(figure) else "plan_ratio"
