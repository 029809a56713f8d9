"""Shards read by a Dask cluster: its workers write parts into a folder that all machines share."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit

from civic_etl.errors import CivicEtlError, ClusterError, SettingsError
from civic_etl.pipeline.deaf import deaf
from civic_etl.settings import Settings

# Workers may start together with the run, on machines that are not up yet.
_PATIENCE_SECONDS = 120
_ANSWER_SECONDS = 5
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def require(settings: Settings) -> None:
    """Raise SettingsError where the packages for Dask are not installed, or workers could not tell Prefect anything."""
    try:
        import prefect_dask  # noqa: F401
        from prefect.settings import get_current_settings
    except ImportError as error:
        raise SettingsError(
            "task_runner = dask needs the extra `dask`: pip install 'civic-etl[dask]'", field="task_runner"
        ) from error
    if not _is_here(settings) and not get_current_settings().api.url:
        # Each of them would start a Prefect server of its own, all on the one database below `home`.
        raise SettingsError(
            "workers of other machines need a Prefect server: set PREFECT_API_URL to an address that they can reach",
            field="dask_scheduler",
        )


@contextmanager
def started(settings: Settings) -> Iterator[tuple[Any, Callable[[], int]]]:
    """Prefect's Dask task runner, started, and how many shards its workers read at once at the moment.

    Raises SettingsError where the scheduler does not answer or has no workers, ClusterError where it is lost in the
    block or a shard's workers die one after the other.
    """
    require(settings)
    from prefect_dask.task_runners import DaskTaskRunner

    if settings.dask_scheduler is not None:
        runner = DaskTaskRunner(address=settings.dask_scheduler)
    else:
        # A thread each: reading is Python from beginning to end. No dashboard: nobody asked for an open port.
        kind = {"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
        runner = DaskTaskRunner(cluster_class="distributed.LocalCluster", cluster_kwargs=kind)
    with saying_what_was_lost(), ExitStack() as stack:
        stack.enter_context(runner)
        try:
            with deaf():
                client: Any = runner.client
            client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise SettingsError(
                f"no workers at the Dask scheduler {settings.dask_scheduler}: {error}", field="dask_scheduler"
            ) from error
        stack.enter_context(_naming_what_was_lost(client, settings))
        yield runner, lambda: max(1, sum(client.nthreads().values()))


@contextmanager
def saying_what_was_lost() -> Iterator[None]:
    """The loss of a cluster is what is raised, also where closing the connection to it fails after that.

    Raises ClusterError in place of whatever came up while one was on its way.
    """
    try:
        yield
    except CivicEtlError:
        raise
    except Exception as error:
        before = error.__context__
        while before is not None and not isinstance(before, ClusterError):
            before = before.__context__
        if before is None:
            raise
        raise before from before.__cause__


@contextmanager
def _naming_what_was_lost(client: Any, settings: Settings) -> Iterator[None]:
    """Dask's errors as one of ours; those that a task itself raised pass."""
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker

    where = settings.dask_scheduler or "of this run"
    address = str(client.scheduler_info()["address"])
    try:
        yield
    except CivicEtlError:
        raise
    except KilledWorker as error:
        raise ClusterError(f"a shard was given up after several workers died while they read it: {error}") from error
    except Exception as error:
        # A scheduler that was started again at once knows nothing of the run's tasks: they are cancelled then. The
        # client may still think that it runs, and its own timer fail in the moment of the loss.
        is_of_loss = client.status != "running" or isinstance(error, CancelledError | CommClosedError)
        if not is_of_loss and _answers(address):
            raise
        raise ClusterError(
            f"the Dask scheduler {where} was lost while pages were read; what is loaded stays, run again once it is up"
        ) from error


def _answers(address: str) -> bool:
    """Whether somebody listens at a scheduler's address."""
    place = urlsplit(address)
    try:
        socket.create_connection((place.hostname or "", place.port or 0), _ANSWER_SECONDS).close()
    except OSError:
        return False
    return True


def submit(runner: Any, task: Any, parameters: dict[str, Any]) -> Any:
    """Give a task to the workers; call it in the context of the flow.

    Where the run has but its own small Prefect server, they are told of that: each would start one otherwise.
    """
    from prefect.context import FlowRunContext
    from prefect.settings import PREFECT_API_URL, temporary_settings

    flow = FlowRunContext.get()
    if flow is None:
        return runner.submit(task, parameters)
    with temporary_settings(set_defaults={PREFECT_API_URL: str(flow.client.api_url).rstrip("/")}):
        return runner.submit(task, parameters)


def _is_here(settings: Settings) -> bool:
    """Whether the workers are on this machine, as far as the scheduler's address says."""
    return settings.dask_scheduler is None or urlsplit(settings.dask_scheduler).hostname in _LOOPBACK


def for_workers(settings: Settings) -> Settings:
    """The settings for another working directory: paths are absolute; the webhook, a secret, stays here."""
    paths = {
        name: value.resolve()
        for name in ("home", "sources_dir", "gazetteer_pack", "corrections", "removals")
        if (value := getattr(settings, name)) is not None
    }
    return settings.model_copy(update=paths | {"alert_webhook": None, "log_file": None})
