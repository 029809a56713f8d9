"""Whether a WARC file ends where a record ends: readers stop silently at a record that is cut."""

import re
from pathlib import Path

from civic_etl.archive.members import walk_members
from civic_etl.errors import ArchiveError

_GZIP = b"\x1f\x8b"
_HEAD = 1 << 16
_LENGTH = re.compile(rb"^content-length:\s*(\d+)", re.IGNORECASE | re.MULTILINE)


def require_whole_end(path: Path, last: int) -> None:
    """Raise ArchiveError unless the record at byte `last`, the last one met, is whole and nothing torn follows it."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
        file.seek(last)
        head = file.read(_HEAD)
    if packed:
        # A file compressed in one piece has no member at that place.
        for _ in walk_members(path, last if head.startswith(_GZIP) else 0):
            pass
        return
    fields, blank, _ = head.partition(b"\r\n\r\n")
    length = _LENGTH.search(fields)
    if not blank or length is None:
        raise ArchiveError("the last record is cut off in its header", file=str(path), row=last)
    end = last + len(fields) + len(blank) + int(length[1])
    size = path.stat().st_size
    if size < end:
        raise ArchiveError(
            f"the last record is cut off: the file ends {end - size} bytes early", file=str(path), row=last
        )
    _require_nothing_after(path, end)


def _require_nothing_after(path: Path, end: int) -> None:
    with path.open("rb") as file:
        file.seek(end)
        rest = file.read(_HEAD).strip(b"\r\n")
    if rest:
        raise ArchiveError("a record is cut off in its header", file=str(path), row=end)
