"""One running server for the tests that only read, and a client that shows redirects."""

from collections.abc import Iterator

import httpx
import pytest

from civic_etl.samples import SampleServer, serve


@pytest.fixture(scope="module")
def samples() -> Iterator[SampleServer]:
    with serve() as server:
        yield server


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client
