"""From a figure to its evidence in two clicks, with hostile text kept harmless."""

from .conftest import Reader
from .documents import HOSTILE_SENTENCE, HOSTILE_TITLE

WARD = "3-01840-20040831"


def test_a_figure_leads_to_claims_sentence_and_page(reader: Reader) -> None:
    main = reader.open(f"unit/{WARD}")
    # the first click: the figure on which the sources disagree
    main.locator("table.matrix tr", has_text="Tổng thu ngân sách").locator("a.figure", has_text="⚠").click()
    dialog = reader.page.locator("dialog.evidence")
    dialog.locator("blockquote").first.wait_for()
    chosen = dialog.locator("details.claim").first
    assert chosen.locator("mark").text_content() == "9390000000"
    assert "https://backan.example/2022" in chosen.text_content()
    assert "Lưu trữ ngày 15/1/2023" in chosen.text_content()
    assert "Được chọn" in chosen.text_content()
    # the second: the claim that lost
    other = dialog.locator("details.claim").nth(1)
    other.locator("summary").click()
    assert other.locator("mark").text_content() == "9.900.000.000 đồng"
    assert "Không được chọn" in other.text_content()


def test_the_evidence_has_an_address_of_its_own(reader: Reader) -> None:
    reader.open(f"unit/{WARD}").locator("a.figure").first.click()
    reader.page.locator("dialog blockquote").first.wait_for()
    address = reader.page.url
    assert "ev=" in address
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_url(lambda url: "ev=" not in url)
    reader.page.goto(address)
    reader.page.locator("dialog blockquote").first.wait_for()
    assert reader.page.locator("dialog mark").count() >= 1


def test_hostile_text_stays_text(reader: Reader) -> None:
    main = reader.open(f"unit/{WARD}")
    main.locator("a.figure", has_text="⚠").first.click()
    dialog = reader.page.locator("dialog.evidence")
    dialog.locator("details.claim").nth(1).locator("summary").click()
    other = dialog.locator("details.claim").nth(1)
    assert other.locator("blockquote").text_content() == HOSTILE_SENTENCE
    assert HOSTILE_TITLE in other.text_content()
    # an address that is none is no link
    assert other.locator("a[href^='javascript']").count() == 0
    dialog.get_by_role("link", name="Mọi số liệu của bài").nth(1).click()
    reader.page.wait_for_url(lambda url: "article" in url)
    reader.page.wait_for_selector("main[data-ready] blockquote")
    assert reader.page.locator("h1").text_content() == HOSTILE_TITLE
    assert reader.page.locator("main img, main script").count() == 0
    assert reader.page.evaluate("document.title").startswith("<img")


def test_links_out_tell_nothing_and_open_elsewhere(reader: Reader) -> None:
    reader.open(f"unit/{WARD}").locator("a.figure").first.click()
    reader.page.locator("dialog blockquote").first.wait_for()
    link = reader.page.locator("dialog a[target]").first
    assert link.get_attribute("target") == "_blank"
    assert {"noopener", "noreferrer"} <= set((link.get_attribute("rel") or "").split())


def test_a_province_s_own_figure_has_evidence_too(reader: Reader) -> None:
    main = reader.open("?ind=poor_household_rate&year=2021&map=o")
    main.get_by_role("link", name="18,5%").click()
    reader.page.locator("dialog blockquote").first.wait_for()
    assert reader.page.locator("dialog mark").text_content() == "18,5"
