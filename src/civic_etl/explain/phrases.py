"""The phrases that the catalogue lacks, most frequent first: the list by which a maintainer makes it grow."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from civic_etl.extract.records import Observation
from civic_etl.indicators import load_catalogue
from civic_etl.vietnamese import fold

_LIKE = 0.5


@dataclass(frozen=True, slots=True)
class PhraseGroup:
    """Figures of an unknown indicator in one unit: `n` of them in `documents` articles.

    `nearest` is the code whose name shares the most words, "" where none shares half of them: the phrase may only be
    another name of it. `example` is a sentence.
    """

    phrase: str
    unit_measure: str
    n: int
    documents: int
    nearest: str
    example: str


def group_phrases(observations: Iterable[Observation]) -> list[PhraseGroup]:
    """Group the observations outside the catalogue by phrase and unit; spellings that fold alike are one phrase."""
    groups: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.indicator == "other":
            key = " ".join(fold(observation.indicator_text).split())
            groups[key, observation.unit_measure].append(observation)
    found = [
        PhraseGroup(
            phrase=phrase,
            unit_measure=unit,
            n=len(members),
            documents=len({member.doc_id for member in members}),
            nearest=nearest_code(phrase),
            example=" ".join(members[0].evidence.split()),
        )
        for (phrase, unit), members in groups.items()
    ]
    return sorted(found, key=lambda group: (-group.n, -group.documents, group.phrase, group.unit_measure))


def nearest_code(phrase: str) -> str:
    """The code that shares the most words with a folded phrase: both over either, at least half."""
    words = frozenset(phrase.split())
    best, code = max(((_likeness(words, name), code) for code, name in _names()), default=(0.0, ""))
    return code if words and best >= _LIKE else ""


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    return len(first & second) / len(first | second)


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(
        (code, frozenset(fold(name).split()))
        for code, indicator in load_catalogue().indicators.items()
        for name in (indicator.name_vi, *indicator.synonyms_vi)
    )
