"""The unit of a count by the words beside its noun, where the noun alone says too little or another thing."""

from civic_etl.extract.figure import Spot
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity

_WATERS, _COUPLE, _TOO_YOUNG = (compiled("told_beside.yaml", key) for key in ("waters", "couple", "too_young"))
_ROAD, _ONE_BY_ONE, _CASE = "road", "unit", "case"
_COUPLE_REACH = 80


def unit_told_beside(folded: str, q: Quantity, spot: Spot) -> str:
    """The unit of a count by the words beside it; "" where they tell none.

    ("nạo vét 8 tuyến kênh" are no roads; "tảo hôn còn 4 cặp, giảm 2 cặp" are cases)
    """
    if q.unit == _ROAD:
        return _ONE_BY_ONE if _WATERS.match(folded, q.end) is not None else ""
    if q.unit not in {"", _ONE_BY_ONE} or _COUPLE.match(folded, q.number_end) is None:
        return ""
    low, high = max(spot.sentence.start, q.start - _COUPLE_REACH), q.number_end + len(" cặp tảo hôn")
    return _CASE if _TOO_YOUNG.search(folded, low, high) is not None else ""
