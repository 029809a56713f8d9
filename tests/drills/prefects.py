"""A Prefect server of a drill's own that can be killed and started again, and what is asked of it."""

import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from .nights import without_settings

ROOT = Path(__file__).parents[2]
_QUIET = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "NO_PROXY": "127.0.0.1"}
_STARTS_WITHIN = 120.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Prefect:
    """A server with its database in `home`, at one address however often it is started."""

    home: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"http://127.0.0.1:{self.port}/api"

    @property
    def env(self) -> dict[str, str]:
        """The environment of a program that talks to it; nothing of the caller's own settings."""
        return {**without_settings(), **_QUIET, "PREFECT_HOME": str(self.home)}

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "prefect", "server", "start", "--port", str(self.port), "--no-ui"]
        self.process = subprocess.Popen(
            command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        give_up = time.monotonic() + _STARTS_WITHIN
        while not self.answers():
            assert self.process.poll() is None, "the Prefect server ended"
            assert time.monotonic() < give_up, "the Prefect server does not answer"
            time.sleep(0.2)

    def answers(self) -> bool:
        """Whether it is there."""
        try:
            return httpx.get(f"{self.url}/health", timeout=2, trust_env=False).is_success
        except httpx.HTTPError:
            return False

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def close(self) -> None:
        """End it as an operator would."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def command(self, *words: str, **more: str) -> str:
        """Run Prefect's own command in the checkout and give what it printed."""
        ran = subprocess.run(
            [sys.executable, "-m", "prefect", "--no-prompt", *words],
            env={**self.env, "PREFECT_API_URL": self.url, **more},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def worker(self, pool: str, log: Path, **more: str) -> "subprocess.Popen[bytes]":
        """Start a process worker; what its runs say goes to `log`."""
        with log.open("ab") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "prefect", "worker", "start", "--pool", pool],
                env={**self.env, "PREFECT_API_URL": self.url, "PREFECT_WORKER_QUERY_SECONDS": "1", **more},
                cwd=ROOT,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Ask its API, again while its database is busy: as Prefect's own client does."""
        for _ in range(20):
            answer = httpx.post(f"{self.url}/{path}", json=body, timeout=30, trust_env=False)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            time.sleep(1)
        answer.raise_for_status()
        return answer.json()

    def run(self, run_id: str) -> dict[str, Any]:
        """What it says of a run."""
        answer = httpx.get(f"{self.url}/flow_runs/{run_id}", timeout=30, trust_env=False)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def state(self, run_id: str) -> str:
        """The type of a run's state."""
        return str(self.run(run_id)["state_type"])

    def reason(self, run_id: str) -> str:
        """What a run's state says."""
        return str(self.run(run_id)["state"]["message"])

    def seconds_before(self, run_id: str) -> float:
        """How long a run waited from the moment it was wanted until it ran."""
        found = self.run(run_id)
        began, wanted = (datetime.fromisoformat(found[name]) for name in ("start_time", "expected_start_time"))
        return (began - wanted).total_seconds()

    def an_hour_ago(self, run_id: str) -> None:
        """Let a run have come into its state an hour before it did: a drill has no hour to wait."""
        earlier = "strftime('%Y-%m-%d %H:%M:%f', timestamp, '-1 hour')"
        statement = f"update flow_run_state set timestamp = {earlier} where flow_run_id = ?"
        with closing(sqlite3.connect(self.home / "prefect.db", timeout=30)) as con:
            assert con.execute(statement, [run_id]).rowcount > 0
            con.commit()

    def await_end(self, run_id: str, seconds: float) -> str:
        """Wait until a run has ended; gives the type of its last state."""
        give_up = time.monotonic() + seconds
        while (state := self.state(run_id)) in {"SCHEDULED", "PENDING", "RUNNING", "CANCELLING"}:
            assert time.monotonic() < give_up, f"the run is still {state}"
            time.sleep(0.2)
        return state

    def begin(self, deployment: str, **parameters: Any) -> str:
        """Start a run of a deployment now; gives its id."""
        found = httpx.get(f"{self.url}/deployments/name/{deployment}", timeout=30, trust_env=False)
        found.raise_for_status()
        return str(self.post(f"deployments/{found.json()['id']}/create_flow_run", {"parameters": parameters})["id"])

    def cancel(self, run_id: str) -> None:
        """Ask for a run's end as Prefect's page does."""
        self.post(f"flow_runs/{run_id}/set_state", {"state": {"type": "CANCELLING", "name": "Cancelling"}})
