"""One writer at a time: a lock that dies with the process that holds it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from civic_etl.errors import LockedError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the advisory lock file `path` for the length of the block.

    The kernel releases it when the process ends, however it ends, so no stale lock can block the next night. Raises
    LockedError naming the process that holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(
                f"the warehouse is being written by process {holder(path) or 'unknown'}; "
                "wait for it to end, or stop it, and run again",
                file=str(path),
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)


def holder(path: Path) -> int | None:
    """The process id written in the lock file, or None where nobody holds the lock."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            text = file.read().strip()
            return int(text) if text.isdigit() else None
    return None
