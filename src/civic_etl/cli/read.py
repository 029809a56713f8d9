"""Commands that read documents: ingest, parse, extract."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from civic_etl.cli.exits import tell
from civic_etl.cli.run import closing_lines
from civic_etl.cli.show import shown
from civic_etl.cli.state import settings
from civic_etl.errors import PARTLY_FAILED, CivicEtlError, SettingsError

if TYPE_CHECKING:
    from civic_etl.extract.records import Document

PANEL = "Read documents"

Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Day of publication; stronger than what the page says."
    ),
]
SiteArea = Annotated[
    str | None, typer.Option(help="Place of the publishing site, e.g. 'thành phố Bắc Kạn, tỉnh Bắc Kạn'.")
]
Url = Annotated[str | None, typer.Option(help="Address the file came from.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the run's report as JSON on stdout.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (ingest, parse, extract):
        app.command(rich_help_panel=PANEL)(command)


def ingest(
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="HTML, text or WARC files, or addresses.")
    ],
    published: Published = None,
    site_area: SiteArea = None,
    url: Url = None,
    any_host: Annotated[
        bool, typer.Option("--any-host", help="Fetch addresses of hosts that no source describes.")
    ] = False,
    no_release: Annotated[bool, typer.Option("--no-release", help="Load only; release later.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take documents into the warehouse: parse, extract, load, roll up, release.

    What cannot be read is named on stderr and kept in core.fct_unresolved; the rest goes on, and the exit code says so.
    """
    from civic_etl.pipeline.ingest import ingest as run_ingest
    from civic_etl.pipeline.reading import Hints

    if url is not None and len(inputs) != 1:
        raise SettingsError("--url names the address of one file, not of several", field="url")
    known = settings()
    with shown():
        hints = Hints(_day(published), site_area)
        report = run_ingest(inputs, known, hints=hints, url=url, any_host=any_host, release=not no_release)
    if as_json:
        row = report.run.as_dict() | {"asked": report.asked, "errors": [str(error) for error in report.errors]}
        typer.echo(json.dumps(row, ensure_ascii=False, indent=2))
    else:
        for line in closing_lines(report.run):
            typer.echo(line)
    if report.errors:
        typer.echo(f"{len(report.errors)} of {report.asked} inputs gave nothing; each is named above", err=True)
        codes = {error.exit_code for error in report.errors}
        alone = len(report.errors) == report.asked and len(codes) == 1
        raise typer.Exit(codes.pop() if alone else PARTLY_FAILED)


def parse(
    file: Annotated[Path, typer.Argument(help="An HTML or text file.")],
    url: Url = None,
    published: Published = None,
    site_area: SiteArea = None,
) -> None:
    """Print the article in a file as JSON: title, dates, author, text and how each was found."""
    from civic_etl.pipeline.files import article_of
    from civic_etl.pipeline.reading import Hints

    settings()
    article = article_of(file, url, Hints(_day(published), site_area))
    typer.echo(json.dumps(asdict(article), ensure_ascii=False, indent=2, default=_plain))


def extract(
    file: Annotated[Path | None, typer.Argument(help="An HTML or text file.", show_default=False)] = None,
    batch: Annotated[
        Path | None,
        typer.Option(
            help="Documents as JSON, one a line: doc_id, url, title, published, site_area, text; - for stdin."
        ),
    ] = None,
    what: Annotated[
        str, typer.Option(help="observations, offices, events, distinctions, outcomes, unresolved, or all.")
    ] = "observations",
    url: Url = None,
    published: Published = None,
    site_area: SiteArea = None,
) -> None:
    """Print what documents assert as JSON, one fact a line; needs no warehouse."""
    from civic_etl.cli.facts import KINDS, fact_rows

    if (file is None) == (batch is None):
        raise SettingsError("give a FILE or --batch FILE, one of them", field="batch")
    if what not in (*KINDS, "all"):
        raise SettingsError(f"{what!r} is none of {', '.join(KINDS)}, all", field="what")
    settings()
    failures = 0
    for document in _documents(file, batch, url=url, published=_day(published), site_area=site_area):
        if isinstance(document, CivicEtlError):
            tell(document)
            failures += 1
            continue
        for row in fact_rows(document, what):
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
    if failures:
        raise typer.Exit(PARTLY_FAILED)


def _documents(
    file: Path | None, batch: Path | None, *, url: str | None, published: date | None, site_area: str | None
) -> Iterator["Document | CivicEtlError"]:
    if batch is not None:
        from civic_etl.cli.batch import document_lines, read_documents

        yield from read_documents(document_lines(batch), str(batch))
    elif file is not None:
        from civic_etl.pipeline.files import article_of
        from civic_etl.pipeline.reading import Hints, document_of

        yield document_of(article_of(file, url, Hints(published, site_area)))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
