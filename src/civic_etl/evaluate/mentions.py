"""Offices and events: facts of three parts each, compared part by part."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from civic_etl.evaluate.matching import best_matching
from civic_etl.evaluate.places import same_place
from civic_etl.evaluate.score import Score
from civic_etl.extract.records import Extraction
from civic_etl.vietnamese.fold import fold

OFFICE_LEVELS = ("person", "+office", "+unit")
EVENT_LEVELS = ("kind", "+date", "+place")


@dataclass(frozen=True, slots=True)
class Mention:
    """An office as (person, office, unit) or an event as (kind, ISO date or "", place)."""

    doc_id: str
    parts: tuple[str, str, str]


def offices_of(extraction: Extraction) -> list[Mention]:
    """The offices found in a document, each once."""
    found = [Mention(o.doc_id, (o.person, o.office, o.unit)) for o in extraction.offices]
    return list(dict.fromkeys(found))


def events_of(extraction: Extraction) -> list[Mention]:
    """The events found in a document, each once; an undated one has the date ""."""
    found = [
        Mention(e.doc_id, (e.kind, e.event_date.isoformat() if e.event_date else "", e.place))
        for e in extraction.events
    ]
    return list(dict.fromkeys(found))


def score_mentions(gold: Iterable[Mention], found: Iterable[Mention], levels: tuple[str, ...]) -> dict[str, Score]:
    """Scores by level, each asking for all of the one before; mentions are matched one to one in a document."""
    sides: tuple[dict[str, list[Mention]], dict[str, list[Mention]]] = (defaultdict(list), defaultdict(list))
    for side, mentions in zip(sides, (gold, found), strict=True):
        for mention in mentions:
            side[mention.doc_id].append(mention)
    depths = [depth for doc_id, wanted in sides[0].items() for depth in _depths(wanted, sides[1].get(doc_id, []))]
    n_gold, n_found = (sum(map(len, side.values())) for side in sides)
    return {
        level: Score(sum(depth > number for depth in depths), n_found, n_gold) for number, level in enumerate(levels)
    }


def _depths(gold: list[Mention], found: list[Mention]) -> list[int]:
    """How many parts, from the first, the best matching gets right of each matched gold mention."""
    depths = {i: {j: _depth(g.parts, f.parts) for j, f in enumerate(found)} for i, g in enumerate(gold)}
    # a deeper agreement outweighs any number of shallow ones of the same mention
    weights = {i: {j: float(10**depth) for j, depth in row.items() if depth} for i, row in depths.items()}
    return [depths[i][j] for i, j in best_matching(weights).items()]


def _depth(gold: tuple[str, ...], found: tuple[str, ...]) -> int:
    for number, (compare, wanted, got) in enumerate(zip(_COMPARE, gold, found, strict=True)):
        if not compare(wanted, got):
            return number
    return len(gold)


def _same_words(gold: str, found: str) -> bool:
    return " ".join(fold(gold).split()) == " ".join(fold(found).split())


_COMPARE: tuple[Callable[[str, str], bool], ...] = (_same_words, _same_words, same_place)
