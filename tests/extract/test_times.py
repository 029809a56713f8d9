"""When figures are of, and whether they are results: short articles, by what is hard about them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases import read_cases

from .articles import read

SITE = "xã Vũ Lễ, huyện Kiến Xương, tỉnh Thái Bình"
CASES = read_cases(Path(__file__).parent / "times.yaml")


def articles() -> list[Any]:
    return [
        pytest.param(case, id=f"{group}-{index}") for group, cases in CASES.items() for index, case in enumerate(cases)
    ]


@pytest.mark.parametrize("case", articles())
def test_figures_are_of_their_time(case: dict[str, Any]) -> None:
    published: date | None = case.get("published")
    day = published.isoformat() if published else None
    rows = read(case["text"], title=case.get("title", ""), published=day, site=SITE).observations
    told = {row.quote: [row.time_period, row.value_kind] for row in rows}
    assert {quote: told.get(quote) for quote in case["figures"]} == case["figures"]
