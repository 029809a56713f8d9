"""The confidence learns from annotated articles what a sign is worth."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from civic_etl.cli.app import app
from civic_etl.confidence.model import read_weights
from civic_etl.evaluate import read_gold
from civic_etl.evaluate.fit import Example, examples, fit, held_out_error, write_weights


def rows(shares: dict[tuple[str, ...], float], each: int = 200) -> list[Example]:
    """Readings of 20 articles, right by chance as often as their features say."""
    chance = random.Random(3)  # noqa: S311
    return [
        Example(f"d{number % 20}", shown, chance.random() < share)
        for shown, share in shares.items()
        for number in range(each)
    ]


def test_a_fit_gives_back_the_shares() -> None:
    shares = {("a",): 0.9, ("b",): 0.4, ("b", "c"): 0.7}
    weights = fit(rows(shares))
    for shown, share in shares.items():
        assert weights.probability(shown) == pytest.approx(share, abs=0.07)


def test_articles_held_out_tell_a_sign_from_chance() -> None:
    assert held_out_error(rows({("a",): 1.0, ("b",): 0.0})) < 0.08
    # the sampling of 200 readings a sign is in it
    assert held_out_error(rows({("a",): 0.9, ("b",): 0.4})) < 0.1


def test_a_feature_seen_once_hardly_counts() -> None:
    seen = [*rows({("a",): 0.8}), Example("d1", ("a", "rare"), False)]
    assert fit(seen).probability(("a", "rare")) > 0.6


def test_fitting_twice_gives_the_same(tmp_path: Path) -> None:
    seen = rows({("a",): 0.9, ("b",): 0.4})
    assert fit(seen) == fit(seen)
    write_weights(tmp_path / "w.yaml", fit(seen), len(seen), ["half_b"])
    again = read_weights(tmp_path / "w.yaml")
    assert again.probability(("a",)) == pytest.approx(fit(seen).probability(("a",)), abs=0.01)
    assert "half_b" in (tmp_path / "w.yaml").read_text(encoding="utf-8")


def test_examples_are_the_readings_of_real_articles(write_set: Callable[..., Path]) -> None:
    found = examples([read_gold(write_set())], ["budget_revenue", "households", "poor_household_rate"])
    assert found
    assert all(any(name.startswith("measure:") for name in example.shown) for example in found)


def test_the_command_fits_on_the_sets_to_check(write_set: Callable[..., Path], tmp_path: Path) -> None:
    folder = write_set(name="half_a").parent
    write_set(name="half_b", role="check")
    result = CliRunner().invoke(app, ["evaluate", str(folder), "--fit-confidence", str(tmp_path / "weights.yaml")])
    assert result.exit_code == 0, result.output
    assert "off on articles held out" in result.stderr
    assert "of half_b." in (tmp_path / "weights.yaml").read_text(encoding="utf-8")
