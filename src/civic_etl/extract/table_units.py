"""The units of table cells: a unit cell, what stands in brackets in a label, a column of ratios."""

from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.tokens import TokenLine

# powers of ten that stand before a unit ("1.000 đồng"), in words and in digits
_POWERS: dict[str, int] = read_data("quantities.yaml")["unit_powers"]
# only sums of money are told in more than thousands without their unit ("triệu")
_MONEY_FROM = 1000

CellUnit = tuple[str, Decimal]


def read_unit(text: str) -> CellUnit | None:
    """A unit such as "triệu đồng", "%", "hộ" as its base unit and how much of it one is; None for other text."""
    words = TokenLine(text).words
    factor = Decimal(1)
    while words and words[0] in _POWERS:
        factor *= Decimal(10) ** _POWERS[words[0]]
        words = words[1:]
    if not words:
        return ("VND", factor) if factor > _MONEY_FROM else None
    found = unit_words().longest_at(words, 0, len(words))
    return (found[1].unit, factor * found[1].factor) if found else None


def with_unit(quantity: Quantity, is_ratio: bool, unit: CellUnit | None) -> Quantity:
    """A bare number with the unit of its row, or as a percentage in a column of ratios."""
    if quantity.unit not in {"", "unit"}:
        return quantity
    if is_ratio:
        return replace(quantity, unit="percent")
    if unit is None:
        return quantity
    name, factor = unit
    return replace(
        quantity,
        unit=name,
        value=quantity.value * factor,
        upper=_times(quantity.upper, factor),
        numerator=_times(quantity.numerator, factor),
        denominator=_times(quantity.denominator, factor),
    )


def _times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return value * factor if value is not None else None
