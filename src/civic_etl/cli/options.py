"""`civic-etl settings`: every option explained; also the text of docs/settings.md and .env.example."""

from enum import StrEnum
from typing import Annotated, Any

import typer
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from rich.console import Console
from rich.table import Table

from civic_etl.cli.state import settings as settings_in_force
from civic_etl.settings import Settings

PANEL = "Look things up"
_PREFIX = "CIVIC_ETL_"


class Form(StrEnum):
    """How the options are written."""

    table = "table"
    markdown = "markdown"
    env = "env"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("settings", rich_help_panel=PANEL)(show)


def show(
    form: Annotated[
        Form, typer.Option("--format", "-f", help="table, or the text of docs/settings.md or .env.example.")
    ] = Form.table,
) -> None:
    """Print every setting with its meaning, its default and the value in force."""
    if form is Form.markdown:
        typer.echo(markdown(), nl=False)
    elif form is Form.env:
        typer.echo(env_example(), nl=False)
    else:
        known = settings_in_force()
        table = Table("setting", "value", "default", "meaning", show_lines=True)
        for name, field in Settings.model_fields.items():
            table.add_row(name, str(getattr(known, name)), default_of(name, field), field.description)
        Console(width=None if Console().is_terminal else 160).print(table)


def markdown() -> str:
    """The reference of all settings as a page."""
    lines = [
        "# Settings",
        "",
        "<!-- written by `civic-etl settings --format markdown`; do not edit -->",
        "",
        "Read, strongest first, from environment variables, `.env`, and `civic-etl.toml` in the working directory",
        "(or the file that `--config` or `CIVIC_ETL_CONFIG` names). An unknown or malformed one stops the command.",
        "",
        "| in `civic-etl.toml` | environment variable | default | meaning |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in Settings.model_fields.items():
        lines.append(f"| `{name}` | `{_PREFIX}{name.upper()}` | `{default_of(name, field)}` | {field.description} |")
    return "\n".join(lines) + "\n"


def env_example() -> str:
    """Every setting as a commented line of a .env file."""
    lines = ["# Copy to .env and uncomment what you change. Written by `civic-etl settings --format env`.", ""]
    for name, field in Settings.model_fields.items():
        default = default_of(name, field)
        value = "" if default in ("none", "number of processors") else default
        lines += [f"# {field.description}", f"# {_PREFIX}{name.upper()}={_quoted(value)}", ""]
    return "\n".join(lines)


def default_of(name: str, field: FieldInfo) -> str:
    """The default as text; one that is worked out at start is described."""
    value: Any = field.default
    if value is PydanticUndefined:
        return "number of processors" if name == "workers" else "worked out at start"
    return "none" if value is None else str(value)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
