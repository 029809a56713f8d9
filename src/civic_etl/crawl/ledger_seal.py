"""The seal of the crawl ledger: its digest, written at the end of a run and broken by the next that opens it to write.

SQLite notices damage where it hits the structure of the file, and takes a flipped bit in a value for the value.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from civic_etl.errors import FetchError
from civic_etl.file_locks import open_to_lock, try_to_lock
from civic_etl.sqlite_damage import damage_of
from civic_etl.whole_files import digest, seal_of, sealed_digest, write_seal

ADVICE = "move it away: the next night begins another and asks for every listed page again"
# Ledgers that this process has found sound: the first of its many openings is enough.
_LOOKED_THROUGH: set[tuple[str, int]] = set()
_LOOKING = Lock()


def break_seal(path: Path) -> int:
    """Before a ledger is opened to write: look whether it is as it was sealed, or sound where nothing sealed it.

    Returns the descriptor of a lock that keeps others from sealing it; close it with the ledger. Raises FetchError.
    """
    descriptor = _lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        with _LOOKING:
            is_sealed = require_as_sealed(path)
            if path.is_file() and _file(path) not in _LOOKED_THROUGH:
                if not is_sealed:
                    _require_sound(path)
                _LOOKED_THROUGH.add(_file(path))
            seal_of(path).unlink(missing_ok=True)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def require_as_sealed(path: Path) -> bool:
    """Whether a ledger is sealed; raises FetchError where it is not what was sealed."""
    sealed = sealed_digest(path)
    if sealed is None or not path.exists():
        # One that was moved away leaves its seal.
        return False
    if digest(path) == sealed:
        return True
    if sealed_digest(path) != sealed:
        # Somebody has begun to write it meanwhile.
        return False
    raise FetchError(f"crawl ledger is damaged: it is not what the last run left; {ADVICE}", file=str(path))


def seal(path: Path) -> None:
    """At the end of a run: seal a ledger that nobody has open. One of a run that was killed stays as it is."""
    if not path.is_file():
        return
    with _alone(path) as is_alone:
        if is_alone and not path.with_name(f"{path.name}-wal").exists():
            write_seal(path)


def _require_sound(path: Path) -> None:
    """SQLite's own look at the structure of a ledger; where it is locked, whoever writes it has looked."""
    found = damage_of(path.resolve().as_uri())
    if found is not None:
        raise FetchError(f"crawl ledger is damaged: {' '.join(found.split())}; {ADVICE}", file=str(path))


def _file(path: Path) -> tuple[str, int]:
    return str(path.resolve()), path.stat().st_ino


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    descriptor = _lock(path)
    try:
        yield try_to_lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(path: Path) -> int:
    return open_to_lock(path.with_name(f"{path.name}.lock"))
