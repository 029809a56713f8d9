"""Which share of a dashed list is of which sector: "nông nghiệp - công nghiệp - dịch vụ là 25% - 40% - 35%"."""

from civic_etl.extract.branch_shares import STRUCTURE
from civic_etl.extract.categories import Categories
from civic_etl.extract.context import Context
from civic_etl.extract.figure import Figure
from civic_etl.extract.link import Link

_SCORE = 6.0


class ListedSectors:
    """Links the dashed shares of one document to the structure that their sentence names before them."""

    def __init__(self, context: Context, categories: Categories) -> None:
        self._context = context
        self._categories = categories

    def link(self, figure: Figure) -> Link | None:
        """The link of a share whose list has as many parts as sectors were listed before it; of each year's list."""
        rank = figure.q.parallel
        if rank is None:
            return None
        within = self._context.indicators.within(figure.spot.sentence.start, figure.q.start)
        named = next((hit for hit in within if STRUCTURE in hit.payload), None)
        if named is None:
            return None
        figures = self._context.quantities
        first = figures.first_from(figure.q.start) - rank
        left = len(figures) - first
        count = next((at for at in range(left) if figures[first + at].parallel != at), left)
        sectors = self._categories.named(STRUCTURE, "sector", named.start, figures[first].start)
        told = [value for _, value in sectors]
        if len(told) != count or len(set(told)) != count:
            return None
        return Link(STRUCTURE, named, _SCORE, "companion")
