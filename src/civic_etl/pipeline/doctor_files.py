"""What is on disk: the release in force, the build file, the crawl ledger and the archive."""

import sqlite3
from collections.abc import Iterator

import duckdb

from civic_etl.archive import Archive
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.crawl.ledger_file import looked_into
from civic_etl.errors import CivicEtlError, FetchError
from civic_etl.pipeline.doctor import Check, Finding, State
from civic_etl.settings import Settings
from civic_etl.warehouse import lake
from civic_etl.warehouse.lock import holder
from civic_etl.warehouse.publish import current_release, verify

_RESTORE = "see `A restore from the archive` in docs/runbook.md"


def release(settings: Settings) -> Iterator[Finding]:
    """Whether `current` names a release that can be opened, and no half-written one lies beside it."""
    link = settings.current_release
    found = current_release(link)
    if found is None:
        broken = link.is_symlink()
        detail = f"{link} leads nowhere" if broken else "there is none yet"
        fix = f"rm {link}; civic-etl release" if broken else "civic-etl run nightly"
        yield Finding("release", "fail" if broken else "warn", detail, fix)
    else:
        try:
            with duckdb.connect(str(found / "civic.duckdb"), read_only=True) as con:
                con.execute("select version from main.release").fetchall()
            yield Finding("release", "ok", found.name)
        except duckdb.Error as error:
            fix = f"move {found} away and run civic-etl release: it makes another"
            yield Finding("release", "fail", f"{found.name} cannot be opened: {_line(error)}", fix)
    strays = sorted(path.name for path in settings.releases_dir.glob(".building-*"))
    if strays and holder(settings.state_dir / "warehouse.lock") is None:
        fix = "nothing: the next release removes what an ended run left"
        yield Finding("half-written releases", "ok", ", ".join(strays), fix)


def build_file(settings: Settings) -> Iterator[Finding]:
    """Whether the build file can be opened; where a run holds it, it is not touched."""
    if settings.warehouse is not None:
        with lake.attached(settings) as con:
            yield Finding("lake", "ok", f"it answers, at snapshot {lake.snapshot_in_force(con)}")
        return
    path = settings.build_file
    pid = holder(settings.state_dir / "warehouse.lock")
    if not path.exists():
        held = bool(Archive.of(settings).sources())
        fix = "civic-etl reparse reads the archive into a new one" if held else ""
        yield Finding("build file", "warn" if held else "ok", "there is none yet", fix)
        return
    if pid is not None:
        yield Finding("build file", "ok", f"process {pid} is writing it")
        return
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            con.execute("select count(*) from duckdb_tables()").fetchall()
    except duckdb.Error as error:
        yield Finding("build file", "fail", f"cannot be opened: {_line(error)}", _RESTORE)
    else:
        yield Finding("build file", "ok", f"{path.stat().st_size / 1e6:,.0f} MB")


def ledger(settings: Settings) -> Iterator[Finding]:
    """Whether the crawl ledger is sound."""
    path = settings.state_dir / LEDGER_NAME
    if not path.exists():
        yield Finding("crawl ledger", "ok", "there is none yet")
        return
    try:
        with looked_into(path) as db:
            ((answer,),) = db.execute("pragma quick_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        answer = str(error)
    except FetchError as error:
        answer = error.message
    state: State = "ok" if answer == "ok" else "fail"
    fix = (
        "" if state == "ok" else f"move {path} away: the next night begins another and fetches every listed page again"
    )
    yield Finding("crawl ledger", state, "sound" if state == "ok" else answer, fix)


def archive(settings: Settings) -> Iterator[Finding]:
    """Every byte of archive and release, compared with its digest: minutes for a large archive."""
    report = Archive.of(settings).verify()
    if report.ok:
        yield Finding("archive", "ok", f"{report.records:,} records in {report.files:,} files are whole")
    else:
        first = report.problems[0]
        detail = f"{len(report.problems)} problems, the first: {first.path} at {first.position}: {first.reason}"
        yield Finding("archive", "fail", detail, "civic-etl archive verify lists them; docs/runbook.md says what then")
    found = current_release(settings.current_release)
    if found is not None:
        try:
            verify(found)
            yield Finding("release files", "ok", "all as they were sealed")
        except (CivicEtlError, OSError) as error:
            yield Finding("release files", "fail", str(error), "publish another: civic-etl release")


QUICK: tuple[Check, ...] = (release, build_file, ledger)
DEEP: tuple[Check, ...] = (archive,)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
