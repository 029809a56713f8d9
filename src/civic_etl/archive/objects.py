"""WARC files in an object store: whole objects that are written once, and one index object a source.

An object cannot be appended to. So the writer appends to local files, and `publish` puts each of them into the store
as a whole; its name, and with it every place in the archive that a row or a ledger holds, stays the same.
"""

import io
from collections.abc import Callable, Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from civic_etl.archive.cdxj import INDEX_NAME, IndexEntry, parse_index
from civic_etl.archive.ranges import Ranges
from civic_etl.errors import ArchiveError
from civic_etl.object_stores import connect, told

# Most pages are far smaller packed: one request reads one.
_BLOCK = 1 << 16
# A file is sent as one request and held in memory for it.
SEGMENT_BYTES = 250_000_000
_PIECE = 1 << 20
_ATTEMPTS = 5
_TAKEN = "the store has another file of that name: two machines wrote one source; see docs/storage.md"


class ObjectStore:
    """The archive's part of a store, named by a URL: `s3://bucket/prefix`, `file:///a/mounted/disk`, ...

    Names are those that index entries have: `<source>/<file>.warc.gz`. Every method raises ArchiveError where the store
    does not do as it is asked.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._store = connect(url, "archive_store")

    def sources(self) -> list[str]:
        """Names of the sources that have objects."""
        import obstore

        with told(self.url):
            return sorted(obstore.list_with_delimiter(self._store)["common_prefixes"])

    def files(self, source: str) -> dict[str, int]:
        """The WARC files of a source and their sizes in bytes, oldest first."""
        import obstore

        with told(source):
            found = [meta for page in obstore.list(self._store, source) for meta in page]
        return {meta["path"]: meta["size"] for meta in sorted(found, key=lambda m: m["path"]) if _is_warc(meta["path"])}

    def open(self, name: str) -> io.BufferedReader:
        """A WARC file to be read by ranges of bytes, from anywhere in it."""
        return io.BufferedReader(Ranges(self._range, name), _BLOCK)

    def fetch(self, name: str, path: Path) -> None:
        """Copy a WARC file to `path`, whole."""
        import obstore

        with told(name), path.open("wb") as file:
            for piece in obstore.get(self._store, name).stream(min_chunk_size=_PIECE):
                file.write(piece)

    def put_new(self, name: str, path: Path) -> None:
        """Put a file under a name that nothing has yet; the same bytes once more are no error.

        Raises ArchiveError where other bytes have that name: another machine wrote the same source.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError

        with told(name):
            try:
                obstore.put(self._store, name, path, mode="create", use_multipart=False)
            except AlreadyExistsError:
                self._require_same(name, path)
            size = obstore.head(self._store, name)["size"]
        if size != path.stat().st_size:
            raise ArchiveError(f"the store holds {size} of {path.stat().st_size} bytes", file=name)

    def replace(self, name: str, path: Path) -> None:
        """Put a file in the place of the one of that name."""
        import obstore

        with told(name):
            obstore.put(self._store, name, path, use_multipart=False)

    def index(self, source: str) -> list[IndexEntry]:
        """The index of a source; empty where there is none."""
        return self._index(source)[0]

    def change_index(self, source: str, change: Callable[[list[IndexEntry]], Iterable[IndexEntry]]) -> int:
        """Replace the index by what `change` makes of it; returns the number of its lines.

        Where another machine replaced it in between, `change` is asked again, with that.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        name = f"{source}/{INDEX_NAME}"
        for _ in range(_ATTEMPTS):
            entries, version = self._index(source)
            lines = sorted(entry.line() for entry in change(entries))
            text = "".join(lines).encode()
            # Some stores know no condition, such as a mounted disk.
            with told(name):
                try:
                    obstore.put(
                        self._store, name, text, mode="create" if version is None else version, use_multipart=False
                    )
                except (AlreadyExistsError, PreconditionError):
                    continue
                except NotImplementedError:
                    obstore.put(self._store, name, text, use_multipart=False)
            return len(lines)
        raise ArchiveError("others go on replacing the index; try again", source=source, file=name)

    def _index(self, source: str) -> tuple[list[IndexEntry], Any]:
        import obstore

        name = f"{source}/{INDEX_NAME}"
        with told(name):
            try:
                found = obstore.get(self._store, name)
            except FileNotFoundError:
                return [], None
            version = {key: value for key, value in found.meta.items() if key in ("e_tag", "version") and value}
            lines = BytesIO(bytes(found.bytes()))
        return list(parse_index(lines, name)), version

    def _range(self, name: str, start: int, length: int) -> bytes:
        import obstore
        from obstore.exceptions import BaseError

        with told(name):
            try:
                return bytes(obstore.get_range(self._store, name, start=start, length=length))
            except BaseError:
                # A range that begins behind the end is an error to stores, and the end of the file to its reader.
                if start >= obstore.head(self._store, name)["size"]:
                    return b""
                raise

    def _require_same(self, name: str, path: Path) -> None:
        import obstore

        with path.open("rb") as file:
            for piece in obstore.get(self._store, name).stream(min_chunk_size=_PIECE):
                if file.read(len(piece)) != bytes(piece):
                    raise ArchiveError(_TAKEN, file=name)
            if file.read(1):
                raise ArchiveError(_TAKEN, file=name)


@lru_cache(maxsize=8)
def object_store(url: str) -> ObjectStore:
    """The store of that URL; its connections are kept for the life of the process."""
    return ObjectStore(url)


def _is_warc(name: str) -> bool:
    return name.endswith(".warc.gz")
