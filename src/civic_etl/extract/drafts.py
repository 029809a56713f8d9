"""What one figure hands on to the next: drafts, and what a sentence lets its figures inherit."""

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal

from civic_etl.extract.categories import Breakdown
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.link import Link
from civic_etl.extract.periods import Period
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.reach import Reach
from civic_etl.extract.records import Measure, RefArea, ValueKind
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_variants

_RECENT = 6
_SPOKEN = 8
_TOLD = 16
# what a figure says of itself alone
QUALIFIERS = frozenset({"plan", "base", "averaging"})
_LEVELS = frozenset({"level", "share"})
AGAIN = "again"
"""Rule of a count in brackets behind the rate that it is told of."""
# a place among others hands nothing on
_RANK = "rank"
# what goes on from figure to figure of a sentence where it is not named anew
CARRIED = frozenset({"crop", "species", "season", "price", "index"})


@dataclass(frozen=True, slots=True)
class Cross:
    """Where a figure of a table across places stands: the place of its row, and the span of its column's head."""

    area: RefArea
    sub_area: str
    head: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Order:
    """Where a figure stands among those told in the order of what is listed before `cue`."""

    rank: int
    count: int
    cue: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure with its reading, before its place is known."""

    quantity: Quantity
    code: str
    link: Link | None
    breakdown: Breakdown
    measure: Measure
    value: Decimal
    upper: Decimal | None
    unit: str
    period: Period | None
    kind: ValueKind
    rules: tuple[str, ...]
    block: Block
    sentence: Sentence
    reach: Reach | None = None
    prior_place: bool = False
    cross: Cross | None = None
    order: Order | None = None

    @property
    def categories(self) -> Breakdown:
        """What the figure is of, without what it says of itself alone."""
        return {key: value for key, value in self.breakdown.items() if key not in QUALIFIERS}


@dataclass(frozen=True, slots=True)
class Trail:
    """The last figures before a sentence.

    `recent` are those of its paragraph, `told` those of the document, `spoken` the codes of these; `codes` are all
    codes of the document.
    """

    recent: deque[Draft] = field(default_factory=lambda: deque(maxlen=_RECENT))
    told: deque[Draft] = field(default_factory=lambda: deque(maxlen=_TOLD))
    spoken: deque[str] = field(default_factory=lambda: deque(maxlen=_SPOKEN))
    codes: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Frame:
    """What the figures that follow in the sentence may inherit.

    `draft` is the figure whose indicator goes on, `last` the one right before, `seen` all of the sentence; `crop` the
    categories that go on, `arrived` the year that a "từ ... lên ..." has come to.
    """

    trail: Trail
    draft: Draft | None = None
    last: Draft | None = None
    seen: list[Draft] = field(default_factory=list)
    crop: Breakdown = field(default_factory=dict)
    arrived: Period | None = None

    def add(self, draft: Draft, *, opens_item: bool = False) -> None:
        """Takes a draft as the last one said; `opens_item` is whether a semicolon stands before it."""
        self.trail.recent.append(draft)
        self.trail.told.append(draft)
        self.trail.spoken.append(draft.code)
        self.trail.codes.add(draft.code)
        self.last = draft
        self.seen.append(draft)
        names = draft.measure in _LEVELS or self.draft is None or draft.link is not None
        of_itself = "plan" in draft.rules or AGAIN in draft.rules or (draft.unit == _RANK and self.draft is not None)
        if (names or (opens_item and self._is_of_other(draft))) and not of_itself:
            self.draft = draft
        carried = {key: value for key, value in draft.breakdown.items() if key in CARRIED}
        if self._is_widened(draft):
            carried["crop"] = self.crop["crop"]
        if carried:
            self.crop = self.crop | carried if "crop" not in carried else carried

    def _is_widened(self, draft: Draft) -> bool:
        """Whether a draft has a wider crop than the one that goes on, since its indicator knows no narrower one.

        ("2.538 ha cam, trong đó 2.030 ha đã cho thu hoạch, sản lượng 19.460 tấn")
        """
        crop, before = draft.breakdown.get("crop"), self.crop.get("crop")
        indicator = load_catalogue().get(draft.code)
        if crop is None or before is None or indicator is None or before in indicator.breakdowns.get("crop", ()):
            return False
        return bool(load_variants()["wider"]["crop"].get(before) == crop)

    def _is_of_other(self, draft: Draft) -> bool:
        """Whether a ratio is of another category than the figure whose indicator goes on."""
        if self.draft is None or draft.code != self.draft.code:
            return False
        return bool(draft.categories) and draft.categories != self.draft.categories

    def backwards(self) -> list[Draft]:
        """The figures of the sentence and the paragraph, last first."""
        return [*reversed(self.seen), *reversed(self.trail.recent)]

    def of_unit(self, unit: str) -> Draft | None:
        """The last level of the sentence in that unit that is no plan told beside it."""
        levels = (d for d in reversed(self.seen) if d.quantity.unit == unit and d.measure in _LEVELS)
        return next((d for d in levels if "plan" not in d.rules), None)

    def level_before(self, unit: str) -> Draft | None:
        """The last level of the paragraph in that unit."""
        recent = reversed(self.trail.recent)
        return next((d for d in recent if d.quantity.unit == unit and d.measure == "level"), None)
