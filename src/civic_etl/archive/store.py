"""The archive: a folder of WARC files a source, written by the crawler and read by everything after it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from fastwarc.warc import WarcRecordType

from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, read_index, write_index
from civic_etl.archive.exchange import Role
from civic_etl.archive.export import export_source, inside
from civic_etl.archive.indexing import index_file
from civic_etl.archive.page import Page
from civic_etl.archive.reader import iterate_records, page_from, read_page, role_of
from civic_etl.archive.verify import VerifyReport, verify_folder
from civic_etl.archive.writer import MAX_FILE_BYTES, ArchiveWriter
from civic_etl.errors import ArchiveError

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
    """All WARC files under `root`, laid out as `<source>/<yyyy-mm>-NNNN.warc.gz`, with an index beside them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sources(self) -> list[str]:
        """Names of the sources that have WARC files."""
        if not self.root.is_dir():
            return []
        return sorted(folder.name for folder in self.root.iterdir() if any(folder.glob("*.warc.gz")))

    def writer(
        self,
        source: str,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        max_file_bytes: int = MAX_FILE_BYTES,
    ) -> ArchiveWriter:
        """Open the source's folder for writing; repairs what a crash left. Raises ArchiveError if it is being
        written."""
        return ArchiveWriter(self.root, source, now=now, max_file_bytes=max_file_bytes)

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
            for path in self.files(name):
                if _written_before(path, lower):
                    continue
                yield from self._file_pages(
                    path, name, span=(lower, upper), role=role, statuses=statuses, on_error=on_error
                )

    def _file_pages(
        self,
        path: Path,
        source: str,
        *,
        span: tuple[datetime, datetime],
        role: Role | None,
        statuses: frozenset[int],
        on_error: list[ArchiveError] | None,
    ) -> Iterator[Page]:
        name = path.relative_to(self.root).as_posix()
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
        return read_page(inside(self.root, warc_path), offset, name=warc_path, source=warc_path.split("/", 1)[0])

    def index(self, source: str) -> Iterator[IndexEntry]:
        """The index of a source. Raises ArchiveError at a line that cannot be read: then `rebuild_index`."""
        return read_index(self.root / source / INDEX_NAME)

    def rebuild_index(self, source: str) -> int:
        """Write the source's index anew from its WARC files; returns the number of lines."""
        entries = [
            entry for path in self.files(source) for entry in index_file(path, path.relative_to(self.root).as_posix())
        ]
        write_index(self.root / source / INDEX_NAME, entries)
        return len(entries)

    def verify(self, source: str | None = None) -> VerifyReport:
        """Read every record, check digests and the index; problems are listed, not raised."""
        names = [source] if source else self.sources()
        return VerifyReport.join(verify_folder(self.root, name) for name in names)

    def stats(self) -> list[SourceStats]:
        """One row a source, from the index."""
        return [self._stats(name) for name in self.sources()]

    def _stats(self, source: str) -> SourceStats:
        files = self.files(source)
        entries = list(self.index(source))
        revisits = sum(entry.mime == "warc/revisit" for entry in entries)
        times = [entry.fetched_at for entry in entries]
        return SourceStats(
            source=source,
            files=len(files),
            bytes=sum(path.stat().st_size for path in files),
            responses=len(entries) - revisits,
            revisits=revisits,
            articles=sum(e.role == "article" and e.status == 200 and e.mime != "warc/revisit" for e in entries),
            first=min(times, default=None),
            last=max(times, default=None),
        )

    def export(self, source: str, since: Moment | None, until: Moment | None, dest: Path) -> int:
        """Copy the exchanges fetched in the span into the WARC file `dest`, with its index; returns how many."""
        if not self.files(source):
            raise ArchiveError("the archive holds nothing of this source", source=source)
        return export_source(self.root, source, _start(since), _end(until), dest)

    def files(self, source: str) -> list[Path]:
        """The source's WARC files, oldest first."""
        return sorted((self.root / source).glob("*.warc.gz"))


def _start(moment: Moment | None) -> datetime:
    if moment is None:
        return datetime.min.replace(tzinfo=UTC)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min, UTC)


def _end(moment: Moment | None) -> datetime:
    if moment is None:
        return datetime.max.replace(tzinfo=UTC)
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.max, UTC)


def _written_before(path: Path, lower: datetime) -> bool:
    """Whether the month in the file's name ends before the span: nothing in the file was fetched later than that.

    A file may hold older fetches than its name says, those that came from a web archive.
    """
    return path.name[:7] < lower.strftime("%Y-%m")
