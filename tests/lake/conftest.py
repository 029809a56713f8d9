"""A lake of its own for each test, in a PostgreSQL started once; skipped where its packages are not installed."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from civic_etl.settings import Settings

from .postgres import postgres

TESTS = Path(__file__).parents[1]
Start = Callable[[str, int, int], "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """How to connect to a PostgreSQL server."""
    pytest.importorskip("duckdb_extension_ducklake", reason="make test-storage has DuckLake")
    with tempfile.TemporaryDirectory(prefix="civic-etl-postgres-") as folder, postgres(Path(folder)) as address:
        yield address


@pytest.fixture
def settings(server: str, tmp_path: Path) -> Settings:
    """Settings of a lake that nobody opened yet."""
    import psycopg

    with psycopg.connect(f"{server} dbname=postgres", autocommit=True) as con:
        con.execute("drop database if exists lake with (force)")
        con.execute("create database lake")
    return Settings(
        home=tmp_path / "home",
        warehouse=f"ducklake:postgres:{server} dbname=lake",
        lake_data=str(tmp_path / "data"),
        batch_size=10,
    )


@pytest.fixture
def start(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Starts a loader in a process and a home of its own; it waits for a line on stdin."""
    running: list[subprocess.Popen[str]] = []

    def begin(name: str, first: int, last: int) -> "subprocess.Popen[str]":
        given = {
            "CIVIC_ETL_HOME": str(tmp_path / name),
            "CIVIC_ETL_WAREHOUSE": str(settings.warehouse),
            "CIVIC_ETL_LAKE_DATA": str(settings.lake_data),
            "CIVIC_ETL_BATCH_SIZE": "10",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "lake.loader", name, str(first), str(last)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=TESTS,
            env=os.environ | given,
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()
