"""A proposal says what is known, leaves out what is not, and can be read as it stands."""

import pytest

from civic_etl.errors import SourceError
from civic_etl.sources.propose import level_of, propose, site_title

PAGE = """<html><head><title>Tổng kết năm 2022 - Ủy ban nhân dân phường Hạ</title>
<meta name="generator" content="WordPress 5.8.1"><link href="/wp-content/themes/a/style.css"></head></html>"""


def test_a_page_says_family_title_and_level() -> None:
    found = propose("https://www.phuongha.example.gov.vn/tong-ket-nam/", PAGE)
    source = found.source
    assert source.periods[0].family == "wordpress" and source.title == "Ủy ban nhân dân phường Hạ"
    assert (source.name, source.level) == ("phuongha.example.gov.vn", "ward")
    assert source.hosts == ("www.phuongha.example.gov.vn", "phuongha.example.gov.vn")
    assert source.area is None and "# area:" in found.text and source.assertions.share_with_title == 1.0
    assert "generator WordPress" in (source.basis or "")


def test_an_address_alone() -> None:
    found = propose("https://bao.example.vn/mot-tin-a130145.html")
    assert found.source.periods[0].family == "a_id" and "# by the address alone" in found.text
    assert "# not known: set it" in found.text


def test_what_a_person_says_is_stronger() -> None:
    found = propose("https://bao.example.vn/x", PAGE, name="bao-ha", area="phường Hạ, tỉnh Y: mới", level="newspaper")
    assert (found.source.name, found.source.area, found.source.level) == (
        "bao-ha",
        "phường Hạ, tỉnh Y: mới",
        "newspaper",
    )


def test_a_host_with_a_port() -> None:
    source = propose("http://127.0.0.1:8080/tin-post1.html", local=True).source
    assert source.hosts == ("127.0.0.1:8080",) and source.name == "127.0.0.1.8080" and source.local


@pytest.mark.parametrize(
    "url", ["", "xaha.example.vn/tin", "ftp://xaha.example.vn/", "https://", "mailto:a@example.vn"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(SourceError) as caught:
        propose(url)
    assert caught.value.url == url


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ('<meta property="og:site_name" content=" Báo  Hạ ">', "Báo Hạ"),
        ("<title>Tin | Báo Hạ</title>", "Báo Hạ"),
        ("<title>Tin: 10-12 tỷ - Sở Y tế</title>", "Sở Y tế"),
        ("<title>Tin</title>", ""),
        ("", ""),
    ],
)
def test_site_title(html: str, title: str) -> None:
    assert site_title(html) == title


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Cổng thông tin phường Hạ", "ward"),
        ("Ủy ban nhân dân xã Thượng, huyện Trung", "ward"),
        ("UBND huyện Trung", "district"),
        ("Báo Hà Tĩnh", "newspaper"),
        ("Sở Công Thương tỉnh Bắc Kạn", "province-dept"),
        ("Cổng thông tin tỉnh Y", "province"),
        ("Đài Phát thanh và Truyền hình Y", "broadcaster"),
        ("Tỉnh ủy Y", "party"),
        ("Trang chủ", None),
    ],
)
def test_level_of_a_title(title: str, level: str | None) -> None:
    assert level_of(title) == level
