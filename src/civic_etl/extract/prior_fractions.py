"""Fractions in brackets that tell a change again as what is and what was ("tăng 11 vụ (46/35 vụ) so với cùng kỳ")."""

from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.calendar_period import shift
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.quantity import Quantity

_BASE = "base"
RULE = "now-and-before"


def now_and_before(figure: Figure, frame: Frame) -> list[Draft]:
    """The level of a fraction's time and that of the year before; none where it is no such fraction.

    The difference of both is the change right before the bracket, in its unit or without one.
    """
    q, last = figure.q, frame.last
    if last is None or last.measure != "change" or last.period is None or _BASE in last.breakdown:
        return []
    if q.numerator is None or q.denominator is None or not figure.in_brackets:
        return []
    if q.unit not in {"", "unit", last.quantity.unit} or q.numerator - q.denominator != last.value:
        return []
    then_told = figure.folded[q.number_start : q.number_end].rpartition("/")[2].lstrip()
    before = q.number_end - len(then_told)
    now = replace(q, numerator=None, denominator=None, comparator="eq")
    then = replace(now, start=before, number_start=before, value=q.denominator)
    return [
        _level(figure, last, now, q.numerator),
        replace(_level(figure, last, then, q.denominator), period=shift(last.period, -1)),
    ]


def _level(figure: Figure, change: Draft, quantity: Quantity, value: Decimal) -> Draft:
    """One side of the fraction, of the indicator and the categories of the change."""
    return replace(
        change,
        quantity=replace(quantity, unit=change.quantity.unit),
        breakdown=change.categories,
        measure="level",
        value=value,
        upper=None,
        rules=(RULE,),
        block=figure.spot.block,
        sentence=figure.spot.sentence,
    )
