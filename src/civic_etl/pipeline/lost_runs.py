"""Runs whose process is gone and that Prefect still takes for running: the next run of this home tells it.

A run tells Prefect itself how it ended, or its worker does. Where both were killed, or the server was not there to hear
it, it would be `Running` for ever. So every run has a file named by its id, locked for as long as its process lives.
One that was killed before it could have a file is `Pending`, as no run of a deployment is for long.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from civic_etl.file_locks import open_to_lock, try_to_lock
from civic_etl.pipeline.progress import say
from civic_etl.settings import get_settings

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

_REASON = "The process of this run ended without a word, as a later run found."
# A worker starts a process within seconds, on a machine that is very busy within minutes.
_STARTS_WITHIN = timedelta(minutes=30)


def tell_of_lost_runs(flow: Any, flow_run: Any, state: Any) -> None:
    """Prefect's hook for a flow that begins to run: note this run, and tell of those that are no more."""
    from prefect.client.orchestration import get_client

    folder = under_way(get_settings().state_dir)
    _note(folder, str(flow_run.id))
    mine = str(flow_run.id)
    lost = [path for path in folder.glob("[!.]*") if path.name != mine and _is_free(path)]
    if not lost and flow_run.deployment_id is None:
        return
    with get_client(sync_client=True) as client:
        for path in lost:
            _tell(client, path.name)
            path.unlink(missing_ok=True)
        if flow_run.deployment_id is not None:
            for name in _never_begun(client, flow_run.deployment_id):
                _tell(client, name)


def under_way(state_dir: Path) -> Path:
    """Where the files of runs lie that are under way, or were lost."""
    return state_dir / "under_way"


class _Held:
    """The file of the run that this process is at: its lock goes with the next one, or with the process."""

    descriptor: int | None = None


def _note(folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if _Held.descriptor is not None:
        os.close(_Held.descriptor)
        _Held.descriptor = None
    # Locked before it has the name that others look for. A hidden one whose process died in between says nothing.
    fresh = folder / f".{name}"
    descriptor = open_to_lock(fresh)
    try_to_lock(descriptor)
    fresh.replace(folder / name)
    _Held.descriptor = descriptor


def _is_free(path: Path) -> bool:
    """Whether the process that made the file is no more."""
    try:
        with path.open("rb") as file:
            return try_to_lock(file.fileno(), shared=True)
    except FileNotFoundError:
        return False


def _never_begun(client: "SyncPrefectClient", deployment: UUID) -> list[str]:
    """The runs of a deployment that a worker took to start them, so long ago that it cannot be at it any more."""
    from prefect.client.schemas.filters import (
        FlowRunFilter,
        FlowRunFilterDeploymentId,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType

    pending = FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.PENDING]))
    wanted = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[deployment]), state=pending)
    since = datetime.now(UTC) - _STARTS_WITHIN
    runs = client.read_flow_runs(flow_run_filter=wanted)
    return [str(run.id) for run in runs if run.state is not None and run.state.timestamp < since]


def _tell(client: "SyncPrefectClient", name: str) -> None:
    """Say of a run that it crashed, where Prefect takes it for one that will end yet."""
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Crashed

    try:
        run = client.read_flow_run(UUID(name))
    except (ObjectNotFound, ValueError):
        # of another server's, or deleted there; or no run at all
        return
    if run.state is None or run.state.is_final() or run.state.is_scheduled():
        return
    client.set_flow_run_state(run.id, Crashed(message=_REASON))
    say(f"{run.name}, a run that was lost, is {run.state.name} for Prefect no more, but crashed")
