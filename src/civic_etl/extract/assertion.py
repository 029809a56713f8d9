"""Whether a figure is asserted of a place, or only mentioned by a text that tells of something else.

What kind of text it stands in, what its sentence speaks of and how it was read are weak signs each; weighed together
they tell. `civic-etl evaluate --fit-assertion` fits the weights anew.
"""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from civic_etl.confidence import Weights, read_weights
from civic_etl.extract.assertion_signs import AssertionSigns
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure_words import WORDS

_WEIGHTS = Path(str(files("civic_etl.extract") / "data" / "assertion_weights.yaml"))
# a fact that is lost costs more than a figure that is none
_LEAST = 0.3
# how food for those in need is counted
_FOOD = frozenset({"tonne", "unit"})
# a sentence or two do not show what kind of text they are of
_SHORT = 200


class Assertion:
    """Tells the facts of one document from what it mentions; `drafts` are all its figures, in text order."""

    def __init__(self, context: Context, drafts: list[Draft]) -> None:
        self._signs = AssertionSigns(context, drafts) if len(context.folded) > _SHORT else None
        self._odds = _weights().odds(self._signs.of_all) if self._signs is not None else 0.0
        self._folded = context.folded

    def is_asserted(self, draft: Draft) -> bool:
        """Whether a figure is likely enough a fact of a place."""
        if self._signs is None or _weights().probability(self._signs.own(draft), self._odds) >= _LEAST:
            return True
        return self._is_part_of_total(draft) or self._is_relief(draft)

    def _is_relief(self, draft: Draft) -> bool:
        """Whether rice or other food is counted that a place got or handed out where something had struck.

        ("huyện nhận được 35 tấn gạo và 4.200 thùng mì gói, đã đưa về xã A 6,5 tấn")
        """
        if draft.quantity.unit not in _FOOD:
            return False
        return WORDS["relief"].search(self._folded, draft.sentence.start, draft.sentence.end) is not None

    def _is_part_of_total(self, draft: Draft) -> bool:
        """Whether a figure opens an item of a list that a total leads in ("Tổng số cơ sở y tế: 186, trong đó:")."""
        block, start = draft.block, draft.quantity.start
        if block.kind != "bullet" or block.lead_in is None or self._folded[block.body_start : start].strip():
            return False
        return WORDS["leads_parts"].search(self._folded, *block.lead_in) is not None


@lru_cache(maxsize=1)
def _weights() -> Weights:
    return read_weights(_WEIGHTS)
