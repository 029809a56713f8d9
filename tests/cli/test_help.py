"""Help, version, settings: what a newcomer sees first, and what the docs are written from."""

import re
from pathlib import Path

from civic_etl.cli.exits import EXIT_CODES
from civic_etl.cli.options import env_example, markdown
from civic_etl.errors import CivicEtlError
from civic_etl.settings import Settings

from .conftest import Cli

ROOT = Path(__file__).parents[2]


def subclasses(kind: type[CivicEtlError]) -> set[type[CivicEtlError]]:
    """All errors of the house."""
    return {kind, *(found for sub in kind.__subclasses__() for found in subclasses(sub))}


def test_help_names_every_command_and_every_exit_code(started_cli: Cli) -> None:
    result = started_cli("--help")
    assert result.returncode == 0
    for word in ("demo", "run", "backfill", "ingest", "parse", "extract", "gazetteer", "query", "status", "release"):
        assert re.search(rf"\b{word}\b", result.stdout), word
    for code in EXIT_CODES:
        assert re.search(rf"^\s+{code}  \S", result.stdout, re.MULTILINE), code


def test_every_error_of_the_house_has_a_documented_code() -> None:
    assert {error.exit_code for error in subclasses(CivicEtlError)} <= EXIT_CODES.keys()


def test_exit_codes_stand_in_the_docs() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for code, meaning in EXIT_CODES.items():
        assert f"| {code} | {meaning} |" in text


def test_settings_page_is_current() -> None:
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == markdown(), "run `make docs`"
    assert all(f"`CIVIC_ETL_{name.upper()}`" in written for name in Settings.model_fields)


def test_env_example_is_current_and_fits(tmp_path: Path) -> None:
    written = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert written == env_example(), "run `make docs`"
    lines = [line.removeprefix("# ") for line in written.splitlines() if line.startswith("# CIVIC_ETL_")]
    (tmp_path / ".env").write_text("\n".join(line for line in lines if not line.endswith("=")), encoding="utf-8")
    assert Settings(_env_file=tmp_path / ".env") == Settings(_env_file=None)  # type: ignore[call-arg]


def test_wrong_setting_is_one_line_that_names_it(started_cli: Cli) -> None:
    result = started_cli("status", CIVIC_ETL_WORKERS="0")
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1 and "workers" in result.stderr and "Traceback" not in result.stderr


def test_missing_config_is_named(started_cli: Cli) -> None:
    result = started_cli("--config", "nowhere.toml", "status")
    assert result.returncode == 2 and "nowhere.toml" in result.stderr


def test_toml_is_weaker_than_the_environment(started_cli: Cli, workplace: Path) -> None:
    (workplace / "civic-etl.toml").write_text('home = "from-toml"\nbatch_size = 7\n', encoding="utf-8")
    assert "from-toml" in started_cli("status").stdout
    assert "from-env" in started_cli("status", CIVIC_ETL_HOME="from-env").stdout
    assert "from-option" in started_cli("--home", "from-option", "status", CIVIC_ETL_HOME="from-env").stdout


def test_status_without_a_release_says_so_in_its_code(started_cli: Cli) -> None:
    result = started_cli("status", "--json")
    assert result.returncode == 8 and '"release": null' in result.stdout


def test_query_without_a_release_says_what_to_do(started_cli: Cli) -> None:
    result = started_cli("query", "select 1")
    assert result.returncode == 8 and result.stdout == "" and "civic-etl demo" in result.stderr
