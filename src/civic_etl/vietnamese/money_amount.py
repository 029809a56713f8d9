"""One amount: its number, its currency before or after it, what follows the currency, and what it is per."""

import re
from dataclasses import dataclass
from decimal import Decimal

from civic_etl.vietnamese.money_patterns import (
    AFTER,
    BEFORE,
    CENT_AFTER,
    CENTS,
    CURRENCY_AFTER,
    CURRENCY_BEFORE,
    PER,
    PER_BARE,
    PER_WORDS,
    Currency,
    either,
)
from civic_etl.vietnamese.number_digits import read_digits
from civic_etl.vietnamese.number_tokens import DATA
from civic_etl.vietnamese.numbers import parse_number

_SCALES = f"(?:{either(DATA['scales'])})"
_SCALED = re.compile(rf"(?<![^\W\d_]){_SCALES}(?![^\W\d_])")
_LAST_SCALES = re.compile(
    rf"(?:(?<![^\W\d_])(?:{either([*DATA['scales'], *DATA['tens'], *DATA['hundred']])})(?![^\W\d_]) ?)+$"
)
_ONE = re.compile(
    rf"(?P<minus>-?)(?:{CURRENCY_BEFORE} ?)?(?P<number>[^/]+?)"
    rf"(?: ?\.?{CURRENCY_AFTER}(?: chẵn| (?P<half>rưỡi|rưởi)"
    rf"| (?:và )?(?P<rest>[^/]+?)(?: ?(?P<cent>{CENT_AFTER}))?)??{PER}|{PER_BARE})"
)
_ONLY_CENTS = re.compile(rf"(?P<number>[^/]+?) ?(?P<cent>{CENT_AFTER}){PER}")
_PLAIN_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)+")
_DECIMALS = re.compile(r"[.,]([0-9]+)$")
# "một triệu hai trăm": words after a scale that name no zero, and the scale they leave unsaid
_COUNTING = rf"(?!(?:{_SCALES}|{either(DATA['zero_joints'])}|không)(?![^\W\d_]))[^\W\d_]+"
_SHORT_TAIL = re.compile(rf"(?:triệu|tỷ) (?:{_COUNTING} )*(?:trăm|mươi|chục|mười)(?: {_COUNTING})*$")
_UNSAID = {"triệu": "nghìn", "tỷ": "triệu"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in the currency's unit; `scales` are the scale words that end the number, `scaled` whether it has any."""

    value: Decimal
    currency: Currency | None
    per: str
    scales: str
    scaled: bool


def read_amount(folded: str, written: str, high: Amount | None = None) -> Amount | None:
    """The amount a whole text is, in its folded and written form; None for anything else.

    The lower end of a range takes scale and currency from its `high` end where it has none of its own.
    """
    match = _ONE.fullmatch(folded)
    if match is None:
        return None
    number = written[slice(*match.span("number"))]
    currency = AFTER.get(match["after"] or "") or BEFORE.get(match["before"] or "")
    scales = _LAST_SCALES.search(match["number"])
    if high is not None and scales is None and currency is None:
        number = f"{number} {high.scales}".rstrip()
    value = _value(number, match["number"], currency or (high.currency if high else None))
    if value is not None:
        value = _with_rest(match, value, currency)
    if value is None:
        return _only_cents(folded)
    return Amount(
        -value if match["minus"] else value,
        currency,
        _per(match["per"] or match["per_bare"] or ""),
        scales.group().strip() if scales else "",
        bool(_SCALED.search(match["number"])),
    )


def _value(number: str, folded: str, currency: Currency | None) -> Decimal | None:
    """The number, with decimals that the currency has no coins for read as thousands."""
    value = parse_number(number)
    if value is None:
        return None
    if currency is None:
        short = _SHORT_TAIL.search(folded)
        return parse_number(f"{number} {_UNSAID[short.group().split()[0]]}") if short else value
    decimals = _DECIMALS.search(number)
    if decimals is None or len(decimals[1]) <= currency.minor or not _PLAIN_DIGITS.fullmatch(number):
        return value
    reading = read_digits(number)
    if reading is None or reading.pattern not in {"decimal", "grouped_decimal"}:
        return value
    return next((other for other in reading.alternatives if other == other.to_integral_value()), value)


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


def _only_cents(folded: str) -> Amount | None:
    match = _ONLY_CENTS.fullmatch(folded)
    value = parse_number(match["number"]) if match else None
    if match is None or value is None:
        return None
    return Amount(value / 100, CENTS[match["cent"]], _per(match["per"]), "", False)


def _per(written: str) -> str:
    words = re.split(rf"\s*/\s*|,?\s*\b(?:{PER_WORDS})\s+", written.strip())
    return "/".join(" ".join(word.split()) for word in words if word)
