"""Numbers like "4,215" that their text tells to be thousands ("4,215 tấn/KH 4.100 tấn")."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from civic_etl.extract.code_units import RATES
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.quantity import Quantity, is_whole

_THOUSAND = 1000
_REACH = 30
# a figure is held against one of about its size
_ALIKE = Decimal("0.5"), Decimal(2)
_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}(?!\d)")
# thousands that a point groups, as pages do that set decimals off by a comma
_POINTED = re.compile(r"(?<![\d.,/])[1-9]\d{0,2}\.\d{3}(?![\d/])")
# three digits that decimals hardly end in, and those that leave no doubt
_ROUND, _VERY_ROUND = "0", "00"
# what is counted has no decimals; amounts of things have, but no nought at their end
_COUNTED = frozenset(read_data("elision.yaml")["counted_units"])
_AMOUNTS = frozenset({"tonne", "ha", "m2", "m3", "kg", "litre", "kwh"})
# so many signs tell of money too, which is written with three decimals ("4,350 tỷ đồng")
_SURE = 2


def settled(quantities: list[Quantity], text: str) -> list[Quantity]:
    """The figures of a text, those read as decimals made thousands where the next one or the whole text says so."""
    by_commas = _units_by_commas(quantities, text)
    if by_commas:
        return [_in_thousands(one) if one.unit in by_commas and _is_of_comma(one, text) else one for one in quantities]
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


def _is_of_comma(one: Quantity, text: str) -> bool:
    return one.ambiguous and _COMMA.match(text, one.number_start) is not None


def _units_by_commas(quantities: list[Quantity], text: str) -> frozenset[str]:
    """The units whose thousands a text groups by commas: it does so with round amounts, and groups none by points.

    ("148,350 tấn", "3,720 ha": nobody writes a nought at the end of three decimals twice)
    """
    of_comma = [q for q in quantities if _is_of_comma(q, text)]
    written = {text[q.number_start : q.number_end].rstrip(): q for q in of_comma if q.unit in _AMOUNTS | _COUNTED}
    signs = [number for number, q in written.items() if q.unit in _COUNTED or number.endswith(_ROUND)]
    with_decimals = any(q.unit in RATES for q in of_comma) or _POINTED.search(text) is not None
    if with_decimals or not any(q.unit in _AMOUNTS for q in written.values()):
        return frozenset()
    if len(signs) >= _SURE:
        return frozenset(q.unit for q in of_comma)
    return _AMOUNTS if any(number.endswith(_VERY_ROUND) for number in signs) else frozenset()


def _in_thousands(one: Quantity) -> Quantity:
    """A figure whose comma groups thousands, with what it goes up to and what it is of."""
    upper, count, of_all = (
        value * _THOUSAND if value is not None and not is_whole(value) else value
        for value in (one.upper, one.numerator, one.denominator)
    )
    return replace(one, value=one.value * _THOUSAND, upper=upper, numerator=count, denominator=of_all, ambiguous=False)
