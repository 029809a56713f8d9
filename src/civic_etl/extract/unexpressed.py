"""Parts and sums that no code of the catalogue expresses, though their words name an indicator."""

import re

from civic_etl.extract.categories import Categories
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS

SUM = "sum"
"""The rule of a figure of no indicator: of several sectors together, of a category that only a rate knows."""

_STRUCTURE = "economic_structure"
_FISHERY, _AQUACULTURE = "fishery_output", "aquaculture_area"
_TRADE, _INVESTED = frozenset({"exports", "imports"}), "social_investment"
_VALUE, _NTM_FUNDS = "production_value", "ntm_funds"
_SPECIES_REACH = 2
_FISH = "fish"
_SUMMED = re.compile(r"\s*(?:và|cộng|\+|, và)\s*(?:ngành |khu vực )?")


class Unexpressed:
    """Tells which figures of one document are of no code."""

    def __init__(self, categories: Categories) -> None:
        self._categories = categories

    def is_part(self, figure: Figure, frame: Frame) -> bool:
        """Whether a figure is of a part that the categories of its indicator lack."""
        if figure.code in _TRADE or (figure.code == _INVESTED and any(d.code in _TRADE for d in frame.seen)):
            # "khu vực có vốn đầu tư nước ngoài" takes part in trade as well as in investment
            return WORDS["of_goods"].search(figure.gap) is not None
        if figure.code == _INVESTED and any(d.code == _NTM_FUNDS for d in frame.seen):
            # what the funds of the programme are made of, by no source that is known
            return True
        if figure.code == _VALUE:
            # its owners are the state and those from abroad; no category is of all others
            return WORDS["non_state"].search(figure.gap) is not None
        return figure.code == _FISHERY and figure.inherited is None and self._is_of_species(figure, frame)

    def is_sum(self, figure: Figure) -> bool:
        """Whether a share of the economy is told of several sectors together, or of none that is known."""
        if figure.code != _STRUCTURE:
            return False
        if "sector" not in figure.breakdown:
            return True
        if figure.measure == "change":
            return False
        named = self._categories.named(_STRUCTURE, "sector", figure.spot.floor, figure.q.start)[-2:]
        if len(named) < 2 or named[0][1] == named[1][1]:
            return False
        return _SUMMED.fullmatch(figure.folded, named[0][0].end, named[1][0].start) is not None

    def _is_of_species(self, figure: Figure, frame: Frame) -> bool:
        """Whether the output of one kind alone is told, and not how it was won.

        Of shrimp, clams and the like; of fish, which may be all there is inland, beside that of the whole fishery.
        """
        named = self._categories.named(_AQUACULTURE, "species", figure.spot.floor, figure.q.end + _SPECIES_REACH)
        told = {value for hit, value in named if hit.start < figure.spot.ceiling}
        if len(told) != 1 or "kind" in figure.breakdown:
            return False
        return told != {_FISH} or any(d.code == _FISHERY and d.measure == "level" for d in frame.backwards())
