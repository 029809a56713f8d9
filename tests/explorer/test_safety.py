"""No other host, nothing inline, the page from a disk, and releases that are not what they should be."""

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from civic_etl.warehouse.release import Release

from .conftest import Reader, a_release, served
from .documents import silent
from .test_reading import PAGES


def test_nothing_is_asked_of_another_host(reader: Reader) -> None:
    for where in PAGES.values():
        reader.open(where)
    reader.open("sql?q=select+1+as+one")
    reader.page.wait_for_selector("#sql-summary")
    hosts = {urlsplit(url.removeprefix("blob:")).netloc for url in reader.requests}
    assert hosts == {urlsplit(reader.base).netloc}


def test_the_policy_allows_nothing_inline(reader: Reader) -> None:
    reader.open("")
    policy = reader.page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy and "http" not in policy
    reader.page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
    }""")
    assert reader.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in line for line in reader.problems)
    reader.problems.clear()


def test_the_page_works_from_a_disk(browser: Any, release: Release) -> None:
    context = browser.new_context()
    reader = Reader(context.new_page(), (release.path / "site" / "index.html").as_uri())
    for name in ("front", "unit", "indicator", "coverage"):
        assert reader.open(PAGES[name]).locator("h1").count() == 1
        assert "Không" not in (reader.page.locator("h1").text_content() or "")
    main = reader.open("sql")
    assert "civic-etl explore" in main.text_content()
    assert main.locator("textarea").count() == 0
    context.close()
    assert reader.problems == []


@pytest.fixture
def copied(release: Release, tmp_path: Path) -> Path:
    """A copy of the release's site that may be spoiled."""
    shutil.copytree(release.path / "site", tmp_path / "release" / "site")
    for path in (tmp_path / "release").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return tmp_path / "release"


def test_data_of_a_newer_format_say_what_to_do(browser: Any, copied: Path) -> None:
    file = copied / "site" / "data" / "release.js"
    file.write_text(file.read_text(encoding="utf-8").replace('"format":1', '"format":2'), encoding="utf-8")
    _says(browser, copied, "civic-etl release")


def test_missing_data_say_what_to_do(browser: Any, copied: Path) -> None:
    (copied / "site" / "data" / "release.js").unlink()
    _says(browser, copied, "civic-etl explore")


def _says(browser: Any, release: Path, words: str) -> None:
    with served(release) as address:
        page = browser.new_page()
        page.goto(address)
        page.locator("section.empty").wait_for()
        assert words in page.text_content("section.empty")
        page.close()


def test_a_page_notices_that_another_release_is_current(browser: Any, copied: Path) -> None:
    with served(copied) as address:
        page = browser.new_page()
        reader = Reader(page, address)
        reader.open("")
        for file in (copied / "site" / "data").rglob("*.js"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace('civicData("', 'civicData("next-', 1), encoding="utf-8")
        page.goto(f"{address}#/sources")
        page.locator("#notice button").wait_for()
        page.locator("#notice button").click()
        page.wait_for_selector("main[data-ready] table")
        assert page.locator("#notice button").count() == 0
        page.close()


def test_a_release_without_figures_is_no_broken_page(browser: Any, tmp_path: Path) -> None:
    empty = a_release(tmp_path, silent())
    with served(empty.path) as address:
        page = browser.new_page()
        reader = Reader(page, address)
        for name, where in PAGES.items():
            main = reader.open(where)
            assert main.locator("h1").count() == 1, name
        assert "civic-etl run nightly" in reader.open("").text_content()
        assert reader.problems == []
        page.close()
