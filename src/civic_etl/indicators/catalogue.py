"""The catalogue of indicators: codes, units, aggregation, breakdowns and the words that name them."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from civic_etl.errors import CatalogueError
from civic_etl.lined_yaml import read_lined


class IndicatorRow(BaseModel):
    """One entry of catalogue.yaml as written."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    domain: str
    name_vi: str
    name_en: str
    unit_measure: str
    aggregation: Literal["sum", "weighted_mean", "none"]
    weight: str | None = None
    higher_is_better: bool | None = None
    breakdowns: dict[str, list[str]] = Field(default_factory=dict)
    definition: str
    synonyms_vi: list[str]
    plausible_min: float | None = None
    plausible_max: float | None = None


class _File(BaseModel):
    """The whole of catalogue.yaml; its indicators are looked at one by one."""

    model_config = ConfigDict(extra="forbid")

    version: str
    qualifiers: dict[str, list[str]]
    units: dict[str, list[str]]
    indicators: list[Any]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator. `unit_measure` is the base unit of its level, `weight` the code that weighs its mean."""

    code: str
    domain: str
    name_vi: str
    name_en: str
    unit_measure: str
    aggregation: str
    weight: str | None
    higher_is_better: bool | None
    breakdowns: dict[str, tuple[str, ...]]
    definition: str
    synonyms_vi: tuple[str, ...]
    plausible_min: float | None
    plausible_max: float | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators by code, the base units with their spellings, and the qualifiers any observation may carry."""

    version: str
    indicators: dict[str, Indicator]
    units: dict[str, tuple[str, ...]]
    qualifiers: dict[str, tuple[str, ...]]

    def get(self, code: str) -> Indicator | None:
        """The indicator of a code, or None."""
        return self.indicators.get(code)


def read_catalogue(path: Path) -> Catalogue:
    """Read a catalogue file.

    Raises CatalogueError naming file, line (as `row`) and field of the first thing that does not fit: an unknown key,
    unit of measure or weight, a missing key, a code or a key that is given twice.
    """
    found = read_lined(path, CatalogueError)
    file = found.fit(_File, found.content)
    units = {name: tuple(words) for name, words in file.units.items()}
    indicators: dict[str, Indicator] = {}
    weights: dict[str, int] = {}
    for number, raw in enumerate(file.indicators):
        row = found.fit(IndicatorRow, raw, "indicators", number)
        if row.code in indicators:
            raise found.problem(f"the code {row.code} is given twice", "indicators", number, "code")
        if row.unit_measure not in units:
            message = f"{row.code}: unknown unit {row.unit_measure!r}, known are {', '.join(units)}"
            raise found.problem(message, "indicators", number, "unit_measure")
        if row.weight is not None:
            weights[row.code] = number
        indicators[row.code] = Indicator(
            **row.model_dump(exclude={"breakdowns", "synonyms_vi"}),
            breakdowns={key: tuple(values) for key, values in row.breakdowns.items()},
            synonyms_vi=tuple(row.synonyms_vi),
        )
    for code, number in weights.items():
        if indicators[code].weight not in indicators:
            message = f"{code}: no indicator has the code {indicators[code].weight!r}"
            raise found.problem(message, "indicators", number, "weight")
    qualifiers = {name: tuple(values) for name, values in file.qualifiers.items()}
    return Catalogue(file.version, indicators, units, qualifiers)


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The catalogue shipped with the package."""
    return read_catalogue(Path(str(files("civic_etl.indicators") / "catalogue.yaml")))
