"""Draw docs/img/ward-year.svg, the picture in the README, from a release that the demo made.

    python docs/picture.py warehouse/demo docs/img/ward-year.svg

`make picture` runs the demo, this, and docs/readme_tables.py. Plain SVG, so that every viewer shows it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from civic_etl.settings import Settings
from civic_etl.warehouse.warehouse import Warehouse

PANELS, COLUMNS = 8, 4
WIDTH, HEIGHT, TOP, GAP = 280, 190, 74, 10
LEFT, RIGHT, ABOVE, BELOW = 40, 14, 46, 26
INK, FAINT, RESULT, TARGET = "#24292f", "#8c959f", "#0b6e8f", "#d9730d"

_FIGURES = """
select split_part(ref_area_name, ', ', 1) || ', ' || split_part(ref_area_name, ', ', 2) as ward, year,
    value_kind = 'target' as is_target, arg_min(obs_value, value_kind) / 1e9 as billions
from mart.ward_year
where indicator = 'budget_revenue' and breakdown = '{}' and period_kind <> 'part_year'
group by all
order by ward, year
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """One ward: billions of dong by year, what came in and what had been planned."""

    ward: str
    results: dict[int, float]
    targets: dict[int, float]

    @property
    def top(self) -> float:
        """The largest figure."""
        return max([*self.results.values(), *self.targets.values()])


def read(home: Path) -> list[Panel]:
    """The wards with the longest record of results, in the order of their names."""
    panels: dict[str, Panel] = {}
    for row in Warehouse(Settings(home=home)).query(_FIGURES).to_pylist():
        panel = panels.setdefault(row["ward"], Panel(row["ward"], {}, {}))
        (panel.targets if row["is_target"] else panel.results)[row["year"]] = float(row["billions"])
    longest = sorted(panels.values(), key=lambda panel: (-len(panel.results), panel.ward))[:PANELS]
    return sorted(longest, key=lambda panel: panel.ward)


def draw(panels: list[Panel]) -> str:
    """The picture as SVG: a panel a ward, all over the same years, each on its own scale."""
    years = sorted({year for panel in panels for year in (*panel.results, *panel.targets)})
    rows = -(-len(panels) // COLUMNS)
    width, height = COLUMNS * (WIDTH + GAP) + GAP, TOP + rows * (HEIGHT + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="Helvetica, Arial, sans-serif" font-size="11">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        _text(GAP + 4, 28, "Budget revenue of a ward, billion đồng a year", INK, size=17, weight="bold"),
        _text(GAP + 4, 50, "read from prose by civic-etl demo (sample sites, invented figures)", FAINT, size=12),
        f'<circle cx="{width - 250}" cy="24" r="4" fill="{RESULT}"/>',
        _text(width - 240, 28, "result", INK, size=12),
        f'<path d="M{width - 182} 24h14" stroke="{TARGET}" stroke-width="2.5"/>',
        _text(width - 162, 28, "target set the year before", INK, size=12),
    ]
    for number, panel in enumerate(panels):
        x, y = GAP + number % COLUMNS * (WIDTH + GAP), TOP + number // COLUMNS * (HEIGHT + GAP)
        parts += [f'<g transform="translate({x} {y})">', *_panel(panel, years), "</g>"]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(panel: Panel, years: list[int]) -> Iterator[str]:
    step = (WIDTH - LEFT - RIGHT) / max(len(years) - 1, 1)
    scale = (HEIGHT - ABOVE - BELOW) / (panel.top * 1.08)
    floor = HEIGHT - BELOW

    def at(year: int, value: float) -> tuple[float, float]:
        return LEFT + years.index(year) * step, floor - value * scale

    name, _, above = panel.ward.partition(", ")
    yield _text(LEFT, 18, name, INK, size=13, weight="bold")
    yield _text(LEFT, 33, above, FAINT)
    for share in (0.0, 0.5, 1.0):
        height = floor - panel.top * share * scale
        yield f'<path d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}" stroke="#eaeef2"/>'
        yield _text(LEFT - 6, height + 4, f"{panel.top * share:.0f}", FAINT, anchor="end")
    for year in years[:: 2 if len(years) > 6 else 1]:
        yield _text(at(year, 0)[0], HEIGHT - 8, str(year), FAINT, anchor="middle")
    for year, value in sorted(panel.targets.items()):
        x, y = at(year, value)
        yield f'<path d="M{x - 7:.1f} {y:.1f}h14" stroke="{TARGET}" stroke-width="2.5"/>'
    points = [at(year, value) for year, value in sorted(panel.results.items())]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{line}" fill="none" stroke="{RESULT}" stroke-width="1.5"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{RESULT}"/>' for x, y in points)


def _text(
    x: float, y: float, words: str, colour: str, *, size: int = 11, weight: str = "normal", anchor: str = "start"
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"'
    return f'<text {place} font-size="{size}" font-weight="{weight}">{escape(words)}</text>'


if __name__ == "__main__":
    picture = Path(sys.argv[2])
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_text(draw(read(Path(sys.argv[1]))), encoding="utf-8")
