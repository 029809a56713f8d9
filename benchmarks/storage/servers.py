"""The servers that storage is measured on, each a process of its own on loopback: S3 (moto) and PostgreSQL."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
BUCKET = "bench"
_START_SECONDS = 60

sys.path.insert(0, str(ROOT / "tests"))

from lake import postgres as real  # noqa: E402

_CLIENT = {
    "AWS_ACCESS_KEY_ID": "bench",
    "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    "AWS_REGION": "us-east-1",
    "AWS_ALLOW_HTTP": "true",
}


@contextmanager
def s3(python: Path) -> Iterator[None]:
    """An S3 server with an empty bucket, run by an environment that has moto; the environment names it to clients."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(python), "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=without_path(), stdout=quiet, stderr=quiet) as server:
        try:
            endpoint = f"http://127.0.0.1:{port}"
            _make_bucket(endpoint)
            os.environ.update(_CLIENT, AWS_ENDPOINT_URL=endpoint)
            yield
        finally:
            server.kill()


@contextmanager
def postgres() -> Iterator[str | None]:
    """How to connect to a PostgreSQL that waits for its disk, as one in use does; None where this machine has none."""
    with tempfile.TemporaryDirectory(prefix="civic-bench-postgres-") as folder:
        try:
            context = real.postgres(Path(folder), fsync=True)
            address = context.__enter__()
        except pytest.skip.Exception:
            yield None
            return
        try:
            yield address
        finally:
            context.__exit__(None, None, None)


def without_path() -> dict[str, str]:
    """The environment for another interpreter, which must not see the packages of this one."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def _make_bucket(endpoint: str) -> None:
    give_up = time.monotonic() + _START_SECONDS
    while True:
        try:
            httpx.put(f"{endpoint}/{BUCKET}", trust_env=False).raise_for_status()
            return
        except httpx.TransportError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)
