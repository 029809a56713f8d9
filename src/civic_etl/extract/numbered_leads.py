"""What the item of a report that a paragraph, a table or the items of a deeper list stand below is about.

("2. Lúa mùa: Đến nay đã cấy 900 ha ..." above "Tiến độ một số huyện:" and its table: the crop is told once;
"- Vụ mùa: ..." above "+ Ngô: 120 ha")
"""

import re
from bisect import bisect_left

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.context import Context
from civic_etl.extract.layout import Block, has_figure
from civic_etl.extract.seasons_told import OF_FIELD

_CROP, _SEASON = "crop", "season"
_KEYS = (_CROP, _SEASON)
_NUMBER = re.compile(r"\s*\(?(?:\d{1,2}(?:\.\d{1,2})*[.)/]|[a-zđ][.)]|[IVX]{1,5}[.)])\s+")
# the words that lead in an item end so soon
_LONGEST = 60
# an item goes on for so many lines beside the rows of its tables, and for so many in all
_MOST_LINES, _MOST_BLOCKS = 4, 60

# the sign of items that stand below those with another one
_DEEPER = "+"

Span = tuple[int, int]


class NumberedLeads:
    """Finds the leads of the numbered items of one document."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._context = context
        self._categories = categories
        # by where a block begins
        self._leads: dict[int, Span | None] = {}

    def of_fields(self, code: str, own: Breakdown, block: Block) -> Breakdown:
        """The categories of a figure of the fields, with the one crop and the one season of its item."""
        if code not in OF_FIELD or _SEASON in own:
            return own
        lead = self._lead(block)
        if lead is None:
            return own
        told = {key: {value for _, value in self._categories.named(code, key, *lead)} for key in _KEYS}
        if any(len(values) > 1 for values in told.values()) or not told[_SEASON]:
            return own
        if _CROP in own and own[_CROP] not in told[_CROP] and told[_CROP]:
            return own
        return {key: value for key, values in told.items() for value in values} | own

    def _lead(self, block: Block) -> Span | None:
        if block.start not in self._leads:
            self._leads[block.start] = self._above(block)
        return self._leads[block.start]

    def _above(self, block: Block) -> Span | None:
        """The lead of the item above a block that has no number of its own."""
        if block.kind == "bullet" and self._sign(block) == _DEEPER:
            return self._above_deeper(block)
        if block.kind not in {"row", "paragraph"} or _NUMBER.match(self._context.text, block.start) is not None:
            return None
        blocks = self._context.blocks
        index = bisect_left(blocks, block.start, key=lambda each: each.start)
        lines = 0
        for each in reversed(blocks[max(0, index - _MOST_BLOCKS) : index]):
            if _NUMBER.match(self._context.text, each.start) is not None:
                return self._lead_in(each) if each.kind == "bullet" else None
            lines += each.kind != "row"
            if lines > _MOST_LINES or each.kind in {"headline", "bullet"}:
                return None
        return None

    def _above_deeper(self, block: Block) -> Span | None:
        """The lead of the item that a list of items with the deeper sign stands right below."""
        blocks = self._context.blocks
        index = bisect_left(blocks, block.start, key=lambda each: each.start)
        items = reversed(blocks[max(0, index - _MOST_BLOCKS) : index])
        above = next((each for each in items if each.kind != "bullet" or self._sign(each) != _DEEPER), None)
        return self._lead_in(above) if above is not None and above.kind == "bullet" else None

    def _sign(self, block: Block) -> str:
        return self._context.text[block.start]

    def _lead_in(self, item: Block) -> Span | None:
        """The words of an item up to its first colon, where they are few and have no figure."""
        start = item.body_start
        colon = self._context.text.find(":", start, min(item.end, start + _LONGEST))
        if colon < 0 or has_figure(self._context.text[start:colon]):
            return None
        return start, colon
