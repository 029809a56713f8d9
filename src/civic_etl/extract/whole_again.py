"""A place that is told behind the parts of a whole, of which it has so much."""

from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART

_UNKNOWN, _ALONE = "other", "riêng "


def whole_again(figure: Figure, frame: Frame, elision: Elision) -> Draft | None:
    """The whole that "riêng" and a place behind a semicolon go back to, past a part with an indicator of its own.

    ("cam 2.200 ha, trong đó 680 ha được chứng nhận VietGAP; riêng xã A có 400 ha": the semicolon ends the parts)
    """
    folded, q, link = figure.folded, figure.q, figure.link
    low = folded.rfind(";", figure.spot.floor, q.start) + 1
    if not low or not folded.startswith(_ALONE, low + 1) or not elision.only_place(low, q.start):
        return None
    if figure.is_rate or (link is not None and link.hit is not None and link.hit.start >= low):
        return None
    part = frame.of_unit(q.unit)
    if part is None or part is not frame.last:
        return None
    levels = (d for d in reversed(frame.seen) if d.quantity.unit == q.unit and d.measure == "level")
    whole = next((d for d in levels if d.code not in {_UNKNOWN, part.code}), None)
    if whole is None or whole.value < q.value:
        return None
    return whole if PART in folded[whole.quantity.end : part.quantity.start] else None
