"""The words that name indicators and their categories, from the catalogue and the data files beside it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from civic_etl.indicators.catalogue import load_catalogue
from civic_etl.indicators.category_lexicon import NO_CATEGORY, Category, read_categories
from civic_etl.indicators.leanings import (
    Companion,
    Stocks,
    Topic,
    load_companions,
    load_stocks,
    load_topics,
    load_variants,
)
from civic_etl.indicators.lexicon_data import DECOY, read_lexicon_data, require_code
from civic_etl.indicators.pattern_lexicon import Pattern, read_patterns
from civic_etl.indicators.phrase_lexicon import read_phrases

__all__ = [
    "DECOY",
    "NO_CATEGORY",
    "Category",
    "Companion",
    "Lexicon",
    "Pattern",
    "Stocks",
    "Topic",
    "load_companions",
    "load_lexicon",
    "load_stocks",
    "load_topics",
    "load_variants",
]


@dataclass(frozen=True)
class Lexicon:
    """`rate_of` and `count_of` pair a count with its rate.

    Its phrases are made when they are asked for: who reads texts has the trees that were made of them.
    """

    rate_of: dict[str, str]
    count_of: dict[str, str]
    patterns: tuple[Pattern, ...]

    @cached_property
    def phrases(self) -> dict[str, tuple[str, ...]]:
        """Each phrase with its codes; CatalogueError names the file and code that do not fit the catalogue."""
        return read_phrases(load_catalogue())

    @cached_property
    def categories(self) -> dict[str, tuple[Category, ...]]:
        """Each phrase with (scope, key, value) triples, where scope is a code or "" for all that have the key.

        CatalogueError names the file and code that do not fit the catalogue.
        """
        return read_categories(load_catalogue())


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon shipped with the package; CatalogueError names the file and code that do not fit the catalogue."""
    catalogue = load_catalogue()
    pairs = [(str(a), str(b)) for a, b in read_lexicon_data("pairs.yaml")]
    for pair in pairs:
        for code in pair:
            require_code(catalogue, code, "pairs.yaml")
    return Lexicon(
        rate_of=dict(pairs),
        count_of={rate: count for count, rate in pairs},
        patterns=tuple(read_patterns(catalogue)),
    )
