"""A run whose process is gone is crashed for Prefect once another one of its home begins; one that lives is not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest

from civic_etl.pipeline.lost_runs import tell_of_lost_runs, under_way
from civic_etl.settings import get_settings

pytestmark = pytest.mark.slow
_HOLDS = """
import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the runs of a home are noted."""
    monkeypatch.setenv("CIVIC_ETL_HOME", str(tmp_path / "home"))
    get_settings.cache_clear()
    found = under_way(get_settings().state_dir)
    found.mkdir(parents=True)
    yield found
    get_settings.cache_clear()


def test_the_lost_are_told_and_the_living_left_alone(folder: Path) -> None:
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.states import Completed, Running

    @flow
    def some() -> None:
        """Any flow."""

    with get_client(sync_client=True) as client:
        lost, alive, over = (client.create_flow_run(some, state=Running()) for _ in range(3))
        client.set_flow_run_state(over.id, Completed())
        for name in (str(lost.id), str(over.id), str(uuid4()), "no run at all"):
            (folder / name).touch()
        command = [sys.executable, "-c", _HOLDS, str(folder / str(alive.id))]
        holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert holder.stdout is not None and holder.stdout.readline() == "held\n"
            mine = uuid4()
            tell_of_lost_runs(some, SimpleNamespace(id=mine, deployment_id=None), None)
        finally:
            holder.kill()
            holder.communicate()
        states = [client.read_flow_run(run.id).state for run in (lost, alive, over)]
    assert [state.type.value for state in states if state] == ["CRASHED", "RUNNING", "COMPLETED"]
    assert states[0] is not None and "without a word" in (states[0].message or "")
    assert {path.name for path in folder.iterdir()} == {str(alive.id), str(mine)}
    # A later one of this process takes its place, and finds the one that was held, now that its process is gone.
    later = uuid4()
    tell_of_lost_runs(some, SimpleNamespace(id=later, deployment_id=None), None)
    assert [path.name for path in folder.iterdir()] == [str(later)]
    with get_client(sync_client=True) as client:
        state = client.read_flow_run(alive.id).state
    assert state is not None and state.is_crashed()
