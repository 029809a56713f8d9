"""Feeds, sitemaps, listings and the REST API as sites give them, good and broken."""

import gzip
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_etl.crawl import CrawlReport, crawl_source
from civic_etl.crawl.feed import parse_feed
from civic_etl.crawl.found import dates_in_name
from civic_etl.crawl.paging import page_url
from civic_etl.crawl.sitemap import parse_sitemap
from civic_etl.errors import FetchError
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site

Run = Callable[..., CrawlReport]


@pytest.fixture
def run(site: Site, settings: Settings, describe: Callable[..., Source], clock: FakeClock) -> Run:
    """Crawl the site with a family and indexes."""

    def crawl(family: str, *index: dict[str, object], **more: object) -> CrawlReport:
        return crawl_source(describe(site, family=family, index=list(index)), settings, clock=clock, **more)  # type: ignore[arg-type]

    return crawl


def urls(report: CrawlReport) -> set[str]:
    return {item.url.partition("/")[2].partition("/")[2] for item in report.outcomes if item.outcome == "new"}


@pytest.mark.parametrize("packed", [True, False])
def test_sitemap_index_plain_or_packed(site: Site, run: Run, packed: bool) -> None:
    site.article("/tin-post1.html")
    site.sitemap({"/tin-post1.html": "2026-03-01"}, "/con.xml")
    child = site.pages.pop("/con.xml")
    assert isinstance(child, bytes)
    site.pages["/con.xml.gz"] = gzip.compress(child) if packed else child
    site.pages["/sitemap.xml"] = (
        f"<sitemapindex><sitemap><loc>{site.base}/con.xml.gz</loc></sitemap></sitemapindex>".encode()
    )
    assert run("epi", {"kind": "sitemap", "url": "/sitemap.xml"}).new == 1


def test_a_cut_sitemap_gives_what_stood_before_and_says_so(site: Site, run: Run) -> None:
    site.article("/tin-post1.html")
    site.sitemap({"/tin-post1.html": None, "/tin-post2.html": None})
    body = site.pages["/sitemap.xml"]
    assert isinstance(body, bytes)
    site.pages["/sitemap.xml"] = body[: body.index(b"post2")]
    report = run("epi", {"kind": "sitemap", "url": "/sitemap.xml"})
    assert report.new == 1 and "1 entries were read before" in report.troubles[0].reason


def test_a_sitemap_below_that_is_missing_does_not_stop_the_others(site: Site, run: Run) -> None:
    site.article("/tin-post1.html")
    site.sitemap({"/tin-post1.html": None}, "/a.xml")
    rows = "".join(f"<sitemap><loc>{site.base}/{name}.xml</loc></sitemap>" for name in ("khong-co", "a"))
    site.pages["/sitemap.xml"] = (
        f"<sitemapindex>{rows}<sitemap><loc>https://other.example/x.xml</loc></sitemap></sitemapindex>".encode()
    )
    report = run("epi", {"kind": "sitemap", "url": "/sitemap.xml"})
    assert report.new == 1
    assert {trouble.reason for trouble in report.troubles} == {
        "sitemap answers 404",
        "sitemap on a host that is not allowed",
    }


