"""`civic-etl evaluate` on the real extractor: what it prints and how it leaves."""

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from civic_etl.cli.app import app
from civic_etl.errors import CheckFailedError

from .makers import gold_row

Write = Callable[..., Path]


def run(*arguments: object) -> tuple[str, str, BaseException | None]:
    result = CliRunner().invoke(app, ["evaluate", *map(str, arguments)])
    return result.stdout, result.stderr, None if isinstance(result.exception, SystemExit) else result.exception


def test_the_report_names_levels_groups_and_bands(write_set: Write) -> None:
    out, _, error = run(write_set(), "--by", "indicator")
    assert error is None
    for word in ("half: 1 articles, 4 annotated", "number", "FULL", "offices", "events", "confidence", "households"):
        assert word in out


def test_json_holds_the_same(write_set: Write) -> None:
    out, _, _ = run(write_set(), "--json", "--by", "measure")
    (report,) = json.loads(out)
    assert list(report["levels"]) == ["number", "+measure", "+period", "+place", "FULL"]
    assert report["levels"]["FULL"]["gold"] == 4
    assert set(report["by_measure"]) >= {"level", "share", "plan_ratio"}


def test_errors_of_a_set_to_check_stay_unseen(write_set: Write) -> None:
    wrong = [gold_row("1.250 hộ", "cpi", 1250, "household")]
    shown, _, _ = run(write_set(wrong), "--errors", 5)
    hidden, _, _ = run(write_set(wrong, role="check"), "--errors", 5)
    assert "[1.250 hộ]" in shown
    assert "1.250" not in hidden
    assert "not shown" in hidden


def test_floors_are_written_beside_the_sets_and_checked(write_set: Write) -> None:
    folder = write_set()
    floors = folder.parent / "floors.yaml"
    _, said, _ = run(folder, "--write-floors")
    assert "floors changed" in said
    assert run(folder, "--check", floors)[2] is None
    high = floors.read_text(encoding="utf-8").replace("gold/observations: 4", "gold/observations: 400")
    floors.write_text(high, encoding="utf-8")
    _, said, error = run(folder, "--check", floors)
    assert isinstance(error, CheckFailedError)
    assert "gold/observations is 4, below its floor 400" in said


def test_force_alone_is_refused(write_set: Write) -> None:
    assert run(write_set(), "--force")[2] is not None
