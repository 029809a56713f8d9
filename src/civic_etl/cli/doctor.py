"""`civic-etl doctor`: can this machine run the next night, and if not, what to do."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from civic_etl.cli.state import settings

PANEL = "Look things up"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=PANEL)(doctor)


def doctor(
    deep: Annotated[
        bool, typer.Option("--deep", help="Also compare every byte of archive and release with its digest.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False,
) -> None:
    """Look at environment, versions, disk, clock, permissions, locks and files; each finding says what to do.

    Exit code 1 where something must be mended before the next night. It changes nothing and needs no lock.
    """
    from civic_etl.pipeline.doctor import examine

    findings = examine(settings(), deep=deep)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            typer.echo(f"{finding.state:4}  {finding.name}: {finding.detail}")
            if finding.fix:
                typer.echo(f"      -> {finding.fix}")
    if any(finding.state == "fail" for finding in findings):
        raise typer.Exit(1)
