"""Runs whose process is gone and that Prefect still takes for running: the next run of this home tells it.

A run tells Prefect itself how it ended, or its worker does. Where both were killed, or the server was not there to hear
it, it would be `Running` for ever. So every run has a file named by its id, locked for as long as its process lives.
"""

import fcntl
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from civic_etl.pipeline.progress import say
from civic_etl.settings import get_settings

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

_LOG = logging.getLogger("civic_etl.run")
_REASON = "The process of this run ended without a word; a later run of the same home found its lock free."


def tell_of_lost_runs(flow: Any, flow_run: Any, state: Any) -> None:
    """Prefect's hook for a flow that begins to run: note this run, and tell of those that are no more."""
    from prefect.client.orchestration import get_client

    folder = under_way(get_settings().state_dir)
    _note(folder, str(flow_run.id))
    mine = str(flow_run.id)
    lost = [path for path in folder.glob("[!.]*") if path.name != mine and _is_free(path)]
    if not lost:
        return
    with get_client(sync_client=True) as client:
        for path in lost:
            if _tell(client, path.name):
                say(f"a run that was lost ({path.name}) is no longer running for Prefect, but crashed")
            path.unlink(missing_ok=True)


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
    descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fresh.replace(folder / name)
    _Held.descriptor = descriptor


def _is_free(path: Path) -> bool:
    """Whether the process that made the file is no more."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (BlockingIOError, FileNotFoundError):
        return False
    return True


def _tell(client: "SyncPrefectClient", name: str) -> bool:
    """Say of a run that it crashed, where Prefect takes it for one that will end yet."""
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Crashed

    try:
        run = client.read_flow_run(UUID(name))
    except (ObjectNotFound, ValueError):
        # of another server's, or deleted there; or no run at all
        return False
    if run.state is None or run.state.is_final() or run.state.is_scheduled():
        return False
    client.set_flow_run_state(run.id, Crashed(message=_REASON))
    _LOG.info("run %s was %s for Prefect and has no process", name, run.state.name)
    return True
