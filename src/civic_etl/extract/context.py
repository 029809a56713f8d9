"""Everything that is read once per document and shared by the rules."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from civic_etl.extract.host_area import area_of_host
from civic_etl.extract.joined_phrases import find_apart
from civic_etl.extract.layout import Block, read_layout
from civic_etl.extract.lexicon import label_table, read_data
from civic_etl.extract.normal import NormalText, normalise
from civic_etl.extract.ordered_quantities import OrderedQuantities
from civic_etl.extract.periods import PeriodCue
from civic_etl.extract.phrases import Hits, PhraseTable, tree_of
from civic_etl.extract.records import Document
from civic_etl.extract.spots import Stretches
from civic_etl.extract.tokens import TokenLine
from civic_etl.indicators.lexicon import load_lexicon
from civic_etl.kept import kept

Codes = tuple[str, ...]
Category = tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=1)
def indicator_table() -> PhraseTable[Codes]:
    """Phrases that name indicators."""
    return PhraseTable.of(
        kept("phrase_tree", lambda: tree_of(load_lexicon().phrases.items())), read_data("compounds.yaml")
    )


@lru_cache(maxsize=1)
def category_table() -> PhraseTable[Category]:
    """Phrases that name categories inside indicators."""
    return PhraseTable.of(kept("category_tree", lambda: tree_of(load_lexicon().categories.items())))


@dataclass(slots=True)
class Context:
    """One document, read: its tokens, blocks, and all phrases found in it, each list in text order.

    `reference` is the day the article speaks from: its publication, else what its text gives away; `names` are the
    spans of place names, as `in_names` are to be asked for a position, `proper_names` for one without the words for
    what kind of unit they are; `turns` where each of
    several pieces of news about units of one level begins. `text` and `folded` are those of `normal`. `site_area` is
    the unit whose site published it, as far as is known. `title` and `title_line` are the title read in the same way.
    """

    document: Document
    normal: NormalText
    line: TokenLine
    blocks: list[Block]
    periods: list[PeriodCue]
    reference: date | None = None
    names: list[tuple[int, int]] = field(default_factory=list)
    in_names: Stretches = field(default_factory=lambda: Stretches(()))
    proper_names: Stretches = field(default_factory=lambda: Stretches(()))
    turns: frozenset[int] = frozenset()
    quantities: OrderedQuantities = field(default_factory=OrderedQuantities)
    indicators: Hits[Codes] = field(default_factory=lambda: Hits(()))
    categories: Hits[Category] = field(default_factory=lambda: Hits(()))
    measures: Hits[str] = field(default_factory=lambda: Hits(()))
    kinds: Hits[str] = field(default_factory=lambda: Hits(()))
    text: str = field(init=False)
    folded: str = field(init=False)
    site_area: str | None = field(init=False)
    title: NormalText = field(init=False)
    title_line: TokenLine = field(init=False)

    def __post_init__(self) -> None:
        self.text, self.folded = self.normal.text, self.normal.folded
        self.site_area = self.document.site_area or area_of_host(self.document.url, self.reference)
        self.title = normalise(self.document.title)
        self.title_line = TokenLine(self.title.folded)


def kind_table() -> PhraseTable[str]:
    """Cues of target, estimate and actual."""
    return _kind_table()


@lru_cache(maxsize=1)
def _kind_table() -> PhraseTable[str]:
    return PhraseTable((phrase, kind) for kind, phrases in read_data("kinds.yaml").items() for phrase in phrases)


def find_phrases(context: Context) -> None:
    """Fill the phrase lists of a context."""
    line = context.line
    context.indicators = Hits(find_apart(indicator_table(), line, context.folded))
    context.categories = Hits(category_table().find(line))
    context.measures = Hits(label_table("measures.yaml").find(line))
    context.kinds = Hits(kind_table().find_in_lines(line, context.folded))


def build_blocks(normal: NormalText) -> list[Block]:
    """Layout of a normalised text."""
    return read_layout(normal.text)
