"""The steps as Prefect tasks: each a batch of seconds (a source, a shard, a load), never a single article.

Only the process of the flow opens the build file, so the tasks that write it are called, not submitted.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import Context, copy_context
from datetime import date
from pathlib import Path
from typing import Any, cast

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from civic_etl.crawl import CrawlReport
from civic_etl.crawl.web_archive import Via
from civic_etl.pipeline import dask_cluster, steps
from civic_etl.pipeline.concluding import conclude
from civic_etl.settings import Settings, get_settings
from civic_etl.warehouse.parts import Part

# Sources wait for their delays most of the time; a thread each costs little.
SOURCES_AT_ONCE = 32
_OPTIONS: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}

Readers = tuple[Callable[[steps.Shard], PrefectFuture[Path]], Callable[[], int]]


@task(name="fetch", task_run_name="fetch {name}", **_OPTIONS)
def fetch(name: str, since: date | None = None, until: date | None = None, via: Via = "site") -> CrawlReport:
    """Discover and fetch one source into the archive."""
    return steps.discover_and_fetch(name, get_settings(), since=since, until=until, via=via)


@task(name="read", **_OPTIONS)
def read(shard: steps.Shard, settings: Settings, folder: Path, reader: steps.PageReader | None = None) -> Path:
    """Parse and extract one shard of the archive into a part; in this very process where there is no reader."""
    return reader.read(shard) if reader is not None else steps.leave_part(shard, settings, folder)


def load(run: steps.Run, shards: Sequence[steps.Shard], crawls: Sequence[CrawlReport]) -> None:
    """Read shards as tasks of their own and load what they give, as it comes; a nightly looks for drift in it."""
    _load(run, shards, _here(), crawls)


def reload(run: steps.Run, shards: Sequence[steps.Shard]) -> None:
    """The same for shards that were read before: what they no longer say is taken out."""
    _load(run, shards, _here())


@task(name="load", **_OPTIONS)
def _load(
    run: steps.Run, shards: Sequence[steps.Shard], flow: Context, crawls: Sequence[CrawlReport] | None = None
) -> None:
    parts = _parts(run, shards, flow)
    pages = sum(len(shard.records) for shard in shards)
    if crawls is None:
        steps.reload(run, parts, pages=pages)
    else:
        steps.load_and_watch(run, parts, crawls, pages=pages)


@task(name="months", **_OPTIONS)
def months(run: steps.Run, source: str, since: date, until: date) -> None:
    """Put what became of each month of a backfill into the report."""
    run.report.months[source] = steps.month_rows(run.settings, source, since, until)


@task(name="roll up", **_OPTIONS)
def roll_up(run: steps.Run) -> None:
    """Build the tables that analysts see."""
    steps.roll_up(run)


@task(name="check", **_OPTIONS)
def check(run: steps.Run) -> None:
    """Check the tables; failures stop the release that follows."""
    steps.check(run)


@task(name="release", **_OPTIONS)
def publish(run: steps.Run) -> None:
    """Publish a release, unless no table changed."""
    steps.publish(run)


def fetch_all(
    names: Sequence[str], since: date | None = None, until: date | None = None, via: Via = "site"
) -> list[CrawlReport]:
    """Fetch sources side by side; the reports come in the order of `names`."""
    futures = [fetch.submit(name, since, until, via) for name in names]
    return [future.result() for future in futures]


def release_all(run: steps.Run) -> None:
    """Roll up, check, publish."""
    roll_up(run)
    check(run)
    publish(run)


def show(run: steps.Run) -> None:
    """Keep how the run ended, tell whoever wants to know, and put the report on the run's page."""
    conclude(run, sys.exc_info()[1])
    create_markdown_artifact(markdown=run.report.markdown(), key=f"{run.report.kind}-report", description=run.run_id)


def task_runner(settings: Settings) -> ThreadPoolTaskRunner[Any]:
    """The task runner of the flows, which stay in this process: the ledgers and the delays of a crawl are its own.

    Raises SettingsError where shards are to be read by Dask and that cannot be.
    """
    if settings.task_runner == "dask":
        dask_cluster.require(settings)
    return ThreadPoolTaskRunner(max_workers=SOURCES_AT_ONCE)


def _here() -> Any:
    """The context of the flow, quoted, so that Prefect does not search it."""
    return quote(copy_context())


def _parts(run: steps.Run, shards: Sequence[steps.Shard], flow: Context) -> Iterator[Part]:
    """What the shards gave, in their order, with no more of them begun than keep all readers busy."""
    with steps.parts_folder(run) as folder, _readers(run.settings, folder, shards, flow) as (submit, at_once):
        ahead: deque[PrefectFuture[Path]] = deque()
        for shard in shards:
            ahead.append(submit(shard))
            if len(ahead) > 2 * at_once():
                yield steps.take_part(ahead.popleft().result())
        while ahead:
            yield steps.take_part(ahead.popleft().result())


@contextmanager
def _readers(settings: Settings, folder: Path, shards: Sequence[steps.Shard], flow: Context) -> Iterator[Readers]:
    """How a shard is given to whoever reads, and how many of them there are at the moment."""
    if settings.task_runner == "dask" and shards:
        remote = dask_cluster.for_workers(settings)
        with dask_cluster.started(settings) as (runner, cores):

            def submit(shard: steps.Shard) -> PrefectFuture[Path]:
                """From the flow's context: the task's own holds the run, which no other machine can have."""
                parameters = {"shard": shard, "settings": remote, "folder": folder}
                return cast(PrefectFuture[Path], flow.run(dask_cluster.submit, runner, read, parameters))

            yield submit, cores
    else:
        # Quoted, so that Prefect does not search a hundred records for futures.
        quoted: Callable[[steps.Shard], Any] = quote
        pages = sum(len(shard.records) for shard in shards)
        with steps.PageReader(settings, folder, pages) as reader:
            yield lambda shard: read.submit(quoted(shard), settings, folder, reader), lambda: settings.workers
