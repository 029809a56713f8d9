"""The plan itself, told beside what was achieved ("/KH 4.100 tấn", "kế hoạch (23.600 tỷ đồng)")."""

from civic_etl.extract.calendar_period import year
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import CHANGES, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.plan_setters import setter_in
from civic_etl.extract.records import Measure
from civic_etl.indicators import load_catalogue

_KEPT = frozenset({"level", "share", "change", "change_pct"})
_OF_ACHIEVED = frozenset({"base", "averaging", "plan"})
_TO_PLAN = frozenset({"plan_ratio", "plan_change", "prior_ratio"})


def achieved_by(figure: Figure, frame: Frame) -> Draft | None:
    """What was achieved of the plan that a figure tells: what stands before it in its unit, else a ratio to it."""
    last, unit = frame.last, figure.q.unit
    if not figure.planned or figure.q.denominator is not None or last is None:
        return None
    of_one = (draft for draft in reversed(frame.seen) if draft.code == last.code)
    told = (d for d in (last, frame.draft, *of_one) if d is not None and d.measure not in _TO_PLAN)
    alike = next((draft for draft in told if unit in {draft.quantity.unit, ""}), None)
    if alike is not None or last.measure != "plan_ratio":
        return alike
    # "chỉ đạt 93% kế hoạch đề ra (50,1 nghìn tỷ đồng)"
    indicator = load_catalogue().get(last.code)
    return last if indicator is not None and indicator.unit_measure == unit else None


def plan_of(context: Context, figure: Figure, achieved: Draft) -> Draft:
    """The plan of what was achieved, of the whole year; a growth is held against that of the same months."""
    q, spot = figure.q, figure.spot
    period = achieved.period
    grows = achieved.measure in CHANGES and WORDS["plan_of_year"].search(figure.gap) is None
    if period is not None and period.end.year == period.start.year and not grows:
        period = year(period.end.year)
    breakdown = {key: value for key, value in achieved.breakdown.items() if key not in _OF_ACHIEVED}
    setter = setter_in(context, spot.floor, q.start)
    if setter:
        breakdown["plan"] = setter
    measure: Measure = achieved.measure if achieved.measure in _KEPT else "level"
    return Draft(
        quantity=q,
        code=achieved.code,
        link=None,
        breakdown=breakdown,
        measure=measure,
        value=-q.value if measure in CHANGES and achieved.value < 0 else q.value,
        upper=q.upper,
        unit=achieved.unit if q.unit in {"", achieved.quantity.unit} else q.unit,
        period=period,
        kind="target",
        rules=("plan",),
        block=spot.block,
        sentence=spot.sentence,
    )
