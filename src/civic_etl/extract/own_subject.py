"""Figures that have a subject of their own, though no lexicon knows it: nothing goes on to them.

("tổng thu ngân sách 11,6 tỷ đồng; doanh thu hộ cá thể ước đạt 40,8 tỷ đồng")
"""

import re
from bisect import bisect_left

from civic_etl.extract.context import Context
from civic_etl.extract.figure import Figure
from civic_etl.extract.lexicon import read_data
from civic_etl.indicators.lexicon import load_lexicon

_DATA = read_data("own_subject.yaml")
_EMPTY = frozenset(_DATA["empty"])
_PARTS = re.compile(rf"\b(?:{'|'.join(_DATA['parts'])})\b")
_HEADS = re.compile(rf"(?:[;,:(]|\bvà) (?:tổng )?(?:{'|'.join(_DATA['heads'])})\b")
# indicators that the words of sales may name
_OF_SALES = frozenset({"retail_sales", "tourism_revenue", "production_value", "value_per_ha", "other"})
_MARKS = (";", ",", ":", ". ", "(", " và ")
# what a figure is held against is no subject of it ("so với mục tiêu nghị quyết đại hội đề ra là 12%")
_COMPARED = re.compile(r"\b(?:so với|so|theo|mục tiêu|nghị quyết)\b")
# a category of several names may begin before the last comma ("nông, lâm, thủy sản")
_LISTED_REACH = 40
_LEAST = 2


class OwnSubject:
    """Tells which figures of one document have a subject of their own."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known = sorted({*context.names, *((cue.start, cue.end) for cue in context.periods)})

    def is_own(self, figure: Figure, code: str) -> bool:
        """Whether the words before a figure, behind the last mark, name what is not of the indicator `code`."""
        folded, floor = figure.folded, figure.spot.floor
        end = figure.around.before_start if figure.around.before else figure.q.start
        low = max(folded.rfind(mark, floor, end) for mark in _MARKS)
        if low < 0 and not figure.spot.opens:
            # what no mark parts from the figure before is of that
            return False
        low = max(low, floor)
        if _PARTS.search(folded, floor, end) is not None or self._names(code, low, end):
            return False
        if code not in _OF_SALES and _HEADS.search(folded, floor, end) is not None:
            return True
        compared = _COMPARED.search(folded, low, end)
        end = compared.start() if compared is not None else end
        spans = [*self._spans(low, end), *_comparison(figure)]
        line = self._context.line
        content = (
            word
            for word, start in ((line.words[index], line.starts[index]) for index in line.between(low, end))
            if word.isalpha() and word not in _EMPTY and not any(a <= start < b for a, b in spans)
        )
        return sum(1 for _ in content) >= _LEAST

    def _names(self, code: str, low: int, end: int) -> bool:
        """Whether the indicator itself, its count or its rate is named there."""
        lexicon = load_lexicon()
        family = {code, lexicon.count_of.get(code), lexicon.rate_of.get(code)}
        return any(not family.isdisjoint(hit.payload) for hit in self._context.indicators.within(low, end))

    def _spans(self, low: int, end: int) -> list[tuple[int, int]]:
        """Times, places and categories in [low, end)."""
        known = self._known[max(0, bisect_left(self._known, (low, 0)) - 1) : bisect_left(self._known, (end, 0))]
        categories = self._context.categories.within(max(0, low - _LISTED_REACH), end)
        return [*known, *((hit.start, hit.end) for hit in categories)]


def _comparison(figure: Figure) -> tuple[tuple[int, int], ...]:
    """What a figure is compared with, where that stands before it."""
    around = figure.around
    return ((around.against_start, around.against_end),) if around.against else ()
