"""The shipped gazetteer, loaded once."""

import pytest

from civic_etl.gazetteer.gazetteer import Gazetteer, shipped_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The shipped table without a history pack, whatever the settings say."""
    return shipped_gazetteer()
