"""The fitted weights, and the confidence they give."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import yaml

from civic_etl.confidence.features import Page, Reading, features
from civic_etl.data_files import read_yaml_file
from civic_etl.errors import CatalogueError

LEAST, MOST = 0.02, 0.99
"""No reading is hopeless, and none is certain."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds: `base` for a reading that shows nothing, and what each feature adds. An unknown feature adds 0."""

    base: float
    of: dict[str, float]

    def odds(self, shown: Iterable[str], known: float = 0.0) -> float:
        """What these features add, and those before whose odds are `known`."""
        return sum([self.of.get(name, 0.0) for name in shown], known)

    def probability(self, shown: Iterable[str], known: float = 0.0) -> float:
        """The share of readings with these features that are right, 0.02 to 0.99; of others, their odds (`odds`)."""
        odds = self.base + self.odds(shown, known)
        return min(MOST, max(LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))))


def confidences(page: Page, readings: Sequence[Reading], weights: Weights | None = None) -> list[float]:
    """How likely each reading of a page is right in all, to two digits; by the shipped weights where none are given."""
    known = weights or load_weights()
    return [round(known.probability(shown), 2) for shown in features(page, readings)]


def read_weights(path: Path) -> Weights:
    """The weights of a file. Raises CatalogueError where it holds none."""
    try:
        data = read_yaml_file(path)
        return Weights(float(data["base"]), {str(name): float(weight) for name, weight in data["weights"].items()})
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise CatalogueError(f"holds no confidence weights: {error!r}", file=str(path)) from error


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights shipped with the package."""
    return read_weights(WEIGHTS)


WEIGHTS = Path(str(files("civic_etl.confidence") / "data" / "weights.yaml"))
