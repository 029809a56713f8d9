"""The invented figures: one table, read by the stories and by nobody else."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from io import StringIO

from civic_etl.errors import CivicEtlError
from civic_etl.samples.places import DATA

Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number about one place: `value` in base unit `unit`; `breakdown` is `key=value` or empty."""

    place: str
    sub_area: str
    period: str
    indicator: str
    breakdown: str
    kind: str
    value: Decimal
    unit: str

    @property
    def key(self) -> Key:
        """What makes the figure this one and no other."""
        return (self.place, self.sub_area, self.period, self.indicator, self.breakdown, self.kind)


class Figures:
    """The figures by key."""

    def __init__(self, rows: dict[Key, Figure]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._rows.values())

    def get(self, key: Key) -> Figure:
        """The figure of a key. Raises `CivicEtlError` where the table has none: a story may not invent one."""
        if key not in self._rows:
            raise CivicEtlError(f"the sample figures have no {' / '.join(part or '-' for part in key)}")
        return self._rows[key]

    def corrected(self, other: "Figures") -> "Figures":
        """These figures with those of `other` in their place; each of `other` must replace one."""
        for figure in other:
            self.get(figure.key)
        return Figures(self._rows | {figure.key: figure for figure in other})


def _read(name: str) -> Figures:
    rows: dict[Key, Figure] = {}
    for row in csv.DictReader(StringIO((DATA / name).read_text(encoding="utf-8"))):
        figure = Figure(
            row["place"],
            row["sub_area"],
            row["period"],
            row["indicator"],
            row["breakdown"],
            row["kind"],
            Decimal(row["value"]),
            row["unit"],
        )
        if figure.key in rows:
            raise CivicEtlError(f"{name} gives {figure.key} twice")
        rows[figure.key] = figure
    return Figures(rows)


@cache
def load_figures() -> Figures:
    """The figures as first published."""
    return _read("figures.csv")


@cache
def load_corrections() -> Figures:
    """The figures that the one edited article gives from the second edition on."""
    return _read("corrections.csv")