def test_sitemap_forms() -> None:
    text = b"https://a.example.vn/1\nhttps://a.example.vn/2\n"
    assert [entry.loc for entry in parse_sitemap(text)] == text.decode().split()
    news = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://a.example.vn/1 </loc>
      <news:news><news:publication_date>2026-03-05T09:18:48+0700</news:publication_date>
      <news:title>Họp HĐND</news:title></news:news></url></urlset>"""
    (entry,) = parse_sitemap(news.encode())
    assert entry.title == "Họp HĐND" and entry.published is not None and entry.published.day == 5
    for rubbish in (b"<!doctype html><p>", b"<rss></rss>", b"just words", b""):
        with pytest.raises(FetchError):
            list(parse_sitemap(rubbish))


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("news-2024-3.xml", (date(2024, 3, 1), date(2024, 3, 31))),
        ("news-2024-12.xml", (date(2024, 12, 1), date(2024, 12, 31))),
        ("sitemap-article-2024-03-05.xml", (date(2024, 3, 5), date(2024, 3, 5))),
        ("sitemap-202402.xml", (date(2024, 2, 1), date(2024, 2, 29))),
        ("sitemap-2024-02-30.xml", None),
        ("post-sitemap12.xml", None),
        ("sitemap.xml", None),
    ],
)
def test_dates_in_the_names_of_sitemaps(name: str, span: tuple[date, date] | None) -> None:
    assert dates_in_name(f"https://a.example.vn/2019/01/{name}") == span


def test_daily_sitemaps_of_the_span_only(site: Site, run: Run) -> None:
    days = ["2024-03-04", "2024-03-05", "2024-03-06"]
    rows = "".join(f"<sitemap><loc>{site.base}/sitemap-article-{day}.xml</loc></sitemap>" for day in days)
    site.pages["/sitemap.xml"] = f"<sitemapindex>{rows}</sitemapindex>".encode()
    for number, day in enumerate(days):
        site.article(f"/tin-1000000{number}.html")
        site.sitemap({f"/tin-1000000{number}.html": f"{day}T08:00:00+07:00"}, f"/sitemap-article-{day}.xml")
    report = run("onecms", {"kind": "sitemap", "url": "/sitemap.xml"}, since=date(2024, 3, 5), until=date(2024, 3, 5))
    assert urls(report) == {f"127.0.0.1:{site.port}/tin-10000001.html"} or report.new == 1
    assert [path for path in site.paths() if "article" in path] == ["/sitemap-article-2024-03-05.xml"]


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>"""
ITEM = """<item><title>Tin {n}</title><link>{base}/tin-post{n}.html</link>
<pubDate>Mon, 02 Mar 2026 0{n}:00:00 +0700</pubDate></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>Họp</title>
<link href="/tin-post1.html"/><id>x</id><published>2026-03-02T08:00:00+07:00</published></entry></feed>"""


