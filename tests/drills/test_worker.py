"""Runs of a deployment killed by signal 9, alone or with their worker: the next one waits for no slot of Prefect's."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median

import pytest

from .conftest import NewHome, Report
from .nights import Home
from .prefects import Prefect
from .test_kill import Start, copy_of, require_made
from .test_prefect import ENDED_BEFORE, GIVES_UP_WITHIN, STAGES

pytestmark = pytest.mark.long
WITH_WORKER = {"the run alone": False, "the run and its worker": True}
# A slot of Prefect's is given back after five minutes; a start of Python and Prefect takes seconds.
SOON = 60.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Prefect]:
    """A server with the deployments of prefect.yaml."""
    found = Prefect(tmp_path / "prefect")
    found.start()
    found.command("work-pool", "create", "--type", "process", "civic-etl")
    found.command("deploy", "--all")
    yield found
    found.close()


class Worker:
    """A process worker whose runs are those of one home."""

    def __init__(self, server: Prefect, home: Home) -> None:
        self.server, self.home, self.log = server, home, home.root / "worker.log"
        self.start()

    def start(self) -> None:
        """Start it, for the first time or as a supervisor does after it died."""
        settings = self.home.settings
        own = {"CIVIC_ETL_HOME": str(settings.home), "CIVIC_ETL_SOURCES_DIR": str(settings.sources_dir)}
        own |= {"CIVIC_ETL_JITTER_SECONDS": "0", "CIVIC_ETL_WORKERS": "1"}
        self.process: subprocess.Popen[bytes] = self.server.worker("civic-etl", self.log, **own)

    def said(self) -> str:
        """What it and its runs said."""
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """`kill -9` of the worker and of what is in its process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def process_of(self, run: str) -> int | None:
        """The process of a run, once there is one."""
        sign = f"PREFECT__FLOW_RUN_ID={run}".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if sign in (folder / "environ").read_bytes() and b"prefect" in (folder / "cmdline").read_bytes():
                    return int(folder.name)
        return None

    def until(self, run: str, stage: str, rng: random.Random) -> int:
        """Wait until a run is somewhere in a stage; gives its process."""
        give_up = time.monotonic() + GIVES_UP_WITHIN
        while (pid := self.process_of(run)) is None:
            assert time.monotonic() < give_up, self.said()
            time.sleep(0.02)
        if stage == "start":
            time.sleep(rng.uniform(0, 1))
            return pid
        hits = self.home.site.hits
        while self.home.site.hits == hits or ENDED_BEFORE[stage] not in self.said():
            assert time.monotonic() < give_up, self.said()
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 0.3))
        return pid


@pytest.fixture
def worker_of(server: Prefect) -> Iterator[type[Worker]]:
    """Workers that end with the test."""
    begun: list[Worker] = []

    class Watched(Worker):
        def start(self) -> None:
            begun.append(self)
            super().start()

    yield Watched
    for worker in begun:
        worker.kill()


@pytest.mark.parametrize("with_worker", WITH_WORKER.values(), ids=WITH_WORKER)
def test_a_run_is_killed(  # noqa: PLR0917 - fixtures
    server: Prefect,
    worker_of: type[Worker],
    start: Start,
    new_home: NewHome,
    with_worker: bool,
    seed: int,
    report: Report,
) -> None:
    """In each stage, and while it starts: the next run begins as soon as one that nothing befell, and ends well."""
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    waited, states = [], []
    for stage in ("start", *STAGES):
        home = copy_of(start, new_home)
        worker = worker_of(server, home)
        run = server.begin("nightly/nightly", sources=[home.site.name])
        os.kill(worker.until(run, stage, rng), signal.SIGKILL)
        if with_worker:
            worker.kill()
            home.require_whole()
            if server.state(run) == "PENDING":
                server.an_hour_ago(run)
            worker.start()
        again = server.begin("nightly/nightly", sources=[home.site.name])
        assert server.await_end(again, GIVES_UP_WITHIN) == "COMPLETED", worker.said()
        home.require_whole()
        waited.append(server.seconds_before(again))
        states.append(f"{stage}: {server.await_end(run, 30).lower()}")
        assert ("without a word" if with_worker else "-9") in server.reason(run), server.reason(run)
        worker.kill()
        assert "waiting:" not in worker.said()
        require_made(home, start.expected)
        shutil.rmtree(home.root)
    assert max(waited) < SOON, waited
    report(
        f"seed {seed}: {len(waited)} runs killed by signal 9, {'with their worker' if with_worker else 'alone'} "
        f"({', '.join(states)}); from being scheduled to running the next ones took {min(waited):.0f} to "
        f"{max(waited):.0f} s, {median(waited):.0f} in the middle, and published the same tables"
    )


def test_two_of_each(server: Prefect, worker_of: type[Worker], start: Start, new_home: NewHome, report: Report) -> None:
    """Two runs of each deployment at once: a second nightly is refused at once, the others wait for the first."""
    home = copy_of(start, new_home)
    worker = worker_of(server, home)
    source = home.site.name
    wanted = {
        "nightly": {"sources": [source]},
        "backfill": {"source": source, "since": "2015-01-01", "until": "2026-12-31"},
        "reparse": {},
        "release": {},
    }
    told = []
    for name, parameters in wanted.items():
        runs = [server.begin(f"{name}/{name}", **parameters) for _ in range(2)]
        ended = sorted(server.await_end(run, GIVES_UP_WITHIN) for run in runs)
        assert ended == (["COMPLETED", "FAILED"] if name == "nightly" else ["COMPLETED"] * 2), worker.said()
        home.require_whole()
        refused = [server.reason(run) for run in runs if server.state(run) == "FAILED"]
        assert all("the warehouse is being written by process" in reason for reason in refused), refused
        told.append(f"{name} {' and '.join(ended).lower()}")
    require_made(home, start.expected)
    report(f"two runs of each deployment at once: {'; '.join(told)}; the same tables")
