"""Check that the archive is whole: members, digests, HTTP heads, and the index against the files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from fastwarc.warc import WarcRecord, WarcRecordType

from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, read_index
from civic_etl.archive.indexing import index_file
from civic_etl.archive.members import walk_members
from civic_etl.archive.objects import ObjectStore
from civic_etl.archive.reader import iterate_records, page_from
from civic_etl.errors import ArchiveError

# A purge leaves a record of its own behind those that it keeps, which an index written before does not count in.
_COMPARED = tuple(each.name for each in fields(IndexEntry) if each.name != "group")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in which file (relative to the archive), at which byte or line."""

    path: str
    position: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """Counts over the files checked, and every problem met; `ok` when there is none."""

    files: int
    records: int
    bytes: int
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @classmethod
    def join(cls, reports: Iterable[Self]) -> Self:
        """One report over several sources."""
        parts = list(reports)
        return cls(
            files=sum(part.files for part in parts),
            records=sum(part.records for part in parts),
            bytes=sum(part.bytes for part in parts),
            problems=tuple(problem for part in parts for problem in part.problems),
        )


@dataclass(slots=True)
class _Held:
    """What the files of a source hold, as an index of them would say; `ends` is where records may end.

    What the index speaks of a file that is `unread` cannot be compared: its damage is said already.
    """

    pages: dict[tuple[str, int], IndexEntry] = field(default_factory=dict)
    ends: set[tuple[str, int]] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    records: int = 0

    def look_into(self, path: Path, name: str) -> None:
        """Check a file, and keep what it holds."""
        self.records += _verify_file(path, name, self.problems)
        try:
            self.pages |= {(name, entry.offset): entry for entry in index_file(path, name)}
            self.ends |= {(name, offset) for offset, _ in walk_members(path)} | {(name, path.stat().st_size)}
        except ArchiveError:
            self.unread.add(name)


def verify_folder(root: Path, source: str) -> VerifyReport:
    """Check one source's folder under `root`."""
    held = _Held()
    files = sorted((root / source).glob("*.warc.gz"))
    for path in files:
        held.look_into(path, path.relative_to(root).as_posix())
    _verify_index(read_index(root / source / INDEX_NAME), f"{source}/{INDEX_NAME}", held)
    return VerifyReport(len(files), held.records, sum(path.stat().st_size for path in files), tuple(held.problems))


def verify_store(store: ObjectStore, source: str) -> VerifyReport:
    """Check what a store holds of one source, in the same way: each file is copied here to be read."""
    held = _Held()
    files = store.files(source)
    for name in files:
        with TemporaryDirectory(prefix="civic-etl-") as folder:
            path = Path(folder) / name.rsplit("/", 1)[-1]
            store.fetch(name, path)
            held.look_into(path, name)
    _verify_index(_listed(store, source), f"{source}/{INDEX_NAME}", held)
    return VerifyReport(len(files), held.records, sum(files.values()), tuple(held.problems))


def _listed(store: ObjectStore, source: str) -> Iterator[IndexEntry]:
    yield from store.index(source)


def _verify_file(path: Path, name: str, problems: list[Problem]) -> int:
    members = records = 0
    whole = True
    try:
        for _ in walk_members(path):
            members += 1
    except ArchiveError as error:
        whole = False
        problems.append(Problem(name, error.row, error.message))
    try:
        with path.open("rb") as file:
            for record in iterate_records(file, name):
                records += 1
                offset = record.stream_pos
                reason = _verify_record(record, name, offset)
                if reason:
                    problems.append(Problem(name, offset, reason))
    except ArchiveError as error:
        problems.append(Problem(name, error.row, error.message))
    if whole and records != members:
        problems.append(Problem(name, None, f"{members} gzip members but {records} records"))
    return records


def _verify_record(record: WarcRecord, name: str, offset: int) -> str | None:
    record.freeze()
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        return "WARC-Block-Digest does not fit"
    if record.record_type == WarcRecordType.response:
        try:
            page_from(record, name=name, offset=offset)
        except ArchiveError as error:
            return error.message
    return None


def _verify_index(entries: Iterable[IndexEntry], name: str, held: _Held) -> None:
    """Compare the index with what would be written from the files, field by field."""
    listed: set[tuple[str, int]] = set()
    try:
        for line, entry in enumerate(entries, start=1):
            key = (entry.filename, entry.offset)
            listed.add(key)
            reason = _difference(entry, held)
            if reason:
                held.problems.append(Problem(name, line, reason))
    except ArchiveError as error:
        held.problems.append(Problem(name, error.row, error.message))
    missing = len(held.pages.keys() - listed)
    if missing:
        held.problems.append(Problem(name, None, f"{missing} records are not in the index; rebuild it"))


def _difference(entry: IndexEntry, held: _Held) -> str:
    known = held.pages.get((entry.filename, entry.offset))
    if known is None:
        return "" if entry.filename in held.unread else f"names no record: {entry.filename} at {entry.offset}"
    wrong = [each for each in _COMPARED if getattr(entry, each) != getattr(known, each)]
    if wrong:
        return f"{wrong[0]} differs from the record at {entry.offset}"
    if (entry.filename, entry.end) not in held.ends:
        return f"no record begins behind the one at {entry.offset}"
    return ""
