"""The national programme that money is of where a sentence only says "the programme"."""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure

_KEY, _WORD = "programme", "chương trình"
_PLAN = "public_investment_plan"
_OF_PLAN = frozenset({_PLAN, "public_investment_disbursed"})
# how far behind its word a programme's name begins
_NAME_REACH = 80


class SpokenProgrammes:
    """Tells which programme one document calls "the programme"."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._context = context
        self._categories = categories
        # where each programme is named first, once they are asked for
        self._named: dict[str, int] | None = None

    def of(self, code: str, own: Breakdown, figure: Figure, frame: Frame) -> Breakdown:
        """The categories of a sum with the one programme named before it, or with that of the plan that it is spent of.

        ("Chương trình giảm nghèo bền vững ... Đến nay, vốn của Chương trình đã giải ngân 42 tỷ đồng")
        """
        first, start = figure.spot.sentence.start, figure.q.start
        elsewhere = figure.link is not None and figure.link.rule == "companion"
        planned = None if elsewhere else next((d for d in reversed(frame.seen) if d.code in _OF_PLAN), None)
        if _KEY not in own and code in _OF_PLAN and planned is not None and _KEY in planned.breakdown:
            return own | {_KEY: planned.breakdown[_KEY]}
        if _KEY in own or _WORD not in figure.folded[first:start]:
            return own
        told = [value for value, at in self._first_named().items() if at < start]
        known = [value for value in told if self._categories.knows(code, _KEY, value)]
        return own | {_KEY: known[0]} if len(known) == 1 else own

    def _first_named(self) -> dict[str, int]:
        if self._named is None:
            folded = self._context.folded
            self._named = {}
            for hit, value in self._categories.named(_PLAN, _KEY, 0, len(folded)):
                if _WORD in folded[max(0, hit.start - _NAME_REACH) : hit.end]:
                    self._named.setdefault(value, hit.start)
        return self._named
