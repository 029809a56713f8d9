"""What a figure measures: a level, a share, a change, or how it stands to a plan or another time."""

from dataclasses import replace

from civic_etl.extract.branch_shares import CONTRIBUTION, contributes
from civic_etl.extract.categories import Breakdown
from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import AGAIN, Frame
from civic_etl.extract.figure import CHANGES, MOVES, RATIOS, Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.growths import is_change_counted
from civic_etl.extract.joined_changes import goes_on_changing, is_told_with_change
from civic_etl.extract.journeys import opens_journey
from civic_etl.extract.likeness import HELD, rate_before, reaches_growth
from civic_etl.extract.measure import Surroundings
from civic_etl.extract.patterns import compiled
from civic_etl.extract.percentages import is_growth, percentage
from civic_etl.extract.plans import set_by
from civic_etl.extract.rates import is_rate, rate_code
from civic_etl.extract.records import Measure
from civic_etl.extract.shares_of_poor import is_part_of_poor, is_share_of_poor, shares_poor_told
from civic_etl.extract.whole_growth import WHOLE_GROWTH
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_lexicon, load_variants

_LEFT = frozenset({"left", "left-far"})
# "vượt 3 tiêu chí" counts what was exceeded
_COUNTED_ANYWAY = frozenset({"target", "criterion"})
_SHARED_UNITS = RATES | {"VND", "USD", "visit", "case"}
_TAKES_SHARE = compiled("link_words.yaml", "takes_share")
_MORE, _TIMES = " thêm", "gấp"
_GROUP = "group"
_CHANGE_ALREADY = frozenset({"households_escaped_poverty"})
# no rate of a plan is of more than all
_ALL = 100


def read_measure(context: Context, figure: Figure, frame: Frame) -> bool:
    """Sets the measure, and the code that has it; False for a bare number that only relates to another."""
    figure.journey = opens_journey(figure)
    figure.measure = _measure(context, figure, frame)
    _fit_code(figure, frame)
    return figure.q.unit != "" or (figure.measure not in RATIOS and figure.code != "other")


def _measure(context: Context, figure: Figure, frame: Frame) -> Measure:
    around = figure.around
    if figure.equal is not None:
        return "change"
    if figure.prior is not None:
        return "level"
    if figure.rules[0] == WHOLE_GROWTH:
        return "change_pct"
    if figure.journey:
        if not figure.is_rate:
            return "level"
        return "change_pct" if is_growth(figure) else "share"
    if figure.q.denominator is not None and figure.gap.strip() == "(":
        # behind a change: what stands now, against what stood before
        return "level"
    if AGAIN in figure.rules and is_change_counted(figure, frame.last):
        return "change"
    if figure.continued is not None and not around.against and around.before == "":
        return figure.continued.measure
    if figure.rules[0] == "same-unit" and figure.is_rate:
        last = rate_before(figure, frame)
        goes_on = last is not None and last.measure in CHANGES and last.code == figure.code
        goes_on = goes_on and last is not None and (around.before in {"", "to_level"} or reaches_growth(figure, last))
        if last is not None and (last.measure in HELD or goes_on):
            return last.measure
    return _by_unit(context, figure, _beside_name(figure), frame)


def _beside_name(figure: Figure) -> Surroundings:
    """The cues round a figure without one that is a word of its indicator's name, unless that is compared with a time.

    ("Giảm hộ nghèo so với đầu năm là 3,1%")
    """
    hit = figure.link.hit if figure.link is not None and figure.around.against != "prior" else None
    inside = hit is not None and hit.start <= figure.around.before_start < hit.end
    return replace(figure.around, before="") if inside and figure.around.before != "to_level" else figure.around


