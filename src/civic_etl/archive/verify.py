"""Check that the archive is whole: members, digests, HTTP heads, and the index against the files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from fastwarc.warc import WarcRecord, WarcRecordType

from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, read_index
from civic_etl.archive.members import walk_members
from civic_etl.archive.objects import ObjectStore
from civic_etl.archive.reader import iterate_records, page_from
from civic_etl.errors import ArchiveError


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


def verify_folder(root: Path, source: str) -> VerifyReport:
    """Check one source's folder under `root`."""
    problems: list[Problem] = []
    records = size = 0
    pages: dict[tuple[str, int], str] = {}
    files = sorted((root / source).glob("*.warc.gz"))
    for path in files:
        name = path.relative_to(root).as_posix()
        size += path.stat().st_size
        records += _verify_file(path, name, pages, problems)
    _verify_index(read_index(root / source / INDEX_NAME), f"{source}/{INDEX_NAME}", pages, problems)
    return VerifyReport(len(files), records, size, tuple(problems))


def verify_store(store: ObjectStore, source: str) -> VerifyReport:
    """Check what a store holds of one source, in the same way: each file is copied here to be read."""
    problems: list[Problem] = []
    records = 0
    pages: dict[tuple[str, int], str] = {}
    files = store.files(source)
    for name in files:
        with TemporaryDirectory(prefix="civic-etl-") as folder:
            path = Path(folder) / name.rsplit("/", 1)[-1]
            store.fetch(name, path)
            records += _verify_file(path, name, pages, problems)
    _verify_index(_listed(store, source), f"{source}/{INDEX_NAME}", pages, problems)
    return VerifyReport(len(files), records, sum(files.values()), tuple(problems))


def _listed(store: ObjectStore, source: str) -> Iterator[IndexEntry]:
    yield from store.index(source)


def _verify_file(path: Path, name: str, pages: dict[tuple[str, int], str], problems: list[Problem]) -> int:
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
                reason = _verify_record(record, name, offset, pages)
                if reason:
                    problems.append(Problem(name, offset, reason))
    except ArchiveError as error:
        problems.append(Problem(name, error.row, error.message))
    if whole and records != members:
        problems.append(Problem(name, None, f"{members} gzip members but {records} records"))
    return records


def _verify_record(record: WarcRecord, name: str, offset: int, pages: dict[tuple[str, int], str]) -> str | None:
    record.freeze()
    if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
        return "WARC-Block-Digest does not fit"
    if record.record_type == WarcRecordType.revisit:
        pages[name, offset] = "-"
    if record.record_type == WarcRecordType.response:
        try:
            pages[name, offset] = page_from(record, name=name, offset=offset).digest
        except ArchiveError as error:
            pages[name, offset] = "-"
            return error.message
    return None


def _verify_index(
    entries: Iterable[IndexEntry], name: str, pages: dict[tuple[str, int], str], problems: list[Problem]
) -> None:
    listed: set[tuple[str, int]] = set()
    try:
        for line, entry in enumerate(entries, start=1):
            key = (entry.filename, entry.offset)
            listed.add(key)
            if key not in pages:
                problems.append(Problem(name, line, f"names no record: {entry.filename} at {entry.offset}"))
            elif "-" not in (entry.digest, pages[key]) and entry.digest != pages[key]:
                problems.append(Problem(name, line, f"digest differs from the record at {entry.offset}"))
    except ArchiveError as error:
        problems.append(Problem(name, error.row, error.message))
    missing = len(pages.keys() - listed)
    if missing:
        problems.append(Problem(name, None, f"{missing} records are not in the index; rebuild it"))
