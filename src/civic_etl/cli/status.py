"""`civic-etl status`: what is in force, the last run, each source, and what is failing since when."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from civic_etl.cli.state import settings

if TYPE_CHECKING:
    from civic_etl.pipeline.freshness import Freshness
    from civic_etl.pipeline.standing import Standing

PANEL = "Look things up"
_SHOWN = 40


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=PANEL)(status)


def status(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False,
    all_sources: Annotated[bool, typer.Option("--all", help="Every source, not only the least fresh.")] = False,
) -> None:
    """Say what is in force, how the last run ended, how fresh each source is, and what is failing since when.

    Exit code 9 where the last run's checks failed, 8 where it ended in another error or there is no release, 12 where
    no run came to its end for longer than `stale_after_hours`, 11 where a source cannot be read or is not what it was.
    """
    from civic_etl.pipeline.standing import standing

    found = standing(settings())
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
    else:
        for line in lines(found):
            typer.echo(line)
        _print_sources(found, None if all_sources else _SHOWN)
    if found.exit_code:
        raise typer.Exit(found.exit_code)


def lines(found: "Standing") -> list[str]:
    """All but the sources, for people."""
    from civic_etl.pipeline.alarms import lines as alarm_lines

    rows = [(name, value) for name, value in found.status.as_dict().items() if name != "last_run"]
    told = [f"{name.replace('_', ' '):16} {'-' if value is None else value}" for name, value in rows]
    run = found.status.last_run
    if run is not None:
        told.append(f"{'last run':16} {run.run_id}, ended {run.ended_at:%Y-%m-%d %H:%M:%S} UTC")
        told.append(f"{'':16} {run.error or run.summary}")
        for word, names in (("failed checks", run.failed_checks), ("warned checks", run.warned_checks)):
            if names:
                told.append(f"{word:16} {', '.join(names)}")
    if found.stale:
        told.append(f"{'stale':16} no run came to its end for {found.hours_since_run:.0f} hours")
    for item in found.failing:
        since = f"since {item.since}" if item.since else "since before the journal"
        told.append(f"{'failing':16} {item.what} {item.name}, {since}: {' '.join(item.detail.split())}")
    told += [f"{'look at':16} {line}" for line in alarm_lines(found.alarms)]
    return told


def _print_sources(found: "Standing", most: int | None) -> None:
    sources = sorted(found.sources, key=_staleness, reverse=True)
    if not sources:
        return
    table = Table("source", "asked", "answered", "newest article", "days silent", "usual", "articles", "state")
    for source in sources[:most]:
        days = ["" if value is None else str(value) for value in (source.days_silent, source.cadence_days)]
        times = [(moment or "never")[:16].replace("T", " ") for moment in (source.last_asked, source.last_answered)]
        table.add_row(
            source.source, *times, source.newest_article or "", *days, f"{source.articles:,}", state_of(source)
        )
    Console(width=None if Console().is_terminal else 160).print(table)
    if most is not None and len(sources) > most:
        typer.echo(f"and {len(sources) - most} more: --all")


def state_of(source: "Freshness") -> str:
    """A word for how a source is."""
    if source.failures:
        return f"failing for {source.failures} {'night' if source.failures == 1 else 'nights'}"
    return "silent" if source.is_silent else "fresh"


def _staleness(source: "Freshness") -> tuple[int, bool, int]:
    return source.failures, source.is_silent, source.days_silent or 0
