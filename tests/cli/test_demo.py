"""`civic-etl demo`, whole: what `make demo` runs."""

import json
from pathlib import Path

import pytest

from .conftest import Cli

pytestmark = pytest.mark.slow


def test_demo_shows_ward_years_and_keeps_to_its_folder(started_cli: Cli, workplace: Path, tmp_path: Path) -> None:
    home = tmp_path / "user"
    home.mkdir()
    result = started_cli("demo", HOME=str(home), COLUMNS="160", NO_PROXY="", no_proxy="")
    assert result.returncode == 0, result.stderr
    for word in ("phường", "Poor household rate", "Night 1", "Night 2", "warehouse/demo/current"):
        assert word in result.stdout, word
    assert "1 page fetched" in result.stdout, "the second night fetches the edited page only"
    assert "night 1" in result.stderr, "progress goes to stderr"
    assert list(home.iterdir()) == [], "nothing is written to the user's home"
    assert [entry.name for entry in workplace.iterdir()] == ["warehouse"]
    assert (workplace / "warehouse" / "demo" / "state" / "prefect" / "prefect.db").exists()
    status = json.loads(started_cli("--home", "warehouse/demo", "status", "--json").stdout)
    assert status["articles"] > 50 and status["figures"] > 300
    verified = started_cli("--home", "warehouse/demo", "archive", "verify")
    assert verified.returncode == 0 and "whole" in verified.stdout
