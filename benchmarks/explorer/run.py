"""How long the explorer takes on a release: to build its site, to show each page, to answer each choice.

Run `python benchmarks/explorer/run.py RELEASE`, for example on what `benchmarks/warehouse/run.py 1 FOLDER` left in
FOLDER/home/current. Needs Chromium and the development packages. It prints a markdown table; RESULTS.md keeps what was
measured, and the machine.
"""

import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import duckdb
from playwright.sync_api import sync_playwright

from civic_etl.explorer import build_site
from civic_etl.explorer.serve import HOST, site_server

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
_UNIT = "select ref_area from mart.ward_year group by ref_area order by count(*) desc, ref_area limit 1"
_CODE = "select indicator from mart.ward_year group by indicator order by count(*) desc, indicator limit 1"


def main() -> None:
    """Builds the site beside a link to the database, then walks it."""
    release = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(dir=release.parent) as name:
        folder = Path(name)
        (folder / "civic.duckdb").hardlink_to(release / "civic.duckdb")
        started, cpu = time.perf_counter(), time.process_time()
        build_site(folder)
        rows = [("build the site", f"{time.perf_counter() - started:.1f} s ({time.process_time() - cpu:.1f} s CPU)")]
        size = sum(path.stat().st_size for path in (folder / "site").rglob("*.js"))
        rows.append(("data and scripts", f"{size / 1e6:.0f} MB"))
        with site_server(folder, 0) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            rows += walk(f"http://{HOST}:{server.server_port}/", folder / "civic.duckdb")
            server.shutdown()
    print("| what | took |\n| --- | --- |")
    for what, took in rows:
        print(f"| {what} | {took} |")


def walk(address: str, database: Path) -> list[tuple[str, str]]:
    """First view of each page in a fresh browser, then choices on it."""
    with duckdb.connect(str(database), read_only=True) as con:
        unit, code = (con.execute(sql).fetchall()[0][0] for sql in (_UNIT, _CODE))
    first = {
        "front page": "",
        "indicator": f"indicator/{code}",
        "ward": f"unit/{unit}",
        "coverage": "coverage",
        "province": f"province/1-01-20080801?ind={code}",
    }
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        for name, where in first.items():
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            started = time.perf_counter()
            page.goto(f"{address}#/{where}")
            page.wait_for_selector("main[data-ready]")
            found.append((f"{name}: first view", milliseconds(started)))
            found += [(f"{name}: {what}", took) for what, took in choices(page)]
            page.context.close()
        browser.close()
    return found


def choices(page: Any) -> list[tuple[str, str]]:
    """Time from a choice to the page drawn anew, for each choice of the page; and of a search."""
    found = []
    for number in range(min(page.locator("main select").count(), 4)):
        select = page.locator("main select").nth(number)
        values = select.evaluate("box => [...box.options].map(option => option.value)")
        other = [value for value in values if value != select.input_value()][-1:]
        for _, value in enumerate(other * 2):
            started = time.perf_counter()
            page.locator("main select").nth(number).select_option(value)
            page.wait_for_selector("main[data-ready]")
            took = milliseconds(started)
        if other:
            found.append((f"choice {number + 1}", took))
    box = page.get_by_role("combobox").first
    box.focus()
    page.wait_for_timeout(500)
    for words in ("duc", "duc xuan"):
        started = time.perf_counter()
        box.fill(words)
        page.locator("#search-list li[aria-selected=true]").wait_for()
        took = milliseconds(started)
    found.append(("search", took))
    return found


def milliseconds(started: float) -> str:
    """Since then."""
    return f"{(time.perf_counter() - started) * 1000:.0f} ms"


if __name__ == "__main__":
    main()
