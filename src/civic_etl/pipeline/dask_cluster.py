"""Shards read by a Dask cluster: its workers write parts into a folder that all machines share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from civic_etl.errors import SettingsError
from civic_etl.settings import Settings

# Workers may start together with the run, on machines that are not up yet.
_PATIENCE_SECONDS = 120


def require() -> None:
    """Raise SettingsError where the packages for Dask are not installed."""
    try:
        import prefect_dask  # noqa: F401
    except ImportError as error:
        raise SettingsError(
            "task_runner = dask needs the extra `dask`: pip install 'civic-etl[dask]'", field="task_runner"
        ) from error


@contextmanager
def started(settings: Settings) -> Iterator[tuple[Any, Callable[[], int]]]:
    """Prefect's Dask task runner, started, and how many shards its workers read at once at the moment.

    Raises SettingsError where the scheduler does not answer or has no workers.
    """
    require()
    from prefect_dask.task_runners import DaskTaskRunner

    if settings.dask_scheduler is not None:
        runner = DaskTaskRunner(address=settings.dask_scheduler)
    else:
        # A thread each: reading is Python from beginning to end. No dashboard: nobody asked for an open port.
        kind = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
        runner = DaskTaskRunner(cluster_class="distributed.LocalCluster", cluster_kwargs=kind)
    with runner:
        try:
            client: Any = runner.client
            client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise SettingsError(
                f"no workers at the Dask scheduler {settings.dask_scheduler}: {error}", field="dask_scheduler"
            ) from error
        yield runner, lambda: max(1, sum(client.nthreads().values()))


def for_workers(settings: Settings) -> Settings:
    """The settings for another working directory: paths are absolute; the webhook, a secret, stays here."""
    paths = {
        name: value.resolve()
        for name in ("home", "sources_dir", "gazetteer_pack", "corrections", "removals")
        if (value := getattr(settings, name)) is not None
    }
    return settings.model_copy(update=paths | {"alert_webhook": None, "log_file": None})
