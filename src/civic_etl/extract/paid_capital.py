"""Public capital: what of a programme is paid out, what is of one source or office alone, what is only allotted."""

from datetime import date, timedelta

from civic_etl.extract.calendar_period import Period, year
from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART
from civic_etl.extract.patterns import patterns

_WORDS = patterns("paid_capital.yaml")
_PLAN = "public_investment_plan"
CAPITAL = frozenset({_PLAN, "public_investment_disbursed", "public_investment_disbursement_rate"})
"""Codes of public capital: what is allotted, what of it is paid out, and the rate."""

SPENT = CAPITAL - {_PLAN} | {"construction_investment"}
"""What of it is spent, or done for it."""

PAID_BY_SOME = "paid-by-some"
"""The rule of capital that no code tells apart: that of one source, or what one office spends."""
_PROGRAMME = "programme"
# what is allotted is told as a result when the year is about to be over
_YEAR_END = timedelta(days=60)


class PaidCapital:
    """Reads what is paid out of public capital in one document."""

    def __init__(self, categories: Categories) -> None:
        self._categories = categories

    def of_programme(self, figure: Figure, frame: Frame) -> Draft | None:
        """The figure before whose part is told by nothing but the name of a programme.

        ("các chương trình giải ngân 60 tỷ đồng, đạt 41% kế hoạch, trong đó giảm nghèo 39%, nông thôn mới 52%")
        """
        before = next((d for d in reversed(frame.seen) if d.quantity.unit == figure.q.unit), None)
        if before is None or figure.q.unit not in RATES | {"VND"} or before.code not in CAPITAL:
            return None
        folded, start = figure.folded, figure.q.start
        low = figure.item_start(start)
        part = folded.rfind(PART, low, start)
        low = part + len(PART) if part >= 0 else low
        named = self._categories.named(before.code, _PROGRAMME, low, start)
        filled = bool(named) and self._categories.fills(before.code, low, start)
        return before if filled else None


def date_allotted(figure: Figure, frame: Frame, reference: date | None, report: Period | None) -> None:
    """Sets the time of what somebody is given to spend, without one of its own: it is planned for the year going on.

    ("4 tháng, huyện đã giải ngân 40 tỷ đồng. Ban quản lý được giao 61 tỷ đồng"; parts go on from the plan before them)

    What is spent of the plan of a year is of the part of it that is under `report`.
    """
    if figure.cue is not None and figure.code in SPENT:
        _go_back_to_report(figure, frame, report)
        return
    if _is_yet_to_be_spent(figure, reference):
        figure.kind = "target"
    some = PAID_BY_SOME in figure.rules
    if figure.cue is not None or figure.measure != "level" or not (figure.code == _PLAN or some):
        return
    before = next((d for d in frame.backwards() if d.code == _PLAN and d.measure == "level"), None)
    if _WORDS["allotted"].search(figure.gap) is None:
        if figure.code == _PLAN and before is not None and before.kind == "target":
            figure.period, figure.kind = before.period, before.kind
        return
    period = figure.period
    if period is None or reference is None or period.start.year != reference.year or period.end.year != reference.year:
        return
    if year(reference.year).end > reference + _YEAR_END:
        figure.period, figure.kind = year(reference.year), "target"


def _is_yet_to_be_spent(figure: Figure, reference: date | None) -> bool:
    """Whether capital was planned for a time that is not over ("vốn đầu tư công năm 2026 được giao 31 tỷ đồng")."""
    if figure.code != _PLAN or figure.measure != "level" or figure.kind != "actual":
        return False
    return figure.period is not None and reference is not None and figure.period.end > reference


def _go_back_to_report(figure: Figure, frame: Frame, report: Period | None) -> None:
    """("Tổng vốn được giao năm 2010 là 96 tỷ đồng; giải ngân 45 tỷ đồng" in a report of six months)"""
    cue, period = figure.cue, figure.period
    if cue is None or period is None or report is None or not period.is_year_of(report):
        return
    plan = next((d for d in frame.seen if d.code == _PLAN and d.period == period), None)
    if plan is not None and cue.start < plan.quantity.start:
        figure.period = report


def is_of_some(figure: Figure) -> bool:
    """Whether capital is that of one source or office, as its item of the sentence says first."""
    if figure.code not in CAPITAL or _PROGRAMME in figure.breakdown:
        return False
    folded, first, start = figure.folded, figure.spot.sentence.start, figure.q.start
    opened = folded.rfind(";", first, start) + 1 or first
    some = _WORDS["of_some"].match(folded, opened, start)
    return some is not None and _WORDS["told_of_all"].search(folded, opened, start) is None
