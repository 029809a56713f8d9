"""robots.txt: what forbids, what says nothing, and what says wait."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from civic_etl.archive import Page, body_digest
from civic_etl.crawl import crawl_source
from civic_etl.crawl.robots import agent_token, robots_url, rules_from
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import Answer, FakeClock, Site


def page(body: bytes, status: int = 200) -> Page:
    return Page("https://a.example.vn/robots.txt", status, (), body, datetime.now(UTC), body_digest(body))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_missing_file_is_no_rule(status: int) -> None:
    assert rules_from(page(b"x", status), "civic-etl").allows("https://a.example.vn/tin")


@pytest.mark.parametrize("status", [429, 500, 502, 503, 301])
def test_trouble_means_wait(status: int) -> None:
    rules = rules_from(page(b"", status), "civic-etl")
    assert rules.wait == f"robots.txt answers {status}" and not rules.allows("https://a.example.vn/")


def test_our_own_group_is_ours() -> None:
    rules = rules_from(page(b"User-agent: *\nDisallow: /\n\nUser-agent: Civic-ETL\nDisallow: /admin\n"), "civic-etl")
    assert rules.allows("https://a.example.vn/tin") and not rules.allows("https://a.example.vn/admin/x")


def test_wildcards_and_the_longest_match() -> None:
    text = b"User-agent: *\nDisallow: /*?print=\nDisallow: /tin\nAllow: /tin/cong-khai\nSitemap: https://a.example.vn/s.xml"
    rules = rules_from(page(text), "civic-etl")
    assert not rules.allows("https://a.example.vn/a?print=1") and not rules.allows("https://a.example.vn/tin/x")
    assert rules.allows("https://a.example.vn/tin/cong-khai/1") and rules.sitemaps == ("https://a.example.vn/s.xml",)


def test_html_instead_of_rules() -> None:
    assert rules_from(page(b"<!DOCTYPE html><p>Trang ch\xe1\xbb\xa7"), "civic-etl").allows("https://a.example.vn/")
    captcha = rules_from(page(b"<html><div class='g-recaptcha-response'>"), "civic-etl")
    assert captcha.wait is not None and "refusal" in captcha.wait


def test_names() -> None:
    assert agent_token("civic-etl/0.1 (+https://x)") == "civic-etl" and agent_token("  ") == "*"
    assert robots_url("https://a.example.vn:8443/tin?x=1") == "https://a.example.vn:8443/robots.txt"


@pytest.mark.parametrize(
    ("robots", "words"),
    [((503, {}, b""), "robots.txt answers 503"), (lambda request: None, "robots.txt cannot be read")],
)
def test_a_site_whose_rules_cannot_be_read_is_not_fetched_tonight(
    site: Site, settings: Settings, describe: Callable[..., Source], robots: Answer, words: str
) -> None:
    site.article("/tin-post1.html")
    site.sitemap({"/tin-post1.html": None})
    site.pages["/robots.txt"] = robots
    report = crawl_source(describe(site), settings, clock=FakeClock())
    assert words in (report.paused or "") and set(site.paths()) == {"/robots.txt"}


def test_what_is_forbidden_is_a_row_and_no_request(
    site: Site, settings: Settings, describe: Callable[..., Source]
) -> None:
    for name in ("mo", "cam"):
        site.article(f"/{name}-post1.html")
    site.sitemap({"/mo-post1.html": None, "/cam-post1.html": None})
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /cam"
    report = crawl_source(describe(site), settings, clock=FakeClock())
    assert (report.new, report.skipped) == (1, 1) and "/cam-post1.html" not in site.paths()
    site.pages["/robots.txt"] = b""
    assert crawl_source(describe(site), settings, clock=FakeClock()).new == 1, "tomorrow's rules may differ"
