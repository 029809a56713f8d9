"""Figures that say only where, in an article whose title says what they are of.

("Bảy huyện giải ngân chậm": "Dẫn đầu là huyện A 74%, kế đến huyện B (66,1%)")
"""

from bisect import bisect_left

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.link import Link
from civic_etl.extract.patterns import compiled
from civic_etl.pattern import Pattern

_SUM, _SHARE, _OF_PLAN = "sum", "share", "of_plan"
_ARTICLES = tuple((Pattern(each["titled"]), each) for each in read_data("titled_places.yaml"))
_PLACED = compiled("link_words.yaml", "placed")
_SCORE = 5.0
# what stands before the figure of a place
_STATED = frozenset({"", "equal", "to_level"})


class TitledPlaces:
    """Reads the figures of places in one document by what its title says."""

    def __init__(self, context: Context) -> None:
        title = context.title.folded
        told: dict[str, str] = next((each for titled, each in _ARTICLES if titled.search(title) is not None), {})
        self._codes = {key: code for key, code in told.items() if key != "titled"}
        self._allowed = {*self._codes.values(), "other"}
        self._names = sorted(context.names)

    def link(self, figure: Figure, frame: Frame) -> Link | None:
        """What a figure is of before which only the name of a place stands."""
        if not self._codes or figure.around.before not in _STATED or not self._names_place(figure):
            return None
        if any(draft.code not in self._allowed for draft in frame.seen):
            return None
        of_plan = figure.around.against == "plan"
        if figure.around.against and not (of_plan and figure.is_rate):
            return None
        if figure.is_rate:
            code = self._codes.get(_OF_PLAN if of_plan else _SHARE)
        else:
            code = self._codes.get(_SUM) if figure.q.unit == "VND" else None
        return Link(code, None, _SCORE, "companion") if code is not None else None

    def _names_place(self, figure: Figure) -> bool:
        """Whether the name of a place stands right before a figure."""
        index = bisect_left(self._names, (figure.q.start, 0)) - 1
        if index < 0 or self._names[index][0] < figure.spot.floor:
            return False
        return _PLACED.fullmatch(figure.folded, self._names[index][1], figure.q.start) is not None
