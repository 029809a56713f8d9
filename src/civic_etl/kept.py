"""What takes seconds to make of the package's own files, kept beside its compiled modules as Python keeps those."""

import contextlib
import hashlib
import importlib.util
import marshal
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from civic_etl.garbage import uncollected

T = TypeVar("T")
_PACKAGE = Path(__file__).parent
_MADE_OF = (".py", ".yaml", ".txt")
_DIGEST = hashlib.sha256
_SIZE = _DIGEST().digest_size


def kept(name: str, make: Callable[[], T], *, of: bytes = b"") -> T:
    """What `make` gives, of dicts, lists, tuples and plain values: as an earlier process kept it, else made anew.

    It is kept under `name` for as long as no file of the package changes, nor `of`, the state of what else it is made
    of; a file that is damaged counts for nothing, and a folder that cannot be written to keeps nothing. Python's own
    settings for compiled modules hold for it, too.
    """
    path = _path(name)
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    now = _DIGEST(_state() + of).digest()
    state, seal, told = data[:_SIZE], data[_SIZE : 2 * _SIZE], data[2 * _SIZE :]
    # nothing of it is garbage, and looking for some takes longer than reading it
    with uncollected():
        if state == now and seal == _DIGEST(told).digest():
            # who can write here can write compiled modules as well
            found: T = marshal.loads(told)  # noqa: S302
            return found
        made = make()
    if not sys.dont_write_bytecode:
        with contextlib.suppress(OSError):
            _keep(path, now, made)
    return made


def _keep(path: Path, state: bytes, made: Any) -> None:
    told = marshal.dumps(made)
    path.parent.mkdir(parents=True, exist_ok=True)
    # several processes may keep the same at once
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(state + _DIGEST(told).digest() + told)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _path(name: str) -> Path:
    """Where Python would keep the compiled form of a module of that name."""
    return Path(importlib.util.cache_from_source(str(_PACKAGE / f"{name}.py"))).with_suffix(".kept")


@lru_cache(maxsize=1)
def _state() -> bytes:
    """Tells one state of the package's files from another, as Python tells whether a compiled module is out of date."""
    told = _DIGEST(sys.version.encode())
    for path in sorted(each for suffix in _MADE_OF for each in _PACKAGE.rglob(f"*{suffix}")):
        status = path.stat()
        told.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return told.digest()
