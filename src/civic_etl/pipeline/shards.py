"""Which archived pages are to be read, in portions that a worker finishes in seconds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from civic_etl.archive import Archive
from civic_etl.archive.cdxj import IndexEntry
from civic_etl.errors import SourceError
from civic_etl.parse import PARSER_VERSION
from civic_etl.removals import removals_of
from civic_etl.settings import Settings
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, opened

# At about 20 ms a page a shard is a second or two of one core.
PAGES_IN_A_SHARD = 100


@dataclass(frozen=True, slots=True)
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
    settled = _settled(settings)
    return _shards(settings, sources, lambda entry: (entry.filename, entry.offset) not in settled)


def all_shards(settings: Settings, sources: Sequence[str] | None = None, *, since: date | None = None) -> list[Shard]:
    """Every archived article page, of some sources or all, fetched on the day `since` (UTC) or later."""
    return _shards(settings, sources, lambda entry: since is None or entry.fetched_at.date() >= since)


def outdated_shards(
    settings: Settings, sources: Sequence[str] | None = None, *, since: date | None = None
) -> list[Shard]:
    """Of `all_shards`, the pages that today's parser has not read: those another version read, and those that gave no
    article, since a new parser may read them. Hold the warehouse while calling: this opens the build file.
    """
    settled = _read_by_todays_parser(settings)

    def wanted(entry: IndexEntry) -> bool:
        return (entry.filename, entry.offset) not in settled and (since is None or entry.fetched_at.date() >= since)

    return _shards(settings, sources, wanted)


def require_archived(settings: Settings, sources: Sequence[str] | None) -> None:
    """Raise SourceError for a name that the archive holds nothing of, described or not."""
    held = Archive(settings.archive_dir).sources()
    for name in sources or ():
        if name not in held:
            raise SourceError("the archive holds nothing of this source", source=name)


def _shards(settings: Settings, sources: Sequence[str] | None, wanted: Callable[[IndexEntry], bool]) -> list[Shard]:
    archive, removals = Archive(settings.archive_dir), removals_of(settings)
    found: list[Shard] = []
    for name in archive.sources():
        if sources is None or name in sources:
            records = (
                Record(e.filename, e.offset) for e in _pages(archive, name) if wanted(e) and not removals.covers(e.url)
            )
            found.extend(Shard(name, tuple(portion)) for portion in _portions(records))
    return found


def _pages(archive: Archive, source: str) -> Iterator[IndexEntry]:
    for entry in sorted(archive.index(source), key=lambda entry: (entry.filename, entry.offset)):
        if entry.role == "article" and entry.status == 200 and entry.mime != "warc/revisit":
            yield entry


def _portions(records: Iterable[Record]) -> Iterator[list[Record]]:
    iterator = iter(records)
    while portion := list(islice(iterator, PAGES_IN_A_SHARD)):
        yield portion


_SETTLED = "select distinct warc_path, warc_offset from raw.page_outcome where warc_path is not null"
_READ_BY = """
select distinct s.warc_path, s.warc_offset
from raw.sighting as s
inner join raw.article as a on s.revision_id = a.revision_id
where s.warc_path is not null and ends_with(a.parser_version, ?)
"""


def _settled(settings: Settings) -> set[tuple[str, int]]:
    """The records that have a line in the page ledger."""
    return _records(settings, _SETTLED)


def _read_by_todays_parser(settings: Settings) -> set[tuple[str, int]]:
    """The records that gave an article, as it is stored, to the parser of today's version."""
    return _records(settings, _READ_BY, f"/{PARSER_VERSION}")


def _records(settings: Settings, sql: str, *arguments: str) -> set[tuple[str, int]]:
    if not settings.build_file.exists():
        return set()
    with opened(settings.build_file, read_only=True, hint=IF_BUILD_DAMAGED) as con:
        known = con.execute("select 1 from duckdb_tables() where schema_name = 'raw' and table_name = 'page_outcome'")
        if not known.fetchall():
            return set()
        return {(path, offset) for path, offset in con.execute(sql, arguments).fetchall()}
