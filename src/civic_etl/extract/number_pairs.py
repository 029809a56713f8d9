"""Two numbers that belong together: the ends of a range, a count and what it is of."""

import re
from dataclasses import dataclass
from decimal import Decimal

from civic_etl.extract.lexicon import UnitWord
from civic_etl.extract.number_pieces import POWERS
from civic_etl.extract.patterns import compiled
from civic_etl.vietnamese.numbers import NumberSpan

_MAGNITUDE = compiled("quantities.yaml", "magnitude")
_EXPONENTS = dict(POWERS)
_WORD = re.compile("|".join(sorted(map(re.escape, _EXPONENTS), key=len, reverse=True)))
# the powers of ten right behind the digits of a number
_POWERS = re.compile(rf"(?:\s*(?:{_WORD.pattern}))+")
# a smaller number before a larger one with a unit is the lower end of a range, unless it is as large as this
_BARE_LOW_END = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A number with the unit right behind it; `noun` is that unit as written, `end` where it ends."""

    number: NumberSpan
    end: int
    unit: UnitWord | None
    noun: str


def unit_of(first: Part, last: Part) -> tuple[UnitWord | None, str]:
    """The unit of a pair is the one written last, unless only the first has one."""
    if last.unit is not None and (last.noun or first.unit is None):
        return last.unit, last.noun
    if first.unit is not None:
        return first.unit, first.noun
    return last.unit, last.noun


def is_fraction(first: Part, second: Part) -> bool:
    """Whether a number with a slash behind it can be counted of the next: both in one unit, and no rate or sum."""
    if first.unit is None:
        return True
    if first.noun and first.unit.unit == "percent":
        return False
    if first.noun and first.unit.unit == "VND" and (second.unit is None or second.unit.unit != "VND"):
        return False
    return second.unit is None or first.unit.unit == second.unit.unit


def is_out_of(first: Part, second: Part) -> bool:
    """Whether a number is told to be so many of all of the next ("185 trong tổng số 220 xã"): of one noun, and less."""
    if second.unit is None or not second.noun or first.number.value > second.number.value:
        return False
    return first.unit is None or first.noun == second.noun


def is_range(first: Part, second: Part) -> bool:
    """Both ends in one unit, the second larger; a first end without a unit takes the second's."""
    if second.unit is None or (first.unit is not None and first.unit.unit != second.unit.unit):
        return False
    low, high = first.number.value, second.number.value
    return low < high or (first.unit is None and low < _BARE_LOW_END)


def lent_factor(first: Part, last: Part, folded: str) -> Decimal:
    """The power of ten that the last number of a pair lends to a first one without ("6-9 tỷ", "3-4 nghìn tỷ")."""
    words = _written(last, folded)
    if last is first or _MAGNITUDE.search(_written(first, folded)) or not _MAGNITUDE.search(words):
        return Decimal(1)
    return power_of(words)


def power_of(number: str) -> Decimal:
    """The power of ten that the words right behind the digits of a folded number make ("42 triệu")."""
    told = _POWERS.search(number)
    return Decimal(10 ** sum(_EXPONENTS[word] for word in _WORD.findall(told.group()))) if told else Decimal(1)


def _written(part: Part, folded: str) -> str:
    return folded[part.number.start : part.number.end]
