"""The page for everybody: search without accents, two languages, keyboard, narrow screens, dark, print, axe."""

from importlib import resources
from typing import Any

import pytest

from .conftest import Reader

WARD = "3-01840-20040831"
PAGES = {
    "front": "",
    "province": "province/1-06-20040831?ind=households&year=2021",
    "unit": f"unit/{WARD}",
    "indicator": "indicator/households?year=2021",
    "indicators": "indicators",
    "compare": f"compare?u={WARD},3-02212-20040831",
    "coverage": "coverage?p=1-06-20040831",
    "sources": "sources",
    "sql": "sql",
    "nothing": "nowhere",
}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("duc xuan", "phường Đức Xuân"),
        ("Đức Xuân", "phường Đức Xuân"),
        ("thu ngân sách", "thu ngân sách"),
        ("ha giang", "Hà Giang"),
    ],
)
def test_the_search_box_finds(reader: Reader, words: str, answer: str) -> None:
    reader.open("")
    reader.page.get_by_role("combobox", name="Tìm xã, phường").fill(words)
    first = reader.page.locator("#search-list li").first
    first.wait_for()
    assert answer.lower() in first.text_content().lower()


def test_the_search_box_is_walked_by_keyboard(reader: Reader) -> None:
    reader.open("")
    box = reader.page.get_by_role("combobox", name="Tìm xã, phường")
    box.fill("duc xuan")
    reader.page.locator("#search-list li").first.wait_for()
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "search-1"
    box.press("ArrowUp")
    box.press("Enter")
    reader.page.wait_for_url(lambda url: "#/unit/3-01840" in url)


def test_nothing_found_is_said(reader: Reader) -> None:
    reader.open("")
    reader.page.get_by_role("combobox", name="Tìm xã, phường").fill("qqqq")
    reader.page.locator("#search-list li", has_text="Không tìm thấy").wait_for()


def test_the_language_switch_keeps_the_page(reader: Reader) -> None:
    main = reader.open(f"unit/{WARD}?ind=households%7C%7B%7D")
    assert "1.030" in main.locator("table.matrix").text_content()
    reader.page.get_by_role("link", name="English").click()
    reader.page.wait_for_selector("html[lang=en] main[data-ready]")
    assert "1,030" in main.locator("table.matrix").text_content()
    assert "since 31 August 2004" in main.locator(".life").text_content()
    assert "households" in reader.page.url
    # and every link from here stays English
    main.locator(".crumbs a").first.click()
    reader.page.wait_for_url(lambda url: "province" in url)
    assert "lang=en" in reader.page.url


def test_the_map_is_walked_by_keyboard(reader: Reader) -> None:
    reader.open("?ind=households&year=2021")
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.className") == "skip"
    seen = []
    for _ in range(90):
        reader.page.keyboard.press("Tab")
        seen.append(reader.page.evaluate("document.activeElement.closest('.provinces') !== null"))
    assert sum(seen) >= 63
    reader.page.evaluate("document.querySelector('.provinces a').focus()")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url(lambda url: "province" in url)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(browser: Any, address: str, name: str, theme: str) -> None:
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed: make install")
    source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(color_scheme=theme)
    reader = Reader(context.new_page(), address)
    reader.open(PAGES[name])
    reader.page.evaluate(source)
    found = reader.page.evaluate("axe.run()")["violations"]
    context.close()
    bad = {
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    }
    assert bad == set()


@pytest.mark.parametrize("reader", [{"viewport": {"width": 360, "height": 740}}], indirect=True)
@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scrolling(reader: Reader, name: str) -> None:
    reader.open(PAGES[name])
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_ward_prints_on_one_sheet(reader: Reader) -> None:
    reader.open(f"unit/{WARD}")
    pdf = reader.page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") + pdf.count(b"/Type /Page ") == 1


def test_the_theme_can_be_turned(reader: Reader) -> None:
    reader.open("")
    before = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    reader.page.get_by_role("button", name="Sáng / tối").click()
    after = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before != after
    reader.page.reload()
    reader.drawn()
    assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == after
