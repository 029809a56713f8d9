"""The prices that an amount is told in: in brackets right behind it, or with the whole that it is a part of."""

import re

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART

_PRICE = "price"
_BEHIND = re.compile(r"\s*\((?:tính )?(?:theo )?giá [^)]{4,30}\)")
# how far before the parts of a whole its prices are told
_REACH = 300


def price_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The prices told in brackets right behind an amount ("25 tỷ đồng (theo giá so sánh)")."""
    behind = _BEHIND.match(figure.folded, figure.q.end)
    return {} if behind is None else _only_price(categories.read(code, figure.q, *behind.span(), None))


def price_of_whole(categories: Categories, code: str, own: Breakdown, figure: Figure) -> Breakdown:
    """The categories of a part, told in a sentence or a list of its own, with the prices of the whole.

    ("GRDP theo giá so sánh tăng 7,5%. Trong đó: khu vực I tăng 2%")
    """
    if _PRICE in own or "sector" not in own:
        return own
    folded, block = figure.folded, figure.spot.block
    starts = [
        figure.spot.sentence.start,
        *([block.lead_in[0]] if block.lead_in else []),
        *(at for at, _ in block.headings[-1:]),
    ]
    start = next((at for at in starts if folded.startswith(PART, at)), None)
    if start is None:
        return own
    told = categories.named(code, _PRICE, max(0, start - _REACH), start)
    return own | {_PRICE: told[-1][1]} if told else own


def _only_price(read: Breakdown) -> Breakdown:
    return {key: value for key, value in read.items() if key == _PRICE}
