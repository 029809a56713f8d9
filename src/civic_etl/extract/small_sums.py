"""Sums of money whose scale the text does not tell where they stand: too small for any of a place."""

from decimal import Decimal

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.quantity import is_whole

# no sum of a place is smaller
_LEAST = {"VND": Decimal(1000), "USD": Decimal(10)}
_SUMS = frozenset({"level", "change"})


def is_of_unknown_scale(context: Context, draft: Draft) -> bool:
    """Whether a figure is a sum only by its indicator, and none can be so small ("thu ngân sách đạt 16.640,2")."""
    least = _LEAST.get(draft.unit)
    q = draft.quantity
    if least is None or draft.measure not in _SUMS or q.noun or not draft.value:
        return False
    if any(map(str.isalpha, context.folded[q.number_start : q.end])):
        return False
    return abs(draft.value) < least or not is_whole(draft.value)
