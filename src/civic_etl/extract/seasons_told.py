"""The season that a figure of the fields goes back to, where neither its words nor its scene name one."""

from bisect import bisect_left

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.layout import Block
from civic_etl.extract.list_items import is_of_all_crops, season_of_whole
from civic_etl.extract.patterns import patterns

OF_FIELD = frozenset({"sown_area", "harvested_area", "crop_yield", "crop_output"})
"""Codes of what fields bear, told by season."""

# what is told of a crop behind its area
_OF_AREA = frozenset({"harvested_area", "crop_yield", "crop_output"})
_SOWN = "sown_area"
_SEASON, _CROP, _YEAR = "season", "crop", "year"
_AGAIN, _GOES_ON, _JOINED = (
    patterns("timeline.yaml")[key] for key in ("season_again", "tells_of_season", "seasons_joined")
)
# how a sentence inside a paragraph goes on from a season; by other words it may turn to other fields
_RESULT = "kết quả"
# a season is told so many paragraphs before at most
_BLOCKS = 3


class SeasonsTold:
    """Reads the seasons that the figures of one document go back to."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._context = context
        self._categories = categories
        # the seasons named in each block, by where it begins
        self._named: dict[int, list[tuple[int, str]]] = {}
        # the block above the items of a list, by where each begins
        self._heads: dict[int, int] = {}
        # the season that the paragraph above a list told the area of all crops of, by where it begins
        self._of_lists: dict[int, str] = {}

    def of(self, figure: Figure, code: str, own: Breakdown, frame: Frame) -> Breakdown:
        """The categories of a figure with the season that it goes back to.

        Without one where its words name two together, which have no name of their own ("vụ hè thu - mùa 2.900 ha").
        """
        if code in OF_FIELD and _JOINED.search(figure.gap) is not None:
            return {key: value for key, value in own.items() if key != _SEASON}
        if code not in OF_FIELD or _SEASON in own or figure.of_whole_year:
            return own
        if self._categories.is_tree(own.get(_CROP, "")):
            return own
        own = season_of_whole(figure, code, own, frame) | _of_area(code, own, frame) | own
        if _SEASON in own:
            return own
        season = self._of_list(figure, own, frame)
        if not season and self._goes_back(figure):
            season = self._before(figure, own.get(_CROP, ""))
        return own | {_SEASON: season} if season else own

    def _goes_back(self, figure: Figure) -> bool:
        """Whether the words of a figure, or those that open its paragraph, go on from a season told before.

        ("năng suất cả vụ đạt ...", "Kết quả: lúa đạt ...")
        """
        block, first = figure.spot.block, figure.spot.sentence.start
        if _AGAIN.search(figure.folded, first, figure.q.start) is not None:
            return True
        if block.introduction is not None and _AGAIN.search(figure.folded, *block.introduction) is not None:
            return True
        # a sentence inside a paragraph may open so, too ("Vụ đông xuân: ... Kết quả: ngô đạt 45 tạ/ha")
        return _GOES_ON.match(figure.folded, block.body_start) is not None or figure.folded.startswith(_RESULT, first)

    def _of_list(self, figure: Figure, own: Breakdown, frame: Frame) -> str:
        """The one season that the paragraph right above a list told the area of all crops of, for a crop of the list.

        ("Tổng diện tích gieo trồng vụ hè thu 9.000 ha.", "- Cây lúa: 5.000 ha", "- Cây ngô: 900 ha")
        """
        block = figure.spot.block
        if block.kind != "bullet" or _CROP not in own:
            return ""
        head = self._above_list(block)
        if head.kind != "paragraph" or head.headings != block.headings:
            return ""
        if head.start not in self._of_lists:
            told = {d.breakdown[_SEASON] for d in frame.trail.told if d.block is head and is_of_all_crops(d)}
            named = {value for _, value in self._in(head)}
            self._of_lists[head.start] = told.pop() if told == named and len(told) == 1 else ""
        return self._of_lists[head.start]

    def _above_list(self, item: Block) -> Block:
        """The block above the list of an item; the first of its text where none is above."""
        blocks = self._context.blocks
        index = bisect_left(blocks, item.start, key=lambda each: each.start)
        while index > 0 and blocks[index].kind == "bullet" and blocks[index].start not in self._heads:
            index -= 1
        # of a long list each item is walked past once
        self._heads[item.start] = head = self._heads.get(blocks[index].start, index)
        return blocks[head]

    def _before(self, figure: Figure, crop: str) -> str:
        """The one season that the paragraph before told of last, be it of all crops or of this one; "" for none."""
        block, start = figure.spot.block, figure.q.start
        blocks = self._context.blocks
        index = bisect_left(blocks, block.start, key=lambda each: each.start)
        earlier = [each for each in blocks[max(0, index - _BLOCKS) : index] if each.headings == block.headings]
        for each in (block, *reversed(earlier)):
            told = [value for at, value in self._in(each) if at < start]
            if told:
                alone = set(told) == {told[0]} and not self._is_of_other(each, crop)
                return told[-1] if alone else ""
        return ""

    def _in(self, block: Block) -> list[tuple[int, str]]:
        if block.start not in self._named:
            named = self._categories.named(_SOWN, _SEASON, block.start, block.end)
            self._named[block.start] = [(hit.start, value) for hit, value in named if value != _YEAR]
        return self._named[block.start]

    def _is_of_other(self, block: Block, crop: str) -> bool:
        """Whether a paragraph tells the season with the names of other crops alone ("lúa đông xuân")."""
        crops = {value for _, value in self._categories.crops_of_season(_SOWN, block.start, block.end)}
        return bool(crop) and bool(crops) and crop not in crops


def _of_area(code: str, own: Breakdown, frame: Frame) -> Breakdown:
    """The season of the one area of its crop that the paragraph told of before a yield or an output.

    ("trong đó lúa chiêm xuân 600 ha, ngô 20 ha. Năng suất lúa đạt 65 tạ/ha")
    """
    if code not in _OF_AREA or _CROP not in own:
        return {}
    last = frame.last
    if last is not None and last.code == _SOWN and last.breakdown.get(_CROP) == own[_CROP]:
        # "ngô 60 ha, trong đó ngô xuân 45 ha, sản lượng ngô 170 tấn"
        told = [last.breakdown]
    else:
        told = [d.breakdown for d in frame.backwards() if d.code == _SOWN and d.breakdown.get(_CROP) == own[_CROP]]
    seasons = {each.get(_SEASON, "") for each in told} - {_YEAR}
    return {_SEASON: seasons.pop()} if len(seasons) == 1 and "" not in seasons else {}
