"""The database of the small server that Prefect starts with a run: set aside where it is damaged.

It tells of runs that are over and of nothing that a night needs; one that cannot be read would stop every later night.
"""

import logging
import os
from pathlib import Path

from civic_etl.sqlite_damage import damage_of

_logger = logging.getLogger(__name__)
_NAME = "prefect.db"
# what SQLite keeps beside a database
_BESIDE = ("-wal", "-shm")


def set_aside_if_damaged() -> Path | None:
    """Move a damaged database of this process's Prefect away, and say so; returns where it lies then.

    Prefect's environment is set (`settle`). A database that the environment names, or a server of its own, is its
    operator's: left alone. So is one that cannot be asked now because another run writes it.
    """
    if os.environ.get("PREFECT_API_URL") or os.environ.get("PREFECT_API_DATABASE_CONNECTION_URL"):
        return None
    path = Path(os.environ["PREFECT_HOME"]) / _NAME
    if not path.is_file() or (damage := damage_of(f"{path.absolute().as_uri()}?mode=ro")) is None:
        return None
    aside = path.with_name(f"{_NAME}.damaged")
    for ending in ("", *_BESIDE):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    _logger.warning(
        "%s is damaged (%s): moved to %s; Prefect begins another, without its old runs", path, damage, aside
    )
    return aside
