"""Figures that only bound what is counted beside them: "8 xã đạt 19 tiêu chí", "1.286 tàu từ 15m trở lên"."""

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity

_DATA = read_data("bounds.yaml")
_FULL, _BANDED, _BANDS_BEHIND, _COUNTED, _AND_MORE = (
    compiled("bounds.yaml", key) for key in ("full", "banded", "bands_behind", "counted", "and_more")
)
_SCORES = frozenset(_DATA["scores"])
_UNITS = frozenset(_DATA["units"])
# so much of its sentence before a figure tells what it bounds
_REACH = 60


def is_bound(quantity: Quantity, before: str, folded: str) -> bool:
    """Whether a figure is the bound of what is counted; `before` are the words of its sentence before its number."""
    if quantity.unit == "criterion":
        near = before[-_REACH:]
        if _is_full(quantity) and _FULL.search(near) is not None:
            return True
        if quantity.denominator is not None:
            return False
        behind = quantity.upper is not None or quantity.comparator != "eq"
        return _BANDED.search(near) is not None or (behind and _BANDS_BEHIND.match(folded, quantity.end) is not None)
    if quantity.unit not in _UNITS:
        return False
    closed = folded[quantity.number_end : quantity.end].endswith(("trở lên", "trở xuống"))
    if not closed and _AND_MORE.match(folded, quantity.end) is None:
        return False
    return _COUNTED.search(before[-_REACH:]) is not None


def _is_full(quantity: Quantity) -> bool:
    """Whether a score is that of all criteria."""
    if quantity.denominator is not None:
        return quantity.numerator == quantity.denominator
    return quantity.upper is None and quantity.value in _SCORES
