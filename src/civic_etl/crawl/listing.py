"""Listing pages: links that look like articles, page after page, until there is nothing more to learn."""

from collections.abc import AsyncIterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from civic_etl.crawl.found import Found, IndexTrouble, Walk
from civic_etl.crawl.paging import page_url
from civic_etl.crawl.refusals import refusal_mark
from civic_etl.errors import FetchError
from civic_etl.sources.model import Index
from civic_etl.sources.urls import clean_url

# Two pages in a row of which everything is known: what lies behind them is known too.
_KNOWN_PAGES = 2
_NEXT_WORDS = frozenset(
    {"›", "»", ">", ">>", "next", "tiếp", "tiếp theo", "trang sau", "trang tiếp", "trang kế", "sau"}
)


async def walk_listing(walk: Walk, index: Index) -> AsyncIterator[Found]:
    """Article addresses of a listing, in the order of the pages.

    Stops where a page is missing or brings no address that this walk has not had, at `index.pages`, and in a nightly
    run after two pages of known addresses. Raises FetchError when the first page cannot be read or holds no article
    address.
    """
    start = walk.source.absolute(index.url)
    template = index.paging or walk.family.paging
    seen: set[str] = set()
    visited: set[str] = set()
    known_pages = 0
    url: str | None = start
    number = 1
    while url is not None and url not in visited and number <= index.pages:
        visited.add(url)
        try:
            links, following = await _read(walk, index, url)
        except FetchError as error:
            if number == 1:
                raise
            if "answers 404" not in error.message:
                walk.trouble(IndexTrouble(url, error.message))
            return
        articles = [link for link in links if walk.takes(link[0])]
        if number == 1 and not articles:
            raise FetchError("listing holds no address that looks like an article of this family", url=url)
        fresh = [link for link in articles if link[0] not in seen]
        if not fresh:
            return
        known_pages = known_pages + 1 if all(walk.is_known(link[0]) for link in fresh) else 0
        for target, title in fresh:
            seen.add(target)
            yield Found(target, title=title)
        if not walk.full and known_pages >= _KNOWN_PAGES:
            return
        number += 1
        url = page_url(start, template, number) if template else following


async def _read(walk: Walk, index: Index, url: str) -> tuple[list[tuple[str, str | None]], str | None]:
    page = await walk.fetch(url)
    if page.status != 200:
        raise FetchError(f"listing answers {page.status}", url=url)
    html = page.body.decode("utf-8", "replace")
    mark = refusal_mark(html)
    if mark:
        raise FetchError(f"listing is a refusal page ({mark})", url=url)
    return parse_listing(html, page.url, walk, index.links)


def parse_listing(
    html: str, url: str, walk: Walk, selector: str | None = None
) -> tuple[list[tuple[str, str | None]], str | None]:
    """Links (address, text) of a page in their order, each once, and the address of the next page if one is linked."""
    tree = LexborHTMLParser(html)
    base_node = tree.css_first("base[href]")
    base = (_target(url, base_node.attributes.get("href")) if base_node is not None else None) or url
    if not walk.source.allows(base):
        # A base that points elsewhere is a trap or a leftover of the test machine.
        base = url
    links: dict[str, str | None] = {}
    for node in tree.css(selector or "a[href]"):
        target = _target(base, node.attributes.get("href"))
        if target is not None:
            text = " ".join(str(node.text()).split()) or None
            links[target] = links.get(target) or text
    return list(links.items()), _next_page(tree, base)


def _next_page(tree: LexborHTMLParser, base: str) -> str | None:
    for node in tree.css('link[rel~="next"], a[rel~="next"], a.next, li.next a, a.page-next'):
        target = _target(base, node.attributes.get("href"))
        if target:
            return target
    for node in tree.css("a[href]"):
        if " ".join(str(node.text()).split()).lower() in _NEXT_WORDS:
            return _target(base, node.attributes.get("href"))
    return None


def _target(base: str, href: str | None) -> str | None:
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
        return None
    try:
        return clean_url(urljoin(base, href.strip()))
    except ValueError:
        return None
