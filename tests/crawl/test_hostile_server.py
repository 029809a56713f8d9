"""A server that means harm costs one row with its reason; the pages after it are fetched."""

import tracemalloc
from collections.abc import Callable

import pytest

from civic_etl.archive import Archive
from civic_etl.crawl import CrawlReport, crawl_source
from civic_etl.settings import Settings
from civic_etl.sources import Source

from . import hostile
from .conftest import Answer, FakeClock, Handler, Site

Describe = Callable[..., Source]


@pytest.fixture
def tight(settings: Settings) -> Settings:
    """Limits that a test can wait for."""
    return settings.model_copy(update={"request_timeout_seconds": 0.4, "max_body_bytes": 1_000_000})


def crawl(site: Site, settings: Settings, source: Source, bad: bytes | Answer | Handler) -> CrawlReport:
    """One bad page and one good one behind it."""
    site.pages["/xau-post2.html"] = bad
    site.article("/tot-post1.html")
    site.sitemap({"/xau-post2.html": "2026-03-02", "/tot-post1.html": "2026-03-01"})
    report = crawl_source(source, settings, clock=FakeClock())
    assert [item.outcome for item in report.outcomes if "tot" in item.url] == ["new"], "the run goes on"
    assert Archive(settings.archive_dir).verify().ok
    return report


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (hostile.drip, "no whole answer within 0.4 s"),
        (hostile.slow_head, "no whole answer within 0.4 s"),
        (hostile.huge(declared=True), "body of 10000000000 bytes is over the limit of 1000000"),
        (hostile.huge(declared=False), "body is over the limit of 1000000 bytes"),
        (hostile.bomb, "gzip body is over the limit of 1000000 bytes once decompressed"),
        (hostile.truncated, "ends before its end marker (truncated)"),
        (hostile.short, "RemoteProtocolError"),
        (hostile.hang_up, "RemoteProtocolError"),
        ((200, {"Content-Encoding": "zstd"}, b"<p>"), "unknown Content-Encoding 'zstd'"),
        ((200, {"Content-Encoding": "gzip, gzip, gzip, gzip"}, b"<p>"), "4 layers of Content-Encoding"),
        ((302, {"Location": "http://203.0.113.9/a-post2.html"}, b""), "redirect off the allowed hosts"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "redirect to 'file:///etc/passwd'"),
        ((302, {}, b""), "status 302 without a Location"),
        ((301, {"Location": "/xau-post2.html"}, b""), "more than 5 redirects"),
    ],
    ids=lambda value: getattr(value, "__name__", None) if callable(value) else None,
)
def test_harm_is_a_row_with_its_reason(
    site: Site, tight: Settings, describe: Describe, bad: bytes | Answer | Handler, reason: str
) -> None:
    report = crawl(site, tight, describe(site), bad)
    rows = [item for item in report.outcomes if "xau" in item.url]
    assert [row.outcome for row in rows] == ["failed"] and reason in (rows[0].reason or "")


def test_a_bomb_takes_little_memory(site: Site, tight: Settings, describe: Describe) -> None:
    tracemalloc.start()
    crawl(site, tight, describe(site), hostile.bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000


def test_a_ring_of_redirects_ends(site: Site, tight: Settings, describe: Describe) -> None:
    for number in range(2, 40):
        site.pages[f"/vong-post{number}.html"] = (302, {"Location": f"/vong-post{number + 1}.html"}, b"")
    report = crawl(site, tight, describe(site), (302, {"Location": "/vong-post2.html"}, b""))
    followed = [path for path in site.paths() if "vong" in path]
    assert len(followed) <= tight.max_redirects + 1
    assert report.failed == 1


def test_two_pages_that_point_at_each_other(site: Site, tight: Settings, describe: Describe) -> None:
    site.pages["/nhi-post3.html"] = (302, {"Location": "/xau-post2.html"}, b"")
    report = crawl(site, tight, describe(site), (302, {"Location": "/nhi-post3.html"}, b""))
    assert site.paths().count("/xau-post2.html") <= 2
    assert report.new == 1 and all(item.outcome in ("new", "moved", "failed") for item in report.outcomes)


def test_robots_of_five_megabytes(site: Site, tight: Settings, describe: Describe) -> None:
    rules = b"User-agent: *\nDisallow: /xau\n" + b"Disallow: /x\n" * 400_000
    site.pages["/robots.txt"] = rules
    assert len(rules) > 5_000_000
    report = crawl(site, tight, describe(site), b"<p>")
    assert [item.reason for item in report.outcomes if "xau" in item.url] == ["robots.txt forbids it"]
    assert "/xau-post2.html" not in site.paths()


def test_sitemap_that_expands_entities_is_not_read(site: Site, tight: Settings, describe: Describe) -> None:
    site.pages["/sitemap.xml"] = (
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    )
    report = crawl_source(describe(site), tight, clock=FakeClock())
    assert report.error is not None and "entities" in report.error and report.new == 0


def test_sitemaps_nested_without_end(site: Site, tight: Settings, describe: Describe) -> None:
    for depth in range(1, 9):
        inner = f"<sitemap><loc>{site.base}/sitemap{depth}.xml</loc></sitemap>"
        path = "/sitemap.xml" if depth == 1 else f"/sitemap{depth - 1}.xml"
        site.pages[path] = f"<sitemapindex>{inner}</sitemapindex>".encode()
    report = crawl_source(describe(site), tight, clock=FakeClock())
    assert any("nested deeper" in trouble.reason for trouble in report.troubles)
    assert len([path for path in site.paths() if path.startswith("/sitemap")]) <= 4


def test_a_site_that_always_hangs_up_is_left_alone(site: Site, tight: Settings, describe: Describe) -> None:
    names = [f"/tin-post{number}.html" for number in range(20)]
    site.pages |= dict.fromkeys(names, hostile.hang_up)
    site.sitemap(dict.fromkeys(names))
    report = crawl_source(describe(site), tight, clock=FakeClock())
    assert report.failed == 5 and report.skipped == 15
    assert report.paused == "5 failures in a row; the site is left alone for tonight"
