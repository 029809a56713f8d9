"""A home of its own, settings of this process pointed at it, and Prefect with a real server of its own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from civic_etl.cli.demo import prepare
from civic_etl.pipeline.prefect_home import settle
from civic_etl.samples import SampleServer
from civic_etl.settings import Settings, get_settings

# Prefect reads its settings when it is imported, which any of these tests may be the first to do.
settle(Settings(home=Path(tempfile.mkdtemp(prefix="civic-etl-prefect-"))))


@pytest.fixture(scope="module")
def server() -> Iterator[SampleServer]:
    """The sample sites over real HTTP."""
    with SampleServer() as sites:
        yield sites


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, server: SampleServer) -> Iterator[Settings]:
    """Settings whose only fetched sources are the sample sites."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "SOURCES_DIR", "JITTER_SECONDS", "CONFIG", "CORRECTIONS"):
            patch.setenv(f"CIVIC_ETL_{name}", "")
        patch.setenv("NO_PROXY", "")
        patch.setenv("no_proxy", "")
        yield prepare(tmp_path_factory.mktemp("home") / "demo", server)
    get_settings.cache_clear()


@pytest.fixture
def settings(server: SampleServer, tmp_path: Path) -> Iterator[Settings]:
    """A home of its own with the sample sites as sources."""
    server.write_sources(tmp_path / "sources")
    get_settings.cache_clear()
    yield Settings(home=tmp_path / "home", sources_dir=tmp_path / "sources", jitter_seconds=0, workers=1)
    get_settings.cache_clear()
