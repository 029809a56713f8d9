"""A real Dask cluster, a scheduler and workers as processes of their own, and runs of the command line on it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from civic_etl.pipeline import steps
from civic_etl.settings import Settings

from . import holding

LONGEST = 600.0
# A background shell may have SIGINT ignored, which is inherited. Shards are small, so that there are many.
_PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from civic_etl.cli import main
from civic_etl.pipeline import shards
shards.PAGES_IN_A_SHARD = 4
main()
"""


def until(reached: Callable[[], bool], what: Callable[[], str]) -> None:
    """Wait until something holds."""
    give_up = time.monotonic() + LONGEST
    while not reached():
        assert time.monotonic() < give_up, what()
        time.sleep(0.05)


def alone(**given: str) -> dict[str, str]:
    """The environment without the settings of this process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CIVIC_ETL_", "PREFECT_"))}
    return kept | given


@dataclass
class Hold:
    """Keeps workers from reading anything from a shard on; see `holding`."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """What workers must have in theirs."""
        preload = json.dumps([str(Path(holding.__file__).resolve())])
        # One worker reads in order: of two, one that is held would keep shards before the held one to itself.
        alone_at_it = {"CIVIC_ETL_WORKERS": "1"}
        return {"DASK_DISTRIBUTED__WORKER__PRELOAD": preload, holding.FOLDER: str(self.folder)} | alone_at_it

    def take(self, shard: steps.Shard) -> None:
        """Hold this shard and all behind it."""
        self.folder.mkdir(exist_ok=True)
        for waiting in self.waiting():
            waiting.unlink()
        (self.folder / holding.HOLD).write_text(str(shard.records[0].offset), encoding="ascii")

    def waiting(self) -> list[Path]:
        """A file for each shard that a worker has begun and is held at."""
        return [path for path in self.folder.iterdir() if path.name != holding.HOLD]

    def let_go(self) -> None:
        """Let the workers go on."""
        (self.folder / holding.HOLD).unlink()


@dataclass
class Cluster:
    """The scheduler's address and process."""

    address: str
    scheduler: "subprocess.Popen[bytes]"

    def kill_scheduler(self) -> None:
        """`kill -9`."""
        self.scheduler.kill()
        self.scheduler.wait()


@contextmanager
def cluster(folder: Path, workers: int, **environment: str) -> Iterator[Cluster]:
    """A scheduler and its workers, which end with the block."""
    folder.mkdir()
    address, running = folder / "scheduler.json", []

    def start(*words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(address), "--no-dashboard"]
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, env=alone(**environment), stdout=log, stderr=log, start_new_session=True
            )
        running.append(process)
        return process

    try:
        scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(address.exists, (folder / "log").read_text)
        start("worker", "--nworkers", str(workers), "--nthreads", "1", "--local-directory", str(folder))
        yield Cluster(json.loads(address.read_text(encoding="utf-8"))["address"], scheduler)
    finally:
        for process in running:
            _end_group(process)


@dataclass
class Run:
    """`civic-etl` in a process group of its own, as a shell starts it."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self) -> str:
        """All of stderr so far."""
        return self.log.read_text(encoding="utf-8")

    def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something holds while the run goes on."""

        def over() -> bool:
            assert self.process.poll() is None, self.said()
            return reached()

        until(over, self.said)

    def ctrl_c(self) -> None:
        """What a terminal does: SIGINT to every process of the group."""
        os.killpg(self.process.pid, signal.SIGINT)

    def code(self) -> int:
        """Its exit code."""
        until(lambda: self.process.poll() is not None, self.said)
        return self.process.wait()

    def left_behind(self) -> list[str]:
        """Processes of the group that still live."""
        rows = subprocess.run(["ps", "-A", "-o", "pgid=,stat=,args="], stdout=subprocess.PIPE, text=True, check=True)
        found = [row.split(maxsplit=2) for row in rows.stdout.splitlines()]
        return [" ".join(row[2:]) for row in found if row[0] == str(self.process.pid) and not row[1].startswith("Z")]


@contextmanager
def running(settings: Settings, environment: Mapping[str, str], *command: str) -> Iterator[Run]:
    """A command over a home, by two workers of Dask unless told otherwise; what is left of it ends with the block."""
    given = {
        "CIVIC_ETL_HOME": str(settings.home),
        "CIVIC_ETL_SOURCES_DIR": str(settings.sources_dir),
        "CIVIC_ETL_JITTER_SECONDS": "0",
        "CIVIC_ETL_BATCH_SIZE": str(settings.batch_size),
        "CIVIC_ETL_TASK_RUNNER": "dask",
        "CIVIC_ETL_WORKERS": "2",
        **environment,
    }
    log = settings.home.parent / f"run-{time.monotonic_ns()}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, *command],
            cwd=settings.home.parent,
            env=alone(**given),
            stdout=subprocess.DEVNULL,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield Run(process, log)
    finally:
        _end_group(process)


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
