"""Counts of all there are, told behind a count of some of them ("120 hộ nghèo trên tổng số 3.450 hộ")."""

from civic_etl.extract.code_units import RATES
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity

_COUNTS_ALL = compiled("link_words.yaml", "counts_all")
_REACH = 40
# aims that are told by how many of them were met ("trong 32 chỉ tiêu đề ra, có 11 chỉ tiêu vượt")
_OF_AIMS = compiled("link_words.yaml", "of_aims")


def counts_all(folded: str, quantity: Quantity) -> bool:
    """Whether the words right before a count say so."""
    if quantity.unit in RATES:
        return False
    before = folded, max(0, quantity.start - _REACH), quantity.start
    if quantity.unit == "target" and _OF_AIMS.first_in(*before) is not None:
        return True
    return _COUNTS_ALL.first_in(*before) is not None
