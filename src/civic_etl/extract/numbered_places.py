"""Sentences that only list places, each with its number in brackets; what is counted was told before them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from civic_etl.extract.context import Context
from civic_etl.extract.layout import Sentence
from civic_etl.extract.quantities import Quantity

# a place's number, and what leads to the next place
_NUMBERED = re.compile(
    r" ?\([ +–-]*\d[\d.]* ?\)(?: ?[,;] | và |[,;] và |[.;]?$)(?:(?:xã|phường|huyện|tp|thành phố|thị xã) )?", re.M
)
_LONGEST_OPENING = 60


def lists_places(context: Context, names: Sequence[tuple[int, int]], quantity: Quantity, sentence: Sentence) -> bool:
    """Whether a figure is the first of such a sentence; `names` are the spans of place names, in text order.

    ("Các xã ghi nhận: Hòa Bắc (12), Hòa Phú (7)", "So với hôm qua, tăng nhiều nhất là Hòa Bắc (+5), Hòa Phú (+3)")
    """
    index = bisect_left(names, (sentence.start, 0))
    if not index < len(names) - 1 or not names[index][1] < quantity.start < names[index + 1][0] < sentence.end:
        return False
    (start, end), (next_start, next_end) = names[index : index + 2]
    if start - sentence.start > _LONGEST_OPENING or context.indicators.within(sentence.start, start):
        return False
    opens = _NUMBERED.fullmatch(context.folded, end, next_start) is not None
    return opens and _NUMBERED.match(context.folded, next_end, sentence.end) is not None