def _by_unit(context: Context, figure: Figure, around: Surroundings, frame: Frame) -> Measure:
    unit = figure.q.unit
    if unit == "rank" and figure.q.noun:
        # "tăng 5 bậc"
        return "change"
    if unit == "rank" or (unit in _COUNTED_ANYWAY and around.before == "exceed"):
        return "level"
    if unit == "times":
        return "multiple" if _is_multiplied(figure) else "level"
    if unit == "percentage_point":
        own = load_catalogue().get(figure.code)
        if own is not None and own.unit_measure == unit:
            return "level"
        return "plan_change" if around.against == "plan" else "change"
    to_plan = figure.is_rate and around.against == "plan" and is_rate(figure.code)
    if to_plan and (figure.q.denominator is not None or _is_beside_planned(figure)):
        # "công nghiệp đạt 48,3/47% chỉ tiêu": the share that was planned stands behind the bar
        return "share"
    if figure.is_rate:
        in_points = figure.code == CONTRIBUTION and (around.before not in MOVES or contributes(figure))
        return "level" if in_points else percentage(context, figure, around, frame)
    if is_told_with_change(figure, frame):
        names_itself = figure.link is not None and figure.link.rule == "unit-phrase"
        if (whole := frame.of_unit(unit)) is not None and not names_itself:
            # "cháy 5 vụ, thiệt hại 18 ha, giảm 3 vụ và 7 ha", but "(giảm 3 vụ, 2 người chết)"
            figure.code, figure.breakdown = whole.code, whole.categories
        return "change"
    return "change" if goes_on_changing(figure, frame) else _amount(figure, around)


def _is_beside_planned(figure: Figure) -> bool:
    """Whether the rate that was planned stands right behind a rate ("đạt 58% so với nghị quyết 65%")."""
    planned = figure.spot.following
    if planned is None or planned.unit != "percent" or figure.around.before in MOVES | {"exceed"}:
        return False
    return WORDS["to_planned_rate"].fullmatch(figure.folded, figure.q.end, planned.start) is not None


def _is_multiplied(figure: Figure) -> bool:
    """Whether a number of times tells how many times as much, and not how often ("40 lần/người/năm")."""
    folded, q = figure.folded, figure.q
    # "gần gấp ba" has the verb in its words
    behind = _TIMES in folded[q.start : q.end] or WORDS["multiplied_behind"].match(folded, q.end) is not None
    return behind or WORDS["multiplied"].search(folded, figure.spot.sentence.start, q.start) is not None


def _amount(figure: Figure, around: Surroundings) -> Measure:
    """What a figure in a unit of its own measures; a fraction of what was planned is a level."""
    if figure.q.denominator is not None and around.before not in MOVES:
        return "level"
    if set_by(figure) is not None:
        return "level"
    if around.before == "exceed" and WORDS["met_and_passed"].search(figure.gap) is not None:
        # "phấn đấu đạt và vượt dự toán 29 tỷ đồng": of the plan, and not of what is beyond it
        return "level"
    if around.before in MOVES | {"exceed"} and around.against == "plan":
        return "plan_change"
    if around.before == "exceed" and _is_less(figure):
        return "change" if around.against == "prior" else "plan_change"
    if figure.named_fall and around.before != "to_level":
        return "change"
    if around.before == "fall" and not around.against and _lacks(figure):
        return "level"
    if figure.q.unit == _GROUP and WORDS["and_of_kind"].fullmatch(figure.gap) is not None:
        # "4 nhóm giảm và 2 nhóm ổn định so với tháng trước"
        return "level"
    if around.before not in MOVES or figure.code in _CHANGE_ALREADY or WORDS["added_capital"].search(figure.gap):
        return "level"
    link = figure.link
    named_between = (
        link is not None and link.rule in _LEFT and link.hit is not None and link.hit.start > around.before_start
    )
    # "tăng dư nợ thêm 60 tỷ đồng" tells a change, whatever its verb stands before
    added = around.before == "rise" and figure.gap.rstrip().endswith(_MORE)
    return "level" if named_between and not added else "change"


def _lacks(figure: Figure) -> bool:
    """Whether so many are what a place lacks ("còn thiếu 9 cán bộ"), and no fall."""
    return WORDS["lacks"].search(figure.gap) is not None


def _is_less(figure: Figure) -> bool:
    """Whether a figure is less than the level before it in its unit: by so much that one was beyond something."""
    before = figure.inherited
    if before is None or before.measure != "level" or before.quantity.unit != figure.q.unit:
        return False
    return figure.q.value < before.quantity.value


def _against_ratio(figure: Figure) -> bool:
    """Whether a percentage goes on from another one, which it is more or less than ("đạt 38%, thấp hơn cùng kỳ 4%")."""
    after_ratio = figure.folded[figure.spot.floor - 1 : figure.spot.floor] == "%"
    return after_ratio and WORDS["more_or_less"].match(figure.gap) is not None


