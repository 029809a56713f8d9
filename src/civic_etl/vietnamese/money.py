"""Amounts of money: what a whole text names as one; `money_scan` finds those of a running text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from civic_etl.vietnamese.fold import fold_same_length, nfc
from civic_etl.vietnamese.money_amount import Amount, read_amount
from civic_etl.vietnamese.money_patterns import (
    BEFORE,
    COMPARATOR_AFTER,
    COMPARE_AFTER,
    COMPARE_BEFORE,
    CURRENCIES,
    OPENERS,
    Comparator,
    either,
)
from civic_etl.vietnamese.unaccented import with_marks

__all__ = ["Comparator", "Money", "parse_money"]

_MAX_CHARACTERS = 200
_OPENING = re.compile(
    rf"(?:(?P<sign>{either(COMPARE_BEFORE)})|{either(OPENERS)}|(?P<range>từ|giữa))(?=[^\w]|[0-9]|{either(BEFORE)})[\s:]*"
)
_CLOSING = re.compile(rf"\s{COMPARATOR_AFTER}$")
_BETWEEN = re.compile(r" ?[-–—] ?| (?:cho đến|đến|tới|lên đến|lên tới|và) ")
_AROUND = " \t\n\r()[]\"'“”.,;:!?/"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in its currency's unit (đồng, not million đồng); ISO 4217 code.

    `upper` is the other end of a range, of which `amount` is the lower. `comparator` is said of the amount as written:
    `gt` (hơn, trên), `ge` (trở lên, ít nhất, từ), `lt` (dưới), `le` (không quá), `approx` (gần, khoảng), else `eq`.
    `per` is what the amount is for, in folded words: `người/năm` of `45 triệu đồng/người/năm`.
    """

    amount: Decimal
    currency: str
    comparator: Comparator = "eq"
    upper: Decimal | None = None
    per: str = ""


def parse_money(text: str) -> Money | None:
    """The amount or range of money that the whole text is; None for anything else.

    `9 tỷ 130 triệu đồng`, `33.500.000đ/người`, `hơn 2,5 triệu USD`, `từ 6-9 tỷ đồng`, `$1,42`, `2 đô 23 xu`. Without a
    currency a number with `nghìn`, `triệu` or `tỷ` is đồng, read as spoken (`một triệu hai trăm` is 1,200,000), and any
    other is no money. Three decimals of a currency without such coins are thousands: `13,200đ`, `1,250 USD`. Text
    without any marks is read too (`2 trieu dong`).
    """
    composed = " ".join(nfc(text).split()).strip(_AROUND)
    if not composed or len(composed) > _MAX_CHARACTERS:
        return None
    found = _read(composed)
    if found is None and composed.isascii():
        marked = with_marks(composed)
        found = _read(marked) if marked != composed else None
    return found


def _read(composed: str) -> Money | None:
    folded = fold_same_length(composed)
    start, before, opened = _opening(folded)
    closing = _CLOSING.search(folded)
    end = closing.start() if closing else len(folded)
    body, written = folded[start:end].rstrip(), composed[start:end].rstrip()
    comparator: Comparator = COMPARE_AFTER[closing["sign_after"]] if closing else before
    ranged = _range(body, written)
    if ranged is not None:
        return replace(ranged, comparator=comparator)
    single = read_amount(body, written) if opened != "giữa" else None
    if single is None or (single.currency is None and not single.scaled):
        return None
    if opened == "từ" and comparator == "eq":
        comparator = "ge"
    return Money(single.value, (single.currency or CURRENCIES["VND"]).code, comparator, None, single.per)


def _opening(folded: str) -> tuple[int, Comparator, str]:
    """Where the amount begins, the comparator before it, and the word that opens a range ("" without one)."""
    position, opened = 0, ""
    comparator: Comparator = "eq"
    while match := _OPENING.match(folded, position):
        if match["sign"] and comparator in {"eq", "approx"}:
            comparator = COMPARE_BEFORE[match["sign"]]
        opened = match["range"] or opened
        position = match.end()
    return position, comparator, opened


def _range(folded: str, written: str) -> Money | None:
    """A range, at the first word or dash between two amounts that makes one."""
    for match in _BETWEEN.finditer(folded):
        begin = match.end() + _opening(folded[match.end() :])[0]
        high = read_amount(folded[begin:], written[begin:]) if match.start() else None
        low = read_amount(folded[: match.start()], written[: match.start()], high) if high is not None else None
        money = _between(low, high) if low is not None and high is not None else None
        if money is not None:
            return money
    return None


def _between(low: Amount, high: Amount) -> Money | None:
    currency = high.currency or low.currency or (CURRENCIES["VND"] if high.scaled else None)
    if currency is None or (low.currency is not None and low.currency != currency) or low.value >= high.value:
        return None
    return Money(low.value, currency.code, "eq", high.value, high.per or low.per)
