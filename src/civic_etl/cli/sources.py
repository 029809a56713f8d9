"""`civic-etl sources`: which sites are described, how they are, and how to describe another."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from civic_etl.cli.state import settings
from civic_etl.errors import PARTLY_FAILED, ArchiveError, CivicEtlError, SourceError

if TYPE_CHECKING:
    from civic_etl.pipeline.checkup import Health
    from civic_etl.pipeline.look import Sight

app = typer.Typer(help="The sites that are read.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="As JSON on stdout.")]


@app.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """List every described site: name, area, family today, first host."""
    from civic_etl.pipeline.discover import described_sources

    today = datetime.now(UTC).date()
    rows = []
    for source in described_sources(settings()).values():
        period = source.period_on(today)
        rows.append(
            {
                "name": source.name,
                "title": source.title,
                "level": source.level,
                "area": source.area or "",
                "family": period.family if period else "",
                "home": source.home_url,
                "gone": period is None,
            }
        )
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table("name", "level", "area", "family", "home")
    for row in rows:
        table.add_row(
            *(str(row[name]) for name in ("name", "level", "area")), str(row["family"]) or "gone", str(row["home"])
        )
    Console(width=None if Console().is_terminal else 180).print(table)
    typer.echo(f"{len(rows)} sources, {sum(bool(row['gone']) for row in rows)} of them gone")


@app.command()
def detect(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Addresses.")],
    from_file: Annotated[
        Path | None, typer.Option(help="The page behind the address, as a file; with one URL.")
    ] = None,
) -> None:
    """Print the CMS family of each address, one a line."""
    from civic_etl.pipeline.discover import described_sources
    from civic_etl.sources import detect as family_of

    if from_file is not None and len(urls) != 1:
        raise SourceError("--from-file goes with one URL", field="from-file")
    sources = described_sources(settings())
    html = _read(from_file) if from_file else None
    for url in urls:
        typer.echo(family_of(url, html, sources=sources))


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="The address of an article on the site.")],
    from_file: Annotated[Path | None, typer.Option(help="The page, saved before, instead of fetching it.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the source; else its host.", show_default=False)] = None,
    area: Annotated[str | None, typer.Option(help="The place it is about: 'phường ABC, tỉnh XYZ'.")] = None,
    level: Annotated[str | None, typer.Option(help="ward, district, province, newspaper ...")] = None,
    to: Annotated[
        Path | None, typer.Option(help="Folder for the YAML file; else the setting `sources_dir`, or the checkout's.")
    ] = None,
    golden: Annotated[Path | None, typer.Option(help="Folder for the golden test; else the checkout's.")] = None,
    local: Annotated[bool, typer.Option("--local", help="The site is on this machine or in its own network.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, write nothing.")] = False,
) -> None:
    """Describe a site: find its family, read one page, write YAML and a golden test that a person must confirm."""
    from civic_etl.pipeline import adding

    known = settings()
    found = adding.consider(url, known, from_file=from_file, name=name, area=area, level=level, local=local)
    best = found.proposal.evidence[0]
    typer.echo(f"family     {best.family} ({', '.join(best.marks) or 'no marks'})")
    _show_sight(found.sight)
    typer.echo("")
    if dry_run:
        typer.echo(found.proposal.text, nl=False)
        return
    typer.echo(f"written    {adding.write_description(found, to or adding.sites_dir(known))}")
    tests = golden or (adding.golden_dir(known) if to is None else None)
    if tests is not None:
        typer.echo(
            f"           {adding.write_golden(found, tests)}: look at expected.json, then set `reviewed` to true"
        )
    typer.echo(f"next       civic-etl sources check {found.proposal.source.name}")
    if not found.sight.ok:
        raise typer.Exit(PARTLY_FAILED)


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Sources.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every site that is still there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch one listing and three articles of a site and say how it is. Leaves with 11 where something is wrong."""
    from civic_etl.pipeline.checkup import Health, check_source
    from civic_etl.pipeline.discover import chosen_sources, described_sources

    if bool(names) == everything:
        raise SourceError("name the sources, or give --all", field="name")
    known = settings()
    sources = described_sources(known)
    reports = []
    for name in chosen_sources(known, names):
        try:
            health = check_source(sources[name], known)
        except (SourceError, ArchiveError) as error:
            health = Health(name, error.message)
        reports.append(health)
        if not as_json:
            _show_health(health)
    if as_json:
        typer.echo(json.dumps([_plain(health) for health in reports], ensure_ascii=False, indent=2, default=str))
    if not all(health.ok for health in reports):
        raise typer.Exit(PARTLY_FAILED)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise CivicEtlError(f"cannot be read: {error.strerror}", file=str(path)) from error


def _show_sight(sight: "Sight") -> None:
    typer.echo(f"url        {sight.url}")
    if sight.problem:
        typer.echo(f"problem    {sight.problem}")
    if not sight.body_chars:
        return
    when = f"{sight.published:%Y-%m-%d %H:%M %z}" if sight.published else "-"
    typer.echo(f"title      {sight.title}")
    typer.echo(f"date       {when} ({sight.date_source or 'not found'})")
    typer.echo(f"author     {sight.author or '-'}")
    typer.echo(f"body       {sight.body_chars} characters, read by {sight.family} ({sight.quality})")


def _show_health(health: "Health") -> None:
    state = "well" if health.ok else "NOT WELL"
    typer.echo(f"{health.source}: {state}; {health.listed} articles looked at, {health.requests} requests")
    for line in (health.problem, *health.troubles):
        if line:
            typer.echo(f"  {line}")
    for sight in health.sights:
        when = f"{sight.published:%Y-%m-%d}" if sight.published else "no date"
        typer.echo(f"  {when:10} {sight.body_chars:6} chars  {sight.title[:60] or sight.url}")
        if sight.problem:
            typer.echo(f"             {sight.problem}")


def _plain(health: "Health") -> dict[str, Any]:
    return {**asdict(health), "ok": health.ok}
