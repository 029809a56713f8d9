"""Index pages that stopped a crawl, found by fuzzing or by looking for their like: each now costs itself only."""

from collections.abc import Callable
from datetime import date

import pytest

from civic_etl.crawl import CrawlReport, crawl_source
from civic_etl.crawl.robots import LONGEST_DELAY, rules_from
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site
from .test_robots import page

PATH = "/phuong-ha-hop-tong-ket/"
FEED = "<rss version='2.0'><channel><title>Tin</title>{}</channel></rss>"
ITEM = "<item><link>{}</link><title>{}</title><pubDate>{}</pubDate></item>"
Run = Callable[..., CrawlReport]


@pytest.fixture
def run(site: Site, settings: Settings, describe: Callable[..., Source]) -> Run:
    """Crawl a WordPress site with one article by an index of a kind at /index."""
    site.article(PATH)

    def crawl(kind: str, **more: object) -> CrawlReport:
        source = describe(site, family="wordpress", index=[{"kind": kind, "url": "/index"}])
        return crawl_source(source, settings, clock=FakeClock(), **more)  # type: ignore[arg-type]

    return crawl


@pytest.mark.parametrize("base", ["http://[", "//[x", "http://a:b/", "javascript:0", ""])
def test_a_base_that_is_no_address_is_passed_over(site: Site, run: Run, base: str) -> None:
    site.pages["/index"] = f"<base href='{base}'><a href='{PATH}'>Phường Hà họp tổng kết</a>".encode()
    assert run("listing").new == 1


def test_a_namespace_that_is_none_costs_no_entry(site: Site, run: Run) -> None:
    row = f"<url><loc>{site.base}{PATH}</loc></url>"
    site.pages["/index"] = f"<urlset xmlns='http://www.o}}er M/0.9'>{row}</urlset>".encode()
    report = run("sitemap")
    assert report.new == 1 and "not a valid URI" in report.troubles[0].reason


@pytest.mark.parametrize("day", ["0000-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_a_feed_s_day_outside_of_the_calendar_is_none(site: Site, run: Run, day: str) -> None:
    site.pages["/index"] = FEED.format(ITEM.format(site.base + PATH, "Tin", day)).encode()
    assert run("feed").new == 1


@pytest.mark.parametrize(
    "body",
    [
        b"<?xml version='1.0' encoding='u\xbc\\kf-8'?>" + FEED.format("").encode(),
        FEED.format("<item><title>&#xD800;</title></item><").encode(),
    ],
)
def test_a_feed_that_its_reader_chokes_on_is_an_error_of_the_site(site: Site, run: Run, body: bytes) -> None:
    site.pages["/index"] = body
    report = run("feed")
    assert report.error is not None and "feed" in report.error


@pytest.mark.parametrize("pages", ["²", "9" * 5000, "-1", "zwei"])
def test_a_number_of_pages_that_is_none(site: Site, run: Run, pages: str) -> None:
    body = f'[{{"link": "{site.base}{PATH}", "title": "Tin"}}]'.encode()
    site.pages = PagedPosts(site.pages, {"X-WP-TotalPages": pages}, body)
    assert run("wp-json").new == 1


@pytest.mark.parametrize("day", ["9999-12-31T23:59:59", "0001-01-01T00:00:00"])
def test_a_post_s_day_at_the_end_of_the_calendar(site: Site, run: Run, day: str) -> None:
    body = f'[{{"link": "{site.base}{PATH}", "title": "Tin", "date_gmt": "{day}", "modified_gmt": "{day}"}}]'.encode()
    site.pages = PagedPosts(site.pages, {}, body)
    assert run("wp-json").new == 1
    assert run("wp-json", since=date(2020, 1, 1), until=date(2020, 12, 31)).error is None


def test_half_a_character_in_a_title_is_kept_as_a_question_mark(site: Site, run: Run) -> None:
    body = f'[{{"link": "{site.base}{PATH}", "title": "Tin \\ud800"}}]'.encode()
    site.pages = PagedPosts(site.pages, {}, body)
    assert run("wp-json").new == 1


class PagedPosts(dict):  # type: ignore[type-arg]
    """Pages, and the same answer to every question of the API at /index."""

    def __init__(self, pages: dict[str, object], headers: dict[str, str], body: bytes) -> None:
        super().__init__(pages)
        self.answer = (200, headers, body)

    def get(self, path: str, default: object = None) -> object:
        return self.answer if path.startswith("/index") else super().get(path, default)


@pytest.mark.parametrize("line", ["Request-rate: 1/99999999999d", "Crawl-delay: 1000000"])
def test_a_delay_that_would_hold_the_run_for_ever_is_a_site_left_alone(line: str) -> None:
    rules = rules_from(page(f"User-agent: *\n{line}\n".encode()), "civic-etl")
    assert rules.wait is not None and "seconds between requests" in rules.wait
    assert not rules.allows("https://a.example.vn/")


def test_a_long_delay_is_kept() -> None:
    rules = rules_from(page(f"User-agent: *\nCrawl-delay: {LONGEST_DELAY:g}\n".encode()), "civic-etl")
    assert (rules.wait, rules.delay) == (None, LONGEST_DELAY)
