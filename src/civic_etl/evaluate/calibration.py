"""Whether a confidence means what it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from civic_etl.evaluate.levels import FULL
from civic_etl.evaluate.pairing import Pair

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.000001)


@dataclass(frozen=True, slots=True)
class Band:
    """Found observations with a confidence of `low` up to but not including `high`.

    `confidence` is their mean, `right` the share that is right in all.
    """

    low: float
    high: float
    found: int
    confidence: float
    right: float


def calibration(pairs: Iterable[Pair]) -> list[Band]:
    """The bands that hold anything, lowest first."""
    claims = [(p.found.confidence or 0.0, p.depth == FULL) for p in pairs if p.found is not None]
    bands: list[Band] = []
    for low, high in pairwise(EDGES):
        inside = [(confidence, right) for confidence, right in claims if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            bands.append(Band(low, high, len(inside), mean, sum(right for _, right in inside) / len(inside)))
    return bands


def calibration_error(bands: list[Band]) -> float:
    """The mean distance between what bands promise and what they keep, weighted by their size; 0 is perfect."""
    total = sum(band.found for band in bands)
    return sum(band.found * abs(band.confidence - band.right) for band in bands) / total if total else 0.0
