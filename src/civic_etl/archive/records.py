"""Build the gzip members of one exchange: response or revisit, request, metadata."""

import io
from collections.abc import Mapping
from datetime import datetime

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from civic_etl.archive.exchange import Exchange, Headers, Original

ROLE_HEADER = "WARC-Resource-Type"
PROFILE_UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
PROFILE_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_LEVEL = 6


def warcinfo_member(filename: str, when: datetime, software: str) -> bytes:
    """The first record of every file: what wrote it and by which rules."""
    fields = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
    }
    record = _record(WarcRecordType.warcinfo, when, [("WARC-Filename", filename)])
    record.headers.append("Content-Type", "application/warc-fields")
    return _member(record, _fields(fields))


def note_member(kind: WarcRecordType, when: datetime, fields: Mapping[str, str]) -> bytes:
    """A record of its own that belongs to no exchange, such as one that says what was taken out."""
    record = _record(kind, when, [])
    record.headers.append("Content-Type", "application/warc-fields")
    return _member(record, _fields(fields))


def exchange_members(
    exchange: Exchange, original: Original | None, metadata: Mapping[str, str]
) -> tuple[str, list[bytes]]:
    """The members of one exchange and the id of the first, which is the response or, given `original`, the revisit."""
    target = [("WARC-Target-URI", exchange.url)]
    main_headers = [*target, (ROLE_HEADER, exchange.role)]
    if exchange.ip:
        main_headers.append(("WARC-IP-Address", exchange.ip))
    if original is None:
        main_headers.append(("WARC-Payload-Digest", exchange.payload_digest))
        main = _record(WarcRecordType.response, exchange.fetched_at, main_headers)
        block = _response_head(exchange) + exchange.raw
    else:
        main_headers += _revisit_headers(exchange, original)
        main = _record(WarcRecordType.revisit, exchange.fetched_at, main_headers)
        block = _response_head(exchange)
    main.is_http = True
    record_id = str(main.record_id)
    concurrent = [*target, ("WARC-Concurrent-To", str(main.headers["WARC-Record-ID"]))]
    request = _record(WarcRecordType.request, exchange.fetched_at, concurrent)
    request.is_http = True
    members = [_member(main, block), _member(request, _request_head(exchange))]
    if metadata:
        note = _record(WarcRecordType.metadata, exchange.fetched_at, concurrent)
        note.headers.append("Content-Type", "application/warc-fields")
        members.append(_member(note, _fields(metadata)))
    return record_id, members


def _revisit_headers(exchange: Exchange, original: Original) -> list[tuple[str, str]]:
    headers = [
        ("WARC-Refers-To", f"<{original.record_id.strip('<>')}>"),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", original.fetched_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")),
    ]
    if exchange.status == 304:
        return [*headers, ("WARC-Profile", PROFILE_UNCHANGED)]
    return [
        *headers,
        ("WARC-Profile", PROFILE_SAME_PAYLOAD),
        ("WARC-Payload-Digest", exchange.payload_digest),
        ("WARC-Truncated", "length"),
    ]


def _record(kind: WarcRecordType, when: datetime, headers: list[tuple[str, str]]) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    record.record_date = when
    for name, value in headers:
        record.headers.append(name, value)
    return record


def _member(record: WarcRecord, block: bytes) -> bytes:
    record.set_bytes_content(block)
    buffer = io.BytesIO()
    stream = GzipWriter(buffer, compression_level=_LEVEL)
    record.write(stream, checksum_data=True)
    stream.finish()
    return buffer.getvalue()


def _fields(values: Mapping[str, str]) -> bytes:
    lines = (f"{name}: {' '.join(str(value).split())}\r\n" for name, value in values.items())
    return "".join(lines).encode("utf-8")


def _response_head(exchange: Exchange) -> bytes:
    # The transfer coding is already undone, so the header may not claim it; it is kept under the name replay tools use.
    headers = tuple(
        ("X-Archive-Orig-Transfer-Encoding" if name.lower() == "transfer-encoding" else name, value)
        for name, value in exchange.headers
    )
    return _head(f"{exchange.http_version} {exchange.status} {exchange.reason}", headers)


def _request_head(exchange: Exchange) -> bytes:
    path = "/" + exchange.url.split("://", 1)[-1].partition("/")[2].partition("#")[0]
    return _head(f"GET {path} {exchange.http_version}", exchange.request_headers)


def _head(first_line: str, headers: Headers) -> bytes:
    lines = [first_line, *(f"{name}: {value}" for name, value in headers), "", ""]
    clean = [line.replace("\r", " ").replace("\n", " ") for line in lines]
    return "\r\n".join(clean).encode("utf-8", "surrogateescape")
