"""Copy a span of a source's exchanges into one WARC file, byte for byte."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import civic_etl
from civic_etl.archive.cdxj import IndexEntry, write_index
from civic_etl.archive.records import warcinfo_member
from civic_etl.errors import ArchiveError


def export_source(
    index: Iterable[IndexEntry],
    chunk: Callable[[IndexEntry], bytes],
    lower: datetime,
    upper: datetime,
    dest: Path,
) -> int:
    """Write the exchanges of an index with `lower` <= time < `upper` to `dest` (.warc.gz) and `dest` + `.cdxj`; returns
    their number. `chunk` gives the bytes of an entry's group.

    `dest` appears only when it is whole.
    """
    entries = [entry for entry in index if lower <= entry.fetched_at < upper]
    entries.sort(key=lambda entry: (entry.filename, entry.offset))
    fresh = dest.with_name(dest.name + ".new")
    dest.parent.mkdir(parents=True, exist_ok=True)
    moved: list[IndexEntry] = []
    with fresh.open("wb") as out:
        out.write(warcinfo_member(dest.name, datetime.now(UTC), f"civic-etl/{civic_etl.__version__}"))
        for entry in entries:
            moved.append(replace(entry, filename=dest.name, offset=out.tell()))
            out.write(chunk(entry))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(dest)
    write_index(dest.with_name(dest.name + ".cdxj"), moved)
    return len(moved)


def inside(root: Path, name: str) -> Path:
    """The file of an index entry or a row. Raises ArchiveError for a name that leads out of the archive."""
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        raise ArchiveError("the name leads out of the archive", file=name)
    return path
