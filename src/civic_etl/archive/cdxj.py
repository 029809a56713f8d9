"""The CDXJ index of a source's WARC files: one line a response or revisit, `urlkey timestamp {json}`.

The lines of a closed index are sorted, as replay tools expect; while a writer is open new lines stand at the end.
The index holds nothing that the WARC files do not: it can be deleted and rebuilt.
"""

import heapq
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from civic_etl.errors import ArchiveError

INDEX_NAME = "index.cdxj"


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line. `filename` is relative to the archive; `length` is the record's member, `group` the bytes up to the
    next indexed record (the record with the request and metadata records that belong to it)."""

    url: str
    timestamp: str
    mime: str
    status: int
    digest: str
    filename: str
    offset: int
    length: int
    group: int
    record_id: str
    role: str

    @property
    def end(self) -> int:
        """The byte after this entry's group."""
        return self.offset + self.group

    @property
    def fetched_at(self) -> datetime:
        """UTC, to the second."""
        return _time(self.timestamp)

    def line(self) -> str:
        """The CDXJ line, with its newline. Numbers are strings, as in the CDXJ that other tools write."""
        fields = {
            "url": self.url,
            "mime": self.mime,
            "status": str(self.status),
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.filename,
            "group": str(self.group),
            "id": self.record_id,
            "role": self.role,
        }
        return f"{surt(self.url)} {self.timestamp} {json.dumps(fields, ensure_ascii=True)}\n"


def surt(url: str) -> str:
    """The sort-friendly key of a URL: `vn,gov,backancity)/path?query`, lower case, without scheme, `www.` and
    fragment. What is no sound URL, as files of others may have, is its own key."""
    url = url.encode("utf-8", "replace").decode("utf-8")
    try:
        parts = urlsplit(url)
        number = parts.port
    except ValueError:
        return "%20".join(url.split()).lower() or "-"
    host = (parts.hostname or "").removeprefix("www.")
    port = f":{number}" if number and number not in (80, 443) else ""
    numeric = host.replace(".", "").isdigit() or ":" in host
    key = host if numeric else ",".join(reversed(host.split(".")))
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    path = parts.path or "/"
    # A blank would split the line's fields.
    return f"{key}{port}){path}{query}".lower().replace(" ", "%20")


def read_index(path: Path) -> Iterator[IndexEntry]:
    """The entries of an index file; a torn last line (no newline) is left out.

    Raises ArchiveError naming file and line for any other line that is not CDXJ.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        yield from parse_index(file, str(path))


def parse_index(lines: Iterable[bytes], name: str) -> Iterator[IndexEntry]:
    """The entries of lines that end in a newline, up to the first that does not; `name` is the file's, for errors."""
    for number, line in enumerate(lines, start=1):
        if not line.endswith(b"\n"):
            return
        yield _parse(line, name, number)


def _parse(line: bytes, name: str, number: int) -> IndexEntry:
    try:
        _, timestamp, text = line.decode("utf-8").split(" ", 2)
        fields = json.loads(text)
        _time(timestamp)
        return IndexEntry(
            url=_text(fields["url"]),
            timestamp=timestamp,
            mime=_text(fields["mime"]),
            status=int(fields["status"]),
            digest=_text(fields["digest"]),
            # Thousands of lines name the same file.
            filename=sys.intern(_text(fields["filename"])),
            offset=_count(fields["offset"]),
            length=_count(fields["length"]),
            group=_count(fields["group"]),
            record_id=_text(fields["id"]),
            role=_text(fields["role"]),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ArchiveError(f"not a CDXJ line: {error}", file=name, row=number) from error


def _time(stamp: str) -> datetime:
    """The moment of 14 digits. Raises ValueError."""
    if len(stamp) != 14 or not (stamp.isascii() and stamp.isdigit()):
        raise ValueError(f"{stamp!r} is no time")
    day = int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8])
    return datetime(*day, int(stamp[8:10]), int(stamp[10:12]), int(stamp[12:]), tzinfo=UTC)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _count(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError(f"{number} is no number of bytes")
    return number


def write_index(path: Path, entries: Iterable[IndexEntry]) -> None:
    """Replace the index by `entries`, sorted, in one step."""
    _replace(path, sorted(entry.line().encode() for entry in entries))


def sort_index(path: Path) -> None:
    """Replace the index by its lines, sorted, in one step; a torn last line is left out.

    Only the lines that stand out of order are held in memory: those of a night, where the rest is that of years.
    """
    late: list[bytes] = []
    highest = b""
    for line in _lines(path):
        if line < highest:
            late.append(line)
        else:
            highest = line
    _replace(path, heapq.merge(_rising(path), sorted(late)))


def _rising(path: Path) -> Iterator[bytes]:
    """The lines that are in order: none is less than one before it."""
    highest = b""
    for line in _lines(path):
        if line >= highest:
            highest = line
            yield line


def _lines(path: Path) -> Iterator[bytes]:
    """As bytes: those of UTF-8 sort as its characters do."""
    with path.open("rb") as file:
        yield from (line for line in file if line.endswith(b"\n"))


def _replace(path: Path, lines: Iterable[bytes]) -> None:
    fresh = path.with_suffix(".cdxj.new")
    try:
        with fresh.open("wb") as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    fresh.replace(path)
