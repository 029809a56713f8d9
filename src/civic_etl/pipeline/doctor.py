"""Look whether this machine can run the next night: each finding with what to do about it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import InvalidRequirement, Requirement

from civic_etl.errors import CivicEtlError
from civic_etl.pipeline.prefect_home import prefect_home
from civic_etl.settings import Settings
from civic_etl.warehouse.database import LEAST_OF_BUILD_FILES, may_write_build_files

State = Literal["ok", "warn", "fail"]

_ROOM_FAIL, _ROOM_WARN = 500_000_000, 5_000_000_000
# A night is over in hours; a lock that is held longer is worth a look.
_LONG = timedelta(hours=12)
_OLDEST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; `fix` says what to do where it is not `ok`."""

    name: str
    state: State
    detail: str
    fix: str = ""


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings, *, deep: bool = False) -> list[Finding]:
    """Every check; with `deep` also those that read every byte. A check that fails itself is a finding too."""
    from civic_etl.pipeline.doctor_files import DEEP, QUICK

    checks = (*CHECKS, *QUICK, *(DEEP if deep else ()))
    return [finding for check in checks for finding in _safely(check, settings)]


def _safely(check: Check, settings: Settings) -> Iterator[Finding]:
    try:
        yield from check(settings)
    except Exception as error:
        words = " ".join(str(error).split()) or repr(error)
        yield Finding(check.__name__.strip("_"), "fail", words, "see the message; `civic-etl --debug doctor` says more")


