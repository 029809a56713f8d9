"""One writer at a time: a lock that dies with the process that holds it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from civic_etl.errors import LockedError
from civic_etl.file_locks import open_to_lock, try_to_lock


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the advisory lock file `path` for the length of the block.

    The kernel releases it when the process ends, however it ends, so no stale lock can block the next night. Raises
    LockedError naming the process that holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = open_to_lock(path)
    try:
        if not try_to_lock(descriptor):
            raise LockedError(
                f"the warehouse is being written by process {holder(path) or 'unknown'}; "
                "wait for it to end, or stop it, and run again",
                file=str(path),
            )
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
        if try_to_lock(file.fileno(), shared=True):
            return None
        text = file.read().strip()
    return int(text) if text.isdigit() else None
