"""When, where, as what and how a figure is told: short articles, each figure with its circumstances."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cases import read_cases
from civic_etl.extract.records import Observation

from .articles import read

SITE = "huyện Kiến Xương, tỉnh Thái Bình"
CASES = read_cases(Path(__file__).parent / "circumstances.yaml")


def articles() -> list[Any]:
    return [pytest.param(case, id=f"{group}: {case['text'][:50]}") for group, cases in CASES.items() for case in cases]


def circumstances(row: Observation, told: int) -> list[Any]:
    """As many of a figure's circumstances as a case tells."""
    place = row.ref_area.name.partition(",")[0] + (f"/{row.sub_area}" if row.sub_area else "")
    return [row.time_period, row.value_kind, row.measure, row.obs_value, place][:told]


@pytest.mark.parametrize("case", articles())
def test_figures_are_told_with_their_circumstances(case: dict[str, Any]) -> None:
    published: date | None = case.get("published")
    day = published.isoformat() if published else None
    rows = read(case["text"], title=case.get("title", ""), published=day, site=case.get("site", SITE)).observations
    expected = {
        quote: [Decimal(str(x)) if i == 3 else x for i, x in enumerate(told)] for quote, told in case["figures"].items()
    }
    assert {row.quote: circumstances(row, len(expected.get(row.quote, ())) or 4) for row in rows} == expected
    if "codes" in case:
        assert sorted({row.indicator for row in rows}) == case["codes"]
