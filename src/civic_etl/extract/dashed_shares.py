"""Shares of a structure that are dashed on without a sign: "cơ cấu kinh tế ... là 25-40-35"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from civic_etl.extract.quantity import Quantity
from civic_etl.pattern import Pattern
from civic_etl.vietnamese.numbers import NumberSpan

_SHARE = r"\d{1,2}(?:[.,]\d{1,2})?"
_LIST = Pattern(rf"(?<![\w.,/–-]){_SHARE}(?: ?[-–] ?{_SHARE}){{2,5}}(?![\w/–-]|[.,]\d| ?[-–/] ?\d)")
_NUMBER = re.compile(_SHARE)
_STRUCTURE, _STRUCTURE_REACH = re.compile(r"\b(?:cơ cấu|tỷ trọng)\b[^.\n]*$"), 200
_ALL, _ROUNDED = Decimal(100), Decimal("0.5")


def dashed_shares(folded: str) -> Iterator[Quantity]:
    """The shares of the dashed lists of a text that add up to all of what it calls a structure."""
    for match in _LIST.all_in(folded):
        low = max(0, match.start() - _STRUCTURE_REACH)
        if _STRUCTURE.search(folded, low, match.start()) is None:
            continue
        numbers = list(_NUMBER.finditer(folded, *match.span()))
        shares = [Decimal(number[0].replace(",", ".")) for number in numbers]
        if abs(sum(shares) - _ALL) > _ROUNDED:
            continue
        for number, share in zip(numbers, shares, strict=True):
            yield _share(number, share)


def apart_from(numbers: list[NumberSpan], shares: list[Quantity]) -> list[NumberSpan]:
    """The numbers that are none of the shares."""
    if not shares:
        return numbers
    taken = {at for share in shares for at in range(share.start, share.end)}
    return [number for number in numbers if number.start not in taken and number.end - 1 not in taken]


def _share(number: re.Match[str], share: Decimal) -> Quantity:
    start, end = number.span()
    return Quantity(start, end, start, end, share, None, None, None, "percent", False, "%", "eq", "", False)
