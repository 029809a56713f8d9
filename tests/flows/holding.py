"""Loaded by the workers of a Dask cluster (`worker.preload`): they read the shards up to a place in the archive, then
wait for as long as a file is there. So a test can do to a run what it wants while shards are begun and not done,
however fast the machine is.
"""

import os
import time
from pathlib import Path

from civic_etl.pipeline import handover, reading
from civic_etl.pipeline.shards import Shard
from civic_etl.settings import Settings
from civic_etl.warehouse.parts import Part

FOLDER = "CIVIC_ETL_TEST_HOLD"
HOLD = "hold"


def dask_setup(worker: object) -> None:
    """Called by Dask in every worker."""
    handover.read_shard = held


def held(shard: Shard, settings: Settings) -> Part:
    """Read the shard; one that begins at the held place or behind it only once the file is gone."""
    hold = Path(os.environ[FOLDER]) / HOLD
    begins = shard.records[0].offset
    while hold.exists() and begins >= int(hold.read_text(encoding="ascii")):
        (hold.parent / str(begins)).touch()
        time.sleep(0.05)
    return reading.read_shard(shard, settings)
