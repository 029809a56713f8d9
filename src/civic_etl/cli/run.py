"""Commands that run flows: nightly, backfill, reparse, release, and the scheduler."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from civic_etl.cli.exits import INTERRUPTED
from civic_etl.cli.flows import load_flow
from civic_etl.cli.show import shown
from civic_etl.cli.state import settings
from civic_etl.errors import PARTLY_FAILED, FetchError

if TYPE_CHECKING:
    from civic_etl.pipeline.backfill import Plan
    from civic_etl.pipeline.months import MonthRow
    from civic_etl.pipeline.report import RunReport
    from civic_etl.settings import Settings

PANEL = "Run"
run_app = typer.Typer(help="Run a flow now.", no_args_is_help=True)


class Whence(StrEnum):
    """Where a backfill's pages come from."""

    site = "site"
    wayback = "wayback"
    commoncrawl = "commoncrawl"


Sources = Annotated[
    list[str] | None,
    typer.Option("--source", "-s", help="Only this source; may be given again. Default: all.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the run's report as JSON on stdout.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(run_app, name="run", rich_help_panel=PANEL)
    for command in (backfill, reparse, release):
        app.command(rich_help_panel=PANEL)(command)
    app.command("serve-schedule", rich_help_panel=PANEL)(serve_schedule)


@run_app.command()
def nightly(source: Sources = None, as_json: AsJson = False) -> None:
    """Discover, fetch, archive, parse, extract, load, roll up, check, release.

    Only what is new or has changed is fetched; run again the same night it changes nothing and says so.
    """
    with shown():
        report = load_flow("nightly", settings())(sources=source)
    finish(report, as_json)


def backfill(
    source: Annotated[str, typer.Option(help="The source to fetch the history of.")],
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="First day.")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Last day.")],
    via: Annotated[Whence, typer.Option(help="Ask the site itself, or a web archive: for sites that are dark.")] = (
        Whence.site
    ),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be fetched, ask the site nothing.")
    ] = False,
    discover: Annotated[
        bool, typer.Option("--discover", help="With --dry-run: read the site's indexes first, and no article.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch what a source published in a span of days and the archive does not hold yet.

    It plans first, can be stopped at any moment (Ctrl-C) and started again, and may run beside the nightly.
    """
    from civic_etl.crawl.stopping import is_stop_asked
    from civic_etl.pipeline.backfill import plan_backfill
    from civic_etl.pipeline.pausing import pausing

    known, first, last = settings(), since.date(), until.date()
    plan = plan_backfill(source, known, first, last, via.value)
    if dry_run:
        if discover:
            plan = _listed_plan(source, known, first, last, via)
        typer.echo(json.dumps(plan.as_dict(), ensure_ascii=False, indent=2) if as_json else "\n".join(plan.lines()))
        return
    with shown() as listener, pausing():
        for line in plan.lines():
            listener.say(line)
        report = load_flow("backfill", known)(source=source, since=first, until=last, via=via.value)
        stopped = is_stop_asked()
    finish(report, as_json, stopped=stopped)


def reparse(
    source: Sources = None,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Only pages fetched since.")
    ] = None,
    only_changed_parser: Annotated[
        bool, typer.Option("--only-changed-parser", help="Only pages that today's version of the parser has not read.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read the archive again with today's parser and extractor; no site is asked anything."""
    known = settings()
    from civic_etl.pipeline.shards import require_archived

    require_archived(known, source)
    with shown():
        report = load_flow("reparse", known)(
            sources=source, since=since.date() if since else None, only_changed_parser=only_changed_parser
        )
    finish(report, as_json)


def release(as_json: AsJson = False) -> None:
    """Roll up, check and publish what is loaded, for example after a change of the corrections."""
    with shown():
        report = load_flow("release", settings())()
    finish(report, as_json)


def serve_schedule(
    cron: Annotated[str, typer.Option(help="When to run the nightly, as cron.")] = "30 2 * * *",
    timezone: Annotated[str, typer.Option(help="Time zone of --cron.")] = "Asia/Ho_Chi_Minh",
    source: Sources = None,
) -> None:
    """Stay and run the nightly on a schedule (Prefect's flow.serve); Ctrl-C ends it.

    Starts a Prefect server of its own on loopback, unless PREFECT_API_URL names one.
    """
    from civic_etl.cli.schedule import serve

    serve(settings(), cron=cron, timezone=timezone, sources=source)


def finish(report: "RunReport", as_json: bool = False, *, stopped: bool = False) -> None:
    """Print what a run did; leaves with INTERRUPTED where a person stopped it, with PARTLY_FAILED where a source could
    not be read or is not what it was."""
    if as_json:
        typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        for line in closing_lines(report):
            typer.echo(line)
    if stopped:
        raise typer.Exit(INTERRUPTED)
    if report.failed_sources or report.drift:
        raise typer.Exit(PARTLY_FAILED)


def closing_lines(report: "RunReport") -> list[str]:
    """What a person wants to know at the end of a run."""
    lines = [month_table(source, rows) for source, rows in report.months.items()]
    lines += [f"look at {line}" for line in drift_lines(report)]
    lines.append(report.summary())
    if report.release is not None and not report.fresh:
        lines.append(f"No table changed: release {report.release} stays current ({report.release_path}).")
    elif report.release is not None:
        lines.append(f"Release {report.release} is current: {report.release_path}")
    return lines


def drift_lines(report: "RunReport") -> list[str]:
    """The sources that are not what they were."""
    from civic_etl.pipeline.alarms import lines

    return lines(report.drift)


def month_table(source: str, rows: "list[MonthRow]") -> str:
    """What became of each month, one line each."""
    lines = [f"{source:16} found fetched parsed observed failed"]
    for row in rows:
        counts = f"{row.found:5} {row.fetched:7} {row.parsed:6} {row.with_observations:8} {row.failed:6}"
        lines.append(f"{row.month:16} {counts}{'  gap' if row.is_gap else ''}")
    return "\n".join(lines)


def _listed_plan(source: str, known: "Settings", since: date, until: date, via: Whence) -> "Plan":
    from civic_etl.pipeline.backfill import plan_backfill
    from civic_etl.pipeline.discover import discover_and_fetch
    from civic_etl.pipeline.pausing import pausing

    with shown(), pausing():
        report = discover_and_fetch(source, known, since=since, until=until, via=via.value, listing_only=True)
    if report.error or report.paused:
        raise FetchError(report.error or report.paused or "", source=source)
    return plan_backfill(source, known, since, until, via.value)
