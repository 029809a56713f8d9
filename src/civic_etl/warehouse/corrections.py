"""Corrections by hand: what a source got wrong, who says so, and what to do about it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self

import pyarrow as pa
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from civic_etl.errors import WarehouseError
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


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str
    indicator: str
    breakdown: dict[str, str] = Field(default_factory=dict)
    period: str
    kind: Literal["actual", "estimate", "target"] = "actual"
    action: Literal["drop", "override", "flag"]
    expect: Decimal | None = None
    value: Decimal | None = None
    reason: str = Field(min_length=1)
    evidence: str = Field(pattern=r"^https?://\S+$")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.action == "override") != (self.value is not None):
            raise ValueError("'value' goes with action 'override', and only with it")
        if self.action == "override" and self.expect is None:
            raise ValueError("'override' needs 'expect', the value that the sources give")
        if not is_time_period(self.period):
            raise ValueError(f"period {self.period!r} is no period")
        return self


def read_corrections(
    path: Path,
    units: Collection[str],
    indicators: Collection[str],
    names: Mapping[str, Sequence[str]] | None = None,
) -> list[Correction]:
    """The entries of a corrections file.

    `units` and `indicators` are the ids and codes that exist, `names` the ids of the units that bear a full name (in
    lower case): a place may be given by either. Raises WarehouseError naming file and line of the first entry that has
    an unknown key, place, indicator or period, a name that several units bear, or lacks what its action needs.
    """
    text = _read(path)
    root = _compose(text, path)
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise WarehouseError("corrections are a list of entries", file=str(path), row=1)
    found: dict[str, Correction] = {}
    for node in root.value:
        line = node.start_mark.line + 1
        raw = yaml.safe_load(yaml.serialize(node))
        if isinstance(raw, dict) and raw.get("place") not in units:
            raw["place"] = _named(str(raw.get("place")), names or {}, path, line)
        correction = _correction(raw, line, path)
        if correction.indicator not in indicators:
            message = f"no indicator has the code {correction.indicator!r}"
            raise WarehouseError(message, file=str(path), row=line, field="indicator")
        if correction.correction_id in found:
            raise WarehouseError("the entry is given twice", file=str(path), row=line)
        found[correction.correction_id] = correction
    return list(found.values())


def _named(place: str, names: Mapping[str, Sequence[str]], path: Path, line: int) -> str:
    found = names.get(place.lower(), ())
    if len(found) == 1:
        return found[0]
    message = f"no unit has the id or full name {place!r}"
    if found:
        message = f"{place!r} names {len(found)} units, give the id of one: {', '.join(found)}"
    raise WarehouseError(message, file=str(path), row=line, field="place")


def correction_rows(corrections: Sequence[Correction]) -> list[dict[str, Any]]:
    """The entries as rows of `raw.correction`."""
    return [asdict(correction) for correction in corrections]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WarehouseError(f"corrections cannot be read: {error}", file=str(path)) from error


def _compose(text: str, path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else None
        raise WarehouseError(f"corrections are no YAML: {error.problem}", file=str(path), row=row) from error


def _correction(raw: Any, line: int, path: Path) -> Correction:
    if not isinstance(raw, dict):
        raise WarehouseError("an entry is a mapping of names to values", file=str(path), row=line)
    # YAML reads `period: 2020` as a number and an exact value as a float; both are meant as written
    written = {key: str(value) if isinstance(value, int | float) else value for key, value in raw.items()}
    try:
        entry = _Entry.model_validate(written)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or None
        raise WarehouseError(first["msg"], file=str(path), row=line, field=field) from error
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
