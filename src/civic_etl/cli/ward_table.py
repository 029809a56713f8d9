"""A ward-year table for people: the figures of record that the most wards report, year by year."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

import pyarrow as pa
from rich.table import Table

from civic_etl.warehouse.warehouse import Warehouse

COLUMNS = 5
YEARS = 3

# Indicators by how many ward-years have a result for the whole ward; ties by code.
_MOST_REPORTED = f"""
select f.indicator, i.name_en, f.unit_measure
from mart.ward_year as f
join core.dim_indicator as i using (indicator)
where f.breakdown = '{{}}' and f.value_kind <> 'target' and f.period_kind <> 'part_year'
group by all
order by count(*) desc, f.indicator
limit {COLUMNS}
"""  # noqa: S608 - our own number
_FIGURES = """
select ref_area_name, year, indicator, value_kind, obs_value, n_claims, n_sources, conflict
from mart.ward_year
where breakdown = '{}' and period_kind <> 'part_year'
order by ref_area_name, year
"""

_Cells = dict[tuple[str, int], dict[tuple[str, str], dict[str, Any]]]


class _Scale(NamedTuple):
    """How the figures of a column are written."""

    unit: str
    divisor: int
    places: int


@dataclass(frozen=True, slots=True)
class WardYears:
    """Rows by ward and year; each cell is the text of a figure and of the target set for that year."""

    headings: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, int, tuple[str, ...]], ...]
    wards: int
    figures: int


def ward_years(warehouse: Warehouse, years: int | None = YEARS) -> WardYears:
    """The figures of the current release, the last `years` with results of each ward (None: all)."""
    indicators = warehouse.query(_MOST_REPORTED).to_pylist()
    figures = warehouse.query(_FIGURES)
    cells = _cells(figures)
    scales = {row["indicator"]: _scale(cells, row["indicator"], row["unit_measure"]) for row in indicators}
    wards: dict[str, list[int]] = defaultdict(list)
    for ward, year in cells:
        if any((code, "result") in cells[ward, year] for code in scales):
            wards[ward].append(year)
    rows = []
    for ward in sorted(wards):
        for year in sorted(wards[ward])[-years:] if years else sorted(wards[ward]):
            rows.append((ward, year, tuple(_text(cells[ward, year], code, scales[code]) for code in scales)))
    headings = tuple((row["name_en"], scales[row["indicator"]].unit) for row in indicators)
    return WardYears(headings, tuple(rows), len(wards), figures.num_rows)


def as_table(found: WardYears, title: str = "") -> Table:
    """The rows as a table for the terminal: what was reached, then / and what had been set as the year's target."""
    table = Table(title=title or None, header_style="bold", title_justify="left", title_style="", pad_edge=False)
    table.add_column("ward", overflow="fold", min_width=20)
    table.add_column("year", justify="right")
    for name, unit in found.headings:
        table.add_column(f"{name}\n[dim]{unit}[/dim]", justify="right", vertical="middle")
    before = ""
    for ward, year, values in found.rows:
        if before and ward != before:
            table.add_section()
        table.add_row("" if ward == before else _short(ward), str(year), *values)
        before = ward
    return table


def _short(ward: str) -> str:
    """The ward and the unit above it, without the types of the latter."""
    name, _, above = ward.partition(", ")
    return f"{name}, {above.split(', ')[0]}" if above else name


def _cells(figures: pa.Table) -> _Cells:
    cells: _Cells = defaultdict(dict)
    for row in figures.to_pylist():
        kind = "target" if row["value_kind"] == "target" else "result"
        found = cells[row["ref_area_name"], row["year"]]
        # An actual is stronger than an estimate of the same year.
        if row["value_kind"] == "actual" or (row["indicator"], kind) not in found:
            found[row["indicator"], kind] = row
    return cells


def _scale(cells: _Cells, code: str, unit: str) -> _Scale:
    """Đồng in millions or billions, whichever the median figure calls for."""
    values = [abs(found[code, "result"]["obs_value"]) for found in cells.values() if (code, "result") in found]
    middle = median(values) if values else Decimal(0)
    if unit == "VND" and middle >= 10**9:
        return _Scale("billion VND", 10**9, 2)
    if unit == "VND" and middle >= 10**6:
        return _Scale("million VND", 10**6, 1)
    return _Scale(unit.replace("_", " "), 1, 2)


def _text(found: dict[tuple[str, str], dict[str, Any]], code: str, scale: _Scale) -> str:
    result, target = found.get((code, "result")), found.get((code, "target"))
    if result is None and target is None:
        return "[dim]-[/dim]"
    about = "~" if result is not None and result["value_kind"] == "estimate" else ""
    text = "[dim]-[/dim]" if result is None else f"{about}{_figure(result['obs_value'], scale)}"
    return text if target is None else f"{text} [dim]/ {_figure(target['obs_value'], scale)}[/dim]"


def _figure(value: Decimal, scale: _Scale) -> str:
    if value == value.to_integral_value() and scale.divisor == 1:
        return f"{int(value):,}"
    return f"{value / scale.divisor:,.{scale.places}f}"
