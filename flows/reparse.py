"""The reparse flow: the archive read again with today's parser and extractor, without a request to any site."""

from datetime import date

from prefect import flow

from civic_etl.pipeline import steps, tasks
from civic_etl.pipeline.lost_runs import tell_of_lost_runs
from civic_etl.settings import get_settings


@flow(
    name="reparse",
    task_runner=tasks.task_runner(get_settings()),
    persist_result=False,
    validate_parameters=True,
    on_running=[tell_of_lost_runs],
)
def reparse(
    sources: list[str] | None = None, since: date | None = None, only_changed_parser: bool = False
) -> steps.RunReport:
    """Read every archived page of some sources or all, fetched on the day `since` (UTC) or later.

    With `only_changed_parser` only those that today's version of the parser has not read.
    """
    run = steps.begin("reparse", get_settings())
    choose = steps.outdated_shards if only_changed_parser else steps.all_shards
    try:
        with run.writing():
            tasks.reload(run, choose(run.settings, sources, since=since))
            tasks.release_all(run)
    finally:
        tasks.show(run)
    return run.report
