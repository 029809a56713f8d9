"""Counts of all there are, told behind a count of some of them ("120 hộ nghèo trên tổng số 3.450 hộ")."""

from civic_etl.extract.code_units import RATES
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity

_COUNTS_ALL = compiled("link_words.yaml", "counts_all")
_REACH = 40


def counts_all(folded: str, quantity: Quantity) -> bool:
    """Whether the words right before a count say so."""
    if quantity.unit in RATES:
        return False
    return _COUNTS_ALL.first_in(folded, max(0, quantity.start - _REACH), quantity.start) is not None
