"""Reference data written into the build file before each roll-up: units, indicators, sources, corrections."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import pyarrow as pa

from civic_etl.indicators.catalogue import load_catalogue
from civic_etl.warehouse.arrow_tables import to_table
from civic_etl.warehouse.corrections import CORRECTION_SCHEMA, Correction, correction_rows
from civic_etl.warehouse.database import transaction
from civic_etl.warehouse.items import SourceInfo

UNIT_SCHEMA = pa.schema(
    [
        ("unit_id", pa.string()),
        ("code", pa.string()),
        ("level", pa.int32()),
        ("type", pa.string()),
        ("name", pa.string()),
        ("core_name", pa.string()),
        ("full_name", pa.string()),
        ("parent_code", pa.string()),
        ("province_code", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("end_reason", pa.string()),
    ]
)
BRIDGE_SCHEMA = pa.schema(
    [
        ("from_unit_id", pa.string()),
        ("to_unit_id", pa.string()),
        ("effective_date", pa.date32()),
        ("relation", pa.string()),
        ("share_lo", pa.float64()),
        ("share_hi", pa.float64()),
        ("share_est", pa.float64()),
        ("est_method", pa.string()),
        ("decree", pa.string()),
    ]
)
_INDICATOR_SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("domain", pa.string()),
        ("name_vi", pa.string()),
        ("name_en", pa.string()),
        ("unit_measure", pa.string()),
        ("aggregation", pa.string()),
        ("weight", pa.string()),
        ("higher_is_better", pa.bool_()),
        ("breakdown_keys", pa.list_(pa.string())),
        ("definition", pa.string()),
    ]
)
_SOURCE_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("name", pa.string()),
        ("url", pa.string()),
        ("area", pa.string()),
        ("level", pa.string()),
        ("family", pa.string()),
        ("cadence_days", pa.int32()),
        ("successor", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Admin units and their succession as Arrow tables of UNIT_SCHEMA and BRIDGE_SCHEMA."""

    units: pa.Table
    bridge: pa.Table


def load_reference(
    con: duckdb.DuckDBPyConnection,
    gazetteer: Gazetteer,
    sources: Sequence[SourceInfo],
    corrections: Sequence[Correction],
) -> None:
    """Write all reference tables anew, in one transaction.

    Raises CatalogueError where the shipped catalogue cannot be read.
    """
    tables = {
        "admin_unit": gazetteer.units,
        "unit_bridge": gazetteer.bridge,
        "indicator": to_table(indicator_rows(), _INDICATOR_SCHEMA),
        "source": to_table([asdict(source) for source in sources], _SOURCE_SCHEMA),
        "correction": to_table(correction_rows(corrections), CORRECTION_SCHEMA),
    }
    with transaction(con):
        for name, table in tables.items():
            con.register(f"reference_{name}", table)
            con.execute(f"create or replace table raw.{name} as select * from reference_{name}")  # noqa: S608
            con.unregister(f"reference_{name}")


def indicator_rows() -> list[dict[str, Any]]:
    """The catalogue as rows of `raw.indicator`.

    Raises CatalogueError naming an entry that does not fit.
    """
    names = [name for name in _INDICATOR_SCHEMA.names if name not in ("indicator", "breakdown_keys")]
    return [
        {name: getattr(entry, name) for name in names}
        | {"indicator": entry.code, "breakdown_keys": sorted(entry.breakdowns)}
        for entry in load_catalogue().indicators.values()
    ]
