"""Shards read by a Dask cluster of several processes: the same rows as read here, also where a worker is killed."""

import builtins
import os
import shutil
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from distributed import LocalCluster
from prefect.settings import PREFECT_API_URL, temporary_settings

from civic_etl.cli.flows import load_flow
from civic_etl.errors import SettingsError
from civic_etl.pipeline import dask_cluster, shards, steps
from civic_etl.pipeline.progress import listening
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings

from .test_reparse import content

SITE = "sample-tuyen-quang"
SINCE, UNTIL = date(2015, 1, 1), date(2024, 12, 31)


@pytest.fixture
def fetched(server: SampleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A home with a sample site in its archive, nothing loaded, and shards so small that there are many."""
    server.write_sources(tmp_path / "sources")
    settings = Settings(home=tmp_path / "home", sources_dir=tmp_path / "sources", jitter_seconds=0, batch_size=10)
    get_settings.cache_clear()
    assert steps.discover_and_fetch(SITE, settings).ok
    monkeypatch.setattr(shards, "PAGES_IN_A_SHARD", 4)
    yield settings
    get_settings.cache_clear()


class Killer:
    """Kills, in the moment that the first pages are loaded, a worker that is reading."""

    def __init__(self, cluster: LocalCluster) -> None:
        self.cluster = cluster
        self.killed: list[int] = []
        self.steps: list[tuple[int, int | None]] = []

    def step(self, job: str, done: int, total: int | None) -> None:
        """`kill -9`, once."""
        self.steps.append((done, total))
        busy = {state.address for state in self.cluster.scheduler.workers.values() if state.processing}
        for nanny in self.cluster.workers.values():
            if not self.killed and nanny.worker_address in busy:
                os.kill(nanny.pid, signal.SIGKILL)
                self.killed.append(nanny.pid)

    def say(self, line: str) -> None:
        """Nothing is to be said."""


def backfill(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> steps.RunReport:
    """The flow itself, over a span that is in the archive already."""
    for name in settings.model_fields_set:
        monkeypatch.setenv(f"CIVIC_ETL_{name.upper()}", str(getattr(settings, name)))
    get_settings.cache_clear()
    report: steps.RunReport = load_flow("backfill", settings)(source=SITE, since=SINCE, until=UNTIL)
    return report


def released(report: steps.RunReport) -> dict[str, list[Any]]:
    """Every row that analysts see, but for the moment of the release and the run that made it."""
    assert report.release_path is not None
    names = "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('core', 'mart')"
    with duckdb.connect(str(report.release_path / "civic.duckdb"), read_only=True) as con:
        tables = [name for (name,) in con.execute(names).fetchall()]
        return {name: sorted(con.execute(f"from {name}").fetchall(), key=repr) for name in tables}


@pytest.mark.slow
def test_a_backfill_read_by_two_workers_of_which_one_is_killed_is_one_read_here(
    fetched: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert steps.discover_and_fetch(SITE, fetched, since=SINCE, until=UNTIL).ok
    shutil.copytree(fetched.home, tmp_path / "here")
    here = backfill(fetched.model_copy(update={"home": tmp_path / "here"}), monkeypatch)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        update = {"task_runner": "dask", "dask_scheduler": cluster.scheduler_address}
        killer = Killer(cluster)
        with listening(killer):
            there = backfill(fetched.model_copy(update=update), monkeypatch)
    assert len(killer.killed) == 1, "no worker was reading any more"
    assert (sum(there.outcomes.values()),) * 2 in killer.steps
    assert there.load == here.load and there.load.new > 30 and there.outcomes == here.outcomes
    assert there.months == here.months
    assert content(fetched) == content(fetched.model_copy(update={"home": tmp_path / "here"}))
    assert released(there) == released(here)
    assert not (fetched.state_dir / "parts").exists()


def test_a_scheduler_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import dask

    settings = Settings(home=tmp_path, task_runner="dask", dask_scheduler="tcp://127.0.0.1:9")
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(SettingsError, match=r"127\.0\.0\.1:9"),
        dask_cluster.started(settings),
    ):
        pass


def test_workers_of_other_machines_need_a_server_of_prefect(tmp_path: Path) -> None:
    there = Settings(home=tmp_path, task_runner="dask", dask_scheduler="tcp://10.0.0.1:8786")
    with pytest.raises(SettingsError, match="PREFECT_API_URL"):
        dask_cluster.require(there)
    with temporary_settings({PREFECT_API_URL: "http://10.0.0.2:4200/api"}):
        dask_cluster.require(there)


def test_without_the_extra_the_setting_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packages are installed here, so their import is made to fail as it does where they are not."""
    really = builtins.__import__

    def missing(name: str, *more: Any) -> Any:
        if name.startswith("prefect_dask"):
            raise ModuleNotFoundError(name)
        return really(name, *more)

    monkeypatch.setattr(builtins, "__import__", missing)
    monkeypatch.setenv("CIVIC_ETL_TASK_RUNNER", "dask")
    get_settings.cache_clear()
    with pytest.raises(SettingsError, match=r"civic-etl\[dask\]"):
        load_flow("reparse", Settings(home=tmp_path))
    monkeypatch.undo()
    get_settings.cache_clear()


def test_workers_get_absolute_paths_and_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sent = dask_cluster.for_workers(Settings(home=Path("w"), alert_webhook="https://chat.example.org/x"))
    assert sent.home == tmp_path / "w" and sent.alert_webhook is None
