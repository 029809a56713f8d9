"""The two tables as Arrow files: their columns, reading and writing them."""

from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from civic_etl.errors import GazetteerError
from civic_etl.gazetteer.units import Edge, Unit

DATA = Path(__file__).parent / "data"

UNIT_SCHEMA = pa.schema(
    [
        pa.field("unit_id", pa.string(), nullable=False),
        pa.field("level", pa.int32(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("type", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("core_name", pa.string(), nullable=False),
        pa.field("parent_code", pa.string()),
        pa.field("province_code", pa.string(), nullable=False),
        pa.field("valid_from", pa.date32(), nullable=False),
        pa.field("valid_to", pa.date32(), nullable=False),
        pa.field("start_reason", pa.string(), nullable=False),
        pa.field("end_reason", pa.string()),
        pa.field("decree", pa.string()),
        pa.field("date_quality", pa.string(), nullable=False),
        pa.field("lat", pa.float64()),
        pa.field("lon", pa.float64()),
        pa.field("area_km2", pa.float64()),
        pa.field("cluster_id", pa.string(), nullable=False),
    ]
)
BRIDGE_SCHEMA = pa.schema(
    [
        pa.field("from_unit_id", pa.string(), nullable=False),
        pa.field("to_unit_id", pa.string(), nullable=False),
        pa.field("effective_date", pa.date32(), nullable=False),
        pa.field("relation", pa.string(), nullable=False),
        pa.field("share_lo", pa.float64(), nullable=False),
        pa.field("share_hi", pa.float64(), nullable=False),
        pa.field("share_est", pa.float64(), nullable=False),
        pa.field("est_method", pa.string(), nullable=False),
        pa.field("decree", pa.string()),
    ]
)


def read_arrow(path: Path) -> pa.Table:
    """An Arrow table from a Parquet file; GazetteerError names a file that is missing or damaged."""
    try:
        return pq.ParquetFile(path).read(use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise GazetteerError(f"cannot read the table: {error}", file=str(path)) from error


def units_of(table: pa.Table) -> list[Unit]:
    """Rows of UNIT_SCHEMA as records, in order."""
    return list(map(Unit, *(table.column(name).to_pylist() for name in UNIT_SCHEMA.names)))


def edges_of(table: pa.Table) -> list[Edge]:
    """Rows of BRIDGE_SCHEMA as records, in order."""
    return list(map(Edge, *(table.column(name).to_pylist() for name in BRIDGE_SCHEMA.names)))


def units_table(units: Iterable[Unit]) -> pa.Table:
    """Records as an Arrow table of UNIT_SCHEMA."""
    return _table(units, UNIT_SCHEMA)


def edges_table(edges: Iterable[Edge]) -> pa.Table:
    """Records as an Arrow table of BRIDGE_SCHEMA."""
    return _table(edges, BRIDGE_SCHEMA)


def _table(records: Iterable[Unit | Edge], schema: pa.Schema) -> pa.Table:
    # `astuple` would copy every value deeply, which takes as long as all the rest.
    rows = map(attrgetter(*schema.names), records)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a small, reproducible Parquet file: the same rows give the same bytes."""
    pq.write_table(table, path, compression="zstd", compression_level=19, write_statistics=False)
