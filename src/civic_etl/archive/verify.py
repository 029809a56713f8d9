"""Check that the archive is whole: members, digests, HTTP heads, and the index against the files."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from fastwarc.warc import WarcRecord, WarcRecordType

from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, read_index
from civic_etl.archive.indexing import index_file
from civic_etl.archive.members import is_boundary, walk_members
from civic_etl.archive.reader import iterate_records, page_from
from civic_etl.errors import ArchiveError

# A purge leaves a record of its own behind those that it keeps, which an index written before does not count in.
_COMPARED = tuple(field.name for field in fields(IndexEntry) if field.name != "group")


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
    unread: set[str] = set()
    pages: dict[tuple[str, int], IndexEntry] = {}
    files = sorted((root / source).glob("*.warc.gz"))
    for path in files:
        name = path.relative_to(root).as_posix()
        size += path.stat().st_size
        records += _verify_file(path, name, problems)
        try:
            pages |= {(name, entry.offset): entry for entry in index_file(path, name)}
        except ArchiveError:
            # Said already; what of the index speaks of this file cannot be compared.
            unread.add(name)
    _verify_index(root / source / INDEX_NAME, f"{source}/{INDEX_NAME}", pages, unread, problems)
    return VerifyReport(len(files), records, size, tuple(problems))


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


def _verify_index(
    path: Path, name: str, pages: dict[tuple[str, int], IndexEntry], unread: set[str], problems: list[Problem]
) -> None:
    """Compare the index with what would be written from the files, field by field."""
    listed: set[tuple[str, int]] = set()
    try:
        for number, entry in enumerate(read_index(path), start=1):
            key = (entry.filename, entry.offset)
            listed.add(key)
            if key in pages:
                wrong = [field for field in _COMPARED if getattr(entry, field) != getattr(pages[key], field)]
                if wrong:
                    problems.append(Problem(name, number, f"{wrong[0]} differs from the record at {entry.offset}"))
                elif not is_boundary(path.parents[1] / entry.filename, entry.end):
                    problems.append(Problem(name, number, f"no record begins behind the one at {entry.offset}"))
            elif key not in pages and entry.filename not in unread:
                problems.append(Problem(name, number, f"names no record: {entry.filename} at {entry.offset}"))
    except ArchiveError as error:
        problems.append(Problem(name, error.row, error.message))
    missing = len(pages.keys() - listed)
    if missing:
        problems.append(Problem(name, None, f"{missing} records are not in the index; rebuild it"))
