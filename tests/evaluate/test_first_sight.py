"""Readings kept as they were at first sight: what a confidence is fitted on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from civic_etl.cli.app import app
from civic_etl.errors import ParseError
from civic_etl.evaluate import read_gold
from civic_etl.evaluate.first_sight import FILE, keep_first_sight, read_first_sight, read_now
from civic_etl.evaluate.fit import examples

CODES = ["budget_revenue", "households", "poor_household_rate"]
Write = Callable[..., Path]


def test_readings_are_kept_as_they_are_made(write_set: Write) -> None:
    folder = write_set()
    gold = read_gold(folder)
    readings = read_now(gold.documents, gold.observations, CODES)
    assert gold.first_sight == ()
    keep_first_sight(folder, readings)
    assert read_gold(folder).first_sight == tuple(readings)


def test_a_fit_takes_first_sights_for_what_is_read_now(write_set: Write) -> None:
    folder = write_set()
    gold = read_gold(folder)
    readings = read_now(gold.documents, gold.observations, CODES)
    turned = [reading.model_copy(update={"right": not reading.right}) for reading in readings]
    keep_first_sight(folder, turned)
    seen = examples([read_gold(folder)], CODES)
    assert [example.right for example in seen] == [reading.right for reading in turned]
    assert seen != examples([gold], CODES)


def test_the_command_keeps_what_is_not_kept_yet(write_set: Write) -> None:
    develop, check = write_set(name="half_a"), write_set(name="half_b", role="check")
    result = CliRunner().invoke(app, ["evaluate", str(develop.parent), "--keep-first-sight"])
    assert result.exit_code == 0, result.output
    assert f"half_a/{FILE}" in result.stderr
    assert not (check / FILE).exists()
    kept = (develop / FILE).read_text(encoding="utf-8")
    (develop / FILE).write_text(kept.replace(",0\n", ",1\n"), encoding="utf-8")
    again = CliRunner().invoke(app, ["evaluate", str(develop.parent), "--keep-first-sight"])
    assert FILE not in again.stderr
    assert (develop / FILE).read_text(encoding="utf-8") == kept.replace(",0\n", ",1\n")


@pytest.mark.parametrize(
    ("change", "message", "field"),
    [
        (("one,", "two,"), "no article 'two'", "doc_id"),
        ((",0,0", ",maybe,0"), "boolean", "number_ambiguous"),
    ],
)
def test_what_does_not_fit_is_named(write_set: Write, change: tuple[str, str], message: str, field: str) -> None:
    folder = write_set()
    gold = read_gold(folder)
    keep_first_sight(folder, read_now(gold.documents, gold.observations, CODES)[:1])
    path = folder / FILE
    head, row = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{head}\n{row.replace(*change)}\n", encoding="utf-8")
    with pytest.raises(ParseError, match=message) as raised:
        read_first_sight(folder, gold.documents)
    assert raised.value.row == 2
    assert raised.value.field == field
