"""`civic-etl verify`: is a release byte for byte what was published."""

from pathlib import Path
from typing import Annotated

import typer

from civic_etl.cli.state import settings
from civic_etl.errors import WarehouseError

PANEL = "Look things up"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=PANEL)(verify)


def verify(
    releases: Annotated[
        list[str] | None,
        typer.Argument(help="Versions, or folders of releases; without any, all that are kept.", show_default=False),
    ] = None,
) -> None:
    """Compare every file of releases with SHA256SUMS and name each that is missing, changed or not listed.

    Exit code 8 where something is. Needs no lock; `sha256sum -c SHA256SUMS` in a release says the same without
    civic-etl.
    """
    from civic_etl.warehouse.publish import damaged_files, versions

    home = settings().releases_dir
    folders = [_folder(name, home) for name in releases or versions(home)]
    if not folders:
        raise WarehouseError("there is no release yet", file=str(home))
    found = {folder: damaged_files(folder) for folder in folders}
    for folder, damaged in found.items():
        for path in damaged:
            typer.echo(f"damaged: {path}")
        if not damaged:
            typer.echo(f"{folder.name}: whole")
    if any(found.values()):
        raise typer.Exit(WarehouseError.exit_code)


def _folder(name: str, releases: Path) -> Path:
    folder = next((path for path in (releases / name, Path(name)) if path.is_dir()), None)
    if folder is None:
        raise WarehouseError("there is no such release", file=name)
    return folder.resolve()
