"""A pack and the shipped table put together, kept beside an imported pack so that it loads as fast as the shipped one.

What is kept holds for one shipped table and one pack; where either is another, it is not used.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from civic_etl.gazetteer.pack_files import FILES
from civic_etl.gazetteer.tables import DATA, edges_table, read_arrow, units_of, units_table, write_parquet
from civic_etl.gazetteer.units import Edge, Unit

_UNITS, _BRIDGE = "ready-units.parquet", "ready-bridge.parquet"
_BASIS = b"basis"


def write_ready(folder: Path, units: Sequence[Unit], edges: Sequence[Edge]) -> None:
    """Keep what `beside` made of the pack in a folder."""
    basis = {_BASIS: _basis(folder)}
    write_parquet(units_table(units).replace_schema_metadata(basis), folder / _UNITS)
    write_parquet(edges_table(edges), folder / _BRIDGE)


def read_ready(folder: Path) -> tuple[list[Unit], pa.Table] | None:
    """Units and the table of edges kept for the pack in a folder; None where there are none or they are out of date."""
    if not all((folder / name).is_file() for name in (_UNITS, _BRIDGE, *FILES)):
        return None
    units = read_arrow(folder / _UNITS)
    if (units.schema.metadata or {}).get(_BASIS) != _basis(folder):
        return None
    return units_of(units), read_arrow(folder / _BRIDGE)


def _basis(folder: Path) -> bytes:
    """A digest of the shipped table and of the pack."""
    digest = hashlib.sha256()
    for path in (DATA / "units.parquet", DATA / "bridge.parquet", *(folder / name for name in FILES)):
        digest.update(path.read_bytes())
    return digest.hexdigest().encode()
