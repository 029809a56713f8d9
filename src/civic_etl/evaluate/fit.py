"""Fitting weights to annotated articles: those of the confidence to what is right."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from civic_etl.confidence import Weights, features
from civic_etl.evaluate.first_sight import Sighted, read_now
from civic_etl.evaluate.gold import GoldSet

_PENALTY = 4.0
_STEPS = 300
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
    """The readings of all articles, judged: those at first sight where a set keeps them, else those made now."""
    known = frozenset(codes)
    return [example for gold in sets for example in _examples(gold, known)]


def _examples(gold: GoldSet, codes: frozenset[str]) -> Iterator[Example]:
    readings = gold.first_sight or read_now(gold.documents, gold.observations, codes)
    by_document: dict[str, list[Sighted]] = defaultdict(list)
    for reading in readings:
        by_document[reading.doc_id].append(reading)
    for document in gold.documents:
        told = by_document[document.doc_id]
        for reading, shown in zip(told, features(document, told), strict=True):
            yield Example(document.doc_id, shown, reading.right)


def fit(rows: Sequence[Example], penalty: float = _PENALTY) -> Weights:
    """Logistic regression with a quadratic penalty, by steps too short to overshoot. Deterministic."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        alike[row.shown][row.right] += 1
    names = sorted({name for shown in alike for name in shown})
    place = {name: number for number, name in enumerate(names)}
    told = [([place[name] for name in shown], wrong + right, right) for shown, (wrong, right) in sorted(alike.items())]
    times = [0] * len(names)
    for shown, count, _ in told:
        for name in shown:
            times[name] += count
    # no curve bends more than this along any weight
    most = max((len(shown) for shown, _, _ in told), default=0) + 1
    bends = [most * count / 4 + penalty for count in times]
    right = sum(row.right for row in rows)
    base, weights = math.log((right + 1) / (len(rows) - right + 1)), [0.0] * len(names)
    for _ in range(_STEPS):
        slope, base_slope = [0.0] * len(names), 0.0
        for shown, count, hits in told:
            miss = hits - count / (1 + math.exp(-base - sum([weights[name] for name in shown])))
            base_slope += miss
            for name in shown:
                slope[name] += miss
        base += 4 * base_slope / (most * max(1, len(rows)))
        weights = [w + (s - penalty * w) / bend for w, s, bend in zip(weights, slope, bends, strict=True)]
    return Weights(base, dict(zip(names, weights, strict=True)))


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
