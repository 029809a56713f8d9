"""The installed command, run as a user runs it: a process of its own in an empty folder."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., "subprocess.CompletedProcess[str]"]

COMMAND = [sys.executable, "-c", "from civic_etl.cli import main; main()"]


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """An empty folder to run in."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def cli(workplace: Path) -> Cli:
    """Run `civic-etl` with arguments; `stdin` and environment variables may be given."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CIVIC_ETL_", "PREFECT_"))}

    def run(*arguments: str | Path, stdin: str | None = None, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=workplace,
            env={**clean, **env},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run
