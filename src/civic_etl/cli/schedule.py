"""`serve-schedule`: a Prefect server of our own on loopback, and the nightly served on a cron schedule."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from civic_etl.cli.flows import load_flow
from civic_etl.errors import CivicEtlError, SettingsError
from civic_etl.pipeline.outlived import Watch
from civic_etl.pipeline.prefect_home import settle
from civic_etl.settings import Settings

_START_SECONDS = 120.0
_PORT = 4207


def serve(settings: Settings, *, cron: str, timezone: str, sources: Sequence[str] | None = None) -> None:
    """Serve the nightly until interrupted; one run at a time. Raises SettingsError for a schedule that is none."""
    settle(settings)
    with _server():
        from prefect import serve as serve_deployments
        from prefect.schedules import Cron

        try:
            schedule = Cron(cron, timezone=timezone)
            deployment = load_flow("nightly", settings).to_deployment(
                name="nightly", schedule=schedule, parameters={"sources": list(sources) if sources else None}
            )
        except ValueError as error:
            raise SettingsError(f"not a schedule: {cron!r} in {timezone!r}: {error}", field="cron") from error
        sys.stderr.write(f"nightly at '{cron}' ({timezone}), home {settings.home.resolve()}; Ctrl-C to end\n")
        # The schedule stays on when this process stops: started again, it goes on. One run at a time: the warehouse
        # has one writer.
        serve_deployments(deployment, pause_on_shutdown=False, limit=1, print_starting_message=False)


@contextmanager
def _server() -> Iterator[None]:
    """A Prefect server for the length of the block, unless one is named; an ephemeral one would schedule nothing."""
    if os.environ.get("PREFECT_API_URL"):
        yield
        return
    port = int(os.environ.get("PREFECT_SERVER_API_PORT", _PORT))
    url = f"http://127.0.0.1:{port}/api"
    if _answers(url):
        raise CivicEtlError(
            f"something listens on port {port} already: set PREFECT_API_URL={url} if it is your Prefect server, "
            "or PREFECT_SERVER_API_PORT to another port"
        )
    command = [
        sys.executable,
        "-m",
        "prefect",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-ui",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own interpreter
    # A server left behind by `kill -9` would keep the next schedule from starting.
    watch = Watch(process.pid)
    try:
        _await(url, process)
        os.environ["PREFECT_API_URL"] = url
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
        watch.call_off()


def _await(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(url):
        if process.poll() is not None:
            raise CivicEtlError(f"the Prefect server ended at once with code {process.returncode}", url=url)
        if time.monotonic() > deadline:
            raise CivicEtlError(f"the Prefect server did not answer within {_START_SECONDS:g} s", url=url)
        time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
