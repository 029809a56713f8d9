"""Sums whose group of three digits is read by what a unit of their level can have."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from civic_etl.extract.drafts import Draft
from civic_etl.extract.patterns import compiled
from civic_etl.extract.place_spot import COMMUNE_TYPES
from civic_etl.extract.records import RefArea

_MONEY = frozenset({"VND"})
_BUDGET, _PRODUCED = "budget_", frozenset({"production_value", "grdp", "value_added"})
_THOUSAND = Decimal(1000)
_DISTRICT = ("huyện ", "quận ", "thị xã ")
# more than twice what any unit of the level takes in, spends or produces, in dong
_MOST = ((COMMUNE_TYPES, Decimal(100_000_000_000_000)), (_DISTRICT, Decimal(300_000_000_000_000)))
# ... and what a commune took in or spent before communes were joined to large ones
_MERGED, _MOST_BEFORE = date(2025, 7, 1), Decimal(5_000_000_000_000)
# a group of three digits that a number ends with
_GROUP = re.compile(r"[\d.,]*\d[.,]\d{3}(?![\d.,]*\d)")
# less than what any produces in all
_LEAST = ((COMMUNE_TYPES, Decimal(5_000_000_000)), (_DISTRICT, Decimal(20_000_000_000)))
# ... or in one of its sectors
_LEAST_OF_PART = Decimal(100_000_000)
_ALL_PRODUCED, _REACH = compiled("figure_words.yaml", "all_produced"), 90


def plausible(draft: Draft, area: RefArea, folded: str) -> Draft:
    """A draft with the sum that its place can have; `folded` is the text that it stands in.

    ("thu ngân sách xã đạt 269.505 tỷ đồng": 269,505 billion; "thu ngân sách huyện 1.412.935 tỷ đồng": 1.412,935;
    "tổng giá trị sản xuất của huyện 3,033 tỷ đồng": 3.033)
    """
    told = draft.code.startswith(_BUDGET) or draft.code in _PRODUCED
    if not told or draft.unit not in _MONEY:
        return draft
    most, least = _most(draft, area), _of_level(_LEAST, area)
    if most is not None and abs(draft.value) > most and _ends_with_group(draft, folded):
        return _times(draft, 1 / _THOUSAND)
    if not draft.quantity.ambiguous:
        return draft
    if least is not None and draft.measure == "level" and 0 < draft.value < least and _is_of_all(draft, folded):
        return _times(draft, _THOUSAND)
    if draft.code in _PRODUCED and draft.measure == "level" and 0 < draft.value < _LEAST_OF_PART:
        # "giá trị sản xuất tiểu thủ công nghiệp 12,340 triệu đồng": 12.340 million
        return _times(draft, _THOUSAND)
    return draft


def _most(draft: Draft, area: RefArea) -> Decimal | None:
    before = draft.period is not None and draft.period.end <= _MERGED and draft.period.start < _MERGED
    if before and draft.code.startswith(_BUDGET) and area.name.startswith(COMMUNE_TYPES):
        return _MOST_BEFORE
    return _of_level(_MOST, area)


def _ends_with_group(draft: Draft, folded: str) -> bool:
    """Whether the last point or comma of a number stands before three digits, and may be a decimal mark."""
    quantity = draft.quantity
    return quantity.ambiguous or _GROUP.match(folded, quantity.number_start, quantity.end) is not None


def _of_level(bounds: tuple[tuple[tuple[str, ...], Decimal], ...], area: RefArea) -> Decimal | None:
    return next((bound for kinds, bound in bounds if area.name.startswith(kinds)), None)


def _is_of_all(draft: Draft, folded: str) -> bool:
    """Whether the words before a sum say that it is the value of all that is produced."""
    low = max(draft.sentence.start, draft.quantity.start - _REACH)
    return _ALL_PRODUCED.search(folded, low, draft.quantity.start) is not None


def _times(draft: Draft, factor: Decimal) -> Draft:
    quantity = draft.quantity
    scaled = {
        key: value * factor for key in ("numerator", "denominator") if (value := getattr(quantity, key)) is not None
    }
    upper = draft.upper * factor if draft.upper is not None else None
    return replace(draft, value=draft.value * factor, upper=upper, quantity=replace(quantity, **scaled))
