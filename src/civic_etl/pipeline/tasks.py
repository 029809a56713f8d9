"""The steps as Prefect tasks: each a batch of seconds (a source, a shard, a load), never a single article.

Only the process of the flow opens the build file, so the tasks that write it are called, not submitted.
"""

import sys
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.task_runners import ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from civic_etl.crawl import CrawlReport
from civic_etl.crawl.web_archive import Via
from civic_etl.errors import SettingsError
from civic_etl.pipeline import steps
from civic_etl.pipeline.concluding import conclude
from civic_etl.settings import Settings, get_settings

# Sources wait for their delays most of the time; a thread each costs little.
SOURCES_AT_ONCE = 32
_OPTIONS: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}


@task(name="fetch", task_run_name="fetch {name}", **_OPTIONS)
def fetch(name: str, since: date | None = None, until: date | None = None, via: Via = "site") -> CrawlReport:
    """Discover and fetch one source into the archive."""
    return steps.discover_and_fetch(name, get_settings(), since=since, until=until, via=via)


@task(name="read", **_OPTIONS)
def read(shard: steps.Shard, reader: steps.PageReader | None) -> steps.Reading:
    """Parse and extract one shard of the archive; in this very process where there is no reader."""
    return reader.read(shard) if reader is not None else steps.read_shard(shard, get_settings())


@task(name="load", **_OPTIONS)
def load(run: steps.Run, shards: Sequence[steps.Shard], crawls: Sequence[CrawlReport]) -> None:
    """Read shards as tasks of their own and load what they give, as it comes; a nightly looks for drift in it."""
    pages = sum(len(shard.records) for shard in shards)
    steps.load_and_watch(run, _readings(run.settings, shards, pages), crawls, pages=pages)


@task(name="months", **_OPTIONS)
def months(run: steps.Run, source: str, since: date, until: date) -> None:
    """Put what became of each month of a backfill into the report."""
    run.report.months[source] = steps.month_rows(run.settings, source, since, until)


@task(name="load", **_OPTIONS)
def reload(run: steps.Run, shards: Sequence[steps.Shard]) -> None:
    """The same for shards that were read before: what they no longer say is taken out."""
    pages = sum(len(shard.records) for shard in shards)
    steps.reload(run, _readings(run.settings, shards, pages), pages=pages)


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


def task_runner(settings: Settings) -> Any:
    """The task runner that the settings ask for. Raises SettingsError where Dask is asked for and not installed."""
    if settings.task_runner == "thread":
        return ThreadPoolTaskRunner(max_workers=SOURCES_AT_ONCE)
    try:
        from prefect_dask import DaskTaskRunner  # type: ignore[import-not-found]
    except ImportError as error:
        raise SettingsError("task_runner = dask needs the package prefect-dask", field="task_runner") from error
    return DaskTaskRunner()


def _readings(settings: Settings, shards: Sequence[steps.Shard], pages: int) -> Iterator[steps.Reading]:
    """Readings of the shards, with no more of them in memory than keep the workers busy."""
    with steps.PageReader(settings, pages) as local:
        reader = local if settings.task_runner == "thread" else None
        ahead: deque[PrefectFuture[steps.Reading]] = deque()
        for shard in shards:
            # Quoted, so that Prefect does not search a hundred records for futures.
            portion: Any = quote(shard)
            ahead.append(read.submit(portion, reader))
            if len(ahead) > 2 * settings.workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
