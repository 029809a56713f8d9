"""The plan itself, told beside what was achieved ("/KH 4.100 tấn", "kế hoạch (23.600 tỷ đồng)")."""

import re
from datetime import date
from decimal import Decimal

from civic_etl.extract.calendar_period import year
from civic_etl.extract.categories import Breakdown
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES, MOVES, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.plan_setters import setter_in, setters_named
from civic_etl.extract.records import Measure
from civic_etl.extract.yearly_means import is_per_year
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_variants

_KEPT = frozenset({"level", "share", "change", "change_pct"})
_OF_ACHIEVED = frozenset({"base", "plan"})
_MEAN = "averaging"
# a plan of so many months is not this far from reached at their end
_REACHED = 80
_RATIO_REACH = 30
# so far behind "giao", "nghị quyết" a name of who set a plan may end
_SETTER_REACH = 30
# what grows by so much, and that by so many points more or less than before
_GROWTHS = frozenset({"economic_growth", "grdp"})
_TO_PLAN = frozenset({"plan_ratio", "plan_change", "prior_ratio"})


def set_by(figure: Figure) -> re.Match[str] | None:
    """What says behind an amount who set it, where something is held against it as its plan; None for others.

    ("vượt chỉ tiêu 1.200 căn được Thủ tướng giao": of so many, and not by so many)
    """
    if figure.is_rate or WORDS["names_plan"].search(figure.gap) is None:
        return None
    return WORDS["set_by"].match(figure.folded, figure.q.end, figure.spot.ceiling)


def aim_at_set(context: Context, figure: Figure) -> None:
    """A plan that says behind it who set it is a target, whoever it was: nothing before it tells what was achieved."""
    told = set_by(figure)
    if told is None or figure.measure != "level":
        return
    figure.kind = "target"
    figure.breakdown |= _setter_behind(context, told)


def _setter_behind(context: Context, told: re.Match[str]) -> Breakdown:
    index = context.line.at_or_after(told.start() + 1)
    named = setters_named(context, index, index, told.end() + _SETTER_REACH)
    return {"plan": named[0]} if named else {}


def tells_plan(figure: Figure, frame: Frame) -> bool:
    """Whether the words before a figure say that it is the plan of what stands before it.

    A move in brackets is the plan of a move, and else how what was achieved has moved ("đạt 100% kế hoạch (tăng 0,4% so
    với năm 2022)").
    """
    if frame.draft is None:
        return False
    if set_by(figure) is not None:
        return True
    if WORDS["planned"].first_in(figure.gap) is None:
        return False
    inside = figure.gap.rpartition("(")[2]
    if figure.around.before not in MOVES or inside == figure.gap or WORDS["of_plan"].search(inside) is not None:
        return True
    achieved = next((draft for draft in reversed(frame.seen) if draft.measure not in _TO_PLAN), None)
    return figure.around.against != "prior" and achieved is not None and achieved.measure in CHANGES


