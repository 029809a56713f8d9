"""History packs: a larger table of past units in a folder of three files, loaded beside the shipped table.

Until 2025-06-30 the pack's units and edges replace the shipped ones; from 2025-07-01 on the shipped ones hold, and the
pack's are not used. Its last edges must therefore lead to units that the shipped table knows.
"""

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import yaml

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.checks import UNITS_FILE, check_tables, counts_on
from civic_etl.gazetteer.clusters import clusters
from civic_etl.gazetteer.keys import name_key
from civic_etl.gazetteer.pack_files import FILES, Pack, read_pack, write_pack
from civic_etl.gazetteer.ready import write_ready
from civic_etl.gazetteer.tables import DATA
from civic_etl.gazetteer.units import REFORM, Edge, Unit
from civic_etl.settings import Settings, get_settings

__all__ = ["ImportReport", "Pack", "beside", "export_pack", "import_pack", "pack_folder", "pack_in_use", "read_pack"]

_FOLDER = "gazetteer"
_EVE = REFORM - timedelta(days=1)
Counts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import took over.

    `units` and `edges` before 2025-07-01, `unused_units` those after it; `counts`, how many provinces, districts and
    communes are in force on each day of change; `official`, the same on the days of `data/counts.yaml`, each beside the
    official count.
    """

    folder: Path
    units: int
    edges: int
    unused_units: int
    counts: tuple[tuple[date, int, int, int], ...]
    official: tuple[tuple[date, Counts, Counts], ...]


def pack_folder(settings: Settings | None = None) -> Path:
    """Where an imported pack lives: the folder of the settings, else `gazetteer` in their home."""
    settings = settings or get_settings()
    return settings.gazetteer_pack or settings.home / _FOLDER


def pack_in_use(settings: Settings | None = None) -> Path | None:
    """The folder of the pack that `Gazetteer.load()` uses; None where none was imported.

    A folder that the settings name is used whether it is there or not, so that a slip in them does not go unnoticed.
    """
    settings = settings or get_settings()
    if settings.gazetteer_pack is not None:
        return settings.gazetteer_pack
    folder, first = _own_pack(settings.home)
    return folder if os.path.exists(first) else None  # noqa: PTH110


@lru_cache(maxsize=4)
def _own_pack(home: Path) -> tuple[Path, str]:
    """Where a pack lies in a home, and its first file: asked for with each document, so that paths are not put together
    each time.
    """
    folder = home / _FOLDER
    return folder, str(folder / FILES[0])


def import_pack(source: Path, dest: Path | None = None) -> ImportReport:
    """Check the pack in the folder `source` and put a copy of it at `dest` (default: `pack_folder()`), in place of one
    already there; from then on `Gazetteer.load()` uses it.

    Raises GazetteerError with file, row and reason for the first breach; then nothing at `dest` has changed.
    """
    from civic_etl.gazetteer.gazetteer import forget_packs, shipped_tables

    dest = dest or pack_folder()
    pack = read_pack(source)
    check_tables(pack.units, pack.edges)
    shipped, edges = shipped_tables()
    _check_counts(pack.units)
    units, together = beside(shipped, edges, pack)
    _put(source, dest, units, together)
    forget_packs()
    return ImportReport(
        folder=dest,
        units=sum(unit.valid_from < REFORM for unit in units),
        edges=sum(edge.effective_date <= REFORM for edge in together),
        unused_units=sum(unit.valid_from >= REFORM for unit in pack.units),
        counts=tuple((day, *counts_on(units, day)) for day in sorted({u.valid_from for u in units})),
        official=tuple((day, counts_on(units, day), due) for day, due in official_counts().items()),
    )


def export_pack(dest: Path, pack: Path | None = None) -> Path:
    """Write the gazetteer in use (or the one with `pack`) as a pack into a folder that is new or empty.

    Raises GazetteerError where the folder holds something.
    """
    from civic_etl.gazetteer.gazetteer import Gazetteer

    if dest.exists() and any(dest.iterdir()):
        raise GazetteerError("the folder for the pack is not empty", file=str(dest))
    dest.mkdir(parents=True, exist_ok=True)
    gazetteer = Gazetteer.load(pack)
    write_pack(dest, gazetteer.units, gazetteer.edges)
    return dest


def beside(shipped: Sequence[Unit], edges: Sequence[Edge], pack: Pack) -> tuple[list[Unit], list[Edge]]:
    """The pack's units and edges until 2025-06-30 with the shipped ones since, coordinates and clusters filled in.

    Raises GazetteerError naming the row of an edge that leads to a unit the shipped table does not know.
    """
    known = {unit.unit_id for unit in shipped}
    for row, edge in enumerate(pack.edges, start=1):
        if edge.effective_date == REFORM and edge.to_unit_id not in known:
            reason = f"orphan: {edge.to_unit_id} is no unit of the shipped table"
            raise GazetteerError(reason, file=FILES[1], row=row, field="to_unit_id")
    units = [u for u in pack.units if u.valid_from < REFORM]
    later = [u for u in shipped if u.valid_from >= REFORM]
    together = [e for e in pack.edges if e.effective_date <= REFORM]
    together += [e for e in edges if e.effective_date > REFORM]
    links = ((e.from_unit_id, e.to_unit_id) for e in together)
    cluster = clusters((u.unit_id for u in [*units, *later]), links)
    located = {(u.level, u.code): u for u in shipped if u.on(_EVE)}
    placed = [_placed(u, located.get((u.level, u.code)), cluster[u.unit_id]) for u in units]
    return placed + [replace(u, cluster_id=cluster[u.unit_id]) for u in later], together


_OWN = attrgetter(*(field.name for field in fields(Unit) if field.name not in {"lat", "lon", "area_km2", "cluster_id"}))


def _placed(unit: Unit, same: Unit | None, cluster: str) -> Unit:
    """The unit with its cluster, and the coordinates of the shipped unit of its code where the name is the same too."""
    alike = same is not None and (
        same.core_name == unit.core_name or name_key(same.core_name) == name_key(unit.core_name)
    )
    lat, lon = (same.lat, same.lon) if same is not None and alike else (None, None)
    # three times as fast as dataclasses.replace, for all of a pack's units at every start
    own: tuple[Any, ...] = (*_OWN(unit), lat, lon, None, cluster)
    return Unit(*own)


@lru_cache(maxsize=1)
def official_counts() -> dict[date, Counts]:
    """Numbers of provinces, districts and communes on some days, as the state counted them."""
    found = yaml.safe_load((DATA / "counts.yaml").read_text(encoding="utf-8"))
    return {day: tuple(counts) for day, counts in found.items()}


def _check_counts(units: Sequence[Unit]) -> None:
    """Earlier days are only reported: which of the waves of mergers a pack knows is its maker's business."""
    for day in (_EVE, REFORM):
        found, due = counts_on(units, day), official_counts()[day]
        if found != due:
            reason = f"{day}: {'/'.join(map(str, found))} units in force instead of {'/'.join(map(str, due))}"
            raise GazetteerError(reason, file=UNITS_FILE)


def _put(source: Path, dest: Path, units: Sequence[Unit], edges: Sequence[Edge]) -> None:
    """Copy the files to a folder beside `dest`, with what loads fast, then swap the folders."""
    try:
        dest.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{dest.name}-", dir=dest.parent))
        # mkdtemp lets only its owner in; a pack is for all who run the product
        fresh.chmod(dest.parent.stat().st_mode & 0o777)
        for name in FILES:
            shutil.copyfile(source / name, fresh / name)
        write_ready(fresh, units, edges)
        old = fresh.with_name(f"{fresh.name}-old")
        if dest.exists():
            dest.rename(old)
        fresh.rename(dest)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise GazetteerError(f"cannot store the pack: {error}", file=str(dest)) from error
