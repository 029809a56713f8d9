"""The nightly run against a real server on loopback."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

from civic_etl.archive import Archive
from civic_etl.crawl import Ledger, RecheckPolicy, crawl_all, crawl_source
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site

Describe = Callable[..., Source]


def three_articles(site: Site) -> None:
    for number in (1, 2, 3):
        site.article(f"/tin-post{number}.html", f"Bài {number}")
    site.sitemap({f"/tin-post{number}.html": f"2026-03-0{number}T08:00:00+07:00" for number in (1, 2, 3)})


def test_first_run_archives_every_article(site: Site, settings: Settings, clock: FakeClock, describe: Describe) -> None:
    three_articles(site)
    report = crawl_source(describe(site), settings, clock=clock)
    assert (report.found, report.new, report.fetched, report.failed) == (3, 3, 3, 0)
    assert report.ok and report.discovered and report.error is None
    pages = list(Archive(settings.archive_dir).pages())
    assert sorted(page.url for page in pages) == [f"{site.base}/tin-post{n}.html" for n in (1, 2, 3)]
    by_ref = {(page.warc_path, page.warc_offset) for page in pages}
    assert {(item.warc_path, item.warc_offset) for item in report.outcomes} == by_ref
    assert Archive(settings.archive_dir).verify().ok


def test_second_run_fetches_no_body_that_has_not_changed(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    three_articles(site)
    source = describe(site)
    crawl_source(source, settings, clock=clock)
    site.forget()
    clock.advance(minutes=10)
    report = crawl_source(source, settings, clock=clock)
    assert site.sent_bodies == []
    assert (report.found, report.new, report.changed, report.fetched) == (3, 0, 0, 0)
    assert report.unchanged == 3, "published within a week, so asked again, for the price of a 304"
    assert len(list(Archive(settings.archive_dir).pages())) == 3


def test_an_edited_page_is_fetched_again_and_only_that(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    for number in (1, 2):
        site.article(f"/tin-post{number}.html")
    site.sitemap({"/tin-post1.html": "2021-01-05", "/tin-post2.html": "2021-01-06"})
    source = describe(site)
    crawl_source(source, settings, clock=clock)
    site.article("/tin-post1.html", "Đính chính: 13,5 tỷ đồng")
    site.sitemap({"/tin-post1.html": "2021-01-09", "/tin-post2.html": "2021-01-06"})
    site.forget()
    report = crawl_source(source, settings, clock=clock)
    assert (report.changed, report.unchanged, report.not_due) == (1, 0, 1)
    assert "/tin-post2.html" not in site.paths()
    pages = [p for p in Archive(settings.archive_dir).pages() if p.url.endswith("post1.html")]
    assert len(pages) == 2 and "Đính chính" in pages[1].body.decode()


def test_a_server_without_validators_is_known_by_the_digest(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    site.etags = False
    three_articles(site)
    source = describe(site)
    crawl_source(source, settings, clock=clock)
    site.forget()
    same_night = crawl_source(source, settings, clock=clock)
    assert same_night.not_due == 3 and not any("post" in path for path in site.paths())
    clock.advance(hours=24)
    next_night = crawl_source(source, settings, clock=clock)
    assert (next_night.unchanged, next_night.fetched) == (3, 0)
    archive = Archive(settings.archive_dir)
    assert len(list(archive.pages())) == 3
    assert sum(entry.mime == "warc/revisit" for entry in archive.index("site") if entry.role == "article") == 3


def a_moved_page(site: Site) -> None:
    """Listed at its old address, which leads to the new one."""
    site.sitemap({"/cu-post1.html": None})
    site.pages["/cu-post1.html"] = (301, {"Location": "/moi-post1.html"}, b"")
    site.article("/moi-post1.html")


def test_a_moved_page_is_followed_and_noted(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    a_moved_page(site)
    source = describe(site)
    report = crawl_source(source, settings, clock=clock)
    assert (report.moved, report.new) == (1, 1)
    moved = next(item for item in report.outcomes if item.outcome == "moved")
    assert moved.target == f"{site.base}/moi-post1.html"
    with Ledger(settings.state_dir / "crawl.sqlite") as ledger:
        row = ledger.get("site", f"127.0.0.1:{site.port}/cu-post1.html")
        assert row is not None and row.outcome == "moved" and row.moved_to == moved.target
    site.forget()
    again = crawl_source(source, settings, clock=clock)
    assert "/cu-post1.html" not in site.paths() and again.moved == 0


def test_where_a_page_moved_to_is_not_lost_with_the_run(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    """The ledger takes the new address no more, as on a full disk: the next run still comes to it."""
    a_moved_page(site)
    source, path = describe(site), settings.state_dir / "crawl.sqlite"
    Ledger(path).close()
    with closing(sqlite3.connect(path)) as ledger:
        ledger.execute("""create trigger no_space before insert on url when new.key like '%moi-post1%'
                          begin select raise(abort, 'database or disk is full'); end""")
    assert "disk is full" in str(crawl_source(source, settings, clock=clock).error)
    with closing(sqlite3.connect(path)) as ledger:
        ledger.execute("drop trigger no_space")
    clock.advance(hours=24)
    crawl_source(source, settings, clock=clock)
    assert [page.url for page in Archive(settings.archive_dir).pages()] == [f"{site.base}/moi-post1.html"]


def test_a_missing_page_is_gone_not_dropped(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    site.sitemap({"/mat-post1.html": None})
    report = crawl_source(describe(site), settings, clock=clock)
    assert report.gone == 1 and report.outcomes[0].status == 404
    with Ledger(settings.state_dir / "crawl.sqlite") as ledger:
        assert [row.outcome for row in ledger.rows("site")] == ["gone"]
    statuses = [page.status for page in Archive(settings.archive_dir).pages(statuses=frozenset())]
    assert statuses == [404]


def test_refusals_are_failures_not_articles(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    site.pages["/a-post1.html"] = (
        b"<html><body>Th\xc3\xb4ng b\xc3\xa1o t\xe1\xbb\xab ch\xe1\xbb\x91i truy c\xe1\xba\xadp</body></html>"
    )
    site.pages["/b-post2.html"] = b"   "
    site.pages["/c-post3.html"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.7\0\1\2")
    site.pages["/d-post4.html"] = (302, {"Location": "/"}, b"")
    site.sitemap(dict.fromkeys(["/a-post1.html", "/b-post2.html", "/c-post3.html", "/d-post4.html"]))
    report = crawl_source(describe(site), settings, clock=clock)
    reasons = {item.url.rsplit("/", 1)[-1][0]: (item.outcome, item.reason or "") for item in report.outcomes}
    assert reasons["a"][0] == "failed" and "từ chối" in reasons["a"][1]
    assert reasons["b"] == ("failed", "answers 200 with an empty page")
    assert reasons["c"] == ("skipped", "not HTML: application/pdf")
    assert reasons["d"] == ("failed", "redirects to the home page")
    assert list(Archive(settings.archive_dir).pages()) == []


def test_failing_pages_rest_longer_each_time(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    site.sitemap({"/loi-post1.html": None})
    site.pages["/loi-post1.html"] = (500, {}, b"")
    source = describe(site)
    assert crawl_source(source, settings, clock=clock).failed == 1
    tries = site.paths().count("/loi-post1.html")
    assert tries == 3, "two retries"
    assert crawl_source(source, settings, clock=clock).failed == 0
    clock.advance(days=1, hours=1)
    assert crawl_source(source, settings, clock=clock).failed == 1
    clock.advance(days=1, hours=1)
    assert crawl_source(source, settings, clock=clock).failed == 0


def test_budget_leaves_the_rest_for_tomorrow(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    three_articles(site)
    source = describe(site, politeness={"daily_page_budget": 3})
    first = crawl_source(source, settings, clock=clock)
    assert (first.new, first.skipped, first.requests) == (1, 2, 3)
    assert first.paused == "the day's budget of 3 requests is spent"
    assert {item.reason for item in first.outcomes if item.outcome == "skipped"} == {first.paused}
    clock.advance(days=1)
    second = crawl_source(source, settings, clock=clock)
    assert second.new == 1


def test_window_closes_the_crawl(site: Site, settings: Settings, clock: FakeClock, describe: Describe) -> None:
    three_articles(site)
    # The clock stands at 22:00 in Vietnam.
    report = crawl_source(describe(site, politeness={"window": "01:00-05:00"}), settings, clock=clock)
    assert report.paused == "outside the crawl window 01:00-05:00" and site.requests == []
    report = crawl_source(describe(site, politeness={"window": "21:00-05:00"}), settings, clock=clock)
    assert report.new == 3


def test_backfill_takes_the_span_only(site: Site, settings: Settings, clock: FakeClock, describe: Describe) -> None:
    rows = "".join(
        f"<sitemap><loc>{site.base}/sitemaps/news-{month}.xml</loc></sitemap>"
        for month in ("2020-1", "2020-2", "2021-7")
    )
    site.pages["/sitemap.xml"] = f"<sitemapindex>{rows}</sitemapindex>".encode()
    for month, number in (("2020-1", 1), ("2020-2", 2), ("2021-7", 3)):
        site.article(f"/tin-post{number}.html")
        year, _, part = month.partition("-")
        site.sitemap({f"/tin-post{number}.html": f"{year}-0{part}-15"}, f"/sitemaps/news-{month}.xml")
    source = describe(site)
    report = crawl_source(source, settings, clock=clock, since=date(2020, 2, 1), until=date(2020, 12, 31))
    assert (report.found, report.new) == (1, 1)
    assert "/sitemaps/news-2020-1.xml" not in site.paths() and "/sitemaps/news-2021-7.xml" not in site.paths()
    again = crawl_source(source, settings, clock=clock, since=date(2020, 1, 1), until=date(2020, 12, 31))
    assert (again.found, again.new, again.not_due) == (2, 1, 1), "what is held is not fetched twice"


def test_a_source_that_is_gone_is_not_asked(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    source = describe(site, periods=[{"until": "2025-07-01", "family": "epi"}])
    report = crawl_source(source, settings, clock=clock)
    assert report.error is not None and "gone" in report.error and site.requests == []


def test_progress_is_told(site: Site, settings: Settings, clock: FakeClock, describe: Describe) -> None:
    three_articles(site)
    steps: list[Any] = []
    crawl_source(describe(site), settings, clock=clock, progress=steps.append)
    last = steps[-1]
    assert (last.stage, last.done, last.total, last.outcome) == ("fetch", 3, 3, "new")


def test_one_broken_site_stops_no_other(
    sites: Callable[[], Site], settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    good, bad = sites(), sites()
    three_articles(good)
    bad.pages["/sitemap.xml"] = b"<html><body>Not here</body></html>"
    reports = crawl_all([describe(bad, "bad"), describe(good, "good")], settings, clock=clock)
    assert list(reports) == ["bad", "good"]
    assert reports["bad"].error is not None and "HTML page" in reports["bad"].error
    assert reports["good"].new == 3


def test_recheck_everything(site: Site, settings: Settings, clock: FakeClock, describe: Describe) -> None:
    site.article("/tin-post1.html")
    site.sitemap({"/tin-post1.html": "2019-01-01"})
    source = describe(site)
    crawl_source(source, settings, clock=clock)
    assert crawl_source(source, settings, clock=clock).not_due == 1
    assert crawl_source(source, settings, clock=clock, recheck=RecheckPolicy(everything=True)).unchanged == 1
