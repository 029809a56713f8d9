"""Commands that run flows: nightly, backfill, reparse, release, and the scheduler."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from civic_etl.cli.exits import PARTLY_FAILED
from civic_etl.cli.flows import load_flow
from civic_etl.cli.show import shown
from civic_etl.cli.state import settings

if TYPE_CHECKING:
    from civic_etl.pipeline.report import RunReport

PANEL = "Run"
run_app = typer.Typer(help="Run a flow now.", no_args_is_help=True)

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
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be fetched, ask the site nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch what a source published in a span of days and the archive does not hold yet.

    It can be stopped at any moment and started again, and may run beside the nightly.
    """
    known = settings()
    if dry_run:
        _show_plan(source, since.date(), until.date(), as_json)
        return
    from civic_etl.pipeline.backfill import plan_backfill

    plan_backfill(source, known, since.date(), until.date())
    with shown():
        report = load_flow("backfill", known)(source=source, since=since.date(), until=until.date())
    finish(report, as_json)


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
    from civic_etl.pipeline.discover import chosen_sources

    chosen_sources(known, source)
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


def finish(report: "RunReport", as_json: bool = False) -> None:
    """Print what a run did; leaves with PARTLY_FAILED where a source could not be read."""
    if as_json:
        typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        for line in closing_lines(report):
            typer.echo(line)
    if report.failed_sources:
        raise typer.Exit(PARTLY_FAILED)


def closing_lines(report: "RunReport") -> list[str]:
    """What a person wants to know at the end of a run."""
    lines = [report.summary()]
    if report.release is not None and not report.fresh:
        lines.append(f"No table changed: release {report.release} stays current ({report.release_path}).")
    elif report.release is not None:
        lines.append(f"Release {report.release} is current: {report.release_path}")
    return lines


def _show_plan(source: str, since: date, until: date, as_json: bool) -> None:
    from civic_etl.pipeline.backfill import plan_backfill

    plan = plan_backfill(source, settings(), since, until)
    row: dict[str, Any] = {
        "source": plan.source,
        "from": plan.since.isoformat(),
        "to": plan.until.isoformat(),
        "listed": plan.listed,
        "held": plan.held,
        "to_fetch": plan.to_fetch,
        "delay_seconds": plan.delay_seconds,
        "seconds": plan.duration.total_seconds(),
        "nights": plan.nights,
        "discovered": plan.discovered,
    }
    if as_json:
        typer.echo(json.dumps(row, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{plan.source}, {plan.since} to {plan.until}: {plan.listed} addresses known, {plan.held} held.")
    typer.echo(
        f"{plan.to_fetch} to fetch: at least {plan.duration} at {plan.delay_seconds:g} s each, {plan.nights} nights."
    )
    if not plan.discovered:
        typer.echo("This source was never listed here: the run reads its indexes first and will find more.")
