"""The units of table cells: a unit cell, what stands in brackets in a label, a column of ratios."""

import re
from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.code_units import CURRENCIES, PERSONS
from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantity import Quantity
from civic_etl.extract.tokens import TokenLine

# powers of ten that stand before a unit ("1.000 đồng"), in words and in digits
_DATA = read_data("quantities.yaml")
_POWERS: dict[str, int] = _DATA["unit_powers"]
_SHORT, _FULL = re.compile(_DATA["unit_short"]), _DATA["unit_full"]
# only sums of money are told in more than thousands without their unit ("triệu")
_MONEY_FROM = 1000

# by what an amount is counted, behind its unit
_BY = re.compile(r"(?:(?: ?/ ?)(?:1 )?(?:người|đầu người|khẩu|hộ|năm|tháng|ngày|ngày đêm|ha|lao động|vụ|thôn|xã|sào))*")
_NUMBER_OF = frozenset({"tổng", "số", "lượng", "-", "+"})
_BARE = frozenset({"", "unit"})
_PERSON = "person"
_NAMES_CURRENCY = re.compile(r"đ|vnd|usd|\$")

_BRACKETED = compiled("tables.yaml", "bracketed")
_SHEET_UNIT = compiled("place_tables.yaml", "sheet_unit")
# so far above its head the caption of a table may begin
CAPTION_REACH = 200

CellUnit = tuple[str, Decimal]


def read_unit(text: str) -> CellUnit | None:
    """A unit such as "triệu đồng", "%", "hộ" as its base unit and how much of it one is; None for other text."""
    factor, words = _without_powers(text)
    if not words:
        return ("VND", factor) if factor > _MONEY_FROM else None
    found = unit_words().longest_at(words, 0, len(words))
    return (found[1].unit, factor * found[1].factor) if found else None


def unit_in_brackets(text: str) -> CellUnit | None:
    """The first unit that stands in brackets of its own in a label or a head ("Thu ngân sách (tỷ đồng)")."""
    told = (read_unit(found[1].strip()) for found in _BRACKETED.all_in(text))
    return next((unit for unit in told if unit is not None), None)


def sheet_unit(folded: str, head: int) -> CellUnit | None:
    """The unit of all sums of the table whose head begins at `head`, as the lines above it tell ("ĐVT: Tỷ đồng")."""
    told = _SHEET_UNIT.search(folded, max(0, head - CAPTION_REACH), head)
    return read_unit(told["unit"].strip()) if told is not None else None


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else, be it by what it is counted ("triệu đồng/người/năm")."""
    factor, words = _without_powers(text)
    if not words:
        return factor > _MONEY_FROM
    found = unit_words().longest_at(words, 0, len(words))
    return found is not None and _BY.fullmatch(" ".join(words[found[0] :])) is not None


def _without_powers(text: str) -> tuple[Decimal, list[str]]:
    """How much the words before a unit make of it ("triệu"), and the other words."""
    spelled = _SHORT.sub(lambda short: f"{_FULL.get(short[1].lower(), short[1])} ", text)
    words = TokenLine(spelled).words
    factor, first = Decimal(1), 0
    while first < len(words) and words[first] in _POWERS:
        factor *= Decimal(10) ** _POWERS[words[first]]
        first += 1
    return factor, words[first:]


def label_unit(line: TokenLine, start: int, end: int) -> str:
    """The unit of what a row's label counts ("Số giường bệnh", "Bác sĩ"); "" where it begins with no noun of a unit."""
    first, stop = line.at_or_after(start), line.at_or_after(end)
    while first < stop and line.words[first] in _NUMBER_OF:
        first += 1
    found = unit_words().longest_at(line.words, first, stop)
    return found[1].unit if found is not None and found[1].factor == 1 else ""


def as_counted(unit: CellUnit | None, line: TokenLine, start: int, end: int) -> CellUnit | None:
    """The unit of a row as what its label counts, where that is a kind of persons ("Bác sĩ (người)")."""
    if unit is None or unit[0] != _PERSON:
        return unit
    own = label_unit(line, start, end)
    return (own, unit[1]) if own in PERSONS else unit


def as_ranges(figures: list[Quantity], folded: str) -> list[Quantity]:
    """The figures of a cell, of which two bare ones with a dash between them are one range ("7,5-8,0")."""
    found: list[Quantity] = []
    for figure in figures:
        before = found[-1] if found else None
        if (
            before is not None
            and before.upper is None
            and before.unit in _BARE
            and figure.unit in {*_BARE, "percent"}
            and before.value < figure.value
            and folded[before.end : figure.start].strip() in {"-", "–"}
        ):
            found[-1] = replace(
                figure, start=before.start, number_start=before.number_start, value=before.value, upper=figure.value
            )
        else:
            found.append(figure)
    return found


def with_unit(quantity: Quantity, is_ratio: bool, unit: CellUnit | None) -> Quantity:
    """A bare number with the unit of its row, or as a percentage in a column of ratios."""
    if quantity.unit not in _BARE:
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


def in_currency(quantity: Quantity, unit: CellUnit | None, words: str) -> Quantity:
    """A sum whose `words` name no currency in that of its row ("USD", "420 triệu")."""
    if unit is None or unit[0] not in CURRENCIES or quantity.unit not in CURRENCIES - {unit[0]}:
        return quantity
    return quantity if _NAMES_CURRENCY.search(words) is not None else replace(quantity, unit=unit[0])


def _times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return value * factor if value is not None else None
