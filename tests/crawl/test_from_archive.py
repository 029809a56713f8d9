"""A dark site's history from the web archives, whose limits are kept, under its own addresses and times."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from civic_etl.archive import Archive
from civic_etl.crawl import CrawlReport, Ledger
from civic_etl.crawl.from_archive import crawl_archived
from civic_etl.crawl.web_archive import capture_span, web_archives
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site
from .web_archives import CommonCrawlServer, WaybackServer

HOST = "xaha.example.vn"
GONE = Source.model_validate(
    {
        "name": "xa-ha",
        "title": "Xã Hạ",
        "hosts": [HOST, f"www.{HOST}"],
        "level": "ward",
        "periods": [{"until": "2025-07-01", "family": "epi"}],
    }
)
SPAN: dict[str, Any] = {"since": date(2020, 1, 1), "until": date(2021, 12, 31)}


def body(number: int) -> bytes:
    return f"<!doctype html><html><h1>Tin {number}</h1><p>Thu ngân sách đạt {number} tỷ đồng</p></html>".encode()


def url(number: int, start: str = f"http://{HOST}") -> str:
    return f"{start}/tin-post{number}.html"


@pytest.fixture
def wayback(site: Site) -> WaybackServer:
    """Five captured articles, a listing, and a page of somebody else."""
    found = WaybackServer(site)
    for number in range(1, 6):
        found.captures[url(number)] = (f"2021010{number}030405", body(number))
    found.captures[f"http://{HOST}/lien-he"] = ("20210101000000", b"<html>")
    found.captures["http://other.example/tin-post9.html"] = ("20210101000000", body(9))
    return found


@pytest.fixture
def common(site: Site) -> CommonCrawlServer:
    """Two crawls of the span and one after it; one address is in two crawls."""
    return CommonCrawlServer(
        site,
        {
            "CC-MAIN-2020-05": {url(1): ("20200120000000", body(1)), url(2): ("20200121000000", body(2))},
            "CC-MAIN-2021-04": {
                url(2): ("20210120000000", body(2)),
                url(3, f"https://www.{HOST}"): ("20210121000000", body(3)),
            },
            "CC-MAIN-2026-04": {url(4): ("20260120000000", body(4))},
        },
    )


def crawl(settings: Settings, server: WaybackServer | CommonCrawlServer, **more: Any) -> CrawlReport:
    via = "wayback" if isinstance(server, WaybackServer) else "commoncrawl"
    clock = more.pop("clock", None) or FakeClock()
    options = {**SPAN, "clock": clock, "web_archive": server.archive} | more
    return crawl_archived(GONE, settings, via, **options)  # type: ignore[arg-type]


def test_captures_come_under_their_own_address_and_time(settings: Settings, wayback: WaybackServer) -> None:
    report = crawl(settings, wayback)
    assert (report.found, report.new, report.failed) == (5, 5, 0) and report.error is report.paused is None
    pages = {page.url: page for page in Archive(settings.archive_dir).pages("xa-ha")}
    assert set(pages) == {url(number) for number in range(1, 6)}
    assert pages[url(3)].body == body(3)
    assert pages[url(3)].fetched_at == datetime(2021, 1, 3, 3, 4, 5, tzinfo=UTC)
    assert pages[url(3)].header("Content-Encoding") is None
    assert Archive(settings.archive_dir).verify().ok
    paths = [path for path in wayback.site.paths() if path.startswith("/web/")]
    assert f"/web/20210103030405id_/{url(3)}" in paths


def test_the_index_is_read_page_by_page_for_the_span(settings: Settings, wayback: WaybackServer) -> None:
    crawl(settings, wayback)
    assert len(wayback.queries) == 3, "six captures of the host, two a page; www. is the same host"
    first = wayback.queries[0]
    assert (first["url"], first["matchType"], first["collapse"]) == ([HOST], ["host"], ["urlkey"])
    assert first["filter"] == ["statuscode:200", "mimetype:text/html"]
    assert (first["from"], first["to"]) == (["20200101"], ["20231231"])


def test_its_limits_are_kept(settings: Settings, wayback: WaybackServer) -> None:
    clock = FakeClock()
    crawl(settings, wayback, clock=clock)
    assert clock.elapsed >= 3 * 2.5 + 4 * 0.5
    limits = web_archives()["wayback"]
    assert 60 / limits.index_delay_seconds <= 0.8 * 30 and 60 / limits.page_delay_seconds <= 0.8 * 600


def test_a_429_stops_at_once_and_the_next_run_waits(settings: Settings, wayback: WaybackServer) -> None:
    wayback.busy_after = 2
    clock = FakeClock()
    report = crawl(settings, wayback, clock=clock)
    assert report.new == 2 and report.skipped == 3 and "429" in (report.paused or "")
    assert len([path for path in wayback.site.paths() if path.startswith("/web/")]) == 3, "never asked again"
    wayback.busy_after, before = 10**9, clock.elapsed
    assert crawl(settings, wayback, clock=clock).new == 3
    assert clock.elapsed - before >= 60, "and not for a minute"


def test_nothing_is_fetched_twice(settings: Settings, wayback: WaybackServer) -> None:
    crawl(settings, wayback)
    wayback.site.forget()
    again = crawl(settings, wayback)
    assert (again.found, again.new, again.not_due) == (5, 0, 5)
    assert not any(path.startswith("/web/") for path in wayback.site.paths())


def test_what_the_other_archive_gave_is_not_fetched_again(
    settings: Settings, wayback: WaybackServer, sites: Callable[[], Site]
) -> None:
    crawl(settings, wayback)
    other = CommonCrawlServer(
        sites(), {"CC-MAIN-2021-04": {url(1): ("20210101000000", body(1)), url(7): ("20210101000000", body(7))}}
    )
    report = crawl(settings, other)
    assert (report.found, report.new, report.not_due) == (2, 1, 1)


def test_listing_only(settings: Settings, wayback: WaybackServer) -> None:
    report = crawl(settings, wayback, listing_only=True)
    assert report.found == 5 and report.new == 0 and list(Archive(settings.archive_dir).pages()) == []


def test_a_nearer_capture_is_followed_and_another_page_is_not(settings: Settings, wayback: WaybackServer) -> None:
    wayback.moved = {
        url(1): f"/web/20210107080910id_/{url(1)}",
        url(2): f"{wayback.site.base}/web/20210107080910id_/http://{HOST}/",
        url(3): "http://203.0.113.1/web/20210107080910id_/" + url(3),
    }
    report = crawl(settings, wayback)
    reasons = {item.url: item.reason or "" for item in report.outcomes if item.outcome == "failed"}
    assert "redirect to" in reasons[url(2)] and "allow-list" in reasons[url(3)] and set(reasons) == {url(2), url(3)}
    (moved,) = [page for page in Archive(settings.archive_dir).pages() if page.url == url(1)]
    assert moved.fetched_at == datetime(2021, 1, 7, 8, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize("answer", [(503, {}, b""), (200, {}, b"<html>"), (200, {}, b'{"a": 1}')])
def test_an_index_that_cannot_be_read_is_an_error(
    settings: Settings, wayback: WaybackServer, answer: tuple[int, dict[str, str], bytes]
) -> None:
    wayback.site.pages.routes["/cdx/search/cdx?"] = lambda request: answer  # type: ignore[attr-defined]
    report = crawl(settings, wayback)
    assert report.error is not None and report.new == 0 and not report.discovered


def test_a_refusal_that_was_captured_is_no_article(settings: Settings, wayback: WaybackServer) -> None:
    wayback.captures[url(1)] = ("20210101030405", "<html>Thông báo từ chối truy cập</html>".encode())
    report = crawl(settings, wayback)
    assert report.failed == 1 and report.new == 4


def test_validators_of_then_are_not_kept(settings: Settings, wayback: WaybackServer) -> None:
    crawl(settings, wayback)
    with Ledger(settings.state_dir / "crawl.sqlite") as ledger:
        rows = list(ledger.rows("xa-ha"))
        assert {row.via for row in rows} == {"wayback"} and {row.etag for row in rows} == {None}
        assert ledger.last_discovery("xa-ha", datetime.now(UTC)) is None, "the site's own indexes were not walked"


def test_common_crawl_by_range_requests(settings: Settings, common: CommonCrawlServer) -> None:
    report = crawl(settings, common)
    assert (report.found, report.new, report.failed) == (3, 3, 0), report.outcomes
    pages = {page.url: page for page in Archive(settings.archive_dir).pages("xa-ha")}
    assert {page.body for page in pages.values()} == {body(1), body(2), body(3)}
    assert pages[url(2)].fetched_at == datetime(2020, 1, 21, tzinfo=UTC), "the first capture of an address"
    assert not any("2026" in path for path in common.site.paths()), "crawls after the span are not asked"
    assert Archive(settings.archive_dir).verify().ok


def test_common_crawl_resumes(settings: Settings, common: CommonCrawlServer) -> None:
    first = crawl(settings, common, until=date(2018, 12, 31), since=date(2018, 1, 1))
    assert first.new in (0, 2), "captured within two years after"
    second = crawl(settings, common)
    assert second.new + first.new == 3
    assert crawl(settings, common).new == 0


def test_a_server_that_sends_whole_files_is_refused(settings: Settings, common: CommonCrawlServer) -> None:
    common.whole_files = True
    report = crawl(settings, common)
    assert report.failed == 3 and all("range request" in (item.reason or "") for item in report.outcomes)


def test_a_host_that_no_crawl_knows(settings: Settings, common: CommonCrawlServer) -> None:
    common.crawls = {"CC-MAIN-2020-05": {"http://other.example/tin-post1.html": ("20200120000000", body(1))}}
    report = crawl(settings, common)
    assert report.error is None and (report.found, report.new) == (0, 0)


def test_a_rubbish_record_is_a_row(settings: Settings, common: CommonCrawlServer) -> None:
    crawl(settings, common, listing_only=True)
    common.files = {name: b"\0" * len(data) for name, data in common.files.items()}
    report = crawl(settings, common)
    assert report.failed == 3 and report.new == 0


def test_days_of_capture() -> None:
    today = date(2026, 11, 26)
    assert capture_span(date(2019, 1, 1), date(2020, 12, 31), today) == (date(2019, 1, 1), date(2022, 12, 31))
    assert capture_span(None, None, today) == (date(1996, 1, 1), today)
    assert capture_span(date(2025, 1, 1), date(2026, 1, 1), today)[1] == today


def test_what_is_on_the_removal_list_is_not_fetched_from_there_either(
    settings: Settings, wayback: WaybackServer, tmp_path: Path
) -> None:
    path = tmp_path / "removals.yaml"
    path.write_text(f"- url: {url(3)}\n  reason: x\n  date: 2026-01-01\n", encoding="utf-8")
    report = crawl(settings.model_copy(update={"removals": path}), wayback)
    assert (report.new, report.skipped) == (4, 1)
    assert not [where for where in wayback.site.paths() if where.endswith(url(3)) and where.startswith("/web/")]
