"""Lists of places whose indicator is named before them, in a sentence or a line without a figure.

("Tỷ lệ giải ngân của các huyện còn thấp. Cụ thể: huyện A 41%; huyện B 35%")
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from civic_etl.extract.branch_shares import STRUCTURE
from civic_etl.extract.code_units import RATES, code_for_unit
from civic_etl.extract.context import Context, indicator_table
from civic_etl.extract.drafts import Frame
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import MOVES, Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.known_categories import known_categories
from civic_etl.extract.layout import Block
from civic_etl.extract.link import UNNAMED, Link, Linker
from civic_etl.extract.patterns import patterns
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rates import is_rate
from civic_etl.extract.reach import Reach

LEAD = "lead-in"
"""Rule of a link by what leads in a list."""

_LEADS, _OF_PLAN, _OPENS_SECTOR, _TAKES = (
    patterns("lead_ins.yaml")[key] for key in ("leads", "of_plan", "opens_sector", "takes")
)
_SURE, _FITS = 4.5, 3.0
_STATED = MOVES | {"", "equal", "to_level"}
# what a sentence counts that speaks of places together ("có 3 huyện tỷ lệ hộ nghèo còn cao")
_PLACES = frozenset({"", "unit", "agency", "district", "commune"})


class LeadIns:
    """Finds what leads in the lists of places of one document."""

    def __init__(self, context: Context, elision: Elision, linker: Linker) -> None:
        self._context = context
        self._elision = elision
        self._linker = linker
        named = {code for hit in indicator_table().find(context.title_line) for code in hit.payload}
        self._titled = next(iter(named)) if len(named) == 1 else None
        self._first_named = next((hit.start for hit in context.indicators.within(0, len(context.folded))), -1)

    def read(self, figure: Figure, frame: Frame) -> Link | None:
        """The link of a figure that opens such a list, by what stands before the list, whose words it is given."""
        named = figure.link is not None and figure.link.rule not in UNNAMED
        if named or not figure.q.unit or figure.around.against or figure.around.before not in _STATED:
            return None
        first, folded = figure.spot.sentence.start, figure.folded
        leads = _LEADS.match(folded, first, figure.q.start)
        own = max(first if leads is None else leads.end(), figure.own_start)
        own = max(own, folded.rfind(":", own, own + len(folded[own : figure.q.start].rstrip(" :"))) + 1)
        if any(draft.code != "other" for draft in frame.seen):
            return None
        if not self._elision.only_place(own, figure.q.start):
            return self._of_structure(figure, first, own) if leads is not None else None
        opened = figure.bracket
        if any(draft.quantity.end <= opened and draft.quantity.unit == figure.q.unit for draft in frame.seen):
            # the places of what stands before the brackets
            return None
        for start, end in self._before(figure.spot.block, first, is_led=leads is not None):
            figure.lead = folded[start:end]
            link = self._of(figure, start, end)
            if link is not None:
                return link
        link = self._of_title(figure)
        figure.lead = self._context.title.folded if link is not None else ""
        return link

    def _of_structure(self, figure: Figure, first: int, own: int) -> Link | None:
        """The link of the share of a sector behind a sentence that tells how the structure changed, without a figure.

        ("Cơ cấu kinh tế chuyển dịch đúng hướng. Trong đó, nông nghiệp đạt 21%; công nghiệp đạt 48%")
        """
        if figure.q.unit != "percent" or not self._only_sector(own, figure.q.start):
            return None
        for start, end in self._before(figure.spot.block, first, is_led=True):
            named = self._context.indicators.within(start, end)
            if named and STRUCTURE in named[0].payload:
                figure.lead = figure.folded[start:end]
                return Link(STRUCTURE, None, _SURE, LEAD)
        return None

    def _only_sector(self, start: int, end: int) -> bool:
        """Whether nothing stands in [start, end) but a sector and a verb that leads on to its share."""
        folded = self._context.folded
        hits = [h for h in self._context.categories.within(start, end) if known_categories(STRUCTURE, h.payload)]
        if not hits:
            return False
        before, behind = _OPENS_SECTOR.fullmatch(folded, start, hits[0].start), (hits[-1].end, end)
        return before is not None and _TAKES.fullmatch(folded, *behind) is not None

    def _of_title(self, figure: Figure) -> Link | None:
        """The one indicator that the title names, of a list above which the text names none."""
        block, first = figure.spot.block, figure.spot.sentence.start
        if self._titled is None or 0 <= self._first_named < block.start or first > block.sentences[0].start:
            return None
        fit = code_for_unit(self._titled, figure.q.unit, figure.q.generic)
        return Link(fit[0], None, _SURE, LEAD) if fit is not None and fit[1] >= _FITS else None

    def _before(self, block: Block, first: int, *, is_led: bool) -> Iterator[tuple[int, int]]:
        """The sentences or lines before a sentence, nearest first, that may lead in what it lists."""
        if first > block.sentences[0].start:
            last = block.sentences[bisect_left(block.sentences, first, key=lambda s: s.start) - 1]
            if not self._has_figure(last.start, last.end):
                yield last.start, last.end
            return
        if block.lead_in is not None and not self._has_figure(*block.lead_in):
            yield block.lead_in
        yield from reversed(block.headings[-1:])
        blocks = self._context.blocks
        index = bisect_left(blocks, block.start, key=lambda b: b.start)
        above = blocks[index - 1].sentences if index and (is_led or block.kind == "bullet") else ()
        if above and not self._has_figure(above[-1].start, above[-1].end):
            yield above[-1].start, above[-1].end

    def _has_figure(self, start: int, end: int) -> bool:
        return any(q.unit not in _PLACES for q in self._context.quantities.within(start, end))

    def _of(self, figure: Figure, start: int, end: int) -> Link | None:
        """The link that a figure right behind [start, end) would have, or one right behind what it names last."""
        hits = self._context.indicators.within(start, end)
        for position in (end, *(hit.end for hit in reversed(hits))):
            link = self._linker.link(_moved(figure.q, position), Reach(start, position, start, position))
            if link is not None and self._fits(figure, link):
                return replace(link, rule=LEAD)
        return None

    @staticmethod
    def _fits(figure: Figure, link: Link) -> bool:
        if link.score < _SURE or link.rule in UNNAMED or link.code == "other":
            return False
        if figure.q.unit not in RATES or is_rate(link.code) or figure.around.before in MOVES:
            return True
        if WORDS["names_growth"].search(figure.lead) is not None:
            return True
        if _OF_PLAN.search(figure.lead) is None:
            return False
        # "thu ngân sách của nhiều huyện còn thấp so với dự toán. Cụ thể: huyện A 41%"
        figure.around = replace(figure.around, against="plan")
        return True


def _moved(q: Quantity, position: int) -> Quantity:
    """A figure as if it stood somewhere else."""
    return replace(q, start=position, number_start=position, number_end=position, end=position, noun="")
