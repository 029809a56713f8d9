"""Annotated articles: what is in them, as people read them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from civic_etl.data_files import read_yaml_file
from civic_etl.errors import ParseError
from civic_etl.evaluate.claims import Claim
from civic_etl.evaluate.first_sight import Sighted, read_first_sight
from civic_etl.evaluate.mentions import Mention
from civic_etl.evaluate.rows import check_article, read_row
from civic_etl.evaluate.spans import canonical
from civic_etl.extract.records import Comparator, Document, Measure, ValueKind

Role = Literal["develop", "check"]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    doc_id: str = Field(min_length=1)


class _DocumentRow(_Row):
    text: str = Field(min_length=1)
    title: str = ""
    url: str = ""
    published: date | None = None
    site_area: str | None = None


class _ObservationRow(_Row):
    ref_area: str = Field(min_length=1)
    sub_area: str = ""
    indicator: str = Field(min_length=1)
    indicator_text: str = ""
    breakdown: dict[str, str] = Field(default_factory=dict)
    measure: Measure
    obs_value: Decimal
    obs_value_upper: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    unit_measure: str = Field(min_length=1)
    comparator: Comparator = "eq"
    time_period: str = Field(min_length=4)
    value_kind: ValueKind
    char_start: int = Field(ge=0)
    char_end: int
    quote: str = Field(min_length=1)


class _OfficeRow(_Row):
    person: str
    office: str
    unit: str


class _EventRow(_Row):
    kind: str
    date: date | None
    place: str


class _About(BaseModel):
    """What a set says of itself in `set.yaml`."""

    model_config = ConfigDict(extra="forbid")

    title: str
    role: Role


@dataclass(frozen=True, slots=True)
class GoldSet:
    """Annotated articles. Rules may be written against a set to `develop`; one to `check` is only scored."""

    name: str
    title: str
    role: Role
    documents: tuple[Document, ...]
    observations: tuple[Claim, ...]
    offices: tuple[Mention, ...]
    events: tuple[Mention, ...]
    first_sight: tuple[Sighted, ...] = ()


def read_gold(folder: Path) -> GoldSet:
    """Read `docs.jsonl`, `gold.jsonl`, `gold_offices.jsonl`, `gold_events.jsonl` and `set.yaml` of a folder.

    And `first_sight.csv` where there is one.

    Raises ParseError with file, row and field where a row does not fit, names an article that is not there, or quotes
    what does not stand at its offsets, and where the set annotates no observation: such a set would pass any reader.
    """
    documents = tuple(Document(**row.model_dump()) for row in _rows(folder / "docs.jsonl", _DocumentRow))
    texts = {document.doc_id: document.text for document in documents}
    if len(texts) < len(documents):
        raise ParseError("an article is given twice", file=str(folder / "docs.jsonl"), field="doc_id")
    claims = tuple(_claims(folder / "gold.jsonl", texts))
    if not claims:
        raise ParseError("the set annotates no observation", file=str(folder / "gold.jsonl"))
    offices = _known(folder / "gold_offices.jsonl", _OfficeRow, texts)
    events = _known(folder / "gold_events.jsonl", _EventRow, texts)
    about = _about(folder / "set.yaml")
    return GoldSet(
        name=folder.name,
        title=about.title,
        role=about.role,
        documents=documents,
        observations=claims,
        offices=tuple(Mention(row.doc_id, (row.person, row.office, row.unit)) for row in offices),
        events=tuple(
            Mention(row.doc_id, (row.kind, row.date.isoformat() if row.date else "", row.place)) for row in events
        ),
        first_sight=read_first_sight(folder, documents),
    )


def _claims(path: Path, texts: dict[str, str]) -> list[Claim]:
    rows = _known(path, _ObservationRow, texts)
    for number, row in enumerate(rows, 1):
        if texts[row.doc_id][row.char_start : row.char_end] != row.quote:
            raise ParseError(f"{row.quote!r} does not stand at its offsets", file=str(path), row=number, field="quote")
    return [_claim(row) for row in rows]


def _claim(row: _ObservationRow) -> Claim:
    return Claim(
        doc_id=row.doc_id,
        value=row.obs_value,
        upper=row.obs_value_upper,
        numerator=row.numerator,
        denominator=row.denominator,
        unit=row.unit_measure,
        measure=row.measure,
        comparator=row.comparator,
        period=canonical(row.time_period),
        kind=row.value_kind,
        place=row.ref_area,
        sub_area=row.sub_area,
        indicator=row.indicator,
        breakdown=tuple(sorted(row.breakdown.items())),
        span=(row.char_start, row.char_end),
        quote=row.quote,
    )


AnyRow = TypeVar("AnyRow", bound=_Row)


def _known(path: Path, model: type[AnyRow], texts: dict[str, str]) -> list[AnyRow]:
    rows = _rows(path, model)
    for number, row in enumerate(rows, 1):
        check_article(row.doc_id, texts, path, number)
    return rows


def _rows(path: Path, model: type[AnyRow]) -> list[AnyRow]:
    try:
        lines = [line for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise ParseError(f"cannot be read: {error.strerror}", file=str(path)) from error
    return [read_row(partial(model.model_validate_json, line), path, number) for number, line in enumerate(lines, 1)]


def _about(path: Path) -> _About:
    try:
        return _About.model_validate(read_yaml_file(path))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ParseError(f"says nothing usable of the set: {error}", file=str(path)) from error
