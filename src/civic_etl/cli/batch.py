"""Documents from JSON lines; what does not fit is told with its file, row and field, and the rest goes on."""

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from civic_etl.errors import CivicEtlError, ParseError
from civic_etl.extract.records import Document


class DocumentRow(BaseModel):
    """One line of a batch. Offsets of what is extracted count the characters of `text` as it stands here."""

    model_config = ConfigDict(extra="ignore")

    doc_id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    title: str | None = None
    url: str | None = None
    published: date | None = None
    site_area: str | None = None


def read_documents(lines: Iterable[bytes], name: str) -> Iterator[Document | CivicEtlError]:
    """The documents of a batch in order, or in the place of one that does not fit the error that says why."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = DocumentRow.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or None
            yield ParseError(first["msg"], file=name, row=number, field=field)
            continue
        if row.doc_id in seen:
            yield ParseError(f"doc_id {row.doc_id!r} is given twice", file=name, row=number, field="doc_id")
            continue
        seen.add(row.doc_id)
        yield Document(
            doc_id=row.doc_id,
            text=row.text,
            title=row.title or "",
            url=row.url or "",
            published=row.published,
            site_area=row.site_area,
        )


def document_lines(path: Path) -> Iterable[bytes]:
    """The lines of a file of documents; - is stdin. CivicEtlError where it cannot be read."""
    if str(path) == "-":
        yield from sys.stdin.buffer
        return
    try:
        with path.open("rb") as lines:
            yield from lines
    except OSError as error:
        raise CivicEtlError(f"cannot be read: {error.strerror}", file=str(path)) from error
