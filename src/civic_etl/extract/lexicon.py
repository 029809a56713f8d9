"""The word lists of extraction, read once from their data files."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from civic_etl.data_files import read_yaml
from civic_etl.errors import CatalogueError
from civic_etl.extract.phrases import PhraseTable


@dataclass(frozen=True, slots=True)
class UnitWord:
    """What a word after a number counts in: a base unit and how much of it one is.

    `generic` nouns ("người", "trường hợp") leave it to the indicator what is counted.
    """

    unit: str
    factor: Decimal
    generic: bool


@lru_cache(maxsize=64)
def read_data(name: str) -> Any:
    """The content of a YAML file beside this module; it is shared, so nobody changes it.

    CatalogueError names the file where it is malformed.
    """
    source = files("civic_etl.extract") / "data" / name
    try:
        return read_yaml(source.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CatalogueError(f"malformed lexicon: {error}", file=name) from error


@lru_cache(maxsize=1)
def unit_words() -> PhraseTable[UnitWord]:
    """Unit words and countable nouns."""
    entries: list[tuple[str, UnitWord]] = []
    for row in read_data("units.yaml"):
        word = UnitWord(row["unit"], Decimal(row.get("factor", "1")), bool(row.get("generic")))
        entries.extend((phrase, word) for phrase in row["phrases"])
    return PhraseTable(entries)


@lru_cache(maxsize=32)
def label_table(name: str, *keys: str) -> PhraseTable[str]:
    """A phrase table over a mapping label -> phrases inside a data file; the payload is the label."""
    node = read_data(name)
    for key in keys:
        node = node[key]
    return PhraseTable((phrase, label) for label, phrases in node.items() for phrase in phrases)
