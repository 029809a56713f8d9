"""What a run on Dask leaves when its scheduler is killed or a person presses Ctrl-C, and how the next run goes on."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import dask
import distributed  # noqa: F401 - puts its defaults into Dask's configuration
import duckdb
import pytest

from civic_etl.cli.exits import INTERRUPTED
from civic_etl.errors import ClusterError
from civic_etl.pipeline import dask_cluster, shards, steps
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings
from civic_etl.warehouse import publish
from civic_etl.warehouse.bulk import FACT_TABLES
from civic_etl.warehouse.lock import holder

from .clusters import Hold, Run, cluster, running, until

SITE = "sample-dong-thap"
SINCE, UNTIL = date(2019, 1, 1), date(2021, 12, 31)
BACKFILL = ("backfill", "--source", SITE, "--from", SINCE.isoformat(), "--to", UNTIL.isoformat())
READ_BEFORE = 5
# Rows that only one side has, of the documents that the run in question loaded.
_DIFFERENT = """
with mine as (from here.raw.{table} where revision_id in (select revision_id from there.raw.article)),
theirs as (from there.raw.{table}),
missing as (from mine except all from theirs),
wrong as (from theirs except all from mine)
select (select count(*) from missing) + (select count(*) from wrong)
"""


@pytest.fixture
def fetched(server: SampleServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A home with a site's span in its archive, nothing loaded, and shards so small that there are many."""
    server.write_sources(tmp_path / "sources")
    settings = Settings(home=tmp_path / "home", sources_dir=tmp_path / "sources", jitter_seconds=0, batch_size=10)
    get_settings.cache_clear()
    assert steps.discover_and_fetch(SITE, settings, since=SINCE, until=UNTIL).ok
    monkeypatch.setattr(shards, "PAGES_IN_A_SHARD", 4)
    yield settings
    get_settings.cache_clear()


@pytest.fixture
def here(fetched: Settings, tmp_path: Path) -> Settings:
    """A copy of that home, loaded in this process."""
    shutil.copytree(fetched.home, tmp_path / "here" / "home")
    here = fetched.model_copy(update={"home": tmp_path / "here" / "home"})
    run = steps.begin("backfill", here)
    with run.writing():
        steps.load(run, (steps.read_shard(shard, here) for shard in steps.all_shards(here)))
    return here


def held(settings: Settings, hold: Hold, run: Run) -> None:
    """Wait until the worker is held and the loader has taken everything that was read before."""
    parts = settings.state_dir / "parts"
    run.until(lambda: len(hold.waiting()) == 1 and not list(parts.glob("*/*")))


def require_nothing_half(there: Settings, here: Settings) -> tuple[int, int]:
    """Whole documents, no lock and no part; how many documents there are, and how many there will be."""
    assert holder(there.state_dir / "warehouse.lock") is None
    assert not (there.state_dir / "parts").exists()
    with duckdb.connect() as con:
        con.execute(f"attach '{there.build_file}' as there (read_only)")
        con.execute(f"attach '{here.build_file}' as here (read_only)")
        for table in ("article", "sighting", *FACT_TABLES):
            assert con.execute(_DIFFERENT.format(table=table)).fetchall() == [(0,)], table
        counts = "select (select count(*) from there.raw.article), (select count(*) from here.raw.article)"
        ((loaded, all_of_them),) = con.execute(counts).fetchall()
    return loaded, all_of_them


