"""The fitted weights, and the confidence they give."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import yaml

from civic_etl.confidence.features import Reading, features
from civic_etl.data_files import read_yaml_file
from civic_etl.errors import CatalogueError

LEAST, MOST = 0.02, 0.99
"""No reading is hopeless, and none is certain."""
# few of all the readings that there could be are ever made
_KEPT = 4096


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


def confidence(reading: Reading, weights: Weights | None = None) -> float:
    """How likely a reading is right in all, to two digits."""
    shown = features(reading)
    return _usual(shown) if weights is None else round(weights.probability(shown), 2)


@lru_cache(maxsize=_KEPT)
def _usual(shown: tuple[str, ...]) -> float:
    """The confidence of readings with these features by the shipped weights."""
    return round(load_weights().probability(shown), 2)


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