def achieved_by(figure: Figure, frame: Frame) -> Draft | None:
    """What was achieved of the plan that a figure tells: what stands before it in its unit, else a ratio to it."""
    last, unit = frame.last, figure.q.unit
    if not figure.planned or last is None:
        return None
    if figure.q.denominator is not None and figure.q.denominator != last.quantity.denominator:
        # but "8/8 xã đạt chuẩn (kế hoạch 7/8 xã)" are of the same
        return None
    of_one = [draft for draft in reversed(frame.seen) if draft.code == last.code]
    if figure.near_bracket and last.unit == "percent" and unit != "percent":
        # "đạt chuẩn được 71 trường, tỷ lệ 24,6% (kế hoạch 75 trường)": of the count before the rate
        of_one += [d for d in frame.seen[-2:] if d.measure == "level" and d.unit == unit]
    told = [d for d in (last, frame.draft, *of_one) if d is not None and d.measure not in _TO_PLAN]
    # no plan is of what was a year ago ("giảm 5% (cùng kỳ tăng 1,4%), không đạt kế hoạch (6%)")
    latest = max((d.period.end for d in told[:2] if d.period is not None), default=date.min)
    told = [d for d in told if d.period is None or d.period.end >= latest]
    alike = next((draft for draft in told if unit in {draft.quantity.unit, ""}), None)
    if alike is not None and alike.measure in CHANGES and WORDS["held_to_plan"].search(figure.gap) is not None:
        # "tăng 4.150 (7%); so với chỉ tiêu giao (72.300 người)": what there is, not by how much it moved
        levels = (d for d in told if d.measure == "level" and d.quantity.unit == unit)
        level = next(levels, None)
        alike = level if level is not None and _distance(figure, level) < _distance(figure, alike) else alike
    if alike is not None and alike.measure == "change" and alike.code in _GROWTHS:
        # "tăng trưởng đạt 6,2%, thấp hơn 0,4% so với cùng kỳ, khó đạt kế hoạch 7,5%": the growth, and not what it lost
        growths = (d for d in frame.backwards() if d.code == alike.code and d.measure == "change_pct")
        grew = next(growths, None)
        alike = grew if grew is not None and _distance(figure, grew) < _distance(figure, alike) else alike
    if alike is not None or last.measure != "plan_ratio":
        return alike
    # "chỉ đạt 93% kế hoạch đề ra (50,1 nghìn tỷ đồng)"
    indicator = load_catalogue().get(last.code)
    return last if indicator is not None and indicator.unit_measure == unit else None


def _distance(figure: Figure, achieved: Draft) -> Decimal:
    """How far the sizes of a plan and of what was achieved are apart, for one of the larger."""
    told = abs(achieved.value)
    return abs(figure.q.value - told) / max(figure.q.value, told, Decimal(1))


def plan_of(context: Context, figure: Figure, achieved: Draft, frame: Frame) -> Draft:
    """The plan of what was achieved, of its time; of the whole year where it says so, or is far from reached."""
    q, spot = figure.q, figure.spot
    period = achieved.period
    if period is not None and period.end.year == period.start.year and _is_of_year(figure, frame):
        period = year(period.end.year)
    breakdown = {key: value for key, value in achieved.breakdown.items() if key not in _OF_ACHIEVED}
    if achieved.measure not in CHANGES:
        # only what something grows or falls by is planned as a yearly mean, too
        breakdown.pop(_MEAN, None)
    elif is_per_year(figure):
        # "giảm 4%, vượt mục tiêu nghị quyết giảm bình quân 3%/năm"
        breakdown[_MEAN] = "annual"
    setter = setter_in(context, spot.floor, q.start)
    if setter:
        breakdown["plan"] = setter
    elif (told := set_by(figure)) is not None:
        breakdown |= _setter_behind(context, told)
    measure: Measure = achieved.measure if achieved.measure in _KEPT else "level"
    falls = measure in CHANGES and achieved.value < 0
    return Draft(
        quantity=q,
        code=load_variants()["planned_as"].get(achieved.code, achieved.code),
        link=None,
        breakdown=breakdown,
        measure=measure,
        value=-q.value if falls else q.value,
        upper=-q.upper if falls and q.upper is not None else q.upper,
        unit=achieved.unit if q.unit in {"", achieved.quantity.unit} else q.unit,
        period=period,
        kind="target",
        rules=("plan",),
        block=spot.block,
        sentence=spot.sentence,
    )


def carry_out(figure: Figure, frame: Frame) -> None:
    """What was done of the plan told right before it ("kế hoạch giao 50 ha, thực hiện 52 ha") is a result."""
    plan = frame.last
    if figure.kind != "target" or plan is None or plan.kind != "target" or plan.quantity.unit != figure.q.unit:
        return
    if WORDS["carried_out"].match(figure.gap) is not None:
        figure.kind = "actual"


def _is_of_year(figure: Figure, frame: Frame) -> bool:
    """Whether a plan is a year's: its words say so, or the ratio right before or behind it is small."""
    if WORDS["plan_of_year"].search(figure.gap) is not None:
        return True
    last = frame.last
    if last is not None and last.measure == "plan_ratio" and last.value < _REACHED:
        return True
    behind = WORDS["reaches"].match(figure.folded, figure.q.end, figure.q.end + _RATIO_REACH)
    return behind is not None and int(behind[1]) < _REACHED
