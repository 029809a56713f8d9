"""Data files say each thing once: of a key given twice only the last one would be read."""

import importlib.resources
from pathlib import Path

import pytest

from civic_etl.errors import CatalogueError
from civic_etl.lined_yaml import read_lined

PACKAGE = Path(str(importlib.resources.files("civic_etl")))
FILES = sorted(PACKAGE.rglob("*.yaml"))


@pytest.mark.parametrize("file", [pytest.param(file, id=str(file.relative_to(PACKAGE))) for file in FILES])
def test_no_key_is_given_twice(file: Path) -> None:
    assert read_lined(file, CatalogueError).content is not None
