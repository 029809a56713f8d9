"""Rows of a set's files, told apart by number: what does not fit is named with its file, row and field."""

from collections.abc import Callable, Container
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from civic_etl.errors import ParseError

Row = TypeVar("Row")


def read_row(parse: Callable[[], Row], path: Path, number: int) -> Row:
    """What `parse` makes of a row. Raises ParseError where it does not fit."""
    try:
        return parse()
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or None
        raise ParseError(first["msg"], file=str(path), row=number, field=field) from error


def check_article(doc_id: str, known: Container[str], path: Path, number: int) -> None:
    """Raises ParseError where a row names an article that is not there."""
    if doc_id not in known:
        raise ParseError(f"no article {doc_id!r} in docs.jsonl", file=str(path), row=number, field="doc_id")
