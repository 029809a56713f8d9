"""Overwrite records of WARC files, those that must go and those that are damaged; everything else keeps its place.

Rows of the warehouse and of the crawl ledger say where a record lies by its byte in the file. So an exchange is not
cut out: its bytes are replaced by one record, as long as they were, which says that something stood here.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from fastwarc.warc import WarcRecordType

from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, read_index, write_index
from civic_etl.archive.export import inside
from civic_etl.archive.members import is_boundary, next_member, walk_members
from civic_etl.archive.records import note_member
from civic_etl.archive.store import Archive
from civic_etl.errors import ArchiveError

_FLAGS, _HEAD, _COMMENT = 3, 10, 16


def held(archive: Archive, source: str, is_gone: Callable[[str], bool]) -> list[IndexEntry]:
    """The records of a source whose address is to go. Raises ArchiveError for an index that cannot be read."""
    return [entry for entry in archive.index(source) if is_gone(entry.url)]


def purge(archive: Archive, source: str, is_gone: Callable[[str], bool]) -> int:
    """Overwrite every exchange of a source whose address is to go; returns how many.

    Each file is replaced in one step, and the index after the files: killed in between, the next purge goes on there.
    Raises ArchiveError where the archive is damaged, BusyArchiveError where it is being written.
    """
    with archive.writer(source):
        gone = sorted(held(archive, source, is_gone), key=lambda entry: (entry.filename, entry.offset))
        for name, entries in groupby(gone, key=lambda entry: entry.filename):
            with archive.copy(name) as path:
                _overwrite(path, list(entries))
                if archive.store is not None and path != inside(archive.root, name):
                    archive.store.replace(name, path)
        index = archive.root / source / INDEX_NAME
        if gone:
            write_index(index, [entry for entry in read_index(index) if not is_gone(entry.url)])
        if gone and archive.store is not None:
            archive.store.change_index(source, lambda found: [e for e in found if not is_gone(e.url)])
    return len(gone)


def _overwrite(path: Path, entries: Iterable[IndexEntry]) -> None:
    fresh = path.with_name(path.name + ".new")
    shutil.copyfile(path, fresh)
    with fresh.open("r+b") as file:
        for entry in entries:
            if not (is_boundary(path, entry.offset) and is_boundary(path, entry.end)):
                raise ArchiveError("the index does not fit the file: repair it", file=str(path), row=entry.offset)
            file.seek(entry.offset)
            file.write(_filler(entry.group, path, entry.offset, "purged"))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def salvage(path: Path) -> int:
    """Overwrite what is damaged in the middle of a file, so that all behind it can be read; returns how many bytes.

    For a file that there is no copy of: the damaged records are lost. Where nothing whole follows the end is cut off.
    """
    lost, start = 0, 0
    while True:
        try:
            for offset, length in walk_members(path, start):
                start = offset + length
        except ArchiveError:
            behind = next_member(path, start + 1)
            with path.open("r+b") as file:
                if behind is None:
                    lost += file.seek(0, os.SEEK_END) - start
                    file.truncate(start)
                    os.fsync(file.fileno())
                    return lost
                file.seek(start)
                file.write(_filler(behind - start, path, start, "damaged"))
                file.flush()
                os.fsync(file.fileno())
            lost += behind - start
        else:
            return lost


def _filler(length: int, path: Path, offset: int, word: str) -> bytes:
    """A gzip member of exactly that length: what it lacks stands in the comment that its head may have."""
    note = note_member(WarcRecordType.metadata, datetime.now(UTC), {"civic-outcome": word})
    missing = length - len(note)
    if missing < 0:
        raise ArchiveError("the record is too short to be replaced", file=str(path), row=offset)
    if missing == 0:
        return note
    flags = note[_FLAGS] | _COMMENT
    return note[:_FLAGS] + bytes([flags]) + note[_FLAGS + 1 : _HEAD] + b"." * (missing - 1) + b"\0" + note[_HEAD:]
