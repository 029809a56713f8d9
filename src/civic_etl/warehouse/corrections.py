"""Corrections by hand: what a source got wrong, who says so, and what to do about it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from unicodedata import normalize

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from civic_etl.errors import WarehouseError
from civic_etl.lined_yaml import LinedYaml, read_lined
from civic_etl.warehouse.keys import breakdown_json, digest, plain
from civic_etl.warehouse.periods import is_time_period

CORRECTION_SCHEMA = pa.schema(
    [
        ("correction_id", pa.string()),
        ("line", pa.int32()),
        ("ref_area", pa.string()),
        ("indicator", pa.string()),
        ("breakdown", pa.string()),
        ("time_period", pa.string()),
        ("value_kind", pa.string()),
        ("action", pa.string()),
        ("expect", pa.decimal128(38, 6)),
        ("value", pa.decimal128(38, 6)),
        ("reason", pa.string()),
        ("evidence_url", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of corrections.yaml; `line` is where it begins in the file."""

    correction_id: str
    line: int
    ref_area: str
    indicator: str
    breakdown: str
    time_period: str
    value_kind: str
    action: str
    expect: Decimal | None
    value: Decimal | None
    reason: str
    evidence_url: str


_Stored = Annotated[Decimal, Field(max_digits=38, decimal_places=6)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str
    indicator: str
    breakdown: dict[str, str] = Field(default_factory=dict)
    period: str
    kind: Literal["actual", "estimate", "target"] = "actual"
    action: Literal["drop", "override", "flag"]
    expect: _Stored | None = None
    value: _Stored | None = None
    reason: str = Field(min_length=1)
    evidence: str = Field(pattern=r"^https?://\S+$")

    @field_validator("period")
    @classmethod
    def _is_a_period(cls, value: str) -> str:
        if not is_time_period(value):
            raise ValueError(f"{value!r} is no period")
        return value

    @model_validator(mode="after")
    def _has_what_its_action_needs(self) -> Self:
        if (self.action == "override") != (self.value is not None):
            raise ValueError("'value' goes with action 'override', and only with it")
        if self.action == "override" and self.expect is None:
            raise ValueError("'override' needs 'expect', the value that the sources give")
        return self


def read_corrections(
    path: Path,
    units: Collection[str],
    indicators: Mapping[str, Collection[str]],
    names: Mapping[str, Sequence[str]] | None = None,
) -> list[Correction]:
    """The entries of a corrections file.

    `units` are the ids that exist, `indicators` the codes with the keys of breakdown that each may have, `names` the
    ids of the units that bear a full name (in lower case): a place may be given by either. Raises WarehouseError naming
    file and line of the first thing that does not fit: an unknown key, place, indicator or period, a name that several
    units bear, an entry that lacks what its action needs or is given twice.
    """
    file = read_lined(path, WarehouseError)
    if file.content is None:
        return []
    if not isinstance(file.content, list):
        raise file.problem("corrections are a list of entries")
    found: dict[str, Correction] = {}
    for number, raw in enumerate(file.content):
        entry = file.fit(_Entry, raw, number)
        if entry.place not in units:
            entry = entry.model_copy(update={"place": _named(entry.place, names or {}, file, number)})
        _known(entry, indicators, file, number)
        correction = _correction(entry, file.line(number))
        if correction.correction_id in found:
            first = found[correction.correction_id].line
            raise file.problem(f"the entry is given twice, first on line {first}", number)
        found[correction.correction_id] = correction
    return list(found.values())


def _named(place: str, names: Mapping[str, Sequence[str]], file: LinedYaml, number: int) -> str:
    found = names.get(normalize("NFC", place).lower(), ())
    if len(found) == 1:
        return found[0]
    message = f"no unit has the id or full name {place!r}"
    if found:
        message = f"{place!r} names {len(found)} units, give the id of one: {', '.join(found)}"
    raise file.problem(message, number, "place")


def _known(entry: _Entry, indicators: Mapping[str, Collection[str]], file: LinedYaml, number: int) -> None:
    if entry.indicator not in indicators:
        raise file.problem(f"no indicator has the code {entry.indicator!r}", number, "indicator")
    allowed = indicators[entry.indicator]
    for key in entry.breakdown:
        if key not in allowed:
            message = f"{entry.indicator} has no breakdown {key!r}, known are {', '.join(sorted(allowed))}"
            raise file.problem(message, number, "breakdown", key)


def correction_rows(corrections: Sequence[Correction]) -> list[dict[str, Any]]:
    """The entries as rows of `raw.correction`."""
    return [asdict(correction) for correction in corrections]


def _correction(entry: _Entry, line: int) -> Correction:
    breakdown = breakdown_json(entry.breakdown.items())
    key = (entry.place, entry.indicator, breakdown, entry.period, entry.kind, entry.action, plain(entry.expect))
    return Correction(
        correction_id=digest(*key),
        line=line,
        ref_area=entry.place,
        indicator=entry.indicator,
        breakdown=breakdown,
        time_period=entry.period,
        value_kind=entry.kind,
        action=entry.action,
        expect=entry.expect,
        value=entry.value,
        reason=re.sub(r"\s+", " ", entry.reason).strip(),
        evidence_url=entry.evidence,
    )
