"""Fitting weights to annotated articles: those of the confidence to what is right."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from civic_etl.confidence import Weights, features
from civic_etl.evaluate.claims import claim_of
from civic_etl.evaluate.gold import GoldSet
from civic_etl.evaluate.levels import FULL, Judge
from civic_etl.evaluate.pairing import pair_all
from civic_etl.extract.pipeline import extract

_PENALTY = 4.0
_STEPS = 400
_FOLDS = 5

_HEAD = """\
# Log-odds of a reading being right in all, by what it shows of how it came about.
# Written by `civic-etl evaluate --fit-confidence`; fitted on {rows} readings of {sets}.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A reading of an annotated article: what it shows, and whether it is right in all."""

    doc_id: str
    shown: tuple[str, ...]
    right: bool


def examples(sets: Iterable[GoldSet], codes: Iterable[str]) -> list[Example]:
    """The readings of all articles, judged."""
    judge = Judge(frozenset(codes))
    return [example for gold in sets for example in _examples(gold, judge)]


def _examples(gold: GoldSet, judge: Judge) -> list[Example]:
    found = [observation for document in gold.documents for observation in extract(document).observations]
    claims = [claim_of(observation) for observation in found]
    shown = {id(claim): features(observation) for claim, observation in zip(claims, found, strict=True)}
    pairs = pair_all(gold.observations, claims, judge)
    return [
        Example(pair.found.doc_id, shown[id(pair.found)], pair.depth == FULL)
        for pair in pairs
        if pair.found is not None
    ]


def fit(rows: Sequence[Example], penalty: float = _PENALTY) -> Weights:
    """Logistic regression with a quadratic penalty, by gradient steps too short to overshoot. Deterministic."""
    names = sorted({name for row in rows for name in row.shown})
    right = sum(row.right for row in rows)
    base = math.log((right + 1) / (len(rows) - right + 1))
    weights = dict.fromkeys(names, 0.0)
    most = max((len(row.shown) for row in rows), default=0) + 1
    rate = 4.0 / (most * max(1, len(rows)) + 4 * penalty)
    for _ in range(_STEPS):
        slope: dict[str, float] = defaultdict(float)
        base_slope = 0.0
        for row in rows:
            odds = base + sum(weights[name] for name in row.shown)
            miss = row.right - 1 / (1 + math.exp(-odds))
            base_slope += miss
            for name in row.shown:
                slope[name] += miss
        base += rate * base_slope
        for name in names:
            weights[name] += rate * (slope[name] - penalty * weights[name])
    return Weights(base, weights)


def held_out_error(rows: Sequence[Example]) -> float:
    """How far the confidence is off on articles it was not fitted on: five folds of articles, bands of a tenth."""
    documents = sorted({row.doc_id for row in rows})
    fold_of = {doc_id: number % _FOLDS for number, doc_id in enumerate(documents)}
    told: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        weights = fit([row for row in rows if fold_of[row.doc_id] != fold])
        told += [(weights.probability(row.shown), row.right) for row in rows if fold_of[row.doc_id] == fold]
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, right in told:
        bands[int(probability * 10)].append((probability, right))
    off = sum(abs(sum(p for p, _ in band) - sum(right for _, right in band)) for band in bands.values())
    return off / max(1, len(told))


def write_weights(path: Path, weights: Weights, rows: int, sets: Iterable[str], head: str = _HEAD) -> None:
    """Write the weights as the YAML file that `civic_etl.confidence` reads, below a head with {rows} and {sets}."""
    data = {"base": round(weights.base, 3), "weights": {name: round(w, 3) for name, w in sorted(weights.of.items())}}
    head = head.format(rows=rows, sets=", ".join(sets))
    path.write_text(head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")
