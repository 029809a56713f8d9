"""Reads the data files of the lexicon."""

from importlib.resources import files
from typing import Any

import yaml

from civic_etl.data_files import read_yaml
from civic_etl.errors import CatalogueError
from civic_etl.indicators.catalogue import Catalogue

DECOY = "other"
"""Code of phrases that hold the words of an indicator and mean none ("nợ quá hạn", "năng suất lao động")."""


def read_lexicon_data(name: str) -> Any:
    """The content of a data file of the lexicon; CatalogueError names the file where it is malformed."""
    try:
        return read_yaml((files("civic_etl.indicators") / "data" / name).read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CatalogueError(f"malformed lexicon: {error}", file=name) from error


def require_code(catalogue: Catalogue, code: str, file: str) -> None:
    """Raises CatalogueError, with the data file, where a code is none of the catalogue."""
    if code not in catalogue.indicators:
        raise CatalogueError(f"{code} is no code of the catalogue", file=file, field=code)
