"""Releases on disk: versions, the atomic switch of `current`, and pruning."""

import os
import re
import shutil
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from civic_etl.errors import WarehouseError

_VERSION = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})-(\d+)")
_BUILDING = ".building-"
# a name has no control characters: a zero byte is none that a file system takes
_SUM = re.compile(r"([0-9a-f]{64})  ([^\s\x00-\x1f][^\x00-\x1f]*)")
SUMS = "SHA256SUMS"
"""The file of a release that names all others with their digests, as `sha256sum -c` reads it."""


def versions(releases: Path) -> list[str]:
    """The versions on disk, oldest first."""
    if not releases.is_dir():
        return []
    return sorted((entry.name for entry in releases.iterdir() if _VERSION.fullmatch(entry.name)), key=_order)


def next_version(releases: Path, today: date) -> str:
    """`YYYY.MM.DD-N`, later than every version on disk even where the clock went back."""
    first = (today.year, today.month, today.day, 1)
    existing = versions(releases)
    if existing:
        year, month, day, number = _order(existing[-1])
        first = max(first, (year, month, day, number + 1))
    return "{:04d}.{:02d}.{:02d}-{}".format(*first)


def current_release(link: Path) -> Path | None:
    """The folder that is in force, or None before the first release."""
    return link.resolve() if link.is_symlink() and link.exists() else None


def begin(releases: Path, version: str) -> Path:
    """An empty folder to write the release in; nobody looks for releases under its name."""
    folder = releases / f"{_BUILDING}{version}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def discard(folder: Path) -> None:
    """Remove a folder that did not become a release."""
    shutil.rmtree(folder)


def seal(folder: Path) -> None:
    """Write SHA256SUMS, make every file read-only, and bring all of it to disk."""
    files = _files(folder)
    sums = "".join(f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / SUMS).write_text(sums, encoding="utf-8")
    for path in _files(folder):
        path.chmod(0o444)
        _sync(path)
    for path in [*(p for p in folder.rglob("*") if p.is_dir()), folder]:
        _sync(path)


def switch(folder: Path, version: str, link: Path) -> Path:
    """Give the finished folder its name and point `current` at it, each by one atomic rename; returns the release.

    Raises WarehouseError where `link` is a folder.
    """
    release = folder.parent / version
    folder.rename(release)
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(release, link.parent), target_is_directory=True)
    try:
        fresh.replace(link)
    except IsADirectoryError as error:
        fresh.unlink()
        message = f"it is a folder where a link must be, as a copy makes it: move it away; {version} is whole beside it"
        raise WarehouseError(message, file=str(link)) from error
    _sync(release.parent)
    _sync(link.parent)
    return release


def prune(releases: Path, link: Path, keep: int) -> list[str]:
    """Remove half-written folders and all but the newest `keep` releases, never the one in force; names what went."""
    if not releases.is_dir():
        return []
    current = current_release(link)
    half_written = [entry for entry in releases.iterdir() if entry.name.startswith(_BUILDING)]
    old = [releases / name for name in versions(releases)[:-keep]]
    gone = [folder for folder in [*half_written, *old] if folder.resolve() != current]
    for folder in gone:
        shutil.rmtree(folder)
    for stray in link.parent.glob(f".{link.name}-*"):
        stray.unlink()
    return [folder.name for folder in gone]


def damaged_files(release: Path) -> list[Path]:
    """The files that are not what SHA256SUMS says: changed, missing, or not named there; itself where it is no list."""
    sums = release / SUMS
    try:
        lines = [_SUM.fullmatch(line) for line in sums.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError):
        return [sums]
    said = {match[2]: match[1] for match in lines if match is not None}
    if not said or None in lines:
        return [sums]
    bad = [release / name for name, digest in said.items() if not _is(release / name, digest)]
    strange = [path for path in _files(release) if path != sums and path.relative_to(release).as_posix() not in said]
    return sorted({*bad, *strange})


def verify(release: Path) -> None:
    """Compare every file with SHA256SUMS. Raises WarehouseError naming the first that `damaged_files` names."""
    bad = damaged_files(release)
    if bad:
        raise WarehouseError("a file of the release is missing, was changed or does not belong there", file=str(bad[0]))


def _order(version: str) -> tuple[int, int, int, int]:
    match = _VERSION.fullmatch(version)
    if match is None:
        raise WarehouseError(f"{version!r} is no release version")
    year, month, day, number = map(int, match.groups())
    return year, month, day, number


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _is(path: Path, digest: str) -> bool:
    try:
        return _sha256(path) == digest
    except OSError:
        return False


def _sha256(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
