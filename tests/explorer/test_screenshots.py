"""Pictures of the explorer, as the README shows them.

By default of the small release into a temporary folder; `make screenshots` names the folder and a release of the demo.
"""

import os
from pathlib import Path
from typing import Any

import duckdb
import pytest

from civic_etl.warehouse.release import Release

from .conftest import Reader, served

# by name: the window, light or dark, and the page
_LAPTOP, _PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
PICTURES = {
    "explorer-map": (_LAPTOP, "light", ""),
    "explorer-ward": (_LAPTOP, "light", "unit/{ward}?ind=budget_revenue%7C%7B%7D"),
    "explorer-evidence": (_LAPTOP, "light", "unit/{ward}?ind=budget_revenue%7C%7B%7D&ev={ward}~{figure}"),
    "explorer-indicator": (_LAPTOP, "dark", "indicator/budget_revenue?lang=en"),
    "explorer-phone": (_PHONE, "light", "unit/{ward}?ind=budget_revenue%7C%7B%7D"),
}
_BEST = """
select ref_area, arg_max(winning_observation_id, n_claims + conflict::integer)
from mart.ward_year where indicator = 'budget_revenue' and breakdown = '{}' and value_kind <> 'target'
group by ref_area order by count(*) desc, sum(n_claims) desc, ref_area limit 1
"""


@pytest.fixture
def shown(request: pytest.FixtureRequest) -> Path:
    """The release to take pictures of."""
    named = os.environ.get("CIVIC_ETL_SCREENSHOTS_OF")
    if named:
        return Path(named)
    release: Release = request.getfixturevalue("release")
    return release.path


def test_pictures(browser: Any, shown: Path, tmp_path: Path) -> None:
    folder = Path(os.environ.get("CIVIC_ETL_SCREENSHOTS", tmp_path))
    with duckdb.connect(str(shown / "civic.duckdb"), read_only=True) as con:
        ward, figure = con.execute(_BEST).fetchall()[0]
    with served(shown) as address:
        for name, (size, theme, where) in PICTURES.items():
            context = browser.new_context(viewport=size, color_scheme=theme, device_scale_factor=1)
            reader = Reader(context.new_page(), address)
            reader.open(where.format(ward=ward, figure=figure))
            if "ev=" in where:
                reader.page.locator("dialog blockquote").first.wait_for()
            reader.page.screenshot(path=folder / f"{name}.png", animations="disabled")
            context.close()
            assert reader.problems == []
            assert (folder / f"{name}.png").stat().st_size > 10_000
