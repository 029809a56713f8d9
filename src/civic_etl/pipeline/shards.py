"""Which archived pages are to be read, in portions that a worker finishes in seconds."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from civic_etl.archive import Archive
from civic_etl.archive.cdxj import IndexEntry
from civic_etl.errors import SourceError
from civic_etl.parse import PARSER_VERSION
from civic_etl.removals import removals_of
from civic_etl.settings import Settings
from civic_etl.warehouse import tables

# At about 20 ms a page a shard is a second or two of one core.
PAGES_IN_A_SHARD = 100


# Byte offsets of records, by source and by the file they lie in.
Settled = Mapping[str, Mapping[str, "array[int]"]]


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """Where one archived page lies: a file relative to the archive, and the byte offset of its record in it."""

    warc_path: str
    offset: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Archived pages of one source that are read in one go."""

    source: str
    records: tuple[Record, ...]


def pending_shards(settings: Settings, sources: Sequence[str] | None = None) -> list[Shard]:
    """Archived article pages whose fate the warehouse does not know yet, of some sources or all.

    What a run fetched and could not load, because it was stopped, is found by the next one. Hold the warehouse while
    calling: this opens the build file.
    """
    settled = _settled_records(settings, _SETTLED)
    return _shards(settings, sources, _fetched(None), settled)


def all_shards(settings: Settings, sources: Sequence[str] | None = None, *, since: date | None = None) -> list[Shard]:
    """Every archived article page, of some sources or all, fetched on the day `since` (UTC) or later."""
    return _shards(settings, sources, _fetched(since), {})


def outdated_shards(
    settings: Settings, sources: Sequence[str] | None = None, *, since: date | None = None
) -> list[Shard]:
    """Of `all_shards`, the pages that today's parser has not read: those another version read, and those that gave no
    article, since a new parser may read them. Hold the warehouse while calling: this opens the build file.
    """
    read = _settled_records(settings, _READ_BY, f"/{PARSER_VERSION}")
    return _shards(settings, sources, _fetched(since), read)


def require_archived(settings: Settings, sources: Sequence[str] | None) -> None:
    """Raise SourceError for a name that the archive holds nothing of, described or not."""
    held = Archive.of(settings).sources()
    for name in sources or ():
        if name not in held:
            raise SourceError("the archive holds nothing of this source", source=name)


def _fetched(since: date | None) -> Callable[[IndexEntry], bool]:
    return lambda entry: since is None or entry.fetched_at.date() >= since


def _shards(
    settings: Settings,
    sources: Sequence[str] | None,
    wanted: Callable[[IndexEntry], bool],
    settled: Settled,
) -> list[Shard]:
    archive, removals = Archive.of(settings), removals_of(settings)
    found: list[Shard] = []
    for name in archive.sources():
        if sources is None or name in sources:
            done = {path: frozenset(offsets) for path, offsets in settled.get(name, {}).items()}
            records = [
                Record(e.filename, e.offset)
                for e in _pages(archive, name)
                if e.offset not in done.get(e.filename, ()) and wanted(e) and not removals.covers(e.url)
            ]
            records.sort()
            found.extend(Shard(name, tuple(portion)) for portion in _portions(records))
    return found


def _pages(archive: Archive, source: str) -> Iterator[IndexEntry]:
    for entry in archive.index(source):
        if entry.role == "article" and entry.status == 200 and entry.mime != "warc/revisit":
            yield entry


def _portions(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while portion := list(islice(iterator, PAGES_IN_A_SHARD)):
        yield portion


# The records that have a line in the page ledger.
_SETTLED = "select warc_path, list(warc_offset) from raw.page_outcome where warc_path is not null group by warc_path"
# The records that gave an article, as it is stored, to the parser of a version.
_READ_BY = """
select s.warc_path, list(s.warc_offset)
from raw.sighting as s
inner join raw.article as a on s.revision_id = a.revision_id
where s.warc_path is not null and ends_with(a.parser_version, ?)
group by s.warc_path
"""


def _settled_records(settings: Settings, sql: str, *arguments: str) -> Settled:
    """The records that are settled, of all sources: eight bytes each, since there may be tens of millions."""
    found: dict[str, dict[str, array[int]]] = defaultdict(dict)
    with tables.reading(settings) as con:
        if con is not None:
            rows = con.execute(sql, arguments)
            for path, offsets in iter(rows.fetchone, None):
                found[path.partition("/")[0]][path] = array("q", offsets)
    return found
