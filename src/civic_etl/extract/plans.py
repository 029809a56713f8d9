"""The plan itself, told behind what was achieved ("/KH 4.100 tấn", "kế hoạch (23.600 tỷ đồng)")."""

from civic_etl.extract.calendar_period import year
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import CHANGES, Figure
from civic_etl.extract.plan_setters import setter_in
from civic_etl.extract.records import Measure

_KEPT = frozenset({"level", "share", "change", "change_pct"})
_OF_ACHIEVED = frozenset({"base", "averaging", "plan"})


def plan_of(context: Context, figure: Figure, achieved: Draft) -> Draft:
    """The plan of what was achieved, of the whole year."""
    q, spot = figure.q, figure.spot
    period = achieved.period
    if period is not None and period.end.year == period.start.year:
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
