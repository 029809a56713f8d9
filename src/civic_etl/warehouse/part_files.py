"""Parts as Parquet files: a folder each, that is there whole or not at all."""

import json
import secrets
import shutil
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from civic_etl.errors import WarehouseError
from civic_etl.warehouse.items import Versions
from civic_etl.warehouse.parts import TABLES, Part, schema_of_part

_VERSIONS = b"civic_etl.versions"


def write_part(part: Part, path: Path) -> None:
    """Write the part as the folder `path`, whose parent exists; one that is there already stays as it is.

    A part may be written twice, by a machine that was given up and by the one that took over: the first stands. Raises
    WarehouseError where it cannot be written.
    """
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    try:
        fresh.mkdir()
        for name, table in part.tables.items():
            if table.num_rows:
                pq.write_table(table, fresh / f"{name}.parquet", compression="zstd")
        versions = {_VERSIONS: json.dumps(asdict(part.versions)).encode()}
        pq.write_metadata(pa.schema([]).with_metadata(versions), fresh / "_metadata")
        try:
            fresh.rename(path)
        except OSError:
            if not path.is_dir():
                raise
    except OSError as error:
        raise WarehouseError(f"a part cannot be written: {error.strerror}", file=str(path)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read_part(path: Path) -> Part:
    """The part in a folder. Raises WarehouseError where it is not there whole."""
    try:
        versions = Versions(**json.loads(pq.read_schema(path / "_metadata").metadata[_VERSIONS]))
        return Part(versions, {name: _table(path, name) for name in TABLES})
    except (OSError, pa.ArrowException, KeyError, ValueError, TypeError) as error:
        raise WarehouseError(f"a part cannot be read: {error}", file=str(path)) from error


def _table(folder: Path, name: str) -> pa.Table:
    path, schema = folder / f"{name}.parquet", schema_of_part(name)
    return pq.read_table(path, schema=schema, partitioning=None) if path.exists() else schema.empty_table()
