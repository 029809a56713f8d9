"""Sums told as a way from a bare number to one with its unit ("từ 35 lên 42 triệu đồng")."""

from dataclasses import replace
from itertools import pairwise

from civic_etl.extract.code_units import CURRENCIES
from civic_etl.extract.number_pairs import power_of
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantity import Quantity

_FROM, _TO = (compiled("quantities.yaml", key) for key in ("from_sum", "to_sum"))
_FROM_REACH = 24


def with_lent_scale(quantities: list[Quantity], folded: str) -> list[Quantity]:
    """The quantities, with the unit of a sum for the bare number that a way to it begins with."""
    found = list(quantities)
    for at, (one, other) in enumerate(pairwise(quantities)):
        if one.unit or other.unit not in CURRENCIES or other.upper is not None or other.denominator is not None:
            continue
        power = power_of(folded[other.number_start : other.number_end])
        if power == 1 or _TO.fullmatch(folded, one.number_end, other.number_start) is None:
            continue
        if _FROM.search(folded, max(0, one.number_start - _FROM_REACH), one.number_start) is not None:
            found[at] = replace(one, unit=other.unit, value=one.value * power)
    return found
