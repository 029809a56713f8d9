"""`civic-etl sources`: which sites are described, and which family an address belongs to."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from civic_etl.cli.state import settings
from civic_etl.errors import SourceError

app = typer.Typer(help="The sites that are read.", no_args_is_help=True)


@app.command("list")
def list_sources(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False,
) -> None:
    """List every described site: name, area, family today, first host."""
    from civic_etl.pipeline.discover import described_sources

    today = datetime.now(UTC).date()
    rows = []
    for source in described_sources(settings()).values():
        period = source.period_on(today)
        rows.append(
            {
                "name": source.name,
                "title": source.title,
                "level": source.level,
                "area": source.area or "",
                "family": period.family if period else "",
                "home": source.home_url,
                "gone": period is None,
            }
        )
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("name", "level", "area", "family", "home")
    for row in rows:
        table.add_row(
            *(str(row[name]) for name in ("name", "level", "area")), str(row["family"]) or "gone", str(row["home"])
        )
    Console(width=None if Console().is_terminal else 180).print(table)
    typer.echo(f"{len(rows)} sources, {sum(bool(row['gone']) for row in rows)} of them gone")


@app.command()
def detect(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses.")],
    from_file: Annotated[
        Path | None, typer.Option(help="The page behind the address, as a file; with one URL.")
    ] = None,
) -> None:
    """Print the CMS family of each address, one a line."""
    from civic_etl.pipeline.discover import described_sources
    from civic_etl.sources import detect as family_of

    if from_file is not None and len(urls) != 1:
        raise SourceError("--from-file goes with one URL", field="from-file")
    sources = described_sources(settings())
    html = from_file.read_text(encoding="utf-8", errors="replace") if from_file else None
    for url in urls:
        typer.echo(family_of(url, html, sources=sources))
