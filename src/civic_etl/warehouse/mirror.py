"""Put a release into an object store, for whoever reads Parquet from there."""

import json
from pathlib import Path

from civic_etl.errors import ArchiveError, WarehouseError
from civic_etl.object_stores import connect, told

_SEAL = "SHA256SUMS"
CURRENT = "current.json"


def mirror(release: Path, url: str) -> int:
    """Put every file of a release under `<version>/`, then the seal, then `current.json`, which names the version.

    Returns how many files were put: none where the seal is there already. Nothing in the store is removed. Raises
    WarehouseError where the store refuses; the release stays in force here, and the next run tries again.
    """
    import obstore

    store = connect(url, "release_store")
    seal = release / _SEAL
    files = [path for path in sorted(release.rglob("*")) if path.is_file() and path != seal]
    try:
        with told(f"{release.name}/{_SEAL}"):
            if _held(store, f"{release.name}/{_SEAL}") == seal.read_bytes():
                files = []
            for path in [*files, seal] if files else []:
                obstore.put(store, f"{release.name}/{path.relative_to(release).as_posix()}", path)
            current = json.dumps({"version": release.name}).encode()
            if _held(store, CURRENT) != current:
                obstore.put(store, CURRENT, current)
    except ArchiveError as error:
        raise WarehouseError(f"release {release.name} is in force but not in the store: {error.message}") from error
    return len(files) + 1 if files else 0


def _held(store: object, name: str) -> bytes | None:
    import obstore

    try:
        return bytes(obstore.get(store, name).bytes())  # type: ignore[arg-type, unused-ignore]
    except FileNotFoundError:
        return None
