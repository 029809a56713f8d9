"""`civic-etl explore`: the site of the release in force, served on loopback."""

import sys
import webbrowser
from typing import Annotated

import typer

from civic_etl.cli.state import STATE, settings

PANEL = "Look things up"
PORT = 4290


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=PANEL)(explore)


def explore(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on loopback; 0 takes any that is free.")] = PORT,
    browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
) -> None:
    """Look at the figures of the current release in the browser, each down to its sentence.

    Serves on this machine alone until Ctrl-C, and goes on with the next release as soon as it is published.
    """
    from civic_etl.explorer.serve import HOST, site_server

    current = settings().current_release
    log = _to_stderr if STATE.debug else _nowhere
    with site_server(current, port, log) as server:
        address = f"http://{HOST}:{server.server_port}/"
        typer.echo(f"{address} shows {current}; Ctrl-C to end")
        sys.stdout.flush()
        if browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("ended")


def _to_stderr(line: str) -> None:
    typer.echo(line, err=True)


def _nowhere(line: str) -> None:
    pass
