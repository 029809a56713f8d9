"""Versions of what reads a page: digests of the code and data, so that no change goes unnoticed."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from civic_etl.warehouse.items import Versions

_PACKAGE = Path(__file__).resolve().parent.parent
_ROOMS = {
    "parser": ("parse",),
    "extractor": ("extract", "vietnamese", "confidence"),
    "catalogue": ("indicators",),
    "gazetteer": ("gazetteer",),
}


@lru_cache(maxsize=4)
def current_versions(gazetteer_pack: Path | None = None) -> Versions:
    """The versions of this installation; a history pack of admin units counts as part of the gazetteer."""
    folders = {name: [_PACKAGE / room for room in rooms] for name, rooms in _ROOMS.items()}
    if gazetteer_pack is not None:
        folders["gazetteer"].append(gazetteer_pack)
    return Versions(**{name: _digest(found) for name, found in folders.items()})


def _digest(folders: list[Path]) -> str:
    """First 12 hex digits over names and bytes of every file that is code or data."""
    digest = sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
