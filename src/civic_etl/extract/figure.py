"""One figure while it is read: each room of the reading fills in its part."""

import re
from dataclasses import dataclass, field

from civic_etl.extract.brackets import opening
from civic_etl.extract.categories import Breakdown
from civic_etl.extract.code_units import RATES
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.layout import Block, Sentence
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.link import Link
from civic_etl.extract.measure import Surroundings
from civic_etl.extract.periods import Period, PeriodCue
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.records import Measure, ValueKind

# measures that relate a figure to another one
RATIOS = frozenset({"change", "change_pct", "plan_ratio", "plan_change", "prior_ratio", "multiple"})
CHANGES = frozenset({"change", "change_pct"})
# the words of a change, as they are labelled
MOVES = frozenset({"rise", "fall"})
_CLAUSE = 90
# the marks behind which an item of a list begins
_OPENS_ITEM = ",;:("
# units whose nouns are told apart by what stands behind them
_OWN_NOUNS = frozenset(read_data("own_nouns.yaml"))
_ENDS_ITEM = re.compile(r"[^\W\d_][^,;]*[,;]\s*(?:và |có |với )*$")
# the rest of the noun of a figure before, or what those counted came to harm by ("2 người do giông, lốc; ...")
_NOUN_END = re.compile(
    r"(?: (?:do|vì|bởi|bị) [^;:.()\d]{1,60}(?=;)| (?:do|vì|bởi|bị)(?: [^\W\d_]+){1,4}(?=,))"
    r"|(?: (?:cận )?nghèo)?(?: [^\W\d_]+){0,2}(?=\s*[;,])|(?: [^\W\d_]+){3,8}(?=\s*;)"
)
_RATE_NAMED = re.compile(r"\btỷ (?:lệ|trọng|suất)\b")


def opens_bracket(folded: str, start: int) -> bool:
    """Whether a bracket opens right before a position."""
    return folded[max(0, start - 2) : start].strip().endswith("(")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure stands: `floor` is the end of the figure before, `ceiling` the start of the next.

    Without one they are the bounds of the sentence; `following` is the next figure of it, `beyond` the one behind that.
    """

    block: Block
    sentence: Sentence
    floor: int
    ceiling: int
    opens: bool
    following: Quantity | None
    beyond: Quantity | None = None


@dataclass(slots=True)
class Figure:
    """A figure under way. `inherited` is the draft whose indicator goes on; `continued`, `equal`, `prior` say why.

    `rules` tell how the code was found; `journey` is whether the figure is the A of "từ A lên B", `apart` whether what
    follows a count says more of its noun, `elided` whether what it counts was left out and what became of so many is
    told behind it; `of_rate` whether it is of a rate that its code does not tell; `lead` what leads in its list.
    """

    q: Quantity
    spot: Spot
    folded: str = field(repr=False)
    around: Surroundings
    link: Link | None = None
    continued: Draft | None = None
    equal: Draft | None = None
    prior: Draft | None = None
    inherited: Draft | None = None
    planned: bool = False
    code: str = "other"
    breakdown: Breakdown = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    journey: bool = False
    apart: bool = False
    elided: bool = False
    of_rate: bool = False
    lead: str = ""
    measure: Measure = "level"
    period: Period | None = None
    cue: PeriodCue | None = None
    kind: ValueKind = "actual"

    @property
    def gap(self) -> str:
        """The words between the figure before and this one, folded."""
        return self.folded[self.spot.floor : self.q.start]

    @property
    def own_start(self) -> int:
        """Where the words of the figure begin, past what ends the noun of the one before ("12 hộ nghèo; ...")."""
        noun = _NOUN_END.match(self.gap)
        return self.spot.floor + (noun.end() if noun is not None else 0)

    def item_start(self, end: int) -> int:
        """Where the item of a list that goes up to `end` begins: behind the last mark since the figure before."""
        floor = self.spot.floor
        return max(floor, *(self.folded.rfind(mark, floor, end) + 1 for mark in _OPENS_ITEM))

    @property
    def past_brackets(self) -> int:
        """Where the words of the figure begin: behind brackets that close between it and the one before.

        ("85 trường (60 trường mầm non, 25 trường tiểu học), tăng 2 trường")
        """
        floor = self.spot.floor
        close = self.folded.find(")", floor, self.q.start)
        return close + 1 if close >= 0 and self.folded.find("(", floor, close) < 0 else floor

    @property
    def of_whole_year(self) -> bool:
        """Whether words before the figure in its sentence say that it is of all seasons ("cả năm đạt sản lượng")."""
        return WORDS["whole_year"].search(self.folded, self.spot.sentence.start, self.q.start) is not None

    @property
    def is_rate(self) -> bool:
        """Whether the figure is a percentage or the like."""
        return self.q.unit in RATES

    @property
    def bracket(self) -> int:
        """Where the bracket of its sentence that the figure stands in opens; -1 for none."""
        return opening(self.folded, self.q.start, self.spot.sentence.start)

    @property
    def in_brackets(self) -> bool:
        """Whether a bracket opens right before the figure."""
        return opens_bracket(self.folded, self.q.start)

    @property
    def opens_item(self) -> bool:
        """Whether the mark that ends the words of the figure before stands right before a count, which has its own.

        ("12 HTX nông nghiệp, 20 HTX dịch vụ")
        """
        listed = self.spot.floor > self.spot.sentence.start and self.q.unit in _OWN_NOUNS and bool(self.q.noun)
        return listed and _ENDS_ITEM.search(self.gap) is not None

    @property
    def near_bracket(self) -> bool:
        """Whether a bracket opens a few words before the figure."""
        return "(" in self.folded[max(0, self.q.start - 16) : self.q.start]

    @property
    def names_rate(self) -> bool:
        """Whether the words of the figure, behind the last mark, say that it is a rate."""
        first = max(self.folded.rfind(mark, max(0, self.q.start - _CLAUSE), self.q.start) for mark in ",;.\n") + 1
        return _RATE_NAMED.search(self.folded, first, self.q.start) is not None

    @property
    def named_fall(self) -> bool:
        """Whether the indicator's own words say that it fell ("mức giảm sinh", "tỷ lệ giảm nghèo")."""
        hit = self.link.hit if self.link is not None else None
        return hit is not None and "giảm" in self.folded[hit.start : hit.end].split()
