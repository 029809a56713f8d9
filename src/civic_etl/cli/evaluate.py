"""`civic-etl evaluate`: score the reading of annotated articles, and hold the scores to their floors."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from civic_etl.cli.state import settings
from civic_etl.errors import CheckFailedError, SettingsError

PANEL = "Read documents"
GOLD = Path("tests/gold")
"""Where a checkout keeps its gold sets."""


class Grouping(StrEnum):
    """What scores are broken down by."""

    indicator = "indicator"
    kind = "kind"
    measure = "measure"
    unit = "unit"
    document = "document"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(rich_help_panel=PANEL)(evaluate)


def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(help="A gold set, or a folder of them; default: tests/gold of a checkout.", show_default=False),
    ] = None,
    by: Annotated[Grouping | None, typer.Option(help="Break the scores down.")] = None,
    errors: Annotated[int, typer.Option(min=0, help="Show this many errors of each sort, with their text.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON on stdout.")] = False,
    check: Annotated[
        Path | None, typer.Option(help="Leave with 9 where a score is below this file of floors.", show_default=False)
    ] = None,
    write_floors: Annotated[
        bool, typer.Option("--write-floors", help="Raise the floors in floors.yaml of the folder to the scores.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="With --write-floors: lower floors too.")] = False,
    fit_confidence: Annotated[
        Path | None,
        typer.Option(
            help="Fit the confidence, on sets to check and on first sights where there are any, and write its weights."
        ),
    ] = None,
    keep_first_sight: Annotated[
        bool,
        typer.Option(
            "--keep-first-sight", help="Keep beside each set to develop how it is read now, where nothing is kept yet."
        ),
    ] = False,
    fit_assertion: Annotated[
        Path | None,
        typer.Option(help="Fit what tells facts from mentions, on the sets to develop, and write its weights here."),
    ] = None,
) -> None:
    """Score what is found in annotated articles at five levels, and say what a confidence means."""
    from civic_etl.evaluate import check_floors, evaluate_folder, read_floors
    from civic_etl.evaluate import write_floors as write
    from civic_etl.evaluate.report import as_dict, report_lines

    settings()
    if force and not write_floors:
        raise SettingsError("--force goes with --write-floors", field="force")
    where = folder or _default_folder()
    if keep_first_sight:
        _keep_first_sight(where)
    if fit_confidence is not None:
        _fit(where, fit_confidence)
    if fit_assertion is not None:
        _fit_assertion(where, fit_assertion)
    floors = read_floors(check) if check is not None else None
    evaluations = evaluate_folder(where)
    grouping = by.value if by is not None else None
    if as_json:
        typer.echo(json.dumps([as_dict(e, grouping) for e in evaluations], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n\n".join("\n".join(report_lines(e, grouping, errors)) for e in evaluations))
    if write_floors:
        path = _floors_of(where)
        typer.echo(f"{write(path, evaluations, force=force)} floors changed in {path}", err=True)
    if floors is not None and (breaches := check_floors(evaluations, floors)):
        for breach in breaches:
            typer.echo(str(breach), err=True)
        raise CheckFailedError(f"{len(breaches)} scores are below their floors", file=str(check))


def _keep_first_sight(where: Path) -> None:
    """Say of which sets the readings were kept."""
    from civic_etl.evaluate import first_sight
    from civic_etl.evaluate.evaluation import codes_of, folders_in, sets_in

    codes = codes_of(where)
    for folder, gold in zip(folders_in(where), sets_in(where), strict=True):
        if gold.role == "develop" and not gold.first_sight:
            readings = first_sight.read_now(gold.documents, gold.observations, codes)
            first_sight.keep_first_sight(folder, readings)
            right = sum(reading.right for reading in readings)
            typer.echo(f"{folder / first_sight.FILE}: {len(readings)} readings, {right} of them right", err=True)


def _fit(where: Path, weights: Path) -> None:
    """Say how far the new confidence is off on articles it was not fitted on."""
    from civic_etl.evaluate.evaluation import codes_of, sets_in
    from civic_etl.evaluate.fit import examples, fit, held_out_error, write_weights

    sets = sets_in(where)
    # where rules are written against a set, they are righter there than anywhere else
    chosen = [gold for gold in sets if gold.role == "check" or gold.first_sight] or sets
    rows = examples(chosen, codes_of(where))
    write_weights(weights, fit(rows), len(rows), [gold.name for gold in chosen])
    typer.echo(
        f"{weights}: fitted on {len(rows)} readings, {held_out_error(rows):.3f} off on articles held out", err=True
    )


def _fit_assertion(where: Path, weights: Path) -> None:
    from civic_etl.evaluate.evaluation import sets_in
    from civic_etl.evaluate.fit import write_weights
    from civic_etl.evaluate.fit_assertion import ASSERTION_HEAD, assertion_examples, fit_assertion

    chosen = [gold for gold in sets_in(where) if gold.role == "develop"]
    rows = assertion_examples(chosen)
    write_weights(weights, fit_assertion(rows), len(rows), [gold.name for gold in chosen], ASSERTION_HEAD)
    typer.echo(f"{weights}: fitted on {len(rows)} figures, {sum(row.right for row in rows)} of them facts", err=True)


def _default_folder() -> Path:
    if not GOLD.is_dir():
        raise SettingsError(f"name a folder of gold sets: there is no {GOLD} here", field="folder")
    return GOLD


def _floors_of(folder: Path) -> Path:
    """The floors lie beside the sets."""
    return (folder.parent if (folder / "docs.jsonl").is_file() else folder) / "floors.yaml"
