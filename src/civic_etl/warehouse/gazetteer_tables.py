"""The gazetteer's units and succession as the warehouse's reference tables."""

from pathlib import Path

from civic_etl import gazetteer
from civic_etl.warehouse.reference import BRIDGE_SCHEMA, UNIT_SCHEMA, Gazetteer


def gazetteer_tables(pack: Path | None = None) -> Gazetteer:
    """The units and edges in use: those shipped, or with the history pack of the folder `pack`.

    Raises GazetteerError where a table is missing or malformed.
    """
    loaded = gazetteer.Gazetteer.load(pack)
    return Gazetteer(
        units=loaded.units_table().select(UNIT_SCHEMA.names),
        bridge=loaded.bridge_table().select(BRIDGE_SCHEMA.names),
    )