def require_all(there: Settings, here: Settings) -> None:
    """Every document is in, as it is in a run in this process, and a release holds them."""
    loaded, all_of_them = require_nothing_half(there, here)
    release = publish.current_release(there.current_release)
    assert release is not None and loaded == all_of_them
    publish.verify(release)
    with duckdb.connect(str(release / "civic.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from core.fct_article").fetchall() == [(loaded,)]


def require_ended(run: Run, code: int, word: str) -> None:
    """The run ended with this code and one line that begins with a word, and left no process."""
    assert run.code() == code, run.said()
    lines = [line for line in run.said().splitlines() if line.startswith(word)]
    assert len(lines) == 1, run.said()
    until(lambda: not run.left_behind(), lambda: str(run.left_behind()))


@pytest.mark.long
def test_a_killed_scheduler_is_named_and_the_next_run_goes_on(
    fetched: Settings, here: Settings, tmp_path: Path
) -> None:
    hold = Hold(tmp_path / "hold")
    hold.take(steps.all_shards(fetched)[READ_BEFORE])
    with (
        cluster(tmp_path / "first", 1, **hold.environment) as first,
        running(fetched, {"CIVIC_ETL_DASK_SCHEDULER": first.address}, *BACKFILL) as run,
    ):
        held(fetched, hold, run)
        first.kill_scheduler()
        require_ended(run, ClusterError.exit_code, f"error: the Dask scheduler {first.address} was lost")
    loaded, all_of_them = require_nothing_half(fetched, here)
    assert 0 < loaded < all_of_them and not fetched.current_release.exists()
    with (
        cluster(tmp_path / "second", 2) as second,
        running(fetched, {"CIVIC_ETL_DASK_SCHEDULER": second.address}, *BACKFILL) as run,
    ):
        assert run.code() == 0, run.said()
    require_all(fetched, here)


@pytest.mark.long
def test_ctrl_c_once_loads_the_rest_and_twice_leaves_at_once(fetched: Settings, here: Settings, tmp_path: Path) -> None:
    """With workers of the run's own, which the terminal's Ctrl-C reaches as well."""
    hold = Hold(tmp_path / "hold")
    todo = steps.all_shards(fetched)
    hold.take(todo[READ_BEFORE])
    with running(fetched, hold.environment, *BACKFILL) as run:
        held(fetched, hold, run)
        run.ctrl_c()
        run.until(lambda: "once more to leave at once" in run.said())
        run.ctrl_c()
        require_ended(run, INTERRUPTED, "interrupted; ")
    loaded, all_of_them = require_nothing_half(fetched, here)
    assert 0 < loaded < all_of_them and not fetched.current_release.exists()
    hold.take(todo[-2])
    with running(fetched, hold.environment, *BACKFILL) as run:
        run.until(lambda: len(hold.waiting()) >= 1)
        run.ctrl_c()
        run.until(lambda: "once more to leave at once" in run.said())
        hold.let_go()
        assert run.code() == INTERRUPTED, run.said()
    require_all(fetched, here)


def test_a_lost_cluster_that_cannot_be_closed_is_named_all_the_same() -> None:
    """The client's own timer may fail while it is closed, in the moment of the loss."""

    def fail() -> None:
        raise RuntimeError("Cannot change state of expiring Timeout")

    with (
        pytest.raises(ClusterError, match="was lost"),
        dask_cluster.saying_what_was_lost(),
        ExitStack() as stack,
    ):
        stack.callback(fail)
        raise ClusterError("the Dask scheduler was lost")
    with pytest.raises(RuntimeError, match="expiring"), dask_cluster.saying_what_was_lost(), ExitStack() as stack:
        stack.callback(fail)


def test_a_scheduler_lost_between_two_shards_is_named(tmp_path: Path) -> None:
    """Not while a shard is waited for, but when the workers are next counted."""
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
        cluster(tmp_path / "dask", 1) as found,
        pytest.raises(ClusterError, match=found.address),
        dask_cluster.started(Settings(home=tmp_path, task_runner="dask", dask_scheduler=found.address)) as (_, cores),
    ):
        assert cores() == 1
        found.kill_scheduler()
        cores()


def test_errors_pass_unless_the_scheduler_is_lost(tmp_path: Path) -> None:
    """In the moment of the loss Dask's timers fail in their own way, before its client knows that nobody is there."""
    with cluster(tmp_path / "dask", 1) as found:
        settings = Settings(home=tmp_path, task_runner="dask", dask_scheduler=found.address)
        with pytest.raises(ZeroDivisionError), dask_cluster.started(settings) as (runner, _):
            runner.client.submit(divmod, 1, 0).result()
        with pytest.raises(ClusterError, match=found.address), dask_cluster.started(settings):
            found.kill_scheduler()
            raise RuntimeError("Cannot change state of expiring Timeout")


def test_a_task_that_kills_its_workers_is_given_up_and_told(tmp_path: Path) -> None:
    with (
        cluster(tmp_path / "dask", 1, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as found,
        pytest.raises(ClusterError, match="given up"),
        dask_cluster.started(Settings(home=tmp_path, task_runner="dask", dask_scheduler=found.address)) as (runner, _),
    ):
        runner.client.submit(os._exit, 1).result()
