"""The installed command, run as a user runs it: a process of its own in an empty folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .forked import run as run_forked

Cli = Callable[..., "subprocess.CompletedProcess[str]"]

COMMAND = [sys.executable, "-c", "from civic_etl.cli import main; main()"]
_LONGEST = 300.0


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """An empty folder to run in."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment without any setting of ours or of Prefect's."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("CIVIC_ETL_", "PREFECT_"))}


@pytest.fixture
def cli(workplace: Path, environment: dict[str, str]) -> Cli:
    """Run `civic-etl` with arguments; `stdin` and environment variables may be given.

    Its process is forked from one that has read the lexicons, which would take the most of its time.
    """

    def run(*arguments: str | Path, stdin: str = "", **env: str) -> "subprocess.CompletedProcess[str]":
        return run_forked([*map(str, arguments)], workplace, {**environment, **env}, stdin, _LONGEST)

    return run


@pytest.fixture
def started_cli(workplace: Path, environment: dict[str, str]) -> Cli:
    """The same, in a process that starts as a user's does."""

    def run(*arguments: str | Path, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=workplace,
            env={**environment, **env},
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )

    return run
