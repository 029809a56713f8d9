"""The prices that an amount is told in: in brackets right behind it, or with the whole that it is a part of."""

import re

from civic_etl.extract.brackets import opening
from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART

_PRICE = "price"
_BEHIND = re.compile(r"\s*\((?:tính )?(?:theo )?giá [^)]{4,30}\)")
_ASIDE_REACH = 30
_AMOUNT = re.compile(r"\d (?:nghìn |ngàn )?(?:tỷ|tỉ|triệu)\b|\d ?%")
# how far before the parts of a whole its prices are told
_REACH = 300


def price_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The prices told in brackets right behind an amount ("25 tỷ đồng (theo giá so sánh)")."""
    behind = _BEHIND.match(figure.folded, figure.q.end)
    if behind is not None and _AMOUNT.search(behind[0]) is not None:
        # "(giá hiện hành 2.800 tỷ đồng)" are those of another amount
        behind = None
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
    outside = [value for hit, value in told if not _is_of_aside(folded, hit.start, hit.end, start)]
    return own | {_PRICE: outside[-1]} if outside else own


def _is_of_aside(folded: str, start: int, end: int, limit: int) -> bool:
    """Whether a price is told in brackets with an amount of its own ("1.900 tỷ (giá hiện hành là 2.800 tỷ đồng)")."""
    if opening(folded, start, max(0, start - _ASIDE_REACH)) < 0:
        return False
    close = folded.find(")", end, limit)
    return close >= 0 and _AMOUNT.search(folded, end, close) is not None


def _only_price(read: Breakdown) -> Breakdown:
    return {key: value for key, value in read.items() if key == _PRICE}
