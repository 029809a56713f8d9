"""What the scores must not fall below: a file that only rises."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from civic_etl.data_files import read_yaml_file
from civic_etl.errors import ParseError
from civic_etl.evaluate.evaluation import Evaluation
from civic_etl.evaluate.score import Score

FEWEST_ROWS = 8
"""Gold rows an indicator needs for a floor of its own: with fewer, one number decides."""

Floors = dict[str, dict[str, float]]

_HEAD = """\
# What the scores of the gold sets must not fall below; `civic-etl evaluate --write-floors` raises them.
# gold/*: how much is annotated. level/*: precision, recall and F1 of all observations.
# indicator/*: F1 of those with enough rows, all right, less one row. office/*, event/*: F1.
"""


@dataclass(frozen=True, slots=True)
class Breach:
    """A score below its floor; 0 where what the floor is about is gone."""

    set_name: str
    what: str
    floor: float
    score: float

    def __str__(self) -> str:
        return f"{self.set_name}: {self.what} is {self.score:g}, below its floor {self.floor:g}"


def measured(evaluation: Evaluation) -> dict[str, float]:
    """All that floors hold of one set, shares rounded down to three digits."""
    return dict(_measures(evaluation, rows_to_lose=0))


def _measures(evaluation: Evaluation, rows_to_lose: int) -> Iterator[tuple[str, float]]:
    levels = evaluation.levels()
    yield "gold/documents", len(evaluation.texts)
    yield "gold/observations", levels["FULL"].gold
    for level, score in levels.items():
        for name in ("precision", "recall", "f1"):
            yield f"level/{level}/{name}", _down(getattr(score, name))
    for code, scores in evaluation.by("indicator").items():
        full = scores["FULL"]
        if full.gold >= FEWEST_ROWS:
            yield f"indicator/{code}", _down(Score(max(0, full.hits - rows_to_lose), full.found, full.gold).f1)
    for kind, mentions in (("office", evaluation.offices), ("event", evaluation.events)):
        for level, score in mentions.items():
            yield f"{kind}/{level}", _down(score.f1)


def _down(share: float) -> float:
    return math.floor(share * 1000 + 1e-9) / 1000


def check_floors(evaluations: list[Evaluation], floors: Floors) -> list[Breach]:
    """Where scores are below the floors. A set or a score that is gone counts as 0, so nothing passes by missing."""
    scores = {evaluation.name: measured(evaluation) for evaluation in evaluations}
    return [
        Breach(name, what, floor, scores.get(name, {}).get(what, 0.0))
        for name, held in floors.items()
        for what, floor in held.items()
        if scores.get(name, {}).get(what, 0.0) < floor
    ]


def read_floors(path: Path) -> Floors:
    """The floors of a file: set -> what -> number. Raises ParseError where it is no such file or holds none."""
    try:
        data: Any = read_yaml_file(path)
    except (OSError, yaml.YAMLError) as error:
        raise ParseError(f"cannot be read: {error}", file=str(path)) from error
    if not isinstance(data, dict) or not data:
        raise ParseError("holds no floors", file=str(path))
    for name, held in data.items():
        if not isinstance(held, dict) or not held:
            raise ParseError("a set without floors", file=str(path), field=str(name))
        for what, floor in held.items():
            if isinstance(floor, bool) or not isinstance(floor, int | float) or floor < 0:
                raise ParseError("a floor is a number of at least 0", file=str(path), field=f"{name}.{what}")
    return data


def write_floors(path: Path, evaluations: list[Evaluation], *, force: bool = False) -> int:
    """Raise the floors of a file to the scores; with `force` set them, up or down. Returns how many changed.

    Sets that were not evaluated keep theirs.
    """
    before = read_floors(path) if path.is_file() else {}
    after = {name: dict(held) for name, held in before.items()}
    for evaluation in evaluations:
        # an indicator may lose one row where a change wins others: the total holds the sum
        scores = dict(_measures(evaluation, rows_to_lose=1))
        held = {} if force else before.get(evaluation.name, {})
        after[evaluation.name] = {
            what: max(held.get(what, 0.0), scores.get(what, 0.0)) for what in dict.fromkeys([*scores, *held])
        }
    changed = sum(
        after.get(name, {}).get(what) != before.get(name, {}).get(what)
        for name in after.keys() | before.keys()
        for what in after.get(name, {}).keys() | before.get(name, {}).keys()
    )
    if changed:
        text = yaml.safe_dump(after, sort_keys=False, allow_unicode=True)
        path.write_text(_HEAD + text, encoding="utf-8")
    return changed
