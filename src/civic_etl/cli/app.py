"""The application: global options, the commands of all modules, and how errors reach the user."""

import sys
from pathlib import Path
from typing import Annotated

import typer

import civic_etl
from civic_etl.cli import (
    archive,
    demo,
    doctor,
    evaluate,
    explain,
    explore,
    options,
    places,
    read,
    run,
    sources,
    status,
    verify,
    warehouse,
)
from civic_etl.cli.exits import EPILOG, guarded
from civic_etl.cli.state import STATE, override
from civic_etl.garbage import collect_seldom

app = typer.Typer(
    name="civic-etl",
    help="Vietnam's ward and commune results: from prose on official sites to a warehouse that can be traced.\n\n"
    "New here? Run [bold]civic-etl demo[/bold]: it serves two sample sites on this machine and runs a whole night.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"civic-etl {civic_etl.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    home: Annotated[
        Path | None,
        typer.Option(help="Folder of archive, build file and releases (setting `home`).", show_default=False),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings file instead of ./civic-etl.toml.", show_default=False)
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Log more, and show tracebacks.")] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    override(home=home, config=config, debug=debug)


for _module in (demo, run, status, doctor, verify, read, explain, evaluate, warehouse, explore):
    _module.register(app)
app.add_typer(places.app, name="gazetteer", rich_help_panel="Look things up")
app.add_typer(sources.app, name="sources", rich_help_panel="Run")
app.add_typer(archive.app, name="archive", rich_help_panel="Look things up")
options.register(app)


def main() -> None:
    """Run the command line and leave with its exit code."""
    collect_seldom()
    sys.exit(guarded(app, debug=lambda: STATE.debug))
