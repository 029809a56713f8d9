"""The confidence of a reading: from what it shows, by weights that are data."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from civic_etl.confidence import LEAST, MOST, Weights, confidence, features, load_weights
from civic_etl.confidence.model import read_weights
from civic_etl.errors import CatalogueError


@dataclass(frozen=True)
class Area:
    status: str = "resolved"


@dataclass(frozen=True)
class Reading:
    ref_area: Area = Area()
    sub_area: str = ""
    indicator: str = "budget_revenue"
    measure: str = "level"
    value_kind: str = "actual"
    unit_measure: str = "VND"
    time_period: str = "2020"
    rules: tuple[str, ...] = ("left",)
    number_ambiguous: bool = False


def test_features_say_what_a_reading_shows() -> None:
    assert features(Reading()) == ("kind:actual", "measure:level", "place:resolved", "rule:left", "unit:VND")
    unsure = Reading(Area("unknown"), "Tổ 8B", "other", time_period="", rules=("a", "b", "a"), number_ambiguous=True)
    assert {"other", "part", "undated", "ambiguous", "place:unknown", "rule:a", "rule:b"} <= set(features(unsure))
    assert len(features(unsure)) == len(set(features(unsure)))


def test_weights_add_and_unknown_features_do_not() -> None:
    weights = Weights(0.0, {"rule:left": 2.0, "other": -1.0})
    assert confidence(Reading(rules=("new",)), weights) == 0.5
    assert confidence(Reading(), weights) == 0.88
    assert confidence(Reading(indicator="other"), weights) == 0.73


def test_nothing_is_certain_and_nothing_hopeless() -> None:
    assert confidence(Reading(), Weights(1e9, {})) == MOST
    assert confidence(Reading(), Weights(-1e9, {})) == LEAST


def test_the_shipped_weights_know_good_signs_from_bad() -> None:
    weights = load_weights()
    assert weights.of
    certain = Reading()
    assert 0.5 < confidence(certain) <= MOST
    assert confidence(replace(certain, indicator="other")) < confidence(certain)


@pytest.mark.parametrize("text", ["", "[]", "base: 1", "base: x\nweights: {}", "base: 1\nweights: {a: b}", ": :"])
def test_a_file_without_weights_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="weights"):
        read_weights(path)
