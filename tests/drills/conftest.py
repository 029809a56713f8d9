"""How long the drills are, the nursery their nights are forked from, and what each of them reports at the end.

`pytest tests/drills` is the quick set. `--long` runs every drill in full, `--kills N` says how many nights are killed,
`--seed N` repeats a run: every drill says the seed it drew its moments from.
"""

import os
import random
import secrets
import shutil
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .nights import Home, Nursery
from .prefects import Prefect
from .site import NightSite, first_edition, serve

if TYPE_CHECKING:
    from .test_kill import Start

_REPORTS: list[str] = []
Report = Callable[[str], None]
NewSite = Callable[[str], NightSite]
NewHome = Callable[..., Home]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Only heard where this folder is named on the command line."""
    group = parser.getgroup("drills")
    group.addoption("--long", action="store_true", help="run every fault drill in full (make drills)")
    group.addoption("--kills", type=int, default=0, help="nights to kill; default 200")
    group.addoption("--seed", type=int, default=0, help="repeat the drills of a seed")
    group.addoption("--nights", type=int, default=30, help="nights of the soak")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What each drill tried."""
    if _REPORTS:
        terminalreporter.section("fault drills")
        for line in _REPORTS:
            terminalreporter.write_line(line)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drills marked `long` are only run when asked for."""
    if not config.getoption("long", False):
        skip = pytest.mark.skip(reason="a long drill: make drills")
        for item in items:
            if item.get_closest_marker("long") is not None:
                item.add_marker(skip)


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Say what a drill tried and found; shown at the end, and appended to the file that CIVIC_ETL_DRILL_LOG names."""

    def say(line: str) -> None:
        told = f"{request.node.name}: {line}"
        _REPORTS.append(told)
        if path := os.environ.get("CIVIC_ETL_DRILL_LOG"):
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(told + "\n")

    return say


@pytest.fixture(scope="session")
def is_long(pytestconfig: pytest.Config) -> bool:
    """Whether the long set was asked for."""
    return bool(pytestconfig.getoption("long", False))


@pytest.fixture(scope="session")
def kills(pytestconfig: pytest.Config) -> int:
    """How many nights to kill."""
    return int(pytestconfig.getoption("kills", 0)) or 200


@pytest.fixture(scope="session")
def seed(pytestconfig: pytest.Config) -> int:
    """What moments are drawn from."""
    return int(pytestconfig.getoption("seed", 0)) or secrets.randbelow(1_000_000) + 1


@pytest.fixture(scope="session")
def prefect_server(is_long: bool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | None]:
    """The address of a Prefect server that outlives every killed run; None in the quick set, which runs steps only."""
    if not is_long:
        yield None
        return
    server = Prefect(tmp_path_factory.mktemp("prefect"))
    server.start()
    try:
        yield server.url
    finally:
        server.close()


@pytest.fixture(scope="session")
def nursery(prefect_server: str | None) -> Iterator[Nursery]:
    """Where nights are forked from: flows in the long set, steps in the quick one."""
    found = Nursery.start(prefect_server)
    yield found
    found.close()


@pytest.fixture
def new_site() -> Iterator[NewSite]:
    """Serves as many sites as are asked for."""
    servers: list[ThreadingHTTPServer] = []

    def start(name: str) -> NightSite:
        site = NightSite(name)
        servers.append(serve(site))
        return site

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def new_home(tmp_path: Path, new_site: NewSite) -> NewHome:
    """A home with a site of its own, or with one that is there already."""
    count = 0

    def make(site: NightSite | None = None) -> Home:
        nonlocal count
        count += 1
        return Home(tmp_path / f"home-{count}", site or new_site("dien-tap"))

    return make


@pytest.fixture(scope="session")
def start(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator["Start"]:
    """A home after its first night, a site that has changed since, and what the second night makes of it.

    Tests work on copies of it.
    """
    from .test_kill import second_nights

    folder, site = tmp_path_factory.mktemp("start"), NightSite("dien-tap")
    server = serve(site)
    yield second_nights(nursery, Home(folder / "home", site), folder / "base")
    server.shutdown()
    server.server_close()


@pytest.fixture
def seeds(is_long: bool) -> int:
    """How many times a file is damaged at random."""
    return 400 if is_long else 16


@pytest.fixture
def rng(seed: int) -> random.Random:
    """Where and how."""
    return random.Random(seed)  # noqa: S311 - places of damage, not secrets


@pytest.fixture(scope="session")
def untouched(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home after its first night; tests work on copies of it, or only compare with it."""
    site = NightSite("dien-tap")
    server = serve(site)
    first_edition(site, 12)
    home = Home(tmp_path_factory.mktemp("untouched"), site)
    night = nursery.night(home)
    assert night.end() == 0, night.said()
    yield home
    server.shutdown()
    server.server_close()


@pytest.fixture
def sound(untouched: Home, tmp_path: Path) -> Home:
    """A copy of it to damage."""
    home = Home(tmp_path / "copy", untouched.site)
    shutil.copytree(untouched.settings.home, home.settings.home, symlinks=True)
    return home
