"""Read pages out of WARC files, ours or anyone's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from civic_etl.archive.decode import dechunk, decode_content
from civic_etl.archive.ends import require_whole_end
from civic_etl.archive.exchange import body_digest
from civic_etl.archive.page import Page
from civic_etl.archive.records import ROLE_HEADER
from civic_etl.errors import ArchiveError

# Largest page that is read into memory, compressed or not; articles are far smaller.
PAGE_LIMIT = 64_000_000


def iterate_records(
    stream: BinaryIO, name: str, kinds: WarcRecordType = WarcRecordType.any_type
) -> Iterator[WarcRecord]:
    """The records of an open WARC file (plain or compressed). Raises ArchiveError where the reader gives up."""
    iterator = iter(ArchiveIterator(stream, record_types=kinds, parse_http=False))
    while True:
        try:
            record = next(iterator)
        except StopIteration:
            return
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            raise ArchiveError(f"WARC cannot be read on: {error}", file=name) from error
        yield record


def page_from(
    record: WarcRecord, *, name: str, offset: int, source: str | None = None, limit: int = PAGE_LIMIT
) -> Page:
    """The Page in a response or resource record.

    Raises ArchiveError, with file and offset, for a record that is cut, is not HTTP, or does not decode.
    """
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    try:
        status, headers, body = _payload(record, limit)
    except ArchiveError as error:
        raise ArchiveError(error.message, url=url, source=source, file=name, row=offset) from error
    return Page(
        url=url,
        status=status,
        headers=headers,
        body=body,
        fetched_at=_when(record, name, offset),
        digest=body_digest(body),
        source=source,
        record_id=record.record_id,
        warc_path=name,
        warc_offset=offset,
    )


def _payload(record: WarcRecord, limit: int) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    if record.content_length > limit:
        raise ArchiveError(f"record of {record.content_length} bytes is over the limit of {limit}")
    if record.record_type == WarcRecordType.resource:
        kind = record.headers.get("Content-Type") or "application/octet-stream"
        return 200, (("Content-Type", kind),), _read_all(record, record.content_length)
    declared = record.content_length
    try:
        record.parse_http(auto_decode="none", quirks_mode=True)
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        raise ArchiveError(f"record holds no HTTP response: {error}") from error
    status = record.http_headers.status_code if record.http_headers is not None else None
    if status is None:
        raise ArchiveError("record holds no HTTP status line")
    headers = tuple(record.http_headers.to_tuples())
    lower = {key.lower(): value for key, value in reversed(headers)}
    raw = _read_all(record, None if declared <= 0 else record.content_length)
    if "chunked" in lower.get("transfer-encoding", "").lower():
        raw = dechunk(raw)
    return status, headers, decode_content(raw, lower.get("content-encoding"), limit)


def _read_all(record: WarcRecord, expected: int | None) -> bytes:
    try:
        data = record.reader.read()
    except (OSError, ValueError, RuntimeError, EOFError) as error:
        raise ArchiveError(f"record cannot be read: {error}") from error
    if expected is not None and len(data) < expected:
        raise ArchiveError(f"record is cut: {len(data)} of {expected} bytes")
    return data


def _when(record: WarcRecord, name: str, offset: int) -> datetime:
    try:
        when: datetime | None = record.record_date
    except (ValueError, TypeError) as error:
        raise ArchiveError(f"record has no readable WARC-Date: {error}", file=name, row=offset) from error
    if when is None:
        raise ArchiveError("record has no WARC-Date", file=name, row=offset)
    return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)


def role_of(record: WarcRecord) -> str | None:
    """What our crawler fetched the record for, or None for a record made elsewhere."""
    return record.headers.get(ROLE_HEADER)


def read_page(path: Path, offset: int, *, name: str | None = None, source: str | None = None) -> Page:
    """The page of the record at `offset` (bytes) of a WARC file. Raises ArchiveError."""
    label = name or str(path)
    try:
        file = path.open("rb")
    except OSError as error:
        raise ArchiveError(f"WARC file cannot be opened: {error.strerror}", file=label) from error
    with file:
        return page_at(file, offset, name=label, source=source)


def page_at(file: BinaryIO, offset: int, *, name: str, source: str | None = None) -> Page:
    """The page of the record at `offset` (bytes) of an open WARC file called `name`. Raises ArchiveError."""
    file.seek(offset)
    record = next(iterate_records(file, name), None)
    if record is None:
        raise ArchiveError("no record at this offset", file=name, row=offset)
    if not record.record_type & (WarcRecordType.response | WarcRecordType.resource):
        raise ArchiveError(f"a {record.record_type.name} record holds no page", file=name, row=offset)
    return page_from(record, name=name, offset=offset, source=source)


def read_warc(path: Path, *, limit: int = PAGE_LIMIT, on_error: list[ArchiveError] | None = None) -> Iterator[Page]:
    """Every response and resource of any WARC file, plain or gzipped, whoever wrote it; revisits are passed over.

    Statuses and media types are the caller's to filter. A record that cannot be decoded is appended to `on_error` and
    reading goes on; without `on_error` it raises ArchiveError. A file that is no WARC, or ends in the middle of a
    record, raises ArchiveError after the pages before.
    """
    label = str(path)
    last: int | None = None
    wanted = WarcRecordType.response | WarcRecordType.resource
    with path.open("rb") as file:
        for record in iterate_records(file, label):
            last = record.stream_pos
            if not record.record_type & wanted or not _is_page(record):
                continue
            try:
                yield page_from(record, name=label, offset=record.stream_pos, limit=limit)
            except ArchiveError as error:
                if on_error is None:
                    raise
                on_error.append(error)
    if last is None:
        raise ArchiveError("no WARC record in this file", file=label)
    require_whole_end(path, last)


def _is_page(record: WarcRecord) -> bool:
    """WARC files also hold DNS look-ups and the like."""
    return (
        (record.headers.get("WARC-Target-URI") or "").strip("<> ").lower().startswith(("http://", "https://", "file:"))
    )
