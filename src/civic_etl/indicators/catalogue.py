"""The catalogue of indicators: codes, units, aggregation, breakdowns and the words that name them."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from civic_etl.data_files import read_yaml_file
from civic_etl.errors import CatalogueError


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

    Raises CatalogueError naming file, row (from 1) and field where an entry does not fit.
    """
    try:
        data: dict[str, Any] = read_yaml_file(path)
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"cannot read the catalogue: {error}", file=str(path)) from error
    units = {name: tuple(map(str, words)) for name, words in data["units"].items()}
    indicators: dict[str, Indicator] = {}
    for number, raw in enumerate(data["indicators"], 1):
        row = _row(raw, path, number)
        if row.code in indicators:
            raise CatalogueError(f"code {row.code} is given twice", file=str(path), row=number, field="code")
        if row.unit_measure not in units:
            message = f"{row.code}: unknown unit {row.unit_measure}"
            raise CatalogueError(message, file=str(path), row=number, field="unit_measure")
        indicators[row.code] = Indicator(
            **row.model_dump(exclude={"breakdowns", "synonyms_vi"}),
            breakdowns={key: tuple(map(str, values)) for key, values in row.breakdowns.items()},
            synonyms_vi=tuple(row.synonyms_vi),
        )
    for indicator in indicators.values():
        if indicator.weight is not None and indicator.weight not in indicators:
            message = f"{indicator.code}: weight {indicator.weight} is no code of the catalogue"
            raise CatalogueError(message, file=str(path), field="weight")
    qualifiers = {name: tuple(map(str, values)) for name, values in data["qualifiers"].items()}
    return Catalogue(str(data["version"]), indicators, units, qualifiers)


def _row(raw: dict[str, Any], path: Path, number: int) -> IndicatorRow:
    try:
        return IndicatorRow.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        message = f"{raw.get('code', 'entry without code')}: {first['msg']}"
        raise CatalogueError(message, file=str(path), row=number, field=field) from error


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The catalogue shipped with the package."""
    return read_catalogue(Path(str(files("civic_etl.indicators") / "catalogue.yaml")))
