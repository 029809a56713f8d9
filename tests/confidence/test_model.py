"""The confidence of a reading: from what it shows, by weights that are data."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from civic_etl.confidence import LEAST, MOST, Weights, confidences, features, load_weights
from civic_etl.confidence.model import read_weights
from civic_etl.confidence.shapes import period_shape
from civic_etl.errors import CatalogueError

TEXT = "Năm 2020, xã thu ngân sách 9 tỷ đồng."


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
    char_start: int = TEXT.index("9 tỷ")
    evidence_start: int = 0


@dataclass(frozen=True)
class Page:
    text: str = TEXT
    title: str = "Xã Hồng Thái năm 2019"
    published: date | None = date(2020, 12, 30)


def shown(reading: Reading, page: Page | None = None, *others: Reading) -> tuple[str, ...]:
    return features(page or Page(), [reading, *others])[0]


def test_features_say_what_a_reading_shows() -> None:
    assert shown(Reading()) == (
        "code:budget_revenue",
        "kind:actual",
        "length:0",
        "measure:level",
        "others:0",
        "period:year",
        "period:year:same",
        "place:resolved",
        "rule:left",
        "unit:VND",
        "year:sentence",
    )
    unsure = Reading(Area("unknown"), "Tổ 8B", "other", time_period="", rules=("a", "b", "a"), number_ambiguous=True)
    assert {"part", "ambiguous", "place:unknown", "period:none", "rule:a", "rule:b"} <= set(shown(unsure))
    assert len(shown(unsure)) == len(set(shown(unsure)))


def test_features_say_how_a_reading_is_dated() -> None:
    assert {"period:day", "period:day:same", "period:of-article"} <= set(shown(Reading(time_period="2020-12-30")))
    assert {"period:year:before", "year:title"} <= set(shown(Reading(time_period="2019")))
    assert "period:year:ahead" in shown(Reading(time_period="2021"))
    assert "period:year:ahead" in shown(Reading(), Page(published=None))


def test_what_others_of_the_page_name_counts_and_their_order_does_not() -> None:
    one, two = Reading(), Reading(indicator="other")
    assert "others:4" in shown(one, None, two)
    assert features(Page(), [one, two])[0] == features(Page(), [two, one])[1]
    assert features(Page(), []) == []


@pytest.mark.parametrize(
    ("period", "shape"),
    [
        ("2020", "year"),
        ("2020-S1", "half"),
        ("2020-Q3", "quarter"),
        ("2020-M10", "month"),
        ("2020-10-31", "day"),
        ("2015-01-01/P5Y", "years"),
        ("2020-01-01/P9M", "months"),
        ("2020-01-01/P10D", "days"),
        ("", "none"),
    ],
)
def test_periods_have_a_shape(period: str, shape: str) -> None:
    assert period_shape(period) == shape


def test_weights_add_and_unknown_features_do_not() -> None:
    weights = Weights(0.0, {"rule:left": 2.0, "code:other": -1.0})
    told = [Reading(rules=("new",)), Reading(), Reading(indicator="other")]
    assert confidences(Page(), told, weights) == [0.5, 0.88, 0.73]


def test_nothing_is_certain_and_nothing_hopeless() -> None:
    assert confidences(Page(), [Reading()], Weights(1e9, {})) == [MOST]
    assert confidences(Page(), [Reading()], Weights(-1e9, {})) == [LEAST]


def test_the_shipped_weights_know_good_signs_from_bad() -> None:
    assert load_weights().of
    certain = Reading()
    unsure = replace(certain, indicator="other", rules=("unlinked",))
    sure, other = confidences(Page(), [certain, unsure])
    assert 0.5 < sure <= MOST
    assert other < sure


@pytest.mark.parametrize("text", ["", "[]", "base: 1", "base: x\nweights: {}", "base: 1\nweights: {a: b}", ": :"])
def test_a_file_without_weights_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="weights"):
        read_weights(path)
