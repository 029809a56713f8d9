"""Append exchanges to a source's WARC files: one open file, one fsync an exchange, never a torn record left behind."""

import os
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

import civic_etl
from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, read_index, sort_index, write_index
from civic_etl.archive.exchange import Exchange, Original, WarcRef
from civic_etl.archive.indexing import index_file
from civic_etl.archive.members import cut_torn_tail, is_boundary
from civic_etl.archive.records import exchange_members, warcinfo_member
from civic_etl.errors import ArchiveError
from civic_etl.file_locks import try_to_lock

MAX_FILE_BYTES = 1_000_000_000


class BusyArchiveError(ArchiveError):
    """Another process holds the source's folder; it will let go."""


class ArchiveWriter:
    """The one writer of a source's folder, held by a lock file until `close`.

    Opening repairs what a crash left: a torn last record is cut off (`cut_bytes` says how much) and whole records
    that the index missed are indexed. Raises BusyArchiveError if another process is writing the same source.
    """

    def __init__(
        self,
        root: Path,
        source: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        max_file_bytes: int = MAX_FILE_BYTES,
        published: Callable[[], Collection[str]] = tuple,
    ) -> None:
        """`published` names the files that lie in a store: they are written no more, and sealed copies of them go."""
        self.root = root
        self.source = source
        self.cut_bytes = 0
        self._now = now
        self._max = max_file_bytes
        self._folder = root / source
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self._folder / ".lock").open("a")
            is_mine = try_to_lock(self._lock.fileno())
        except OSError as error:
            raise self._cannot_write(self._folder, error) from error
        if not is_mine:
            self._lock.close()
            raise BusyArchiveError("another process is writing this source's archive", source=source)
        self._file: int | None = None
        self._path = self._folder
        self._month = ""
        self._size = 0
        self._dirty = False
        self._index_path = self._folder / INDEX_NAME
        try:
            self._published = frozenset(published())
            self._drop_copies()
            self._repair()
            self._index = self._index_path.open("a", encoding="utf-8", newline="\n")
        except OSError as error:
            self._lock.close()
            raise self._cannot_write(self._folder, error) from error
        except ArchiveError:
            self._lock.close()
            raise

    def response(self, exchange: Exchange, metadata: Mapping[str, str] | None = None) -> WarcRef:
        """Write response, request and metadata records; on return they are on disk."""
        return self._append(exchange, None, metadata or {})

    def revisit(self, exchange: Exchange, original: Original, metadata: Mapping[str, str] | None = None) -> WarcRef:
        """Write that the page was as `original` has it: a 304, or a body of the same digest."""
        return self._append(exchange, original, metadata or {})

    def close(self) -> None:
        """Sort the index and let the lock go. Raises ArchiveError where the index cannot be written: the next opening
        repairs it."""
        if self._lock.closed:
            return
        self._close_file()
        try:
            self._index.close()
            if self._dirty:
                sort_index(self._index_path)
        except OSError as error:
            raise self._cannot_write(self._index_path, error) from error
        finally:
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, exchange: Exchange, original: Original | None, metadata: Mapping[str, str]) -> WarcRef:
        self._roll()
        record_id, members = exchange_members(exchange, original, metadata)
        offset = self._size
        self._write(b"".join(members))
        name = self._path.relative_to(self.root).as_posix()
        entry = IndexEntry(
            url=exchange.url,
            timestamp=exchange.fetched_at.astimezone(UTC).strftime("%Y%m%d%H%M%S"),
            mime="warc/revisit" if original else _mime(exchange),
            status=exchange.status,
            digest="-" if original else exchange.digest,
            filename=name,
            offset=offset,
            length=len(members[0]),
            group=self._size - offset,
            record_id=record_id,
            role=exchange.role,
        )
        self._dirty = True
        try:
            self._index.write(entry.line())
            self._index.flush()
        except OSError as error:
            raise self._cannot_write(self._index_path, error) from error
        return WarcRef(name, offset, record_id)

    def _write(self, data: bytes) -> None:
        """Append all of `data` or nothing of it. Raises ArchiveError."""
        if self._file is None:
            raise ArchiveError("the writer has no open file", source=self.source)
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._file, view) :]
            os.fsync(self._file)
        except OSError as error:
            # What came after half a record could not be read.
            os.ftruncate(self._file, self._size)
            raise self._cannot_write(self._path, error) from error
        self._size += len(data)

    def _cannot_write(self, path: Path, error: OSError) -> ArchiveError:
        return ArchiveError(f"the archive cannot be written: {error.strerror}", source=self.source, file=str(path))

    def _roll(self) -> None:
        """Open the month's file, a new one when the month turned or the file is full."""
        month = self._now().astimezone(UTC).strftime("%Y-%m")
        if self._file is not None and month == self._month and self._size < self._max:
            return
        self._close_file()
        path = self._newest(month)
        self._month, self._path = month, path
        try:
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        except OSError as error:
            raise self._cannot_write(path, error) from error
        self._size = os.fstat(self._file).st_size
        if self._size == 0:
            self._write(warcinfo_member(path.name, self._now(), f"civic-etl/{civic_etl.__version__}"))
            _sync_folder(self._folder)

    def _drop_copies(self) -> None:
        """Remove local files that the store has as they are; one that is not sealed may be another with its name."""
        for name in self._published:
            path = self.root / name
            if path.exists() and is_sealed(path):
                path.unlink()

    def _newest(self, month: str) -> Path:
        """The month's file that is to be written: the last one, or the one after it where that is full or published."""
        names = {path.name for path in self._folder.glob(f"{month}-????.warc.gz")}
        names |= {name.rsplit("/", 1)[-1] for name in self._published if f"/{month}-" in name}
        number = max((int(name[8:12]) for name in names if name[8:12].isdigit()), default=1)
        path = self._folder / f"{month}-{number:04d}.warc.gz"
        is_published = path.relative_to(self.root).as_posix() in self._published
        is_full = path.exists() and path.stat().st_size >= self._max
        return self._folder / f"{month}-{number + 1:04d}.warc.gz" if is_published or is_full else path

    def _close_file(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _repair(self) -> None:
        """Bring files and index together again; costs a walk over what the index does not know."""
        try:
            ends = self._ends()
            known = read_index(self._index_path)
        except ArchiveError:
            # The index is derived: a damaged one is built again from the files.
            ends, known = {}, iter(())
        fresh: list[IndexEntry] = []
        lost: set[str] = set()
        for path in sorted(self._folder.glob("*.warc.gz")):
            name = path.relative_to(self.root).as_posix()
            start = ends.pop(name, 0)
            if not is_boundary(path, start):
                # The file was cut, or a line of the index damaged: what to cut off must not follow from it.
                lost.add(name)
                start = 0
            self.cut_bytes += cut_torn_tail(path, start)
            if path.stat().st_size > start or name in lost:
                fresh += index_file(path, name, start)
        lost |= ends.keys()
        if fresh or lost or not _ends_whole(self._index_path):
            kept = (entry for entry in known if entry.filename not in lost)
            write_index(self._index_path, chain(kept, fresh))

    def _ends(self) -> dict[str, int]:
        """By file, the byte up to which the index knows it. Raises ArchiveError for a damaged index."""
        ends: dict[str, int] = {}
        for entry in read_index(self._index_path):
            ends[entry.filename] = max(ends.get(entry.filename, 0), entry.end)
        return ends


def is_sealed(path: Path) -> bool:
    """Whether `path` is the copy of a file that was published: nothing is written to it any more."""
    return not path.stat().st_mode & 0o200


def _mime(exchange: Exchange) -> str:
    return (exchange.header("Content-Type") or "unk").split(";")[0].strip().lower() or "unk"


def _ends_whole(path: Path) -> bool:
    if not path.exists() or path.stat().st_size == 0:
        return True
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _sync_folder(folder: Path) -> None:
    """A new file is only safe once its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
