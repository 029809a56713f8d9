"""A site on loopback that does as a test tells it, and a home with hostile texts in its releases."""

import pytest

from crawl.conftest import FakeClock, Site, clock, describe, serve, settings, site, sites
from warehouse.conftest import Built, a_warehouse

from .nights import Nights, two_nights

__all__ = ["FakeClock", "Site", "clock", "describe", "serve", "settings", "site", "sites"]


@pytest.fixture(scope="session")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """The home of nights.py; tests may load into it what it was loaded with, and publish nothing."""
    return two_nights(tmp_path_factory.mktemp("nights"))


@pytest.fixture(scope="session")
def released(nights: Nights) -> Built:
    """Its release in force."""
    return Built(a_warehouse(nights.home), nights.after)
