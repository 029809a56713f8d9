"""The archive: a folder of WARC files a source, written by the crawler and read by everything after it.

With an object store the folder holds what is not published yet, and the store all that is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from fastwarc.warc import WarcRecordType

from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, read_index, write_index
from civic_etl.archive.exchange import Role
from civic_etl.archive.export import export_source, inside
from civic_etl.archive.indexing import index_file
from civic_etl.archive.objects import SEGMENT_BYTES, ObjectStore, object_store
from civic_etl.archive.page import Page
from civic_etl.archive.reader import iterate_records, page_at, page_from, read_page, role_of
from civic_etl.archive.verify import VerifyReport, verify_folder, verify_store
from civic_etl.archive.writer import MAX_FILE_BYTES, ArchiveWriter
from civic_etl.errors import ArchiveError
from civic_etl.settings import Settings

Moment = datetime | date


@dataclass(frozen=True, slots=True)
class SourceStats:
    """What the archive holds of a source. `first` and `last` are UTC times of fetching."""

    source: str
    files: int
    bytes: int
    responses: int
    revisits: int
    articles: int
    first: datetime | None
    last: datetime | None


class Archive:
    """All WARC files under `root`, laid out as `<source>/<yyyy-mm>-NNNN.warc.gz`, with an index beside them.

    `store` holds, under the same names, those that were published.
    """

    def __init__(self, root: Path, store: ObjectStore | None = None) -> None:
        self.root = root
        self.store = store

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The archive that the settings name. Raises SettingsError where its store cannot be used."""
        url = settings.archive_store
        return cls(settings.archive_dir, object_store(url) if url else None)

    def sources(self) -> list[str]:
        """Names of the sources that have WARC files."""
        folders = self.root.iterdir() if self.root.is_dir() else ()
        held = {folder.name for folder in folders if any(folder.glob("*.warc.gz"))}
        return sorted(held.union(self.store.sources() if self.store else ()))

    def writer(
        self,
        source: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        max_file_bytes: int | None = None,
    ) -> ArchiveWriter:
        """Open the source's folder for writing; repairs what a crash left. Raises ArchiveError if it is being
        written."""
        store = self.store
        return ArchiveWriter(
            self.root,
            source,
            now=now,
            max_file_bytes=max_file_bytes or (SEGMENT_BYTES if store else MAX_FILE_BYTES),
            published=(lambda: store.files(source)) if store else tuple,
        )

    def pages(
        self,
        source: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        *,
        role: Role | None = "article",
        statuses: frozenset[int] = frozenset({200}),
        on_error: list[ArchiveError] | None = None,
    ) -> Iterator[Page]:
        """Stored responses in the order they were fetched, source by source.

        `since` (inclusive) and `until` (exclusive; a plain date includes its day) are times of fetching. A revisit says
        "as before" and yields nothing. `role=None` yields sitemaps and robots.txt too; `statuses` empty means any.
        A record that does not decode raises ArchiveError, or is appended to `on_error` if that is given.
        """
        lower, upper = _start(since), _end(until)
        for name in [source] if source else self.sources():
            for file in self.names(name):
                if _written_before(file, lower):
                    continue
                with self.copy(file) as path:
                    yield from self._file_pages(
                        path, file, name, span=(lower, upper), role=role, statuses=statuses, on_error=on_error
                    )

    def _file_pages(
        self,
        path: Path,
        name: str,
        source: str,
        *,
        span: tuple[datetime, datetime],
        role: Role | None,
        statuses: frozenset[int],
        on_error: list[ArchiveError] | None,
    ) -> Iterator[Page]:
        with path.open("rb") as file:
            for record in iterate_records(file, name, WarcRecordType.response):
                if role is not None and role_of(record) not in (role, None):
                    continue
                try:
                    page = page_from(record, name=name, offset=record.stream_pos, source=source)
                except ArchiveError as error:
                    if on_error is None:
                        raise
                    on_error.append(error)
                    continue
                if span[0] <= page.fetched_at < span[1] and (not statuses or page.status in statuses):
                    yield page

    def read(self, warc_path: str, offset: int) -> Page:
        """The page of one record. Raises ArchiveError, also for a path that leads out of the archive."""
        source = warc_path.split("/", 1)[0]
        path = inside(self.root, warc_path)
        if self.store is None or path.exists():
            return read_page(path, offset, name=warc_path, source=source)
        with self.store.open(warc_path) as file:
            return page_at(file, offset, name=warc_path, source=source)

    def chunk(self, entry: IndexEntry) -> bytes:
        """The members of an entry's group, packed. Raises ArchiveError where the file ends before."""
        path = inside(self.root, entry.filename)
        store = None if path.exists() else self.store
        with store.open(entry.filename) if store else path.open("rb") as file:
            file.seek(entry.offset)
            data = file.read(entry.group)
        if len(data) != entry.group:
            raise ArchiveError("the index points past the end of the file", file=entry.filename)
        return data

    def index(self, source: str) -> Iterator[IndexEntry]:
        """The index of a source. Raises ArchiveError at a line that cannot be read: then `rebuild_index`."""
        published = self.store.index(source) if self.store else []
        yield from published
        names = {entry.filename for entry in published}
        yield from (entry for entry in read_index(self.root / source / INDEX_NAME) if entry.filename not in names)

    def rebuild_index(self, source: str) -> int:
        """Write the source's index anew from its WARC files, and that of the store; returns the number of lines.

        Hold the source's writer while calling.
        """
        local = [self.name_of(path) for path in self.files(source)]
        entries = [entry for name in local for entry in index_file(self.root / name, name)]
        write_index(self.root / source / INDEX_NAME, entries)
        if self.store is None:
            return len(entries)
        published = [entry for name in self.store.files(source) for entry in self._index_of(name)]
        return self.store.change_index(source, lambda _: published) + len(entries)

    def _index_of(self, name: str) -> list[IndexEntry]:
        with self.copy(name) as path:
            return index_file(path, name)

    def verify(self, source: str | None = None) -> VerifyReport:
        """Read every record, check digests and the index; problems are listed, not raised."""
        names = [source] if source else self.sources()
        reports = [verify_folder(self.root, name) for name in names]
        if self.store is not None:
            reports += [verify_store(self.store, name) for name in names]
        return VerifyReport.join(reports)

    def stats(self) -> list[SourceStats]:
        """One row a source, from the index."""
        return [self._stats(name) for name in self.sources()]

    def _stats(self, source: str) -> SourceStats:
        sizes = {self.name_of(path): path.stat().st_size for path in self.files(source)}
        sizes |= self.store.files(source) if self.store else {}
        entries = list(self.index(source))
        revisits = sum(entry.mime == "warc/revisit" for entry in entries)
        times = [entry.fetched_at for entry in entries]
        return SourceStats(
            source=source,
            files=len(sizes),
            bytes=sum(sizes.values()),
            responses=len(entries) - revisits,
            revisits=revisits,
            articles=sum(e.role == "article" and e.status == 200 and e.mime != "warc/revisit" for e in entries),
            first=min(times, default=None),
            last=max(times, default=None),
        )

    def export(self, source: str, since: Moment | None, until: Moment | None, dest: Path) -> int:
        """Copy the exchanges fetched in the span into the WARC file `dest`, with its index; returns how many."""
        if not self.names(source):
            raise ArchiveError("the archive holds nothing of this source", source=source)
        return export_source(self.index(source), self.chunk, _start(since), _end(until), dest)

    def files(self, source: str) -> list[Path]:
        """The source's WARC files in the local folder, oldest first."""
        return sorted((self.root / source).glob("*.warc.gz"))

    def names(self, source: str) -> list[str]:
        """The source's WARC files, local and published, oldest first."""
        local = {self.name_of(path) for path in self.files(source)}
        return sorted(local.union(self.store.files(source) if self.store else ()))

    @contextmanager
    def copy(self, name: str) -> Iterator[Path]:
        """A WARC file as a local one: itself where it is here, else a copy for the length of the block."""
        path = inside(self.root, name)
        if self.store is None or path.exists():
            yield path
            return
        with TemporaryDirectory(prefix="civic-etl-") as folder:
            fetched = Path(folder) / path.name
            self.store.fetch(name, fetched)
            yield fetched

    def name_of(self, path: Path) -> str:
        """The name that the index and rows have for a local file."""
        return path.relative_to(self.root).as_posix()


def _start(moment: Moment | None) -> datetime:
    if moment is None:
        return datetime.min.replace(tzinfo=UTC)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min, UTC)


def _end(moment: Moment | None) -> datetime:
    if moment is None:
        return datetime.max.replace(tzinfo=UTC)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.max, UTC)


def _written_before(name: str, lower: datetime) -> bool:
    """Whether the month in the file's name ends before the span: nothing in the file was fetched later than that.

    A file may hold older fetches than its name says, those that came from a web archive.
    """
    return name.rsplit("/", 1)[-1][:7] < lower.strftime("%Y-%m")
