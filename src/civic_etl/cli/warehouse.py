"""Commands that look into the current release: query, unresolved."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from civic_etl.cli.exits import tell
from civic_etl.cli.state import settings
from civic_etl.errors import CivicEtlError, SettingsError

if TYPE_CHECKING:
    import pyarrow as pa

PANEL = "Look things up"


class Form(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


FormOption = Annotated[Form, typer.Option("--format", "-f", help="How rows are written.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (query, unresolved):
        app.command(rich_help_panel=PANEL)(command)


def query(
    sql: Annotated[str, typer.Argument(help="One SQL query; - reads it from stdin.")],
    form: FormOption = Form.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")] = None,
) -> None:
    """Ask the current release in SQL. It can only be read, and nothing outside it can be reached."""
    from civic_etl.warehouse.query import query as run_query

    text = sys.stdin.read() if sql == "-" else sql
    _write(run_query(settings().current_release, text), form, output)


_REASONS = """
select stage, reason, count(*) as n, any_value(coalesce(nullif(evidence, ''), url)) as example
from core.fct_unresolved
group by all
order by n desc, stage, reason
limit {limit}
"""
_PHRASES = """
select
    indicator_text,
    unit_measure,
    count(*) as n,
    count(distinct article_id) as articles,
    any_value(evidence) as example
from core.fct_observation
where indicator = 'other'
group by all
order by n desc, indicator_text
limit {limit}
"""


def unresolved(
    phrases: Annotated[
        bool, typer.Option("--phrases", help="Phrases that the catalogue lacks, instead of reasons.")
    ] = False,
    batch: Annotated[
        Path | None,
        typer.Option(help="Documents as JSON lines instead of the release: what the catalogue lacks; - for stdin."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Most rows shown.")] = 40,
    form: FormOption = Form.table,
) -> None:
    """Say what did not become a fact and why, most frequent first: the list to work down to read more."""
    if batch is not None:
        _write(_phrases_of(batch, limit), form, None)
        return
    from civic_etl.warehouse.query import query as run_query

    sql = (_PHRASES if phrases else _REASONS).format(limit=limit)
    _write(run_query(settings().current_release, sql), form, None)


def _phrases_of(batch: Path, limit: int) -> "pa.Table":
    """The phrases of a batch of documents, as rows; a line that does not fit is named on stderr and passed over."""
    from dataclasses import asdict

    import pyarrow as pa

    from civic_etl.cli.batch import document_lines, read_documents
    from civic_etl.explain.phrases import group_phrases
    from civic_etl.extract.pipeline import extract

    documents = []
    for document in read_documents(document_lines(batch), str(batch)):
        if isinstance(document, CivicEtlError):
            tell(document)
        else:
            documents.append(document)
    groups = group_phrases(o for document in documents for o in extract(document).observations)[:limit]
    return pa.Table.from_pylist([asdict(group) for group in groups])


def _write(table: "pa.Table", form: Form, output: Path | None) -> None:
    from civic_etl.warehouse.query import render

    data = render(table, form.value)
    if output is not None:
        output.write_bytes(data)
        return
    if form is Form.parquet and sys.stdout.isatty():
        raise SettingsError("a Parquet file is nothing for a terminal: give --output or redirect", field="format")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
