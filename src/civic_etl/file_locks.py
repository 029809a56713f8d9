"""Advisory locks on files: the kernel lets one go when its process ends, however it ends, so none is left behind."""

import fcntl
import os
from pathlib import Path


def open_to_lock(path: Path) -> int:
    """The descriptor of a file to lock, made where there is none; close it to let the lock go. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def try_to_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Lock an open file unless somebody else's lock forbids it; says whether it is locked now. Does not wait."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
