"""The nightly flow: discover, fetch, archive, parse, extract, load, roll up, check, release."""

from prefect import flow

from civic_etl.pipeline import steps, tasks
from civic_etl.pipeline.lost_runs import tell_of_lost_runs
from civic_etl.settings import get_settings


@flow(
    name="nightly",
    task_runner=tasks.task_runner(get_settings()),
    persist_result=False,
    validate_parameters=True,
    on_running=[tell_of_lost_runs],
)
def nightly(sources: list[str] | None = None) -> steps.RunReport:
    """Bring the warehouse up to date with the named sources, or with all that are still there."""
    run = steps.begin("nightly", get_settings())
    with run.alone():
        try:
            run.report.crawls = tasks.fetch_all(steps.chosen_sources(run.settings, sources))
            with run.writing():
                tasks.load(run, steps.pending_shards(run.settings), run.report.crawls)
                tasks.release_all(run)
        finally:
            tasks.show(run)
    return run.report
