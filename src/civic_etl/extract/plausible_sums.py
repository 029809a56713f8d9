"""Sums whose group of three digits is decimals, since no unit of their level has so much money."""

from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.drafts import Draft
from civic_etl.extract.records import RefArea

_MONEY = frozenset({"VND"})
_BUDGET, _PRODUCED = "budget_", frozenset({"production_value", "grdp", "value_added"})
_THOUSAND = 1000
_COMMUNE, _DISTRICT = ("xã ", "phường ", "thị trấn "), ("huyện ", "quận ", "thị xã ")
# more than twice what any unit of the level takes in, spends or produces, in dong
_MOST = ((_COMMUNE, Decimal(100_000_000_000_000)), (_DISTRICT, Decimal(300_000_000_000_000)))


def plausible(draft: Draft, area: RefArea) -> Draft:
    """A draft with the sum that its place can have ("thu ngân sách xã đạt 269.505 tỷ đồng": 269,505 billion)."""
    told = draft.code.startswith(_BUDGET) or draft.code in _PRODUCED
    if not told or draft.unit not in _MONEY or not draft.quantity.ambiguous:
        return draft
    most = next((most for kinds, most in _MOST if area.name.startswith(kinds)), None)
    if most is None or abs(draft.value) <= most:
        return draft
    upper = draft.upper / _THOUSAND if draft.upper is not None else None
    return replace(draft, value=draft.value / _THOUSAND, upper=upper)
