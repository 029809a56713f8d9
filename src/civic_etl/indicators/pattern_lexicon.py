"""Indicators told by several words near a figure, in any order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from civic_etl.indicators.abbreviations import shortened
from civic_etl.indicators.catalogue import Catalogue
from civic_etl.indicators.lexicon_data import DECOY, read_lexicon_data, require_code
from civic_etl.vietnamese.short_words import spelled_out


@dataclass(frozen=True, slots=True)
class Pattern:
    """An indicator told by several words near a figure: one of each group, none of `without`, and one of the units.

    `weight` is added to its score: negative for readings that any other goes before. A `bare` one asks that nothing
    says more of the noun that the figure counts. The code may be DECOY.
    """

    code: str
    units: frozenset[str]
    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()
    weight: float = 0.0
    bare: bool = False


def read_patterns(catalogue: Catalogue) -> list[Pattern]:
    """All patterns in order; CatalogueError where a code is none of the catalogue."""
    rows: list[Pattern] = []
    for raw in read_lexicon_data("patterns.yaml"):
        if raw["code"] != DECOY:
            require_code(catalogue, raw["code"], "patterns.yaml")
        groups = tuple(_with_short(map(str, group)) for group in raw["all"])
        without = _with_short(map(str, raw.get("not", ())))
        weight, bare = float(raw.get("weight", 0)), bool(raw.get("bare"))
        rows.append(Pattern(raw["code"], frozenset(raw["units"]), groups, without, weight, bare))
    words = {word for row in rows for group in (*row.groups, row.without) for word in group}
    holders = _holders(words - passed_over())
    return [_widened(row, holders) for row in rows]


def passed_over() -> frozenset[str]:
    """Words that hold a word of a pattern and are none of it ("đời sống văn hóa")."""
    return frozenset(spelled_out(str(word)) for word in read_lexicon_data("passed_over.yaml"))


def _with_short(words: Iterable[str]) -> tuple[str, ...]:
    """Words with the short forms they are written in."""
    return tuple(dict.fromkeys(form for word in map(spelled_out, words) for form in (word, *shortened(word))))


def _holders(words: Iterable[str]) -> dict[str, set[str]]:
    """The words by every run of tokens they hold."""
    found: dict[str, set[str]] = {}
    for word in words:
        parts = word.split()
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                found.setdefault(" ".join(parts[start:end]), set()).add(word)
    return found


def _widened(pattern: Pattern, holders: dict[str, set[str]]) -> Pattern:
    """A pattern with the longer pattern words that hold its own: text is read by the longest, which would hide them."""

    def holding(group: tuple[str, ...]) -> tuple[str, ...]:
        longer: set[str] = set().union(*(holders.get(own, ()) for own in group))
        return tuple(dict.fromkeys((*group, *sorted(longer))))

    return replace(pattern, groups=tuple(holding(group) for group in pattern.groups), without=holding(pattern.without))
