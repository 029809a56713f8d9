"""`civic-etl explain`: an article with each of its numbers, what it was read as, and why others were not."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from civic_etl.cli.read import Published, SiteArea, Url
from civic_etl.cli.state import settings

PANEL = "Read documents"


class Form(StrEnum):
    """How the explanation is written."""

    terminal = "terminal"
    html = "html"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=PANEL)(explain)


def explain(
    file: Annotated[Path, typer.Argument(help="An HTML or text file.", show_default=False)],
    published: Published = None,
    site_area: SiteArea = None,
    url: Url = None,
    form: Annotated[
        Form | None, typer.Option("--format", "-f", help="Default: html for an --output of that name, else terminal.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")] = None,
) -> None:
    """Show an article with each number: what it was read as, by which rules, and why the others were not read."""
    from civic_etl.explain import explain as explained
    from civic_etl.explain import page, shown
    from civic_etl.pipeline.files import article_of
    from civic_etl.pipeline.reading import Hints, document_of

    settings()
    day = published.date() if published is not None else None
    explanation = explained(document_of(article_of(file, url, Hints(day, site_area))))
    by_name = Form.html if output is not None and output.suffix.lower() in {".html", ".htm"} else Form.terminal
    if (form or by_name) is Form.html:
        text = page(explanation)
        typer.echo(text) if output is None else output.write_text(text, encoding="utf-8")
    elif output is None:
        Console(width=None if Console().is_terminal else 160, highlight=False).print(shown(explanation))
    else:
        with output.open("w", encoding="utf-8") as lines:
            Console(file=lines, width=160, highlight=False).print(shown(explanation))
