"""What is no article is refused, and the reason says why."""

import pytest

from civic_etl.errors import ParseError
from civic_etl.parse import parse_page, parse_text

from .pages_of import PROSE, TITLE, epi, page_of, unknown

MENU = "<ul>" + "".join(f"<li><a href='/{n}/'>Chuyên mục {n}</a></li>" for n in range(30)) + "</ul>"
PAGES: dict[str, tuple[str | bytes, str | None, str]] = {
    "empty": (b"", None, "empty"),
    "blank": (b" \r\n\t ", None, "empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, None, "binary"),
    "pdf": (b"%PDF-1.4\n" + bytes(range(256)) * 20, None, "binary"),
    "captcha": ("<html><body><form><div class='g-recaptcha-response'></div></form></body></html>", "epi", "captcha"),
    "firewall": (
        "<html><head><title>Thông báo</title></head><body>Thông báo từ chối truy cập</body></html>",
        None,
        "firewall",
    ),
    "not found": (
        "<html><head><title>Không tìm thấy trang</title></head><body><p>x</p></body></html>",
        None,
        "error page",
    ),
    "server error": (
        "<html><head><title>Runtime Error</title></head><body><p>x</p></body></html>",
        "dnn",
        "error page",
    ),
    "log-in": (
        "<html><head><title>Đăng nhập hệ thống</title></head><body><input type='password'></body></html>",
        None,
        "log-in",
    ),
    "log-in of a portal": (
        f"<html><title>Cổng</title><body>{MENU}<input type='password'></body></html>",
        "liferay",
        "log-in",
    ),
    "redirect": (
        "<html><head><meta http-equiv='refresh' content='0; url=/m/'></head><body></body></html>",
        None,
        "sends on",
    ),
    "script only": ("<html><body><div id='app'></div><script>start()</script></body></html>", None, "scripts"),
    "no marks of the family": (unknown(), "epi", "no mark of ePi"),
    "article without text": (epi("<img src='/a.jpg'>"), "epi", "no article body"),
    "listing": (f"<html><head><title>Trang chủ</title></head><body>{MENU}</body></html>", None, "no article body"),
}


@pytest.mark.parametrize("name", PAGES)
def test_refused_with_its_reason(name: str) -> None:
    body, family, reason = PAGES[name]
    page = page_of(body)
    with pytest.raises(ParseError, match=reason) as caught:
        parse_page(page, family=family, source="baovidu.example")
    assert (caught.value.url, caught.value.source) == (page.url, "baovidu.example")


@pytest.mark.parametrize("status", [404, 410, 301, 503])
def test_only_an_answer_of_200_is_an_article(status: int) -> None:
    with pytest.raises(ParseError, match=str(status)):
        parse_page(page_of(epi(), status=status))


def test_a_site_that_changed_its_system_is_read_by_its_marks() -> None:
    article = parse_page(page_of(epi()), family="channel")
    assert (article.family, article.quality) == ("epi", "family")


def test_a_page_of_no_known_system_says_so() -> None:
    article = parse_page(page_of(unknown()), family="generic", site_area="xã X", source="xa.example")
    assert (article.family, article.quality, article.title) == ("unknown", "fallback", TITLE)
    assert (article.site_area, article.source) == ("xã X", "xa.example")
    assert "8 tỷ 642 triệu đồng" in article.text and article.parser_version == "fallback/1"


def test_a_word_of_a_refusal_in_an_article_is_no_refusal() -> None:
    body = PROSE + "<p>Hệ thống captcha của cổng dịch vụ công đang bảo trì trong ngày 12/12.</p>" * 40
    assert parse_page(page_of(epi(body)), family="epi").quality == "family"


@pytest.mark.parametrize("data", [b"", b"  \n ", b"\0\0\0abc"])
def test_texts_that_are_none(data: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse_text(data, url="file:a.txt")
    assert caught.value.url == "file:a.txt"
