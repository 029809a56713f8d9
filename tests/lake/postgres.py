"""A real PostgreSQL on loopback, from the programs of this machine: `apt-get install postgresql`, or any on PATH."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def postgres(folder: Path, *, fsync: bool = False) -> Iterator[str]:
    """How to connect to a server with its data in `folder`, without the name of a database.

    Tests do without `fsync`: nobody pulls the plug.
    """
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    data.mkdir()
    user = _give_away(folder)
    _run(user, [programs / "initdb", "-D", data, "-U", "civic", "--auth=trust", "-N", "-E", "UTF8", "--locale=C"])
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync={'on' if fsync else 'off'}"
    )
    _run(user, [programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-t", "300", "-w", "start"])
    try:
        yield f"host=127.0.0.1 port={port} user=civic"
    finally:
        _run(user, [programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])


def _programs() -> Path | None:
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which("initdb")
    folders = [Path(found).parent, *folders] if found else folders
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def _give_away(folder: Path) -> str | None:
    """PostgreSQL does not run as root: the folder and the way to it are for another user then."""
    if os.getuid() != 0:
        return None
    for path in (folder, folder / "data"):
        shutil.chown(path, "nobody")
    for parent in folder.parents:
        if parent.stat().st_uid == 0 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    return "nobody"


def _run(user: str | None, command: list[object]) -> None:
    words = [str(word) for word in command]
    prefix = ["setpriv", f"--reuid={user}", "--clear-groups"] if user else []
    # The server keeps the pipes of whoever started it.
    subprocess.run([*prefix, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
