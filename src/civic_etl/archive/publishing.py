"""Put what the writer left in the local folder into the archive's store."""

from civic_etl.archive.cdxj import INDEX_NAME, read_index
from civic_etl.archive.store import Archive
from civic_etl.archive.writer import is_sealed


def publish(archive: Archive, source: str) -> list[str]:
    """Put every local file of a source that the store has not into it, then the index; names them.

    What a crash left is repaired first. The files stay here, sealed, until the source is next written: what follows a
    crawl reads them without a request. Killed in between, the next call goes on there. Raises BusyArchiveError where
    the source is being written, ArchiveError where the store refuses: then the files stay as they were.
    """
    store = archive.store
    if store is None:
        return []
    with archive.writer(source):
        fresh = [archive.name_of(path) for path in archive.files(source) if not is_sealed(path)]
        for name in fresh:
            store.put_new(name, archive.root / name)
        if fresh:
            entries = list(read_index(archive.root / source / INDEX_NAME))
            store.change_index(source, lambda found: [e for e in found if e.filename not in fresh] + entries)
        for name in fresh:
            (archive.root / name).chmod(0o444)
    return fresh
