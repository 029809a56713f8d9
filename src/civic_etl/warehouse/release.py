"""Build one immutable release from the build file and put it in force."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from importlib import resources
from pathlib import Path

import duckdb

from civic_etl.errors import WarehouseError
from civic_etl.warehouse import checks, publish
from civic_etl.warehouse.database import IF_BUILD_DAMAGED, opened
from civic_etl.warehouse.datapackage import datapackage, dictionary, read_fingerprint, write_datapackage
from civic_etl.warehouse.dcat import write_dcat
from civic_etl.warehouse.diff import diff
from civic_etl.warehouse.export import SCHEMA_VERSION, export_database, export_parquet, finish_database
from civic_etl.warehouse.project import CheckResult
from civic_etl.warehouse.registry import Table, published_tables
from civic_etl.warehouse.scratch import snapshot_of
from civic_etl.warehouse.sdmx import write_sdmx

_LOG = logging.getLogger("civic_etl.release")


@dataclass(frozen=True, slots=True)
class Release:
    """The release in force after a run. `fresh` is False where nothing changed and the one before stays."""

    version: str
    path: Path
    fresh: bool
    pruned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleasePlaces:
    """Where a release is made from and where it goes."""

    build_file: Path
    manifest: Path
    releases: Path
    current: Path
    keep: int


def make_release(
    places: ReleasePlaces,
    results: Sequence[CheckResult],
    now: datetime,
    decorate: Callable[[Path], None] | None = None,
) -> Release:
    """Write, seal and switch to a new release, unless the tables are those of the release in force.

    A release in force that is not as it was sealed is replaced, changed tables or not. `now` is aware. `decorate` may
    add files (a site) to the folder before it is sealed. Raises CheckFailedError where a
    check of severity `fail` did not pass, WarehouseError where the release cannot be written; the one before stays.
    """
    pruned = publish.prune(places.releases, places.current, places.keep)
    checks.refuse_failures(results)
    before = publish.current_release(places.current)
    damage = publish.damaged_files(before) if before is not None else []
    if damage:
        _LOG.warning("the release in force is damaged and will be replaced: %s", ", ".join(map(str, damage)))
    version = publish.next_version(places.releases, now.date())
    folder = publish.begin(places.releases, version)
    try:
        tables, snapshot = _write_tables(places, folder)
        fingerprint = _fingerprint(folder, tables)
        if before is not None and not damage and read_fingerprint(before) == fingerprint:
            publish.discard(folder)
            return Release(before.name, before, fresh=False, pruned=tuple(pruned))
        finish_database(folder / "civic.duckdb", version, now, snapshot)
        created = now.isoformat(timespec="seconds")
        write_sdmx(folder / "civic.duckdb", folder / "sdmx", created)
        write_datapackage(datapackage(tables, version, created, fingerprint), folder)
        (folder / "dictionary.md").write_text(dictionary(tables), encoding="utf-8")
        checks.write(results, folder / "checks.json")
        (folder / "diff.md").write_text(_changes(before, folder, is_damaged=bool(damage)), encoding="utf-8")
        write_dcat(folder, version, created)
        if decorate is not None:
            decorate(folder)
        publish.seal(folder)
    except (duckdb.Error, OSError) as error:
        publish.discard(folder)
        raise WarehouseError(f"release {version} could not be written: {error}") from error
    path = publish.switch(folder, version, places.current)
    pruned += publish.prune(places.releases, places.current, places.keep)
    return Release(version, path, fresh=True, pruned=tuple(pruned))


def _write_tables(places: ReleasePlaces, folder: Path) -> tuple[list[Table], int | None]:
    with opened(places.build_file, hint=IF_BUILD_DAMAGED) as con:
        tables = published_tables(con, places.manifest)
        if not tables:
            raise WarehouseError("the build file holds no published tables: roll up first", file=str(places.build_file))
        export_database(con, tables, folder / "civic.duckdb")
        snapshot = snapshot_of(con)
    export_parquet(folder / "civic.duckdb", tables, folder / "parquet")
    return tables, snapshot


def _changes(before: Path | None, folder: Path, *, is_damaged: bool) -> str:
    if before is not None and is_damaged:
        return f"# What changed\n\nThe release before, {before.name}, is damaged: nothing was compared.\n"
    return diff(before / "civic.duckdb" if before else None, folder / "civic.duckdb")


def _fingerprint(folder: Path, tables: Sequence[Table]) -> str:
    """A digest of every published row, and of what describes and reads them."""
    digest = sha256(f"schema {SCHEMA_VERSION}".encode())
    digest.update(json.dumps([dictionary(tables)]).encode())
    for name in ("macros.sql", "sdmx.sql", "sdmx.yaml"):
        digest.update((resources.files("civic_etl.warehouse") / name).read_bytes())
    for table in tables:
        digest.update((folder / "parquet" / f"{table.qualified}.parquet").read_bytes())
    return digest.hexdigest()