def _takes_shares(code: str, breakdown: Breakdown) -> bool:
    """Whether a share may be said of an indicator; one of what is counted or measured is of a part that has no code.

    Unless that is of a category whose shares are told ("dân số 8.200 người, trong đó nữ chiếm 51%"). No share of those
    who fell ill has a code.
    """
    indicator = load_catalogue().get(code)
    if code in load_variants()["persons_as_cases"]:
        return False
    if indicator is None or indicator.unit_measure in _SHARED_UNITS:
        return True
    return any(key in breakdown for key in load_variants()["shared_keys"].get(code, ()))


def _is_share_of_fields(figure: Figure, frame: Frame) -> bool:
    """Whether a share is told right behind the area of one crop: what that takes of all ("lúa 500 ha, chiếm 40%").

    Not where more of that crop was told before: it is of one kind of it ("... trong đó lúa lai 90 ha, chiếm 18%").
    """
    area = figure.inherited
    if area is None or area.unit != "ha" or "crop" not in figure.breakdown or area.measure != "level":
        return False
    if figure.code != area.code or _TAKES_SHARE.fullmatch(figure.gap) is None:
        return False
    alike = (d for d in frame.backwards() if d.code == area.code and d.measure == "level" and d.value > area.value)
    return all(d.breakdown.get("crop") != figure.breakdown["crop"] for d in alike)


def _fit_code(figure: Figure, frame: Frame) -> None:
    """Some measures are of a sister indicator: the rate of a count, the rate by which a plan is met."""
    variants = load_variants()
    told = figure.around.against == "plan" and figure.around.before != ""
    if figure.code in variants["sum_of_rate"] and told and not figure.names_rate:
        figure.code, figure.measure = variants["sum_of_rate"][figure.code], "plan_ratio"
    if figure.measure == "change_pct" and figure.code in variants["spent_of_plan"] and _against_ratio(figure):
        figure.code, figure.measure = variants["spent_of_plan"][figure.code], "change"
    # "đạt 150%" is how far the quota was met; more than a plan that is named is a ratio to it
    met = figure.q.value <= _ALL or (figure.around.before == "equal" and not figure.around.against)
    if figure.measure == "plan_ratio" and figure.code in variants["plan_rate"] and met:
        figure.code, figure.measure, figure.breakdown = variants["plan_rate"][figure.code], "share", {}
        figure.around = replace(figure.around, setters=(), against="")
    if figure.is_rate and figure.measure in CHANGES and WORDS["of_number"].match(figure.folded, figure.q.end):
        counts = {rate: count for count, rate in variants["change_of_rate"].items()}
        if figure.code in counts or figure.code in variants["change_of_rate"]:
            figure.code, figure.measure = counts.get(figure.code, figure.code), "change_pct"
    elif figure.measure == "change_pct" and figure.code in variants["change_of_rate"] and figure.is_rate:
        figure.code, figure.measure = variants["change_of_rate"][figure.code], "change"
    told_of_poor = figure.measure == "share" and shares_poor_told(figure, frame)
    if told_of_poor and frame.last is not None:
        figure.code, figure.breakdown = frame.last.code, dict(frame.last.categories)
    of_poor = told_of_poor or ("group" in figure.breakdown and is_share_of_poor(figure))
    if figure.measure == "share" and figure.q.value > _ALL and (count := _count_beyond(figure)) is not None:
        figure.code, figure.measure = count, "plan_ratio"
    elif figure.measure == "share" and figure.is_rate and not of_poor:
        figure.code, figure.breakdown = rate_code(figure.code, figure.breakdown)
        whole = figure.code in load_variants()["shared_counts"] and PART not in figure.gap
        whole = whole or _is_share_of_fields(figure, frame)
        if not (whole or _takes_shares(figure.code, figure.breakdown)) or is_part_of_poor(figure):
            figure.code, figure.breakdown, figure.link = "other", {}, None


def _count_beyond(figure: Figure) -> str | None:
    """The count whose plan was met by more than all, as no rate can be ("vượt chỉ tiêu BHYT: xã A (104%)")."""
    if figure.code in load_variants()["rates_of_plan"] or not figure.is_rate:
        return None
    return load_lexicon().count_of.get(figure.code)
