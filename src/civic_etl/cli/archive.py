"""`civic-etl archive`: is it whole, what does it hold, and a part of it as one WARC file."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from civic_etl.cli.state import settings
from civic_etl.errors import SettingsError

app = typer.Typer(help="The stored pages (WARC).", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="As JSON on stdout.")]


@app.command()
def verify(
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only this source.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read every record and compare digests and index. Leaves with 5 where something is wrong."""
    from civic_etl.archive import Archive

    report = Archive.of(settings()).verify(source)
    if as_json:
        typer.echo(json.dumps({**asdict(report), "ok": report.ok}, ensure_ascii=False, indent=2))
    else:
        for problem in report.problems:
            typer.echo(f"{problem.path} at {problem.position}: {problem.reason}")
        typer.echo(f"{report.files} files, {report.records} records, {report.bytes:,} bytes: {_word(report.ok)}")
    if not report.ok:
        raise typer.Exit(5)


@app.command()
def stats(as_json: AsJson = False) -> None:
    """Say what is held of each source."""
    from civic_etl.archive import Archive

    rows = Archive.of(settings()).stats()
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=str))
        return
    table = Table("source", "files", "bytes", "articles", "responses", "revisits", "first", "last")
    for row in rows:
        times = (f"{moment:%Y-%m-%d %H:%M}" if moment else "" for moment in (row.first, row.last))
        counts = (row.files, row.bytes, row.articles, row.responses, row.revisits)
        table.add_row(row.source, *(f"{count:,}" for count in counts), *times)
    Console(width=None if Console().is_terminal else 140).print(table)


@app.command()
def export(
    dest: Annotated[Path, typer.Argument(help="WARC file to write (.warc.gz).")],
    source: Annotated[str, typer.Option("--source", "-s", help="The source.")],
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="First day of fetching."),
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Last day of fetching.")
    ] = None,
) -> None:
    """Copy what was fetched of a source in a span into one WARC file with its index."""
    from civic_etl.archive import Archive

    archive = Archive.of(settings())
    number = archive.export(source, since.date() if since else None, until.date() if until else None, dest)
    typer.echo(f"{number} records written to {dest}")


@app.command()
def repair(
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only this source.")] = None,
    salvage: Annotated[
        bool, typer.Option("--salvage", help="Give up damaged records of files that there is no copy of.")
    ] = False,
) -> None:
    """Bring files and index together again, after a crash, a full disk, or a copy that came without its indexes.

    A torn last record is cut off, as the next run would do; the index is written anew from the files. A file that is
    damaged in the middle is named and left as it is, unless --salvage gives the damaged records up.
    """
    from civic_etl.archive import Archive
    from civic_etl.archive.purge import salvage as give_up

    archive = Archive.of(settings())
    for name in [source] if source else archive.sources():
        for path in archive.files(name) if salvage else ():
            if lost := give_up(path):
                typer.echo(f"{path.relative_to(archive.root)}: {lost:,} damaged bytes given up")
        with archive.writer(name) as writer:
            number = archive.rebuild_index(name)
        cut = f", {writer.cut_bytes:,} bytes of a torn record cut off" if writer.cut_bytes else ""
        typer.echo(f"{name}: {number} records in the index{cut}")


@app.command()
def publish(
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only this source.")] = None,
) -> None:
    """Put local files into the archive's store (setting `archive_store`), as every run does with what it fetched."""
    from civic_etl.archive import Archive
    from civic_etl.archive.publishing import publish as put

    archive = Archive.of(settings())
    if archive.store is None:
        raise SettingsError("no store of the archive is set", field="archive_store")
    for name in [source] if source else archive.sources():
        files = put(archive, name)
        typer.echo(f"{name}: {len(files)} files published")


@app.command()
def purge(
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it only says what would go.")] = False,
) -> None:
    """Overwrite every stored page whose address is on the removal list (setting `removals`). It cannot be undone."""
    from civic_etl.pipeline.purging import plan_purge, purge_archive

    plans = purge_archive(settings()) if yes else plan_purge(settings())
    for plan in plans:
        for url in plan.urls:
            typer.echo(f"{plan.source}: {url}")
    number = sum(plan.records for plan in plans)
    typer.echo(
        f"{number} records {'purged' if yes else 'would be purged: give --yes'}" if number else "nothing to purge"
    )


def _word(ok: bool) -> str:
    return "whole" if ok else "DAMAGED"
