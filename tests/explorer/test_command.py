"""`civic-etl explore` as a user runs it: a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest


@pytest.fixture
def exploring(tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """The command on an empty home."""
    script = "from civic_etl.cli import main; main()"
    command = [sys.executable, "-c", script, "--home", str(tmp_path), "explore", "--port", "0", "--no-open"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CIVIC_ETL_")}
    # a shell starts what it runs in the background with SIGINT ignored, which children inherit
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        started = subprocess.Popen(command, cwd=tmp_path, env=clean, stdout=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)
    with started as process:
        yield process
        process.kill()


def test_it_serves_until_interrupted(exploring: "subprocess.Popen[str]", tmp_path: Path) -> None:
    assert exploring.stdout is not None
    address = exploring.stdout.readline().split(" ")[0]
    assert address.startswith("http://127.0.0.1:")
    assert "civic-etl run nightly" in httpx.get(address).text
    site = tmp_path / "releases" / "1" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("here", encoding="utf-8")
    (tmp_path / "current").symlink_to(site.parent)
    assert httpx.get(address).text == "here"
    exploring.send_signal(signal.SIGINT)
    assert exploring.wait(timeout=30) == 0
    assert exploring.stdout.read() == "ended\n"
