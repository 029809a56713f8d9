"""`civic-etl gazetteer`: look up units, find them in prose, follow them through time, exchange history packs."""

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from civic_etl.cli.state import settings

if TYPE_CHECKING:
    from civic_etl.gazetteer import PlaceSpan

app = typer.Typer(help="Administrative units through time.", no_args_is_help=True)

NO_PLACE = 7
"""Exit code where a text names no place; that of GazetteerError."""

AsJson = Annotated[bool, typer.Option("--json", help="As JSON on stdout.")]
On = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The day meant; default: any."),
]


@app.command()
def lookup(
    text: Annotated[str, typer.Argument(help="A name or prose: 'P. Đức Xuân', 'phường Đức Xuân, Bắc Kạn'.")],
    on: On = None,
    near: Annotated[list[str] | None, typer.Option(help="Text read before it (title, dateline); may repeat.")] = None,
    site_area: Annotated[str | None, typer.Option(help="Place of the publishing site.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say which unit a name or a text means, or between which it leaves the choice.

    A name without its type ('Đức Xuân, Bắc Kạn') is looked up in the table. Leaves with 7 where no place is named.
    """
    settings()
    from civic_etl.gazetteer import Gazetteer
    from civic_etl.gazetteer.lookup import lookup as units_called

    gazetteer = Gazetteer.load()
    day = _day(on)
    rows = [_span_row(span) for span in gazetteer.find(text, day, near or None, site_area)]
    if not rows:
        rows = [{"text": text, "status": "listed", **asdict(unit)} for unit in units_called(text, day, gazetteer)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
    elif rows:
        _print(rows)
    if not rows:
        typer.echo("no place is named" + (f" that was in force on {day}" if day else ""), err=True)
        raise typer.Exit(NO_PLACE)


@app.command()
def find(
    text: Annotated[str, typer.Argument(help="Prose; - reads it from stdin.")],
    on: On = None,
    near: Annotated[list[str] | None, typer.Option(help="Text read before it; may repeat.")] = None,
    site_area: Annotated[str | None, typer.Option(help="Place of the publishing site.")] = None,
) -> None:
    """Print every place a text names as JSON, one a line, with its offsets."""
    settings()
    from civic_etl.gazetteer import Gazetteer

    prose = typer.get_text_stream("stdin", encoding="utf-8").read() if text == "-" else text
    for span in Gazetteer.load().find(prose, _day(on), near or None, site_area):
        typer.echo(json.dumps(_span_row(span), ensure_ascii=False, default=str))


@app.command()
def history(
    text: Annotated[str, typer.Argument(help="A unit: 'phường Đức Xuân, Bắc Kạn', or an id: 3-01840-20250701.")],
    on: On = None,
    as_json: AsJson = False,
) -> None:
    """Print what a unit was made of and what it became, oldest first."""
    settings()
    from civic_etl.gazetteer.history import unit_history

    found = unit_history(text, _day(on))
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str))
        return
    for line in found.lines():
        typer.echo(line)


@app.command("import")
def import_pack(
    folder: Annotated[Path, typer.Argument(help="Folder with units.parquet, bridge.parquet and events.csv.")],
) -> None:
    """Check a history pack and copy it to its place; where it does not fit, nothing changes. It is then in use."""
    settings()
    from civic_etl.gazetteer.pack import import_pack as check_and_copy

    report = check_and_copy(folder)
    typer.echo(f"{report.units} units and {report.edges} edges of succession until 2025-06-30, in {report.folder}")
    for day, found, due in report.official:
        beside = "as officially" if found == due else f"officially {'/'.join(map(str, due))}"
        typer.echo(f"  {day}: {found[0]} provinces, {found[1]} districts, {found[2]} communes ({beside})")
    typer.echo("It is in use from now on.")


@app.command("export")
def export_pack(folder: Annotated[Path, typer.Argument(help="Folder to write, new or empty.")]) -> None:
    """Write the tables of units in use as a history pack."""
    settings()
    from civic_etl.gazetteer.pack import export_pack as write

    typer.echo(f"written to {write(folder, settings().gazetteer_pack)}")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment is not None else None


def _print(rows: list[dict[str, Any]]) -> None:
    table = Table("text", "status", "unit", "name", "from", "to", "why")
    for row in rows:
        choices = row.get("candidates") or [row]
        for number, unit in enumerate(choices):
            lead = (row["text"], row["status"]) if number == 0 else ("", "")
            why = str(row.get("reason", "")) if number == 0 else ""
            table.add_row(*lead, *(str(unit.get(name) or "") for name in _UNIT_COLUMNS), why)
    Console(width=None if Console().is_terminal else 180).print(table)


_UNIT_COLUMNS = ("unit_id", "full_name", "valid_from", "valid_to")


def _span_row(span: "PlaceSpan") -> dict[str, Any]:
    from civic_etl.gazetteer import Gazetteer
    from civic_etl.gazetteer.lookup import record

    names = (
        "start",
        "end",
        "text",
        "level",
        "status",
        "full_name",
        "sub_area",
        "reason",
        "anaphor",
        "former",
        "office",
    )
    row: dict[str, Any] = {name: getattr(span, name) for name in names}
    gazetteer = Gazetteer.load()
    row["unit_id"] = span.unit.unit_id if span.unit else None
    if span.unit is not None:
        known = record(span.unit, gazetteer)
        row |= {"code": known.code, "valid_from": known.valid_from, "valid_to": known.valid_to}
    row["candidates"] = [asdict(record(unit, gazetteer)) for unit in span.candidates]
    return row
