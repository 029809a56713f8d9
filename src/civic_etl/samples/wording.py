"""How Vietnamese articles write numbers: the spellings that the stories choose from."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Literal

import yaml

from civic_etl.errors import CivicEtlError
from civic_etl.samples.places import DATA

MoneyStyle = Literal["ty", "ti", "ty_trieu", "ty_trieu0", "trieu", "dong"]

TY = Decimal(1_000_000_000)
TRIEU = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Hedge:
    """A phrase around a number (`trên {}`) and what it says of it, in the comparator codes of an observation."""

    pattern: str
    comparator: str

    def around(self, number: str) -> str:
        """The number with the phrase around it."""
        return self.pattern.format(number)


@cache
def hedges() -> dict[str, Hedge]:
    """All hedges by the name that templates call them by; the empty name is the bare number."""
    rows = yaml.safe_load((DATA / "hedges.yaml").read_text(encoding="utf-8"))
    return {name: Hedge(row["pattern"], row["comparator"]) for name, row in rows.items()}


def decimal(value: Decimal) -> str:
    """`8254.817` as `8.254,817`: points group thousands, the comma is the decimal mark."""
    text = f"{value.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))


def count(value: Decimal, *, padded: bool = False) -> str:
    """A whole number; `padded` writes the leading zero that offices love (`04`)."""
    if value != value.to_integral_value():
        raise CivicEtlError(f"{value} is not a count")
    return f"{int(value):02d}" if padded and value < 10 else decimal(value)


def percent(value: Decimal) -> str:
    """`0.94` as `0,94%`."""
    return f"{decimal(value)}%"


def money(value: Decimal, style: MoneyStyle) -> str:
    """An amount of đồng in one of the usual spellings. Raises `CivicEtlError` where the style would lose digits."""
    if style in ("ty", "ti"):
        return f"{decimal(value / TY)} {'tỷ' if style == 'ty' else 'tỉ'} đồng"
    if style == "trieu":
        return f"{decimal(value / TRIEU)} triệu đồng"
    if style == "dong":
        return f"{decimal(value)} đồng"
    whole, rest = divmod(value, TY)
    if rest % TRIEU:
        raise CivicEtlError(f"{value} đồng has a remainder that `{style}` would lose")
    billions = count(whole, padded=style == "ty_trieu0")
    return f"{billions} tỷ {decimal(rest / TRIEU)} triệu đồng" if rest else f"{billions} tỷ đồng"


def rounded(value: Decimal, step: Decimal, comparator: str) -> Decimal:
    """The round number that an article would name beside the true one: below it for `gt`, above it for the others."""
    mode = ROUND_FLOOR if comparator in ("gt", "ge") else ROUND_CEILING
    return (value / step).to_integral_value(rounding=mode) * step
