"""The word lists of this package, read once from their data files."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from civic_etl.errors import CatalogueError


@lru_cache(maxsize=16)
def read_data(name: str) -> Any:
    """The content of a YAML file in `data/`; CatalogueError names the file where it is malformed."""
    source = files("civic_etl.vietnamese") / "data" / name
    try:
        return yaml.safe_load(source.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CatalogueError(f"malformed word list: {error}", file=name) from error
