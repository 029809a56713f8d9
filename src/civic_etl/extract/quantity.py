"""A number of the text with all that belongs to it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Comparator = Literal["eq", "gt", "ge", "lt", "le", "approx"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text gives it.

    `start`/`end` span comparator, number and unit; `number_start`/`number_end` the digits alone. `unit` is a base unit,
    "" for a bare number, "unit" for a noun the lexicon does not know. `parallel` is the rank inside a list of shares.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    upper: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    unit: str
    generic: bool
    noun: str
    comparator: Comparator
    per: str
    ambiguous: bool
    parallel: int | None = None
    equation: bool = False


def is_whole(value: Decimal) -> bool:
    """Whether a number has no fraction; `%` raises for one of more digits than Decimal reckons with."""
    return value == value.to_integral_value()
