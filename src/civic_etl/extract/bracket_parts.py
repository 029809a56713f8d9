"""Counts in brackets that together make up the count before them, and so are of what it is of."""

from civic_etl.extract.code_units import RATES
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure

# between a count and the brackets that divide it
_REACH = 40
_LONGEST = 12
# those begun and those carried over are told apart by their own words
_WORKS = "project"


def divides_other(context: Context, figure: Figure, frame: Frame) -> bool:
    """Whether a count is a part of one that has no indicator ("19 chủ thể (8 HTX, 5 doanh nghiệp, 6 hộ kinh doanh)").

    It is where the counts in the brackets make up that before them.
    """
    if figure.is_rate or figure.q.upper is not None or figure.q.unit == _WORKS:
        return False
    opened = figure.bracket
    whole = _before(frame, opened) if opened >= 0 else None
    if whole is None or whole.code != "other" or whole.measure != "level" or whole.value <= figure.q.value:
        return False
    closes = figure.folded.find(")", figure.q.end, figure.spot.sentence.end)
    figures = context.quantities
    first = figures.first_from(opened)
    parts = [q for q in figures[first : first + _LONGEST] if q.start < closes]
    if len(parts) < 2 or any(q.unit in RATES or q.upper is not None or q.denominator is not None for q in parts):
        return False
    return sum(q.value for q in parts) == whole.value


def _before(frame: Frame, opened: int) -> Draft | None:
    """The figure right before a bracket."""
    whole = next((d for d in reversed(frame.seen) if d.quantity.start < opened), None)
    return whole if whole is not None and 0 <= opened - whole.quantity.end <= _REACH else None
