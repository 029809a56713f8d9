"""Prefect's server killed, and a run cancelled in it: the next night ends by itself with the tables it should have."""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from civic_etl.cli.exits import PREFECT_LOST

from .conftest import NewHome, Report
from .nights import Nursery
from .prefects import Prefect
from .test_kill import Start, await_stage, copy_of, require_made, require_recovered

pytestmark = pytest.mark.long

STAGES = ("crawl", "load", "roll up", "release")
# the task whose end Prefect tells right before a stage
ENDED_BEFORE = {"crawl": "", "load": "'fetch ", "roll up": "'load-", "release": "'check-"}
# A run asks for its server again and again before it gives up.
GIVES_UP_WITHIN = 600.0
CANCELLED_WITHIN = 300.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Prefect]:
    """A server that only this drill uses."""
    found = Prefect(tmp_path / "prefect")
    found.start()
    yield found
    found.close()


def test_the_server_dies(server: Prefect, start: Start, new_home: NewHome, seed: int, report: Report) -> None:
    """In each stage once; then it is started again, and its database still has the run of the lost night."""
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    told = []
    for stage in STAGES:
        home = copy_of(start, new_home)
        nursery = Nursery.start(server.url)
        try:
            night = nursery.night(home)
            time.sleep(await_stage(night, stage, home, start, rng))
            server.kill()
            lost = time.monotonic()
            night.until(night.is_over, poll=0.1)
            seconds, code = time.monotonic() - lost, night.end()
            home.require_whole()
            server.start()
            require_recovered(home, nursery.night(home), start.expected, 1)
        finally:
            nursery.close()
        assert code == PREFECT_LOST and seconds < GIVES_UP_WITHIN, night.said()
        said = night.said().strip().splitlines()[-1]
        told.append(f"{stage}: code {code} after {seconds:.0f} s ({said[:160]})")
        shutil.rmtree(home.root)
    report(
        f"seed {seed}: {len(told)} servers killed, every next night ended with 0 and the same tables: {'; '.join(told)}"
    )


def test_a_run_is_cancelled(server: Prefect, start: Start, new_home: NewHome, seed: int, report: Report) -> None:
    """As an operator does it: deployments, a process worker, a run cancelled on Prefect's side in each stage."""
    rng = random.Random(seed)  # noqa: S311 - moments, not secrets
    told = []
    server.command("work-pool", "create", "--type", "process", "civic-etl")
    server.command("deploy", "--name", "nightly")
    for stage in STAGES:
        home = copy_of(start, new_home)
        settings, site = home.settings, home.site
        log = home.root / "worker.log"
        own = {"CIVIC_ETL_HOME": str(settings.home), "CIVIC_ETL_SOURCES_DIR": str(settings.sources_dir)}
        worker = server.worker("civic-etl", log, **own, CIVIC_ETL_JITTER_SECONDS="0", CIVIC_ETL_WORKERS="1")
        try:
            hits = site.hits
            run = server.begin("nightly/nightly", sources=[site.name])
            sign = ENDED_BEFORE[stage]
            give_up = time.monotonic() + GIVES_UP_WITHIN
            while site.hits == hits or sign not in log.read_text(encoding="utf-8"):
                assert time.monotonic() < give_up, log.read_text(encoding="utf-8")
                time.sleep(0.02)
            time.sleep(rng.uniform(0, 0.3))
            server.cancel(run)
            asked = time.monotonic()
            state = server.await_end(run, CANCELLED_WITHIN)
            seconds = time.monotonic() - asked
            home.require_whole()
            again = server.begin("nightly/nightly", sources=[site.name])
            assert server.await_end(again, GIVES_UP_WITHIN) == "COMPLETED", log.read_text(encoding="utf-8")
        finally:
            os.killpg(worker.pid, signal.SIGKILL)
            worker.wait()
        assert state == "CANCELLED"
        require_made(home, start.expected)
        told.append(f"{stage} {seconds:.0f} s")
        shutil.rmtree(home.root)
    report(
        f"seed {seed}: {len(told)} runs cancelled, every next one with the same tables; ended after {', '.join(told)}"
    )
