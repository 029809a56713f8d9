"""The seasons that an article is about by its title."""

from bisect import bisect_right
from collections.abc import Iterable

from civic_etl.extract.context import Category, Context
from civic_etl.extract.known_categories import known_categories
from civic_etl.extract.patterns import compiled
from civic_etl.extract.phrases import Hit
from civic_etl.indicators.lexicon import NO_CATEGORY

_OPENS_SENTENCE = compiled("timeline.yaml", "opens_sentence")
_REACH = 40
# an article is about one season, or goes from one to the next
_MOST = 2


class TitledSeasons:
    """The seasons of the title of one document; `titled` are the categories that it names."""

    def __init__(self, context: Context, titled: list[Hit[Category]]) -> None:
        self._context = context
        self._titled = titled
        # by code, where the text comes to each
        self._turns: dict[str, list[tuple[int, str]]] = {}

    def at(self, code: str, start: int) -> str:
        """The season that an article is about by its title, where it has come to by `start`; "" for none.

        ("Triển khai sản xuất vụ xuân"; "Tổng kết vụ xuân, triển khai vụ mùa" tells of one after the other.) Where the
        text comes to a season that is not of the title nothing behind is of one, nor is anything unless the text itself
        begins with the season that the title names first.
        """
        if code not in self._turns:
            titled = list(dict.fromkeys(value for _, value in _seasons(code, self._titled)))
            self._turns[code] = self._read(code, titled) if 0 < len(titled) <= _MOST else []
        turns = self._turns[code]
        come_to = bisect_right(turns, start, key=lambda turn: turn[0])
        return turns[come_to - 1][1] if come_to else ""

    def _read(self, code: str, titled: list[str]) -> list[tuple[int, str]]:
        """Where a text comes to the seasons of its title, and where to another ("")."""
        told = _seasons(code, self._context.categories.within(0, len(self._context.folded)))
        if told[0][1] != titled[0] if told else len(titled) > 1:
            return []
        turns = [(0, titled[0])]
        for at, value in told:
            if value not in titled:
                return [*turns, (at, "")]
            if value != turns[-1][1] and self._opens_sentence(at):
                turns.append((at, value))
        return turns

    def _opens_sentence(self, at: int) -> bool:
        """Whether a season opens its sentence: it is what is told of from there on."""
        return _OPENS_SENTENCE.search(self._context.folded, max(0, at - _REACH), at) is not None


def _seasons(code: str, hits: Iterable[Hit[Category]]) -> list[tuple[int, str]]:
    """The seasons that phrases name, with where they stand."""
    return [
        (hit.start, value)
        for hit in hits
        for key, value in known_categories(code, hit.payload)
        if key == "season" and value not in {NO_CATEGORY, "year"}
    ]