def test_rss_and_atom() -> None:
    (one,) = parse_feed(
        RSS.format(items=ITEM.format(n=1, base="https://a.example.vn")).encode(), "https://a.example.vn/rss"
    )
    assert (
        one.title == "Tin 1" and one.published is not None and one.published.isoformat() == "2026-03-01T18:00:00+00:00"
    )
    (two,) = parse_feed(ATOM.encode(), "https://a.example.vn/rss")
    assert (two.url, two.title) == ("https://a.example.vn/tin-post1.html", "Họp")
    for rubbish in (b"<html>", b"", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"):
        with pytest.raises(FetchError):
            parse_feed(rubbish, "https://a.example.vn/rss")


def test_paged_feed_ends_where_nothing_new_comes(site: Site, run: Run) -> None:
    for number in (1, 2, 3):
        site.article(f"/tin-post{number}.html")
    first, last = (
        RSS.format(items="".join(ITEM.format(n=n, base=site.base) for n in part)).encode() for part in ((3, 2), (2, 1))
    )
    site.pages |= {"/rss": first, "/rss?paged=2": last, "/rss?paged=3": last}
    report = run("epi", {"kind": "feed", "url": "/rss", "paging": "?paged={n}"})
    assert report.new == 3 and "/rss?paged=4" not in site.paths()


def listing(*names: str, more: str = "") -> bytes:
    return (
        "<html><body>" + "".join(f'<a href="/{name}">{name}</a>' for name in names) + more + "</body></html>"
    ).encode()


def test_listing_follows_pages_until_they_repeat(site: Site, run: Run) -> None:
    for number in range(1, 6):
        site.article(f"/tin-a{number}.html")
    site.pages |= {
        "/tin": listing("tin-a1.html", "tin-a2.html", "lien-he.html"),
        "/tin?page=2": listing("tin-a3.html", "tin-a4.html"),
        "/tin?page=3": listing("tin-a4.html", "tin-a3.html"),
        "/tin?page=4": listing("tin-a5.html"),
    }
    report = run("a_id", {"kind": "listing", "url": "/tin"})
    assert report.new == 4 and "/tin?page=4" not in site.paths() and report.discovered


def test_listing_stops_a_night_after_two_known_pages(site: Site, run: Run, clock: FakeClock) -> None:
    for number in range(1, 9):
        site.article(f"/tin-a{number}.html")
        site.pages["/tin" if number == 1 else f"/tin?page={number}"] = listing(f"tin-a{number}.html")
    assert run("a_id", {"kind": "listing", "url": "/tin"}).new == 8
    site.forget()
    clock.advance(days=1)
    run("a_id", {"kind": "listing", "url": "/tin"})
    assert [path for path in site.paths() if path.startswith("/tin?")] == ["/tin?page=2"]


def test_listing_by_next_links_and_a_base_that_is_a_trap(site: Site, run: Run) -> None:
    trap = '<base href="https://test.example/"><a rel="next" href="/tin/2">Trang sau</a>'
    site.article("/channel/1/202603/mot-tin-hay-1234567/")
    site.article("/channel/1/202603/hai-tin-hay-1234568/")
    site.pages["/"] = listing("channel/1/202603/mot-tin-hay-1234567/", more=trap)
    site.pages["/tin/2"] = listing("channel/1/202603/hai-tin-hay-1234568/")
    assert run("channel", {"kind": "listing", "url": "/"}).new == 2


@pytest.mark.parametrize(
    "body", [b"<html><p>Tr\xe1\xbb\x91ng</p></html>", "<html>Hệ thống đang bảo trì</html>".encode()]
)
def test_a_listing_without_articles_is_an_error(site: Site, run: Run, body: bytes) -> None:
    site.pages["/tin"] = body
    report = run("a_id", {"kind": "listing", "url": "/tin"})
    assert report.error is not None and not report.discovered


def posts(site: Site, *numbers: int) -> bytes:
    return json.dumps(
        [
            {
                "id": n,
                "link": f"{site.base}/phuong-ha-hop-lan-{n}/",
                "date_gmt": f"2021-0{n}-15T01:00:00",
                "modified_gmt": f"2021-0{n}-16T01:00:00",
                "title": {"rendered": f"Bài {n}"},
            }
            for n in numbers
        ]
    ).encode()


class Prefixed(dict[str, Any]):
    """Pages of which those below a prefix are answered by one handler."""

    def __init__(self, pages: dict[str, Any], prefix: str, answer: Any) -> None:
        super().__init__(pages)
        self.prefix, self.answer = prefix, answer

    def get(self, path: str, default: Any = None) -> Any:
        return self.answer if path.startswith(self.prefix) else super().get(path, default)


def test_rest_api_page_by_page_and_by_span(site: Site, run: Run) -> None:
    asked: list[str] = []

    def api(request: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        asked.append(request.path)
        numbers = (1,) if "&page=2&" in request.path else (3, 2)
        return 200, {"X-WP-TotalPages": "2"}, posts(site, *numbers)

    for number in (1, 2, 3):
        site.article(f"/phuong-ha-hop-lan-{number}/")
    site.pages = Prefixed(site.pages, "/wp-json/", api)
    api_index = {"kind": "wp-json", "url": "/wp-json/wp/v2/posts"}
    report = run("wordpress", api_index, since=date(2021, 1, 1), until=date(2021, 2, 28))
    assert len(asked) == 2 and "after=2020-12-31T23%3A59%3A59" in asked[0] and "before=2021-03-01" in asked[0]
    assert report.new == 2, "what the API gives beyond the span is left"


@pytest.mark.parametrize("answer", [(401, {}, b"{}"), (200, {}, b"<html>"), (200, {}, b'{"code":"rest_disabled"}')])
def test_a_closed_api_hands_over_to_the_next_kind(
    site: Site, run: Run, answer: tuple[int, dict[str, str], bytes]
) -> None:
    site.article("/phuong-ha-hop-tong-ket/")
    feed = RSS.format(items=f"<item><link>{site.base}/phuong-ha-hop-tong-ket/</link></item>").encode()
    site.pages = Prefixed({**site.pages, "/feed/": feed}, "/wp-json/", answer)
    report = run(
        "wordpress", {"kind": "wp-json", "url": "/wp-json/wp/v2/posts"}, {"kind": "feed", "url": "/feed/", "pages": 1}
    )
    assert report.new == 1 and report.discovered and len(report.troubles) == 1


MONTHS = {"kind": "date-archive", "url": "/{year}/{month}/"}


def test_archives_by_month_of_the_span(site: Site, run: Run) -> None:
    for number in range(1, 5):
        site.article(f"/phuong-ha-hop-lan-{number}/")
    site.pages |= {
        "/2021/03/": listing("phuong-ha-hop-lan-1/", "2021/03/"),
        "/2021/03/page/2/": listing("phuong-ha-hop-lan-2/"),
        "/2021/01/": listing("phuong-ha-hop-lan-3/"),
        "/2020/12/": listing("phuong-ha-hop-lan-4/"),
    }
    report = run("wordpress", MONTHS, since=date(2021, 1, 1), until=date(2021, 3, 31))
    assert report.new == 3 and report.troubles == [] and report.discovered
    asked = [path for path in site.paths() if path.startswith("/20")]
    assert asked == ["/2021/03/", "/2021/03/page/2/", "/2021/03/page/3/", "/2021/02/", "/2021/01/", "/2021/01/page/2/"]


def test_archives_by_month_of_a_night_are_the_last_two(site: Site, run: Run, clock: FakeClock) -> None:
    site.article("/phuong-ha-hop-lan-1/")
    site.pages["/2026/02/"] = listing("phuong-ha-hop-lan-1/")
    assert run("wordpress", MONTHS).new == 1
    site.forget()
    clock.advance(days=1)
    run("wordpress", MONTHS)
    assert [path for path in site.paths() if path.startswith("/20")] == ["/2026/03/", "/2026/02/", "/2026/02/page/2/"]


def test_no_archive_at_all_hands_over(site: Site, run: Run) -> None:
    site.article("/phuong-ha-hop-tong-ket/")
    item = f"<item><link>{site.base}/phuong-ha-hop-tong-ket/</link></item>"
    site.pages["/feed/"] = RSS.format(items=item).encode()
    report = run("wordpress", MONTHS, {"kind": "feed", "url": "/feed/", "pages": 1})
    assert report.new == 1 and "no monthly archive" in report.troubles[-1].reason
    assert len([path for path in site.paths() if path.startswith("/20")]) == 24


def test_a_sitemap_that_robots_names_is_used(site: Site, run: Run) -> None:
    site.article("/tin-post1.html")
    site.sitemap({"/tin-post1.html": None}, "/ban-do.xml")
    site.pages["/robots.txt"] = f"User-agent: *\nSitemap: {site.base}/ban-do.xml\n".encode()
    assert run("epi").new == 1


@pytest.mark.parametrize(
    ("start", "template", "number", "expected"),
    [
        ("https://a.example.vn/tin", "?page={n}", 2, "https://a.example.vn/tin?page=2"),
        ("https://a.example.vn/tin?cat=1", "?page={n}", 2, "https://a.example.vn/tin?cat=1&page=2"),
        ("https://a.example.vn/tin/", "page/{n}/", 3, "https://a.example.vn/tin/page/3/"),
        ("https://a.example.vn/tin", "?page={n0}", 2, "https://a.example.vn/tin?page=1"),
        ("https://a.example.vn/tin", "/muc/trang-{n}.html", 2, "https://a.example.vn/muc/trang-2.html"),
        ("https://a.example.vn/tin", None, 2, None),
        ("https://a.example.vn/tin", None, 1, "https://a.example.vn/tin"),
    ],
)
def test_page_addresses(start: str, template: str | None, number: int, expected: str | None) -> None:
    assert page_url(start, template, number) == expected


GOOD_XML = (
    RSS.format(items=ITEM.format(n=1, base="https://a.example.vn")),
    ATOM,
    "<urlset><url><loc>x</loc></url></urlset>",
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(GOOD_XML), st.integers(0, 400), st.integers(0, 60), st.binary(max_size=8))
def test_broken_indexes_are_fetch_errors_and_nothing_else(text: str, at: int, gone: int, junk: bytes) -> None:
    body = text.encode()
    body = body[:at] + junk + body[at + gone :]
    for read in (lambda: parse_feed(body, "https://a.example.vn/rss"), lambda: list(parse_sitemap(body))):
        with suppress(FetchError):
            read()
