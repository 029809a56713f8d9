"""The national programme that money is of where a sentence only says "the programme"."""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.context import Context
from civic_etl.extract.figure import Figure

_KEY, _WORD = "programme", "chương trình"
_PLAN = "public_investment_plan"
# how far behind its word a programme's name begins
_NAME_REACH = 80


class SpokenProgrammes:
    """Tells which programme one document calls "the programme"."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._context = context
        self._categories = categories
        # the programmes named, each with where, once they are asked for
        self._named: list[tuple[int, str]] | None = None

    def of(self, code: str, own: Breakdown, figure: Figure) -> Breakdown:
        """The categories of a sum with the one programme named before it.

        ("Chương trình giảm nghèo bền vững ... Đến nay, vốn của Chương trình đã giải ngân 42 tỷ đồng")
        """
        first, start = figure.spot.sentence.start, figure.q.start
        if _KEY in own or _WORD not in figure.folded[first:start]:
            return own
        told = {value for at, value in self._mentions() if at < start and self._categories.knows(code, _KEY, value)}
        return own | {_KEY: told.pop()} if len(told) == 1 else own

    def _mentions(self) -> list[tuple[int, str]]:
        if self._named is None:
            folded = self._context.folded
            named = self._categories.named(_PLAN, _KEY, 0, len(folded))
            self._named = [
                (hit.start, value) for hit, value in named if _WORD in folded[max(0, hit.start - _NAME_REACH) : hit.end]
            ]
        return self._named
