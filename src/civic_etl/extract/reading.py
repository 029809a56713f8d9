"""One sentence at a time: from its figures to draft observations."""

import re
from itertools import islice

from civic_etl.extract.announced import Announced
from civic_etl.extract.categories import Categories
from civic_etl.extract.category_twins import category_twins
from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft, Frame, Trail
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import Figure, Spot
from civic_etl.extract.figure_codes import FigureCodes
from civic_etl.extract.figure_links import FigureLinks, fit_fraction, reach_of
from civic_etl.extract.figure_measures import read_measure
from civic_etl.extract.figure_periods import FigurePeriods
from civic_etl.extract.figure_start import FigureStart
from civic_etl.extract.figure_values import amount_of
from civic_etl.extract.inheriting import Inheriting
from civic_etl.extract.kinds import Kinds
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.open_targets import at_least
from civic_etl.extract.ordered_structure import in_order_of_sectors
from civic_etl.extract.own_subject import OwnSubject
from civic_etl.extract.paid_capital import PaidCapital
from civic_etl.extract.plans import achieved_by, aim_at_set, plan_of
from civic_etl.extract.prior_fractions import now_and_before
from civic_etl.extract.qualifiers import qualifiers
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.respective import Respective
from civic_etl.extract.shared_bases import with_shared_bases
from civic_etl.extract.side_by_side_shares import as_structure
from civic_etl.extract.timeline import Timeline
from civic_etl.extract.topics import Topics
from civic_etl.extract.twins import twins_of

__all__ = ["Draft", "Reader"]


# how a paragraph opens that tells the parts of what the one before told
_GOES_ON = re.compile(
    r"(?:trong đó|trong số|bao gồm|(?:phân|chia) theo|dẫn đầu|đứng đầu|cao nhất|nhiều nhất|nóng nhất|thấp nhất|kế đến"
    r"|(?:con )?số (?:tiền |vốn )?(?:này|trên)|trong con số (?:này|trên)|kết quả này)\b"
)
# ... and a list of its parts
_LEADS_PARTS = re.compile(r"\btrong đó\s*:?\s*$")
_WHOLE_REACH = 200


class Reader:
    """Reads the figures of one document, in order."""

    def __init__(self, context: Context) -> None:
        categories, elision, topics = Categories(context), Elision(context), Topics(context)
        self._context = context
        self._timeline = Timeline(context)
        self._kinds = Kinds(context, self._timeline.text)
        self._announced = Announced(self._timeline.text)
        self._start = FigureStart(context, elision)
        subjects = OwnSubject(context)
        self._links = FigureLinks(context, categories, elision, topics, subjects)
        self._categories = categories
        self._respective = Respective(context, categories)
        self._inheriting = Inheriting(categories, subjects, PaidCapital(categories))
        self._codes = FigureCodes(context, categories, elision, topics, subjects)
        self._periods = FigurePeriods(self._timeline, self._kinds, self._announced)
        self._trail = Trail()
        self._block_start = -1

    @property
    def timeline(self) -> Timeline:
        """The time scopes of the document."""
        return self._timeline

    def read(self) -> list[Draft]:
        """Draft observations of all sentences outside tables."""
        drafts: list[Draft] = []
        for block in self._context.blocks:
            self._timeline.enter(block)
            if block.kind == "row":
                continue
            for sentence in block.sentences:
                drafts.extend(self._sentence(block, sentence))
        return drafts

    def _sentence(self, block: Block, sentence: Sentence) -> list[Draft]:
        if block.start != self._block_start:
            self._block_start = block.start
            if _GOES_ON.match(self._context.folded, sentence.start) is None:
                self._trail.recent.clear()
                self._trail.recent.extend(self._whole_of(block))
        self._announced.enter(block.start, sentence)
        frame = Frame(self._trail)
        twins: list[Draft] = []
        for quantity, spot in self._spots(block, sentence):
            drafts = self._figure(quantity, spot, frame)
            if drafts:
                frame.add(drafts[0], opens_item=";" in self._context.folded[spot.floor : quantity.start])
                twins.extend(drafts[1:])
        self._timeline.leave(sentence, bool(frame.seen))
        self._kinds.leave(block, sentence, [(d.quantity.start, d.period, d.kind) for d in frame.seen])
        dealt = self._respective.dealt([*with_shared_bases(self._context, frame.seen), *twins])
        return as_structure(self._context, in_order_of_sectors(self._context, dealt, self._trail.told))

    def _whole_of(self, block: Block) -> list[Draft]:
        """The amount whose parts the items of a list tell that "trong đó:" leads in; none for other blocks."""
        leads = _LEADS_PARTS.search(self._context.folded, *block.lead_in) if block.lead_in is not None else None
        if leads is None:
            return []
        told = (d for d in reversed(self._trail.told) if d.quantity.end <= leads.start() and d.measure == "level")
        return [d for d in islice(told, 1) if d.code != "other" and leads.start() - d.quantity.end < _WHOLE_REACH]

    def _spots(self, block: Block, sentence: Sentence) -> list[tuple[Quantity, Spot]]:
        """The figures of a sentence, each with where it stands."""
        figures = self._context.quantities.within(sentence.start, sentence.end)
        found: list[tuple[Quantity, Spot]] = []
        for index, quantity in enumerate(figures):
            floor = figures[index - 1].end if index else sentence.start
            following = figures[index + 1] if index + 1 < len(figures) else None
            beyond = figures[index + 2] if index + 2 < len(figures) else None
            ceiling = following.start if following is not None else sentence.end
            found.append((quantity, Spot(block, sentence, floor, ceiling, index == 0, following, beyond)))
        return found

    def _figure(self, quantity: Quantity, spot: Spot, frame: Frame) -> list[Draft]:
        """The draft of a figure and its twins; none where it is a bare number that says nothing by itself."""
        figure = self._start.take_up(quantity, spot, frame)
        if sides := now_and_before(figure, frame):
            return sides
        self._links.read(figure, frame)
        self._inheriting.read(figure, frame)
        fit_fraction(figure)
        # "đạt 71% chỉ tiêu (2.140/3.000)" tells both what was achieved and the plan
        achieved = achieved_by(figure, frame)
        if achieved is not None:
            return [plan_of(self._context, figure, achieved, frame)]
        if not self._codes.read(figure, frame) or not read_measure(self._context, figure, frame):
            return []
        self._periods.read(figure, frame)
        figure.breakdown |= qualifiers(figure, frame.seen, frame.trail.recent)
        aim_at_set(self._context, figure)
        figure.q = at_least(figure)
        draft = self._draft(figure, frame)
        listed = category_twins(self._context, self._categories, draft)
        return [draft, *listed, *twins_of(self._context, figure, draft)]

    def _draft(self, figure: Figure, frame: Frame) -> Draft:
        amount = amount_of(self._context, figure, frame)
        return Draft(
            quantity=figure.q,
            code=figure.code,
            link=figure.link,
            breakdown=figure.breakdown,
            measure=figure.measure,
            value=amount.value,
            upper=amount.upper,
            unit=amount.unit,
            period=figure.period,
            kind=figure.kind,
            rules=figure.rules,
            block=figure.spot.block,
            sentence=figure.spot.sentence,
            reach=reach_of(figure),
        )
