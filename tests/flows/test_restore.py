"""The restore of docs/runbook.md: everything but the archive is lost, and the same release comes out of it again."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

import civic_etl
from civic_etl.pipeline import steps
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings

pytestmark = pytest.mark.slow
RUNBOOK = Path(__file__).parents[2] / "docs" / "runbook.md"
SITE = "sample-tuyen-quang"
SECTION = "A restore from the archive"


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """The home where the runbook has it, with the descriptions of the sample sites outside of it."""
    yield Settings(home=tmp_path / "warehouse", sources_dir=tmp_path / "sources", jitter_seconds=0, workers=1)
    get_settings.cache_clear()


def publish(settings: Settings, kind: str) -> Path:
    """What the flow of that kind does after fetching: read, load, roll up, check, release."""
    run = steps.begin(kind, settings)
    with run.writing():
        shards = steps.all_shards(settings) if kind == "reparse" else steps.pending_shards(settings)
        readings = (steps.read_shard(shard, settings) for shard in shards)
        (steps.reload if kind == "reparse" else steps.load)(run, readings)
        steps.roll_up(run)
        steps.check(run)
        release = steps.publish(run)
    assert release.fresh
    return release.path


def exports(release: Path) -> dict[str, bytes]:
    """Every published table in the order of its rows, and what is made of them."""
    files = [*(release / "parquet").iterdir(), release / "sdmx" / "figures.csv"]
    return {path.name: path.read_bytes() for path in sorted(files)}


def commands_of(section: str) -> list[str]:
    """The commands of a section of the runbook, in its order: lines of code, and code within the text.

    Left out are those with a word in capitals, which stands for something that only the reader knows.
    """
    text = RUNBOOK.read_text(encoding="utf-8").split(f"\n## {section}\n")[1].split("\n## ")[0]
    found = [
        line or inline
        for line, inline in re.findall(r"^ {4,}((?:civic-etl|mv) .+)$|`((?:civic-etl|mv) [^`]+)`", text, re.M)
    ]
    return [command for command in found if not re.search(r"\b[A-Z]{2,}\b", command)]


@pytest.fixture
def shell(tmp_path: Path, settings: Settings) -> Callable[[str], "subprocess.CompletedProcess[str]"]:
    """Runs a command where the operator is: beside `warehouse/`, with `civic-etl` on the path."""
    program = tmp_path / "bin" / "civic-etl"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from civic_etl.cli import main; main()' \"$@\"\n")
    program.chmod(0o755)
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("CIVIC_ETL_", "PREFECT_"))}
    env = kept | {
        "PATH": f"{program.parent}:{kept['PATH']}",
        "PYTHONPATH": str(Path(civic_etl.__file__).parents[1]),
        "CIVIC_ETL_SOURCES_DIR": str(settings.sources_dir),
        "CIVIC_ETL_WORKERS": "1",
    }

    def run(command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=600
        )

    return run


def test_the_commands_of_the_runbook_bring_the_same_release_back(
    server: SampleServer,
    settings: Settings,
    tmp_path: Path,
    shell: Callable[[str], "subprocess.CompletedProcess[str]"],
) -> None:
    """All but the archive is lost, and the build file that is there is damaged: each command ends with 0."""
    assert settings.sources_dir is not None
    server.write_sources(settings.sources_dir)
    assert steps.discover_and_fetch(SITE, settings).ok
    before = exports(publish(settings, "nightly"))
    for folder in (settings.releases_dir, settings.state_dir):
        for path in folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        shutil.rmtree(folder)
    settings.current_release.unlink()
    settings.build_file.write_bytes(settings.build_file.read_bytes()[:100_000])
    # as from a copy on another disk: files only, and an index that did not come along
    copied = settings.home.with_name("copied")
    shutil.move(settings.archive_dir, copied)
    shutil.copytree(copied, settings.archive_dir, ignore=shutil.ignore_patterns("*.cdxj", ".lock"))

    server.forget_hits()
    wrong = shell("civic-etl status")
    assert wrong.returncode == 8, wrong.stdout + wrong.stderr
    assert f"see `{SECTION}`" in shell("civic-etl doctor").stdout
    commands = commands_of(SECTION)
    words = [" ".join(command.split()[:3]) for command in commands]
    assert words == [
        "civic-etl archive repair",
        "civic-etl archive verify",
        "mv warehouse/build warehouse/build.old",
        "civic-etl reparse",
        "civic-etl status",
        "civic-etl doctor --deep",
    ], "the steps have changed: does the test still lose what they bring back?"
    for command in commands:
        ran = shell(command)
        assert ran.returncode == 0, (command, ran.stdout, ran.stderr)
    assert server.hits == [], "no site is asked anything"
    after = exports(settings.current_release.resolve())
    assert after.keys() == before.keys()
    assert [name for name in before if before[name] != after[name]] == []
    with duckdb.connect(str(settings.current_release / "civic.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) > 30 from core.fct_article").fetchone() == (True,)


def test_the_runbook_names_commands_that_there_are() -> None:
    from typer.main import get_command

    from civic_etl.cli.app import app

    group = get_command(app)
    text = RUNBOOK.read_text(encoding="utf-8")
    named = set(re.findall(r"civic-etl((?: [a-z][a-z-]+){1,2})", text))
    assert len(named) > 10
    for words in named:
        first, *rest = words.split()
        command = group.commands[first]  # type: ignore[attr-defined]
        if hasattr(command, "commands") and rest:
            assert rest[0] in command.commands, words
