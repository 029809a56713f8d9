"""`civic-etl demo`: two sample sites on loopback, two nights, a table."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from civic_etl.cli.flows import load_flow
from civic_etl.cli.run import closing_lines
from civic_etl.cli.show import shown
from civic_etl.cli.state import settings
from civic_etl.errors import PARTLY_FAILED, CivicEtlError
from civic_etl.settings import Settings, get_settings

if TYPE_CHECKING:
    from civic_etl.pipeline.report import RunReport
    from civic_etl.samples import SampleServer
    from civic_etl.warehouse.warehouse import Warehouse

PANEL = "Start here"
# The same addresses on every run, so that two demos give the same release; another port if this one is taken.
PORT = 4280


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=PANEL)(demo)


def demo(
    home: Annotated[
        Path | None, typer.Option(help="Folder of the demo's warehouse, emptied first. Default: demo below the home.")
    ] = None,
) -> None:
    """Run the whole job on sample sites served on this machine: two nights, then a ward-year table.

    Needs no network and no account. The first night fetches everything; before the second one page is edited.
    """
    folder = home or settings().home / "demo"
    from civic_etl.pipeline.progress import say
    from civic_etl.warehouse.warehouse import Warehouse

    with sample_sites() as server, shown():
        known = prepare(folder, server)
        say(f"sample sites: {', '.join(server.bases.values())}")
        nightly = load_flow("nightly", known)
        names = [source["name"] for source in server.sources]
        say("night 1: everything is new (Prefect's own server starts first, which takes some ten seconds)")
        first: RunReport = nightly(sources=names)
        say("night 2: the editor of one page has corrected a figure")
        server.edition = 2
        second: RunReport = nightly(sources=names)
    warehouse = Warehouse(known)
    _print_table(warehouse)
    for title, report in (("Night 1", first), ("Night 2", second)):
        for line in closing_lines(report):
            typer.echo(f"{title}: {line}")
    typer.echo(f"\nThe release lies in {known.current_release} -> {second.release_path}. Ask it:")
    typer.echo(f"  civic-etl --home {folder} query 'from mart.ward_year limit 5'")
    typer.echo(f"  civic-etl --home {folder} explore")
    if first.failed_sources or second.failed_sources:
        raise typer.Exit(PARTLY_FAILED)


def prepare(folder: Path, server: "SampleServer") -> Settings:
    """Empty the demo's folder and point this process and its children at it."""
    _empty(folder)
    server.write_sources(folder / "sources")
    # What a user configured for real sites is no matter here.
    os.environ.pop("CIVIC_ETL_CORRECTIONS", None)
    os.environ["CIVIC_ETL_CONFIG"] = str(folder / "civic-etl.toml")
    os.environ["CIVIC_ETL_HOME"] = str(folder)
    os.environ["CIVIC_ETL_SOURCES_DIR"] = str(folder / "sources")
    os.environ["CIVIC_ETL_JITTER_SECONDS"] = "0"
    get_settings.cache_clear()
    return settings()


@contextmanager
def sample_sites() -> "Iterator[SampleServer]":
    """Serve the sample sites, on another port where the usual one is taken."""
    from civic_etl.samples import SampleServer

    try:
        server = SampleServer(port=PORT)
    except CivicEtlError:
        server = SampleServer()
    with server:
        yield server


def _empty(folder: Path) -> None:
    """Remove what an earlier demo left, and nothing else; Prefect's database may stay, making it takes seconds."""
    (folder / "current").unlink(missing_ok=True)
    for name in ("archive", "build", "releases", "sources"):
        shutil.rmtree(folder / name, ignore_errors=True)
    state = folder / "state"
    for entry in state.iterdir() if state.is_dir() else ():
        if entry.name != "prefect":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _print_table(warehouse: "Warehouse") -> None:
    from civic_etl.cli.ward_table import as_table, ward_years

    found = ward_years(warehouse)
    if not found.rows:
        raise CivicEtlError("the demo gave no ward-year figures", file=str(warehouse.settings.home))
    console = Console(width=max(140, Console().width) if not Console().is_terminal else None)
    title = (
        f"{found.wards} wards and communes, {found.figures} figures of record. Shown: what most report, last years\n"
        "result [dim]/ target set for the year[/dim], ~ an estimate, - not reported"
    )
    console.print(as_table(found, title))
