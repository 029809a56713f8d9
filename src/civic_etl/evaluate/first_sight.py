"""Readings of annotated articles as they were before anybody wrote a rule against them, kept beside the articles.

Where rules have been written against articles, these are read better than any other: how sure a reading is can only be
learnt from what it was worth at first sight.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from civic_etl.evaluate.claims import Claim, claim_of
from civic_etl.evaluate.levels import FULL, Judge
from civic_etl.evaluate.pairing import pair_all
from civic_etl.evaluate.rows import check_article, read_row
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import AreaStatus, Document, Observation, RefArea
from civic_etl.whole_files import replace_text

FILE = "first_sight.csv"


class Sighted(BaseModel):
    """One reading as it was, and whether it is right in all; its rules are parted by blanks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    doc_id: str = Field(min_length=1)
    char_start: int = Field(ge=0)
    evidence_start: int = Field(ge=0)
    indicator: str
    measure: str
    unit_measure: str
    time_period: str
    value_kind: str
    place: AreaStatus
    sub_area: str
    rule_ids: str
    number_ambiguous: bool
    right: bool

    @property
    def ref_area(self) -> RefArea:
        """What is known of the place."""
        return RefArea(status=self.place)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that fired."""
        return tuple(self.rule_ids.split(" ")) if self.rule_ids else ()


def read_first_sight(folder: Path, documents: Iterable[Document]) -> tuple[Sighted, ...]:
    """The readings kept in a folder, none where it has none. Raises ParseError with file, row and field."""
    path = folder / FILE
    if not path.is_file():
        return ()
    known = {document.doc_id for document in documents}
    rows: list[Sighted] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            rows.append(read_row(partial(Sighted.model_validate, row), path, number))
            check_article(rows[-1].doc_id, known, path, number)
    return tuple(rows)


def keep_first_sight(folder: Path, readings: Iterable[Sighted]) -> None:
    """Keep readings in a folder, in place of those that it holds."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(Sighted.model_fields)
    rows.writerows(map(_cell, reading.model_dump().values()) for reading in readings)
    replace_text(folder / FILE, text.getvalue())


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def read_now(documents: Iterable[Document], gold: Sequence[Claim], codes: Iterable[str]) -> list[Sighted]:
    """The readings of articles as they are made now, held against what is annotated."""
    found = [observation for document in documents for observation in extract(document).observations]
    claims = [claim_of(observation) for observation in found]
    pairs = pair_all(gold, claims, Judge(frozenset(codes)))
    right = {id(pair.found) for pair in pairs if pair.found is not None and pair.depth == FULL}
    return [_sighted(observation, right=id(claim) in right) for observation, claim in zip(found, claims, strict=True)]


def _sighted(observation: Observation, *, right: bool) -> Sighted:
    return Sighted(
        doc_id=observation.doc_id,
        char_start=observation.char_start,
        evidence_start=observation.evidence_start,
        indicator=observation.indicator,
        measure=observation.measure,
        unit_measure=observation.unit_measure,
        time_period=observation.time_period,
        value_kind=observation.value_kind,
        place=observation.ref_area.status,
        sub_area=observation.sub_area,
        rule_ids=" ".join(observation.rules),
        number_ambiguous=observation.number_ambiguous,
        right=right,
    )
