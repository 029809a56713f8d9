"""Build index entries from a WARC file."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path

from fastwarc.warc import WarcRecord, WarcRecordType

from civic_etl.archive.cdxj import IndexEntry
from civic_etl.archive.members import walk_members
from civic_etl.archive.reader import iterate_records, page_from, role_of
from civic_etl.errors import ArchiveError

_INDEXED = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource


def index_file(path: Path, name: str, start: int = 0) -> list[IndexEntry]:
    """Entries of the responses and revisits of a gzipped WARC file from byte `start` on; `name` is its name in the
    index.

    Raises ArchiveError for a damaged file. A response that does not decode is indexed with digest `-`.
    """
    lengths = dict(walk_members(path, start))
    entries: list[IndexEntry] = []
    with path.open("rb") as file:
        file.seek(start)
        for record in iterate_records(file, name, _INDEXED):
            # The iterator counts from where it was given the file.
            offset = _absolute(record.stream_pos, start, lengths)
            entries.append(_entry(record, name, offset, lengths[offset]))
    if not entries:
        # a file begins with a record of itself, and a purge leaves one behind
        return []
    end = max((offset + length for offset, length in lengths.items()), default=start)
    following = [entry.offset for entry in entries[1:]] + [end]
    return [replace(entry, group=after - entry.offset) for entry, after in zip(entries, following, strict=True)]


def _absolute(position: int, start: int, lengths: dict[int, int]) -> int:
    if position in lengths:
        return position
    return position + start


def _entry(record: WarcRecord, name: str, offset: int, length: int) -> IndexEntry:
    revisit = record.record_type == WarcRecordType.revisit
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    timestamp = record.record_date.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    record_id, role = str(record.record_id), role_of(record) or "-"
    if revisit:
        record.parse_http(auto_decode="none", quirks_mode=True)
        status, mime, digest = record.http_headers.status_code or 0, "warc/revisit", "-"
    else:
        try:
            page = page_from(record, name=name, offset=offset)
            mime = (page.header("Content-Type") or "unk").split(";")[0].strip().lower() or "unk"
            status, digest = page.status, page.digest
        except ArchiveError:
            status, mime, digest = 0, "unk", "-"
    return IndexEntry(
        url=url,
        timestamp=timestamp,
        mime=mime,
        status=status,
        digest=digest,
        filename=name,
        offset=offset,
        length=length,
        group=length,
        record_id=record_id,
        role=role,
    )
