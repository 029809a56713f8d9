"""One article, one key; but a query that names the article stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.sources import FAMILIES, canonical_url, clean_url, url_key


@pytest.mark.parametrize(
    ("url", "family", "expected"),
    [
        ("http://www.xaha.example.vn/tin-tuc/bai-1.html?utm_source=zalo#top", "epi", "https://xaha.example.vn/tin-tuc/bai-1.html"),
        ("https://xaha.example.vn/mot-bai-viet/", "wordpress", "https://xaha.example.vn/mot-bai-viet"),
        ("https://xaha.example.vn/?p=147&fbclid=x", "wordpress", "https://xaha.example.vn/?p=147"),
        ("https://xaha.example.vn/Default.aspx?title=a&id=9&sid=1&pageid=3", "dnn", "https://xaha.example.vn/Default.aspx?id=9&pageid=3&sid=1"),
        ("https://xaha.example.vn/a-post1.html?page=2", "epi", "https://xaha.example.vn/a-post1.html"),
        ("http://127.0.0.1:8080/a/", "epi", "http://127.0.0.1:8080/a"),
    ],
)  # fmt: skip
def test_canonical(url: str, family: str, expected: str) -> None:
    assert canonical_url(url, family) == expected


def test_liferay_keeps_the_query_that_holds_the_article() -> None:
    url = "http://q.example.vn/tin?p_p_id=101&_101_urlTitle=hop-hdnd"
    assert "_101_urlTitle=hop-hdnd" in canonical_url(url, "liferay")


def test_key_has_no_scheme_and_no_escapes() -> None:
    keys = {
        url_key(f"{start}/tin/xã-hạ-1.html", "epi") for start in ("http://www.a.example.vn", "https://a.example.vn")
    }
    assert keys == {"a.example.vn/tin/xã-hạ-1.html"}


@pytest.mark.parametrize("url", ["mailto:a@b.example", "javascript:void(0)", "/tin-tuc", "", "https:///x", "tel:123"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ValueError):
        clean_url(url)


@given(
    st.sampled_from(FAMILIES),
    st.from_regex(r"[a-z0-9%/._-]{0,40}(\?[a-zA-Z_0-9]{1,12}=[a-z0-9-]{0,9})?", fullmatch=True),
)
def test_canonical_is_stable(family: str, tail: str) -> None:
    once = canonical_url(f"http://www.xaha.example.vn/{tail}", family)
    assert canonical_url(once, family) == once
