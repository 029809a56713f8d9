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

Models = Callable[[str], dict[str, str]]


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Models:
    """The SQL of each model, as a process that has parsed nothing yet has it in the home of a name."""
    monkeypatch.setattr(keeping, "_path", lambda name: tmp_path / "cache" / f"{name}.kept")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)

    def read(home: str) -> dict[str, str]:
        return {name: node.raw_code for name, node in manifest(tmp_path / home).nodes.items()}

    return read


def manifest(home: Path) -> Any:
    """The parsed project of a new process."""
    parsed._PARSED.clear()
    with project._environment(home / "civic.duckdb"):
        return project.parsed(home)


def test_a_damaged_parse_is_not_believed(models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing may be kept beside the package, each home keeps what dbt does."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = models("a")
    kept = tmp_path / "a" / "target" / "partial_parse.msgpack"
    text = kept.read_bytes()
    assert text.count(b"'target'") > 5
    kept.write_bytes(text.replace(b"'target'", b"'tarjet'"))
    assert models("a") == before
    at = kept.stat().st_mtime_ns
    assert models("a") == before and kept.stat().st_mtime_ns == at, "a whole one is used"


def test_another_home_parses_nothing(models: Models, tmp_path: Path) -> None:
    """What is read back is what was parsed, down to the last field of every node."""
    parsed._PARSED.clear()
    before = models("a")
    assert models("b") == before and len(before) > 100
    assert (tmp_path / "a" / "target").exists() and not (tmp_path / "b").exists()
    again = manifest(tmp_path / "b").writable_manifest().to_dict()
    (tmp_path / "cache" / "dbt_project.kept").unlink()
    anew = manifest(tmp_path / "c").writable_manifest().to_dict()
    for one in (again, anew):
        one.pop("metadata")
    assert moments_left_out(again) == moments_left_out(anew)


def moments_left_out(told: Any) -> Any:
    """Without the moments at which things were parsed."""
    if isinstance(told, dict):
        return {name: moments_left_out(value) for name, value in told.items() if name != "created_at"}
    return [moments_left_out(value) for value in told] if isinstance(told, list | tuple) else told


def test_another_project_is_parsed_anew(models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a changed file has the size and the time that it had."""
    copy = shutil.copytree(project.project_dir(), tmp_path / "sql")
    monkeypatch.setattr(project, "project_dir", lambda: copy)
    before = models("a")
    model = copy / "models" / "mart" / "ward_year.sql"
    status, text = model.stat(), model.read_text(encoding="utf-8")
    model.write_text(text.replace("select", "SELECT"), encoding="utf-8")
    os.utime(model, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert model.stat().st_size == status.st_size
    after = models("b")
    assert [name for name in before if before[name] != after[name]] == ["model.civic_etl.ward_year"]


def test_other_settings_of_dbt_parse_anew(models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models("a")
    monkeypatch.setenv("DBT_STATIC_PARSER", "false")
    models("b")
    assert (tmp_path / "b" / "target").exists()
