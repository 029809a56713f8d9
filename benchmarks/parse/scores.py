"""How much of a text was found: tokens for our own pages, shingles of four for the public benchmark, as it counts."""

import re
from collections import Counter

_TOKEN = re.compile(r"\w+")
_SIZE = 4
Counts = tuple[float, float, float]


def token_f1(expected: str, found: str) -> float:
    """F1 over the bags of words of two texts."""
    wanted, got = Counter(_TOKEN.findall(expected)), Counter(_TOKEN.findall(found))
    common = sum((wanted & got).values())
    return 2 * common / max(wanted.total() + got.total(), 1)


def shingle_counts(expected: str, found: str) -> Counts:
    """True positives, false positives and false negatives over shingles, as shares of all."""
    wanted, got = _shingles(expected), _shingles(found)
    counts = (
        sum((wanted & got).values()),
        sum((got - wanted).values()),
        sum((wanted - got).values()),
    )
    whole = sum(counts) or 1
    return (counts[0] / whole, counts[1] / whole, counts[2] / whole)


def shingle_f1(pages: list[Counts]) -> tuple[float, float, float]:
    """F1, precision and recall over pages, every page with the same weight."""
    precision = _mean([tp / (tp + fp) for tp, fp, _ in pages if tp + fp > 0])
    recall = _mean([tp / (tp + fn) for tp, _, fn in pages if tp + fn > 0])
    return 2 * precision * recall / (precision + recall), precision, recall


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + _SIZE]) for at in range(max(1, len(tokens) - _SIZE + 1)) if tokens)


def _mean(values: list[float]) -> float:
    return sum(values) / max(len(values), 1)
