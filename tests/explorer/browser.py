"""Finds a Chromium on this machine; nothing is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HOW = "no browser: install Debian's chromium, or name one in CIVIC_ETL_TEST_BROWSER"


def executable() -> str:
    """Path of the browser; skips the test where none is installed."""
    named = os.environ.get("CIVIC_ETL_TEST_BROWSER")
    found = named or next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(_HOW)
    return found


@contextmanager
def launched() -> "Iterator[object]":
    """A running browser, without the sandbox that root may not use and containers do not have."""
    path = executable()
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make install")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()
