"""Floors stop a fall, only rise, and cannot be passed by leaving things out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from civic_etl.errors import ParseError
from civic_etl.evaluate import Evaluation, check_floors, evaluate_set, read_floors, read_gold, write_floors
from civic_etl.evaluate.calibration import calibration, calibration_error
from civic_etl.evaluate.floors import measured
from civic_etl.extract.records import Extraction, Observation

from .makers import ROWS, answering

Write = Callable[..., Path]


def scored(folder: Path, share: int = 1) -> Evaluation:
    """The set read by a reader that finds every `share`-th observation."""
    gold = read_gold(folder)
    return evaluate_set(gold, answering(gold.observations[::share]))


def test_a_score_below_its_floor_is_a_breach(write_set: Write, tmp_path: Path) -> None:
    folder, path = write_set(), tmp_path / "floors.yaml"
    assert write_floors(path, [scored(folder)]) > 0
    floors = read_floors(path)
    assert check_floors([scored(folder)], floors) == []
    breaches = check_floors([scored(folder, 2)], floors)
    assert "level/FULL/recall" in {breach.what for breach in breaches}
    assert "below its floor 1" in str(breaches[0])


def test_floors_only_rise_unless_forced(write_set: Write, tmp_path: Path) -> None:
    folder, path = write_set(), tmp_path / "floors.yaml"
    write_floors(path, [scored(folder, 2)])
    low = read_floors(path)["half"]["level/FULL/recall"]
    assert write_floors(path, [scored(folder)]) > 0
    high = read_floors(path)["half"]["level/FULL/recall"]
    assert (low, high) == (0.5, 1)
    assert write_floors(path, [scored(folder, 2)]) == 0
    assert read_floors(path)["half"]["level/FULL/recall"] == high
    write_floors(path, [scored(folder, 2)], force=True)
    assert read_floors(path)["half"]["level/FULL/recall"] == low


def test_what_is_gone_counts_as_nothing(write_set: Write, tmp_path: Path) -> None:
    folder, path = write_set(), tmp_path / "floors.yaml"
    write_floors(path, [scored(folder)])
    floors = read_floors(path)
    assert {breach.what for breach in check_floors([], floors)} == {w for w, floor in floors["half"].items() if floor}
    renamed = replace(scored(folder), name="elsewhere")
    assert check_floors([renamed], floors)
    smaller = write_set(ROWS[:2])
    assert "gold/observations" in {breach.what for breach in check_floors([scored(smaller)], floors)}


def test_nothing_found_is_far_below(write_set: Write, tmp_path: Path) -> None:
    folder, path = write_set(), tmp_path / "floors.yaml"
    write_floors(path, [scored(folder)])
    silent = evaluate_set(read_gold(folder), Extraction)
    assert {"level/number/f1", "level/number/precision"} <= {b.what for b in check_floors([silent], read_floors(path))}


def test_sets_that_were_not_scored_keep_their_floors(write_set: Write, tmp_path: Path) -> None:
    path = tmp_path / "floors.yaml"
    first, second = scored(write_set(name="half_a")), scored(write_set(name="half_b"))
    write_floors(path, [first, second])
    write_floors(path, [second], force=True)
    assert set(read_floors(path)) == {"half_a", "half_b"}


@pytest.mark.parametrize(
    "text", ["", "{}", "half: {}", "half: {level/FULL/f1: high}", "half: {level/FULL/f1: true}", ": :"]
)
def test_floors_that_hold_nothing_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ParseError):
        read_floors(path)


def test_an_indicator_has_a_floor_once_it_has_rows_enough(write_set: Write) -> None:
    rows = [row for row in ROWS for _ in range(8)]
    assert measured(scored(write_set(rows)))["indicator/households"] == 1
    assert "indicator/households" not in measured(scored(write_set()))


def test_calibration_says_what_a_confidence_keeps(write_set: Write) -> None:
    gold = read_gold(write_set())
    half_wrong = iter([True, False] * 2)
    read = answering(gold.observations, lambda found: replace(found, time_period="1999") if next(half_wrong) else found)
    bands = calibration(evaluate_set(gold, read).pairs)
    assert [(band.found, band.right) for band in bands] == [(4, 0.5)]
    assert calibration_error(bands) == pytest.approx(0.4)


def test_an_indicator_may_lose_one_row_but_not_two(write_set: Write, tmp_path: Path) -> None:
    rows = [row for row in ROWS for _ in range(8)]
    gold, path = read_gold(write_set(rows)), tmp_path / "floors.yaml"
    write_floors(path, [evaluate_set(gold, answering(gold.observations))])
    assert read_floors(path)["half"]["indicator/households"] == 0.875

    def losing(count: int) -> set[str]:
        left = iter(range(count))

        def change(found: Observation) -> Observation:
            lost = found.indicator == "households" and next(left, None) is not None
            return replace(found, indicator="population") if lost else found

        evaluation = evaluate_set(gold, answering(gold.observations, change))
        return {breach.what for breach in check_floors([evaluation], read_floors(path))}

    assert "indicator/households" not in losing(1)
    assert "indicator/households" in losing(2)
