"""Kinds of a stock that are counted without it: "334 đảng viên với 14 chi bộ thôn", "19 đảng bộ trực thuộc"."""

import re

from civic_etl.extract.context import Context
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.stock_nouns import is_stock
from civic_etl.indicators.lexicon import load_variants

_LONGEST_ROW = 6
_JOINED = re.compile(r"[^,;:.\d]*(?:,|\bvà|, và)\s*")


def stock_of_kind(context: Context, quantity: Quantity, start: int) -> str | None:
    """The stock that a count of one of its kinds is of, where its sentence from `start` on tells no count of all.

    (but "34 chi bộ, trong đó 29 chi bộ thôn")
    """
    code: str | None = load_variants()["stock_units"].get(quantity.unit)
    if code is None or quantity.denominator is not None or not is_stock(code, context, quantity.start):
        return None
    figures = context.quantities
    index = figures.first_from(quantity.start)
    before = [f for f in figures[max(0, index - _LONGEST_ROW) : index] if f.start >= start and f.unit == quantity.unit]
    if (
        before
        and before[-1] is figures[index - 1]
        and _JOINED.fullmatch(context.folded, before[-1].end, quantity.start)
    ):
        # the next of a row of kinds
        before.pop()
    return None if any(figure.value > quantity.value for figure in before) else code
