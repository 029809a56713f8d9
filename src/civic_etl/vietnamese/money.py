"""Amounts of money: what a whole text names as one; `money_scan` finds those of a running text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from civic_etl.vietnamese.fold import fold_same_length, nfc
from civic_etl.vietnamese.money_patterns import (
    AFTER,
    BEFORE,
    CENT_AFTER,
    CENTS,
    COMPARATOR_AFTER,
    COMPARE_AFTER,
    COMPARE_BEFORE,
    CURRENCIES,
    CURRENCY_AFTER,
    CURRENCY_BEFORE,
    OPENERS,
    PER,
    Comparator,
    Currency,
    either,
)
from civic_etl.vietnamese.number_digits import read_digits
from civic_etl.vietnamese.number_tokens import DATA
from civic_etl.vietnamese.numbers import parse_number

__all__ = ["Comparator", "Money", "parse_money"]

_MAX_CHARACTERS = 200
_SCALE_WORDS = f"(?:{either([*DATA['scales'], *DATA['tens'], *DATA['hundred']])})"
_SCALED = re.compile(rf"(?<![^\W\d_]){_SCALE_WORDS}(?![^\W\d_])")
_LAST_SCALES = re.compile(rf"(?:(?<![^\W\d_]){_SCALE_WORDS} ?)+$")
_ONE = re.compile(
    rf"(?P<minus>-?)(?:{CURRENCY_BEFORE} ?)?(?P<number>[^/]+?)"
    rf"(?: ?{CURRENCY_AFTER}(?: (?P<half>rưỡi|rưởi)| (?:và )?(?P<rest>[^/]+?)(?: ?(?P<cent>{CENT_AFTER}))?)?)?{PER}"
)
_ONLY_CENTS = re.compile(rf"(?P<number>[^/]+?) ?(?P<cent>{CENT_AFTER}){PER}")
_OPENING = re.compile(
    rf"(?:(?P<sign>{either(COMPARE_BEFORE)})|{either(OPENERS)}|(?P<range>từ|giữa))(?=[^\w]|[0-9]|{either(BEFORE)})\s*"
)
_CLOSING = re.compile(rf"\s{COMPARATOR_AFTER}$")
_BETWEEN = re.compile(r" ?[-–—] ?| (?:cho đến|đến|tới|lên đến|lên tới|và) ")
_AROUND = " \t\n\r()[]\"'“”.,;:!?"


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


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    currency: Currency | None
    per: str
    scales: str


def parse_money(text: str) -> Money | None:
    """The amount or range of money that the whole text is; None for anything else.

    `9 tỷ 130 triệu đồng`, `33.500.000đ/người`, `hơn 2,5 triệu USD`, `từ 6-9 tỷ đồng`, `$1,42`, `2 đô 23 xu`. Without a
    currency a number with `nghìn`, `triệu` or `tỷ` is đồng and any other is no money. Decimals that the currency has no
    coins for are thousands: `13,200đ` is 13200, `1,250 USD` is 1250.
    """
    composed = nfc(text).strip(_AROUND)
    if not composed or len(composed) > _MAX_CHARACTERS:
        return None
    folded = fold_same_length(composed)
    start, before, opened = _opening(folded)
    closing = _CLOSING.search(folded)
    end = closing.start() if closing else len(folded)
    body, written = folded[start:end].rstrip(), composed[start:end].rstrip()
    ranged = _range(body, written)
    comparator: Comparator = COMPARE_AFTER[closing["sign_after"]] if closing else before
    if ranged is not None:
        return replace(ranged, comparator=comparator)
    if opened == "giữa":
        return None
    single = _amount(body, written)
    if single is None or (single.currency is None and not _SCALED.search(body)):
        return None
    currency = single.currency or CURRENCIES["VND"]
    if opened == "từ" and comparator == "eq":
        comparator = "ge"
    return Money(single.value, currency.code, comparator, None, single.per)


def _opening(folded: str) -> tuple[int, Comparator, str]:
    """Where the amount begins, the comparator before it, and the word that opens a range ("" without one)."""
    position, comparator, opened = 0, "eq", ""
    while match := _OPENING.match(folded, position):
        if match["sign"] and comparator in {"eq", "approx"}:
            comparator = COMPARE_BEFORE[match["sign"]]
        opened = match["range"] or opened
        position = match.end()
    return position, comparator, opened  # type: ignore[return-value]


def _range(folded: str, written: str) -> Money | None:
    for match in _BETWEEN.finditer(folded):
        if not match.start():
            continue
        shift, _, _ = _opening(folded[match.end() :])
        begin = match.end() + shift
        high = _amount(folded[begin:], written[begin:])
        if high is None:
            continue
        low = _amount(folded[: match.start()], written[: match.start()], high)
        money = _between(low, high) if low is not None else None
        if money is not None:
            return money
    return None


def _between(low: _Amount, high: _Amount) -> Money | None:
    currency = high.currency or low.currency or (CURRENCIES["VND"] if high.scales else None)
    if currency is None or (low.currency is not None and low.currency != currency) or low.value >= high.value:
        return None
    return Money(low.value, currency.code, "eq", high.value, high.per or low.per)


def _amount(folded: str, written: str, high: _Amount | None = None) -> _Amount | None:
    """An amount with or without a currency; the lower end of a range takes scale and currency from its `high` end."""
    match = _ONE.fullmatch(folded)
    if match is None:
        return None
    begin, end = match.span("number")
    currency = AFTER.get(match["after"] or "") or BEFORE.get(match["before"] or "")
    scales = _LAST_SCALES.search(match["number"])
    number = written[begin:end]
    if high is not None and scales is None and currency is None:
        number = f"{number} {high.scales}".rstrip()
    value = _value(number, (currency or (high.currency if high else None)))
    if value is not None:
        value = _with_rest(match, value, currency)
    if value is None:
        return _cents(folded)
    per = _per(match["per"])
    return _Amount(-value if match["minus"] else value, currency, per, scales.group().strip() if scales else "")


def _value(number: str, currency: Currency | None) -> Decimal | None:
    """The number, with decimals that the currency has no coins for read as thousands."""
    value = parse_number(number)
    if value is None or currency is None or value == round(value, currency.minor):
        return value
    reading = read_digits(number.strip()) if number.strip().replace(",", "").replace(".", "").isdecimal() else None
    whole = [other for other in reading.alternatives if other == round(other, currency.minor)] if reading else []
    return whole[0] if whole else value


def _with_rest(match: re.Match[str], value: Decimal, currency: Currency | None) -> Decimal | None:
    """The value with what follows the currency: `2 đô rưỡi`, `2 đô 23 xu`, `hai đô 23`."""
    if match["half"]:
        return value + Decimal("0.5")
    if not match["rest"]:
        return value
    cents = parse_number(match["rest"])
    if currency is None or not currency.cents or cents is None or not 0 < cents < 100:
        return None
    if match["cent"] and match["cent"] not in currency.cents:
        return None
    return value + cents / 100


def _cents(folded: str) -> _Amount | None:
    match = _ONLY_CENTS.fullmatch(folded)
    value = parse_number(match["number"]) if match else None
    if match is None or value is None:
        return None
    return _Amount(value / 100, CENTS[match["cent"]], _per(match["per"]), "")


def _per(written: str) -> str:
    words = re.split(r"\s*/\s*|,?\s*\b(?:mỗi|một|trên mỗi|cho mỗi|trên một)\s+", written.strip())
    return "/".join(" ".join(word.split()) for word in words if word)
