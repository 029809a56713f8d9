"""The removal list as people write it; every slip names the file and the line."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from civic_etl.errors import SettingsError
from civic_etl.lined_yaml import read_lined
from civic_etl.removals.names import syllables
from civic_etl.vietnamese.fold import fold

# A single word is half of the country's names and many other words besides.
_FEWEST_SYLLABLES = 2


@dataclass(frozen=True, slots=True)
class Removal:
    """One entry: a `url` or a `person`, the other is None; `line` is where it begins in the file."""

    line: int
    url: str | None
    person: str | None
    reason: str
    date: date


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str | None = None
    person: str | None = None
    reason: str = Field(min_length=1)
    date: date

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        if (self.url is None) == (self.person is None):
            raise ValueError("an entry has either 'url' or 'person'")
        if self.url is not None and not _is_address(self.url):
            raise ValueError(f"{self.url!r} is no http(s) or file: address")
        if self.person is not None and len(syllables(self.person)) < _FEWEST_SYLLABLES:
            raise ValueError(f"{self.person!r} is no full name: give family name and given name")
        return self


def read_removals(path: Path) -> list[Removal]:
    """The entries of a removal list.

    Raises SettingsError naming file and line of the first entry that is no mapping, has an unknown or missing key, both
    or neither of `url` and `person`, a date that is none, or is given twice.
    """
    file = read_lined(path, SettingsError)
    if file.content is None:
        return []
    if not isinstance(file.content, list):
        raise file.problem("removals are a list of entries")
    found: dict[str, Removal] = {}
    for number, raw in enumerate(file.content):
        entry = file.fit(_Entry, raw, number)
        key = entry.url or fold(" ".join(syllables(entry.person or "")))
        if key in found:
            raise file.problem(f"the entry is given twice, first on line {found[key].line}", number)
        found[key] = Removal(file.line(number), entry.url, entry.person, " ".join(entry.reason.split()), entry.date)
    return list(found.values())


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
        return (parts.scheme in ("http", "https") and bool(parts.hostname)) or (
            parts.scheme == "file" and bool(parts.path)
        )
    except ValueError:
        return False
