"""What is kept of dbt's parsing is SQL that the next night would run: it is of this project, or parsed again."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from civic_etl import kept as keeping
from civic_etl.warehouse import parsed, project

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where things are kept: a folder of the test's own, with nothing in it."""
    monkeypatch.setattr(keeping, "_path", lambda name: tmp_path / "cache" / f"{name}.kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "cache"


def manifest(home: Path) -> Any:
    """The parsed project, as a process that has parsed nothing yet has it in a home."""
    parsed._PARSED.clear()
    with project._environment(home / "civic.duckdb"):
        return project.parsed(home)


def models(home: Path) -> dict[str, str]:
    """The SQL of each model."""
    return {name: node.raw_code for name, node in manifest(home).nodes.items()}


def test_a_damaged_parse_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing may be kept beside the package, each home keeps what dbt does."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = models(tmp_path)
    kept = tmp_path / "target" / "partial_parse.msgpack"
    text = kept.read_bytes()
    assert text.count(b"'target'") > 5
    kept.write_bytes(text.replace(b"'target'", b"'tarjet'"))
    assert models(tmp_path) == before
    at = kept.stat().st_mtime_ns
    assert models(tmp_path) == before and kept.stat().st_mtime_ns == at, "a whole one is used"


def test_another_home_parses_nothing(tmp_path: Path, cache: Path) -> None:
    """What is read back is all that dbt would have parsed, down to the last field of every node."""
    first = described(manifest(tmp_path / "a"))
    assert (tmp_path / "a" / "target").exists() and (cache / "dbt_project.kept").exists()
    assert described(manifest(tmp_path / "b")) == first and len(first["nodes"]) > 100
    assert not (tmp_path / "b").exists()
    from dbt.cli.main import dbtRunner

    work = tmp_path / "c"
    with project._environment(work / "civic.duckdb"):
        by_dbt = dbtRunner().invoke([*project._options(work), "parse", *project._places(work)]).result
    assert moments_left_out(described(by_dbt)) == moments_left_out(first)


def described(found: Any) -> dict[str, Any]:
    """What dbt writes of a manifest, but for the moment and the run."""
    told: dict[str, Any] = found.writable_manifest().to_dict()
    return {name: value for name, value in told.items() if name != "metadata"}


def moments_left_out(told: Any) -> Any:
    """Without the moments at which single things were parsed."""
    if isinstance(told, dict):
        return {name: moments_left_out(value) for name, value in told.items() if name != "created_at"}
    return [moments_left_out(value) for value in told] if isinstance(told, list | tuple) else told


Look = Callable[[], int]


@pytest.fixture
def parses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """How often a copy of the project has been parsed so far, after one more process has wanted it."""
    copy = shutil.copytree(project.project_dir(), tmp_path / "sql")
    monkeypatch.setattr(parsed, "_read", lambda told: told)
    counted: list[int] = []

    def look() -> int:
        parsed._PARSED.clear()
        parsed.manifest(copy, lambda: bytes(counted.append(1) or 0))
        return len(counted)

    return look


def test_a_changed_file_is_noticed_whatever_its_size_and_time(tmp_path: Path, parses: Look) -> None:
    assert (parses(), parses()) == (1, 1)
    model = tmp_path / "sql" / "models" / "mart" / "ward_year.sql"
    status, text = model.stat(), model.read_text(encoding="utf-8")
    model.write_text(text.replace("select", "SELECT"), encoding="utf-8")
    os.utime(model, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert model.stat().st_size == status.st_size
    assert (parses(), parses()) == (2, 2)
    (tmp_path / "sql" / "macros" / "more.sql").write_text("", encoding="utf-8")
    assert (parses(), parses()) == (3, 3)
    model.unlink()
    assert parses() == 4


def test_what_dbt_writes_by_hand_is_no_change(tmp_path: Path, parses: Look) -> None:
    parses()
    (tmp_path / "sql" / "target").mkdir()
    (tmp_path / "sql" / "target" / "manifest.json").write_text("{}", encoding="utf-8")
    assert parses() == 1


@pytest.mark.parametrize(
    ("name", "value"), [("DBT_STATIC_PARSER", "false"), ("CIVIC_ETL_BUILD_FILE", "/home/other.duckdb")]
)
def test_other_settings_are_parsed_for_anew(
    parses: Look, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    parses()
    monkeypatch.setenv(name, value)
    assert parses() == 2


def test_another_version_of_dbt_is_parsed_for_anew(parses: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    parses()
    monkeypatch.setattr(parsed, "version", lambda name: "0.0")
    assert parses() == 2
