"""The release flow: roll up, check and publish what is loaded already, after a change of corrections or models."""

from prefect import flow

from civic_etl.pipeline import steps, tasks
from civic_etl.pipeline.lost_runs import tell_of_lost_runs
from civic_etl.settings import get_settings


@flow(
    name="release",
    task_runner=tasks.task_runner(get_settings()),
    persist_result=False,
    validate_parameters=True,
    on_running=[tell_of_lost_runs],
)
def release() -> steps.RunReport:
    """Publish a release of the build file as it is, unless no table changed."""
    run = steps.begin("release", get_settings())
    try:
        with run.writing():
            tasks.release_all(run)
    finally:
        tasks.show(run)
    return run.report
