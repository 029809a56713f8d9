"""Pages made to cost time are refused or read in time that grows with their size."""

from collections.abc import Callable
from time import process_time

import pytest

from civic_etl.errors import ParseError
from civic_etl.parse import parse_page

from .pages_of import PROSE, epi, page_of

# Generous: the slowest takes a second here, and quadratic time would take minutes.
SECONDS = 30
BOMBS: dict[str, Callable[[], str]] = {
    "five megabytes of nesting": lambda: epi("<div>" * 1_000_000 + PROSE),
    "closed nesting": lambda: epi("<div>" * 400_000 + PROSE + "</div>" * 400_000),
    "bold": lambda: epi("<b>" * 600_000 + PROSE),
    "tables": lambda: epi("<table><tr><td>" * 100_000 + PROSE),
    "tables under the limit": lambda: epi("<table><tr><td>x</td><td>" * 1_500 + PROSE),
    "lists": lambda: epi("<ul><li>" * 4_000 + PROSE),
    "breaks": lambda: epi("a<br>" * 800_000),
    "attributes": lambda: epi("<p " + " ".join(f'a{n}="1"' for n in range(200_000)) + ">x</p>" + PROSE),
    "meta tags": lambda: "<html><head>" + "<meta " * 500_000 + "></head><body>" + PROSE,
    "spaces": lambda: epi("<p>" + " " * 4_000_000 + "x</p>" + PROSE),
    "dates": lambda: epi(PROSE, meta="<span class='time'>" + "1/1/" * 500_000 + "</span>"),
    "classes": lambda: epi("<p class='" + "caption- " * 300_000 + "'>x</p>" + PROSE),
    "quotes": lambda: "<html><body>" + 'class="' * 300_000 + PROSE,
    "json": lambda: epi(PROSE, head="<script type='application/ld+json'>" + "[" * 150_000 + "</script>"),
    "spans": lambda: epi(
        "<table><tr><td colspan='99999' rowspan='99999'>a</td><td>b</td></tr>"
        + "<tr><td>1</td><td>2</td></tr>" * 3_000
        + "</table>"
        + PROSE
    ),
    "old fonts": lambda: epi("<p>" + "¸µ¶" * 500_000 + "</p>" + PROSE),
    "links": lambda: "<html><body>" + "<a href='/x'>liên kết số một hai ba</a>" * 60_000 + PROSE,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_defused(name: str) -> None:
    page = page_of(BOMBS[name]())
    start = process_time()
    try:
        article = parse_page(page, family="epi" if "cms-body" in page.body[:600].decode(errors="ignore") else None)
    except ParseError as error:
        assert error.message
    else:
        assert article.text
    assert process_time() - start < SECONDS


def test_spans_of_a_table_do_not_multiply_it() -> None:
    article = parse_page(page_of(BOMBS["spans"]()), family="epi")
    assert len(article.text) < 2 * len(BOMBS["spans"]())


@pytest.mark.parametrize("stated", ["http://[a", "//[", "https://[::1/x"])
def test_a_stated_address_that_is_none_leaves_the_page_its_own(stated: str) -> None:
    """Found by fuzzing."""
    article = parse_page(page_of(epi(head=f"<link rel='canonical' href='{stated}'>")), family="epi")
    assert article.canonical_url == "https://baovidu.example/tong-ket-post123.html"
