"""Write the README's tables from a release that the demo made.

    python docs/readme_tables.py warehouse/demo

`make picture` runs the demo, this, and docs/picture.py.
"""

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from civic_etl.settings import Settings
from civic_etl.warehouse.query import plain_number
from civic_etl.warehouse.warehouse import Warehouse

# Figures of the ward with the longest record, and the sentences behind some of them.
TABLES = {
    "figures": """
        select
            array_to_string(split(ref_area_name, ', ')[:2], ', ') as ward, year, indicator, value_kind as kind,
            obs_value as value, unit_measure as unit,
            n_claims as claims, conflict
        from mart.ward_year
        where breakdown = '{}' and indicator in ('budget_revenue', 'poor_household_rate')
            and year between 2019 and 2022 and ref_area = (
            select ref_area from mart.ward_year group by ref_area order by count(*) desc, ref_area limit 1)
        order by indicator, year, value_kind
    """,
    "evidence": """
        select article.published_date as published, claim.evidence as sentence, claim.obs_value as value,
            claim.time_period as period, claim.value_kind as kind
        from core.fct_observation as claim
        join core.fct_article as article using (article_id)
        where claim.observation_id in (
            select winning_observation_id from mart.ward_year
            where indicator = 'budget_revenue' and breakdown = '{}' and ref_area = (
                select ref_area from mart.ward_year group by ref_area order by count(*) desc, ref_area limit 1)
            order by year, value_kind limit 3)
        order by period, kind
    """,
}


def fill(home: Path, readme: Path) -> None:
    """Write each table between its two marks in the README."""
    warehouse = Warehouse(Settings(home=home))
    text = readme.read_text(encoding="utf-8")
    for name, sql in TABLES.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        if not after:
            raise SystemExit(f"{readme} has no marks for the table {name!r}")
        text = before + begin + _markdown(warehouse.query(sql)) + end + after
    readme.write_text(text, encoding="utf-8")


def _markdown(table: pa.Table) -> str:
    rows = [table.column_names, ["---"] * table.num_columns]
    rows += [[_cell(value) for value in row.values()] for row in table.to_pylist()]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _cell(value: Any) -> str:
    if isinstance(value, Decimal):
        return plain_number(value)
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split()).replace("|", "\\|")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), Path(__file__).resolve().parent.parent / "README.md")
