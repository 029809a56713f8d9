"""Prefect as a quiet guest: everything of it under the warehouse's home, no telemetry, its own log lines out of sight.

Call `settle` before anything imports prefect: it reads its settings once.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

from civic_etl.pipeline.deaf import deaf
from civic_etl.pipeline.outlived import Watch
from civic_etl.settings import Settings

_NO_TELEMETRY = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
_QUIET = {
    # What the run has to say comes from us; Prefect keeps its own lines for the run's page.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "civic_etl",
    # The first start of a new home migrates its database, which a slow machine needs time for.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


def prefect_home(settings: Settings) -> Path:
    """Where Prefect keeps its database and profiles."""
    return (settings.state_dir / "prefect").resolve()


def settle(settings: Settings) -> None:
    """Set Prefect's environment for this process and its children; what is set already stays, but for telemetry."""
    home = prefect_home(settings)
    home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(home))
    os.environ |= _NO_TELEMETRY
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    _keep_loopback_direct()


def keep_server() -> None:
    """The small server that Prefect starts with a run hears no Ctrl-C, for the run still tells it how it ended; and
    it goes with the run, however that ends.
    """
    if os.environ.get("PREFECT_API_URL"):
        return
    from prefect.server.api.server import SubprocessASGIServer

    class OwnServer(SubprocessASGIServer):
        _watch: Watch | None = None

        def _run_uvicorn_command(self) -> "subprocess.Popen[Any]":
            self._call_off()
            with deaf():
                server = super()._run_uvicorn_command()
            self._watch = Watch(server.pid)
            return server

        def stop(self) -> None:
            super().stop()
            self._call_off()

        def _call_off(self) -> None:
            if self._watch is not None:
                self._watch.call_off()
                self._watch = None

    # There is one in a process, which is made by whoever asks first.
    OwnServer()


def _keep_loopback_direct() -> None:
    """The server of a run listens on loopback, where no proxy can reach it."""
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))
