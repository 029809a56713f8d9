"""The scorer says 1 only of what is right, and sees every wrong field at its level."""

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from civic_etl.evaluate import evaluate_folder, evaluate_set, read_gold
from civic_etl.evaluate.gold import GoldSet
from civic_etl.evaluate.levels import LEVELS
from civic_etl.extract.records import Document, Extraction, RefArea

from .makers import answering, gold_row, times_thousand

HALF_A = Path(__file__).parents[1] / "gold" / "half_a"


@pytest.fixture(scope="module")
def half_a() -> GoldSet:
    return read_gold(HALF_A)


def test_gold_answered_by_itself_is_right_in_all(half_a: GoldSet) -> None:
    evaluation = evaluate_set(half_a, answering(half_a.observations))
    assert all((s.precision, s.recall, s.f1) == (1, 1, 1) for s in evaluation.levels().values())


def test_a_reader_that_finds_nothing_scores_nothing(half_a: GoldSet) -> None:
    evaluation = evaluate_set(half_a, Extraction)
    assert all((s.precision, s.recall, s.f1) == (0, 0, 0) for s in evaluation.levels().values())
    assert evaluation.levels()["FULL"].gold == len(half_a.observations)


def test_half_of_the_gold_is_half_the_recall(half_a: GoldSet) -> None:
    full = evaluate_set(half_a, answering(half_a.observations[::2])).levels()["FULL"]
    assert full.precision == 1
    assert full.recall == pytest.approx(0.5, abs=0.01)


def test_everything_twice_is_half_the_precision(half_a: GoldSet) -> None:
    full = evaluate_set(half_a, answering(half_a.observations * 2)).levels()["FULL"]
    assert (full.precision, full.recall) == (0.5, 1)


def test_values_a_thousand_times_too_large_are_no_numbers(half_a: GoldSet) -> None:
    evaluation = evaluate_set(half_a, answering(half_a.observations, times_thousand))
    assert evaluation.levels()["number"].f1 < 0.02


@pytest.mark.parametrize(
    ("level", "wrong"),
    [
        ("number", {"unit_measure": "nothing"}),
        ("+measure", {"measure": "nothing"}),
        ("+measure", {"comparator": "nothing"}),
        ("+period", {"time_period": "1999"}),
        ("+period", {"value_kind": "nothing"}),
        ("+place", {"ref_area": RefArea("xã Không Có, tỉnh Không")}),
        ("+place", {"ref_area": RefArea()}),
        ("FULL", {"breakdown": (("no", "such"),)}),
        ("FULL", {"indicator": "cpi"}),
    ],
)
def test_a_wrong_field_fails_its_level_and_none_before(half_a: GoldSet, level: str, wrong: dict[str, Any]) -> None:
    claims = tuple(claim for claim in half_a.observations if claim.indicator not in {"other", "cpi"})
    gold = replace(half_a, observations=claims)
    scores = evaluate_set(gold, answering(claims, lambda found: replace(found, **wrong))).levels()
    before = LEVELS[: LEVELS.index(level)]
    assert scores[level].f1 == 0
    # a misread unit or measure may send a find to the other of two facts about one number
    assert all(scores[name].f1 > 0.98 for name in before)


@pytest.mark.parametrize("field", ["measure", "time_period", "value_kind", "ref_area", "indicator"])
def test_shuffled_answers_lose(half_a: GoldSet, field: str) -> None:
    right = [getattr(found, field) for found in answering_all(half_a)]
    random.Random(7).shuffle(right)  # noqa: S311
    values = iter(right)
    evaluation = evaluate_set(
        half_a, answering(half_a.observations, lambda found: replace(found, **{field: next(values)}))
    )
    assert evaluation.levels()["number"].f1 > 0.98
    assert evaluation.levels()["FULL"].f1 < 0.9


def answering_all(gold: GoldSet) -> list[Any]:
    read = answering(gold.observations)
    return [found for document in gold.documents for found in read(document).observations]


def test_a_newer_code_answers_other_but_a_known_one_does_not(write_set: Callable[..., Path]) -> None:
    folder = write_set([gold_row("1.250 hộ", "other", 1250, "household", indicator_text="hộ trồng cam")])
    gold = read_gold(folder)
    for code, right in (("orange_households", True), ("other", True), ("households", False)):
        reader = answering(gold.observations, lambda found, code=code: replace(found, indicator=code))
        full = evaluate_set(gold, reader, codes=["households"]).levels()["FULL"]
        assert full.hits == right, code


def test_a_find_without_gold_counts_against_precision_in_its_own_group(write_set: Callable[..., Path]) -> None:
    gold = read_gold(write_set())
    only = tuple(claim for claim in gold.observations if claim.indicator != "households")
    evaluation = evaluate_set(replace(gold, observations=only), answering(gold.observations))
    groups = evaluation.by("indicator")
    assert (groups["households"]["FULL"].gold, groups["households"]["FULL"].found) == (0, 1)
    assert groups["budget_revenue"]["FULL"].f1 == 1


def test_every_set_of_a_folder_is_scored(write_set: Callable[..., Path]) -> None:
    folder = write_set(name="half_a").parent
    write_set(name="half_b")
    assert [evaluation.name for evaluation in evaluate_folder(folder)] == ["half_a", "half_b"]


def test_documents_reach_the_reader_as_they_are_written(write_set: Callable[..., Path]) -> None:
    seen: list[Document] = []

    def reader(document: Document) -> Extraction:
        seen.append(document)
        return Extraction(document)

    evaluate_set(read_gold(write_set()), reader)
    assert seen[0].published is not None
    assert seen[0].published.isoformat() == "2020-01-05"
