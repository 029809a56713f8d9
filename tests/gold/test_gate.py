"""The gate: what the extractor reads of the gold sets does not fall below `floors.yaml`.

`civic-etl evaluate --write-floors` raises the floors once a change reads better.
"""

from pathlib import Path

import pytest

from civic_etl.evaluate import Evaluation, check_floors, evaluate_folder, read_floors

HERE = Path(__file__).parent
SETS = sorted(path.parent.name for path in HERE.glob("*/docs.jsonl"))


@pytest.fixture(scope="module")
def evaluations() -> list[Evaluation]:
    return evaluate_folder(HERE)


def test_no_score_is_below_its_floor(evaluations: list[Evaluation]) -> None:
    breaches = check_floors(evaluations, read_floors(HERE / "floors.yaml"))
    assert not breaches, "\n".join(map(str, breaches))


def test_every_set_has_floors_for_all_its_scores() -> None:
    floors = read_floors(HERE / "floors.yaml")
    assert sorted(floors) == SETS
    for name, held in floors.items():
        assert held.get("level/FULL/f1", 0) > 0, name
        assert held.get("level/number/precision", 0) > 0, name
        assert any(what.startswith("indicator/") for what in held), name


def test_the_sets_are_as_large_as_agreed(evaluations: list[Evaluation]) -> None:
    assert sum(len(evaluation.texts) for evaluation in evaluations) >= 1_440
    assert sum(evaluation.levels()["FULL"].gold for evaluation in evaluations) >= 50_000


def test_articles_without_any_figure_are_among_them(evaluations: list[Evaluation]) -> None:
    without = {"develop": 0, "check": 0}
    for evaluation in evaluations:
        annotated = {pair.gold.doc_id for pair in evaluation.pairs if pair.gold is not None}
        without[evaluation.role] += len(evaluation.texts.keys() - annotated)
    assert without["develop"] >= 40, without
    assert without["check"] >= 8, without
