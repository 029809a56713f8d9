"""`civic-etl archive` as a person uses it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from civic_etl.archive import Archive, read_warc

from .conftest import Make

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def cli(tmp_path: Path, make: Make) -> Cli:
    """Run `civic-etl archive` on an archive of three pages."""
    with Archive(tmp_path / "home" / "archive").writer("xa-ha") as writer:
        for number in (1, 2, 3):
            writer.response(make(number))
    env = {name: value for name, value in os.environ.items() if not name.startswith("CIVIC_ETL_")}
    env["CIVIC_ETL_HOME"] = str(tmp_path / "home")

    def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-c", "from civic_etl.cli import main; main()", "archive", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False)

    return run


def test_stats_verify_export(cli: Cli, tmp_path: Path) -> None:
    (row,) = json.loads(cli("stats", "--json").stdout)
    assert (row["source"], row["articles"], row["revisits"]) == ("xa-ha", 3, 0)
    good = cli("verify")
    assert good.returncode == 0 and good.stdout.endswith("whole\n")
    dest = tmp_path / "out.warc.gz"
    exported = cli("export", "--source", "xa-ha", "--from", "2026-03-01", "--to", "2026-03-31", dest)
    assert exported.returncode == 0 and exported.stdout == f"3 records written to {dest}\n"
    assert len(list(read_warc(dest))) == 3


def test_harm_is_told_with_the_code_of_the_archive(cli: Cli, tmp_path: Path) -> None:
    (path,) = (tmp_path / "home" / "archive" / "xa-ha").glob("*.warc.gz")
    path.write_bytes(path.read_bytes()[:-9])
    bad = cli("verify", "--json")
    assert bad.returncode == 5 and json.loads(bad.stdout)["ok"] is False
    missing = cli("export", "--source", "nowhere", tmp_path / "x.warc.gz")
    assert missing.returncode == 5 and "nowhere" in missing.stderr and "Traceback" not in missing.stderr