def _python(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    fits = (3, 11) <= sys.version_info[:2] < (3, 15)
    fix = "" if fits else "make a virtual environment with Python 3.11 to 3.14 and install civic-etl into it"
    yield Finding("python", "ok" if fits else "fail", version, fix)


def _packages(settings: Settings) -> Iterator[Finding]:
    """Whether what is installed is what civic-etl asks for; other versions of some crash or lose data."""
    bad = []
    wanted = [found for text in metadata.requires("civic-etl") or () if (found := _needed(text)) is not None]
    for requirement in wanted:
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            bad.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            bad.append(f"{requirement.name} {version} is not {requirement.specifier}")
        elif requirement.name == "duckdb" and settings.warehouse is None and not may_write_build_files(version):
            bad.append(f"duckdb {version} is not >={LEAST_OF_BUILD_FILES}, as a build file needs")
    detail = "; ".join(bad) or f"civic-etl {metadata.version('civic-etl')}, its {len(wanted)} requirements met"
    fix = "install with the lock: pip install --no-deps --require-hashes -r requirements.lock" if bad else ""
    yield Finding("packages", "fail" if bad else "ok", detail, fix)


def _needed(text: str) -> Requirement | None:
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return None
    return requirement if requirement.marker is None or requirement.marker.evaluate({"extra": ""}) else None


def _files(settings: Settings) -> Iterator[Finding]:
    """The files that the settings name, read as a run reads them."""
    from civic_etl.pipeline.sources import described_sources
    from civic_etl.removals import removals_of

    try:
        count = len(described_sources(settings))
        yield Finding("sources", "ok" if count else "fail", f"{count} described", "" if count else "describe one")
    except CivicEtlError as error:
        yield Finding("sources", "fail", str(error), "mend the description at that line")
    if settings.removals is not None:
        try:
            yield Finding("removals", "ok", f"{len(removals_of(settings).entries)} entries")
        except CivicEtlError as error:
            yield Finding("removals", "fail", str(error), "mend the entry at that line: no run starts until then")
    if settings.corrections is not None and not settings.corrections.is_file():
        yield Finding("corrections", "fail", f"{settings.corrections} does not exist", "restore it, or unset it")


def _folders(settings: Settings) -> Iterator[Finding]:
    """Whether a run may write where it must, and whether a release is as it was sealed."""
    home = settings.home
    if not home.exists():
        parent = next(folder for folder in home.resolve().parents if folder.exists())
        can = os.access(parent, os.W_OK)
        yield Finding(
            "home",
            "ok" if can else "fail",
            f"{home} does not exist yet" if can else f"{home} cannot be made in {parent}",
            "" if can else f"make it and give it to the user of the scheduler: mkdir {home}; chown USER {home}",
        )
        return
    folders = [home, settings.state_dir, settings.archive_dir, settings.build_file.parent, settings.releases_dir]
    closed = [str(path) for path in [*folders, prefect_home(settings)] if path.exists() and not _is_writable(path)]
    fix = f"as root: chown -R USER {home}" if closed else ""
    detail = f"cannot be written: {', '.join(closed)}" if closed else f"{home} can be written"
    yield Finding("permissions", "fail" if closed else "ok", detail, fix)
    yield from _open_to_all(settings)


def _open_to_all(settings: Settings) -> Iterator[Finding]:
    loose = [path for path in (settings.home, settings.state_dir) if path.exists() and path.stat().st_mode & 0o002]
    if loose:
        names = ", ".join(map(str, loose))
        yield Finding("permissions", "warn", f"anybody may write {names}", f"chmod o-w {names}")


def _is_writable(path: Path) -> bool:
    return os.access(path, os.W_OK | os.X_OK)


def _disk(settings: Settings) -> Iterator[Finding]:
    """A release is written whole beside the one before, and the build file may double while it is rebuilt."""
    folder = next(path for path in (settings.home, *settings.home.resolve().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    build = settings.build_file.stat().st_size if settings.build_file.exists() else 0
    needed = max(_ROOM_FAIL, 2 * build)
    state: State = "fail" if free < needed else "warn" if free < max(_ROOM_WARN, 4 * build) else "ok"
    inodes = os.statvfs(folder)
    if inodes.f_files and inodes.f_favail < 10_000:
        yield Finding("inodes", "warn", f"{inodes.f_favail:,} left", "delete small files of other programs")
    fix = "" if state == "ok" else "lower keep_releases, move the archive to a larger disk; see docs/runbook.md"
    yield Finding("disk", state, f"{free / 1e9:,.1f} GB free, a night may take {needed / 1e9:,.1f}", fix)


def _clock(settings: Settings) -> Iterator[Finding]:
    """A clock that went back makes pages seem to come from the future."""
    now = datetime.now(UTC)
    try:
        ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        yield Finding("time zones", "fail", "Asia/Ho_Chi_Minh is not known", "install tzdata")
    seen = [path for path in (settings.state_dir / "last_run.json", settings.state_dir / "runs.jsonl") if path.exists()]
    latest = max((datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in seen), default=now)
    is_back = now.year < _OLDEST_YEAR or latest > now + timedelta(minutes=5)
    detail = f"{now:%Y-%m-%d %H:%M:%S} UTC" + (f", the last run was at {latest:%Y-%m-%d %H:%M} UTC" if is_back else "")
    fix = "set the clock (timedatectl set-ntp true) before the next run" if is_back else ""
    yield Finding("clock", "fail" if is_back else "ok", detail, fix)


def _locks(settings: Settings) -> Iterator[Finding]:
    """Locks die with the process that holds them: what is held is held by somebody alive."""
    from civic_etl.warehouse.lock import holder

    held = False
    for path in sorted(settings.state_dir.glob("*.lock")):
        pid = holder(path)
        if pid is None:
            continue
        held = True
        since = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        is_long = datetime.now(UTC) - since > _LONG
        fix = (
            f"look at it (ps -fp {pid}); if it hangs, end it (kill {pid}): the next run goes on there"
            if is_long
            else ""
        )
        detail = f"{path.stem} is held by process {pid} since {since:%Y-%m-%d %H:%M} UTC"
        yield Finding("locks", "warn" if is_long else "ok", detail, fix)
    if not held:
        yield Finding("locks", "ok", "nobody holds one")


def _server(settings: Settings) -> Iterator[Finding]:
    """A Prefect server of one's own, if one is named."""
    address = os.environ.get("PREFECT_API_URL")
    if not address:
        return
    import httpx

    try:
        httpx.get(f"{address.rstrip('/')}/health", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        fix = "start it, or unset PREFECT_API_URL: then every run starts a small server of its own"
        yield Finding("prefect", "fail", f"PREFECT_API_URL does not answer: {type(error).__name__}", fix)
    else:
        yield Finding("prefect", "ok", "PREFECT_API_URL answers")


CHECKS: tuple[Check, ...] = (_python, _packages, _files, _folders, _disk, _clock, _locks, _server)
