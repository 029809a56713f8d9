"""Which found observation answers which gold one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from civic_etl.evaluate.claims import Claim
from civic_etl.evaluate.levels import Judge
from civic_etl.evaluate.matching import best_matching

# An overlap says more than an equal value, and both together more than all other fields; those only break ties.
_OVERLAP, _SHARE_OF_OVERLAP, _VALUE = 8.0, 4.0, 6.0
_TIES = {
    "measure": 1.0,
    "indicator": 1.0,
    "unit": 0.5,
    "breakdown": 0.5,
    "place": 0.5,
    "period": 0.5,
    "sub_area": 0.3,
    "kind": 0.3,
    "comparator": 0.2,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold claim and what answers it; `found` None is a miss, `gold` None is spurious. `depth`: levels passed."""

    gold: Claim | None
    found: Claim | None
    depth: int = 0


def pair_all(gold: Iterable[Claim], found: Iterable[Claim], judge: Judge) -> list[Pair]:
    """All pairs, misses and spurious claims of a set, document by document in the order of the text."""
    documents: dict[str, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for side, claims in enumerate((gold, found)):
        for claim in claims:
            documents[claim.doc_id][side].append(claim)
    return [pair for wanted, got in documents.values() for pair in _pair(wanted, got, judge)]


def _pair(gold: list[Claim], found: list[Claim], judge: Judge) -> list[Pair]:
    weights = {i: _weights(claim, found, judge) for i, claim in enumerate(gold)}
    matched = best_matching(weights)
    pairs = [
        Pair(claim, found[matched[i]], judge.depth(claim, found[matched[i]])) if i in matched else Pair(claim, None)
        for i, claim in enumerate(gold)
    ]
    taken = set(matched.values())
    return pairs + [Pair(None, claim) for j, claim in enumerate(found) if j not in taken]


def _weights(gold: Claim, found: list[Claim], judge: Judge) -> dict[int, float]:
    weights = {j: affinity(gold, claim, judge) for j, claim in enumerate(found)}
    return {j: weight for j, weight in weights.items() if weight}


def affinity(gold: Claim, found: Claim, judge: Judge) -> float:
    """How likely two claims are about the same number; 0 where neither their spans nor their values meet."""
    shared = overlap(gold.span, found.span)
    equal = judge.agrees("value", gold, found)
    if not shared and not equal:
        return 0.0
    weight = (_OVERLAP + _SHARE_OF_OVERLAP * shared if shared else 0.0) + (_VALUE if equal else 0.0)
    return weight + sum(tie for field, tie in _TIES.items() if judge.agrees(field, gold, found))


def overlap(first: tuple[int, int] | None, second: tuple[int, int] | None) -> float:
    """Shared characters over all characters of two spans, 0 to 1."""
    if first is None or second is None:
        return 0.0
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return max(0, shared) / max(1, max(first[1], second[1]) - min(first[0], second[0]))
