"""Numbers like "4,215" that the figure right behind tells to be thousands ("4,215 tấn/KH 4.100 tấn")."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from civic_etl.extract.quantity import Quantity, is_whole

_THOUSAND = 1000
_REACH = 30
# a figure is held against one of about its size
_ALIKE = Decimal("0.5"), Decimal(2)


def settled(quantities: list[Quantity]) -> list[Quantity]:
    """The figures of a text, those read as decimals made thousands where the next is of that size, in the same unit."""
    found = list(quantities)
    for index, (one, other) in enumerate(pairwise(quantities)):
        if (
            not one.ambiguous
            or is_whole(one.value)
            or one.unit != other.unit
            or not is_whole(other.value)
            or not other.value
        ):
            continue
        alike = _ALIKE[0] < one.value * _THOUSAND / other.value < _ALIKE[1]
        if alike and 0 <= other.start - one.end < _REACH:
            found[index] = replace(one, value=one.value * _THOUSAND, ambiguous=False)
    return found
