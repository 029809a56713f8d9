"""The backfill flow: what a source published in a span and the archive does not hold, fetched and loaded."""

from datetime import date

from prefect import flow

from civic_etl.crawl.web_archive import Via
from civic_etl.pipeline import steps, tasks
from civic_etl.pipeline.lost_runs import tell_of_lost_runs
from civic_etl.settings import get_settings


@flow(
    name="backfill",
    task_runner=tasks.task_runner(get_settings()),
    persist_result=False,
    validate_parameters=True,
    on_running=[tell_of_lost_runs],
)
def backfill(source: str, since: date, until: date, via: Via = "site") -> steps.RunReport:
    """Fetch a span of days (both included) of one source, then load and release; may run beside the nightly.

    `via` is the site itself, `wayback` or `commoncrawl`, which know dark sites too.
    """
    run = steps.begin("backfill", get_settings())
    try:
        run.report.crawls = tasks.fetch_all(steps.chosen_sources(run.settings, [source]), since, until, via)
        with run.writing():
            tasks.load(run, steps.pending_shards(run.settings, [source]), run.report.crawls)
            tasks.months(run, source, since, until)
            tasks.release_all(run)
    finally:
        tasks.show(run)
    return run.report
