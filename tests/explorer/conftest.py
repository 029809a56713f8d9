"""Releases made by the real loader with the real gazetteer, served as `civic-etl explore` serves them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from civic_etl.explorer import build_site
from civic_etl.explorer.serve import HOST, site_server
from civic_etl.settings import Settings
from civic_etl.warehouse.release import Release
from civic_etl.warehouse.warehouse import Warehouse
from warehouse.makers import VERSIONS

from .browser import launched
from .documents import SOURCES, documents


def a_release(home: Path, items: list[Any]) -> Release:
    """A release with its site, as a night makes it."""
    warehouse = Warehouse(Settings(home=home), sources=SOURCES, versions=VERSIONS)
    warehouse.load(items, run_id="first")
    return warehouse.finish(run_id="first", decorate=build_site).release


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of documents.py; tests must not change it."""
    return a_release(tmp_path_factory.mktemp("explorer"), documents())


@pytest.fixture(scope="session")
def ask(release: Release) -> Iterator[Callable[[str], list[Any]]]:
    """Rows of a query of that release's database."""
    with duckdb.connect(str(release.path / "civic.duckdb"), read_only=True) as con:
        yield lambda sql: con.execute(sql).fetchall()


@contextmanager
def served(current: Path) -> Iterator[str]:
    """Address of a server of `<current>/site`."""
    with site_server(current, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def address(release: Release) -> Iterator[str]:
    """Where the site of the release is served."""
    with served(release.path) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a file: its event loop must not outlive them, others run their own."""
    with launched() as found:
        yield found


class Reader:
    """A reader at a page: opens addresses of the site, and keeps what went wrong."""

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.base = base
        self.requests: list[str] = []
        self.problems: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda line: line.type == "error" and self.problems.append(line.text))

    def open(self, where: str = "") -> Any:
        """Go to a page by what stands after #, wait until it is drawn, give its `main`."""
        self.page.goto(f"{self.base}#/{where}")
        return self.drawn()

    def drawn(self) -> Any:
        """The view, as soon as it is there."""
        self.page.wait_for_selector("main[data-ready]")
        return self.page.locator("main")


@pytest.fixture
def reader(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A fresh page on a laptop; the test fails where the page logged an error."""
    options = {"viewport": {"width": 1280, "height": 900}} | getattr(request, "param", {})
    context = browser.new_context(**options)
    found = Reader(context.new_page(), address)
    yield found
    context.close()
    assert found.problems == []
