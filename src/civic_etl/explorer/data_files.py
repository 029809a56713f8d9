"""Data files of the site: classic scripts that hand one JSON value to the page.

A page opened from a disk may not fetch files, but it may load scripts; so every file is one call. It names the release,
so that a page which is open while the next release is published notices.
"""

import json
import re
from pathlib import Path

import duckdb

from civic_etl.errors import WarehouseError

_KEY = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*")
_ROWS_AT_ONCE = 200


class DataFiles:
    """Writes files of one release into a folder."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = json.dumps(version)

    def write_all(self, rows: duckdb.DuckDBPyConnection) -> None:
        """One file for each row (key, JSON text) of a result."""
        while batch := rows.fetchmany(_ROWS_AT_ONCE):
            for key, text in batch:
                self.write(key, text)

    def write(self, key: str, text: str) -> None:
        """Write `text`, which is JSON, as `<key>.js`. Raises WarehouseError for a key that is no plain path."""
        if not _KEY.fullmatch(key):
            raise WarehouseError(f"{key!r} cannot be the name of a data file")
        path = self._folder / f"{key}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"civicData({self._version},{json.dumps(key)},{text});\n", encoding="utf-8")
