"""Walk the gzip members of a WARC file, and cut off a torn last one."""

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from civic_etl.errors import ArchiveError

_BLOCK = 1 << 16


def walk_members(path: Path, start: int = 0) -> Iterator[tuple[int, int]]:
    """Offset and length in bytes of each whole gzip member of `path` from `start` on.

    Raises ArchiveError (with `row` = the offset) at the first member that is damaged or cut.
    """
    with path.open("rb") as file:
        offset = start
        file.seek(offset)
        pending = b""
        while True:
            engine = zlib.decompressobj(31)
            used = 0
            while not engine.eof:
                data = pending or file.read(_BLOCK)
                pending = b""
                if not data:
                    if used == 0:
                        return
                    raise ArchiveError("gzip member is cut off", file=str(path), row=offset)
                try:
                    # The output is thrown away piece by piece, so that a bomb costs time but no memory.
                    engine.decompress(data, _BLOCK)
                    # At the end of a member the tail is what follows it, and is not to be fed again.
                    while engine.unconsumed_tail and not engine.eof:
                        engine.decompress(engine.unconsumed_tail, _BLOCK)
                except zlib.error as error:
                    raise ArchiveError(f"gzip member is damaged: {error}", file=str(path), row=offset) from error
                used += len(data)
            pending = engine.unused_data
            used -= len(pending)
            yield offset, used
            offset += used


def cut_torn_tail(path: Path, start: int = 0) -> int:
    """Truncate `path` after its last whole gzip member, walking from `start`; return how many bytes were cut.

    Raises ArchiveError, with nothing cut, where whole records stand behind the damage: that is no torn tail.
    """
    good = start
    try:
        for offset, length in walk_members(path, start):
            good = offset + length
    except ArchiveError as error:
        behind = next_member(path, good + 1)
        if behind is not None:
            message = f"damaged from here to byte {behind}, with whole records behind it; restore the file from a copy"
            raise ArchiveError(message, file=str(path), row=good) from error
        size = path.stat().st_size
        with path.open("rb+") as file:
            file.truncate(good)
            file.flush()
            os.fsync(file.fileno())
        return size - good
    return 0


def next_member(path: Path, start: int) -> int | None:
    """Offset of the first gzip member from `start` on that begins as a WARC record does; None where there is none."""
    with path.open("rb") as file:
        data = b""
        file.seek(start)
        base = start
        while block := file.read(_SEARCH):
            data += block
            at = data.find(_MAGIC)
            while at >= 0:
                if _is_record(path, base + at):
                    return base + at
                at = data.find(_MAGIC, at + 1)
            base += len(data) - len(_MAGIC) + 1
            data = data[-len(_MAGIC) + 1 :]
    return None


def is_boundary(path: Path, offset: int) -> bool:
    """Whether a record begins at `offset`, or the file ends there."""
    return offset == path.stat().st_size or _is_record(path, offset)


_MAGIC = b"\x1f\x8b\x08"
_SEARCH = 1 << 20


def _is_record(path: Path, offset: int) -> bool:
    with path.open("rb") as file:
        file.seek(offset)
        try:
            return zlib.decompressobj(31).decompress(file.read(_BLOCK), 5) == b"WARC/"
        except zlib.error:
            return False
