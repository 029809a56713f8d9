"""The delay holds for a registrable domain, across tasks and processes, and cannot be shortened by a site's wish."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from civic_etl.crawl import crawl_all, crawl_source
from civic_etl.crawl.politeness import Politeness, domain_key
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site

Describe = Callable[..., Source]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://phucloi.longbien.hanoi.gov.vn/tin", "hanoi.gov.vn"),
        ("https://www.baohatinh.vn/", "baohatinh.vn"),
        ("https://tin.baobackan.com.vn/", "baobackan.com.vn"),
        ("http://113.160.144.194/x", "113.160.144.194"),
        ("http://127.0.0.1:8080/x", "127.0.0.1:8080"),
    ],
)
def test_registrable_domain(url: str, key: str) -> None:
    assert domain_key(url) == key


def starts(
    clock: FakeClock, delay: float, takes: float, *, jitter: float = 0.0, folder: Path | None = None
) -> list[float]:
    """When four requests of one domain start, each taking `takes` seconds, asked for all at once."""
    politeness = Politeness(clock, jitter=jitter, folder=folder, rng=Random(1))  # noqa: S311
    begun: list[float] = []

    async def one(host: str) -> None:
        async with politeness.turn(f"https://{host}.example.gov.vn/", delay) as turn:
            begun.append(clock.monotonic())
            clock.advance(seconds=takes)
            turn.headed()

    async def all_of_them() -> None:
        await asyncio.gather(*(one(host) for host in "abcd"))

    asyncio.run(all_of_them())
    return begun


@pytest.mark.parametrize("takes", [0.0, 0.5, 30.0])
def test_delay_counts_from_the_answer(takes: float) -> None:
    begun = starts(FakeClock(), 2.0, takes)
    assert [later - earlier for earlier, later in pairwise(begun)] == pytest.approx([2 + takes] * 3)


def test_jitter_only_lengthens() -> None:
    begun = starts(FakeClock(), 2.0, 0.0, jitter=1.0)
    gaps = [later - earlier for earlier, later in pairwise(begun)]
    assert all(2 <= gap <= 3 for gap in gaps) and len(set(gaps)) == 3


def test_a_second_process_keeps_the_first_ones_delay(tmp_path: Path) -> None:
    first, second = FakeClock(), FakeClock()
    starts(first, 5.0, 0.0, folder=tmp_path)
    second.elapsed = first.elapsed
    assert starts(second, 5.0, 0.0, folder=tmp_path)[0] - first.elapsed == pytest.approx(5.0, abs=1e-3)


def test_a_clock_that_went_back_costs_no_more_than_the_delay(tmp_path: Path) -> None:
    first, second = FakeClock(), FakeClock()
    starts(first, 5.0, 0.0, folder=tmp_path)
    second.elapsed = first.elapsed
    second.start -= timedelta(days=400)
    assert starts(second, 5.0, 0.0, folder=tmp_path)[0] - first.elapsed <= 5.0


def test_rubbish_in_a_lane_file_holds_nobody(tmp_path: Path) -> None:
    starts(FakeClock(), 1.0, 0.0, folder=tmp_path)
    (lane,) = tmp_path.iterdir()
    for words in ("", "soon", "9999999999999", "1772463600.5\n1772463600"):
        lane.write_text(words, encoding="ascii")
        assert starts(FakeClock(), 1.0, 0.0, folder=tmp_path)[0] <= 3_600.0


def gaps(clock: FakeClock, site: Site, settings: Settings, source: Source) -> list[float]:
    """Seconds between the requests that a site saw in one crawl, by the crawl's own clock."""
    times: list[float] = []
    answers = dict(site.pages)
    for path, body in answers.items():
        site.pages[path] = lambda request, answer=body: (times.append(clock.elapsed), (200, {}, answer))[1]
    crawl_source(source, settings, clock=clock)
    return [later - earlier for earlier, later in pairwise(times)]


def three(site: Site) -> None:
    for number in (1, 2, 3):
        site.article(f"/tin-post{number}.html")
    site.sitemap({f"/tin-post{number}.html": f"2026-03-0{number}" for number in (1, 2, 3)})


@pytest.mark.parametrize(
    ("robots", "more", "least"),
    [
        (b"", {}, 2.0),
        (b"User-agent: *\nCrawl-delay: 7", {}, 7.0),
        (b"User-agent: *\nCrawl-delay: 0.1", {}, 2.0),
        (b"User-agent: *\nRequest-rate: 1/9s", {}, 9.0),
        (b"User-agent: civic-etl\nCrawl-delay: 11\n\nUser-agent: *\nCrawl-delay: 1", {}, 11.0),
        (b"", {"politeness": {"min_delay_seconds": 4}}, 4.0),
        (b"User-agent: *\nCrawl-delay: 7", {"politeness": {"min_delay_seconds": 4}}, 7.0),
        (b"", {"robots": {"crawl_delay_seconds": 6}}, 6.0),
        (b"", {"robots": {"crawl_delay_seconds": 6}, "politeness": {"min_delay_seconds": 1}}, 6.0),
    ],
)
def test_the_longest_delay_that_anybody_asks_for(  # noqa: PLR0917 - fixtures
    site: Site,
    settings: Settings,
    clock: FakeClock,
    describe: Describe,
    robots: bytes,
    more: dict[str, object],
    least: float,
) -> None:
    three(site)
    site.pages["/robots.txt"] = robots
    found = gaps(clock, site, settings, describe(site, **more))
    assert len(found) == 4 and all(gap >= least for gap in found[1:]), found


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept(site: Site, settings: Settings, clock: FakeClock, describe: Describe, form: str) -> None:
    three(site)
    when = datetime(2026, 3, 2, 15, 1, 30, tzinfo=UTC)
    told = "77" if form == "seconds" else when.strftime("%a, %d %b %Y %H:%M:%S GMT")
    tries: list[float] = []

    def busy(request: object) -> tuple[int, dict[str, str], bytes]:
        tries.append(clock.elapsed)
        return (429, {"Retry-After": told}, b"") if len(tries) == 1 else (200, {}, b"<html><p>Tin</p></html>")

    site.pages["/tin-post2.html"] = busy  # type: ignore[assignment]
    report = crawl_source(describe(site), settings, clock=clock)
    assert report.new == 3
    assert tries[1] - tries[0] >= 77 if form == "seconds" else tries[1] >= 90


def test_a_site_that_asks_for_an_hour_is_left_for_the_night(
    site: Site, settings: Settings, clock: FakeClock, describe: Describe
) -> None:
    three(site)
    site.pages["/tin-post3.html"] = (503, {"Retry-After": "3600"}, b"")
    report = crawl_source(describe(site), settings, clock=clock)
    assert "asks for quiet of 3600 s" in (report.paused or "") and report.new == 0
    assert site.paths().count("/tin-post3.html") == 1


def test_back_off_doubles(site: Site, settings: Settings, clock: FakeClock, describe: Describe) -> None:
    site.sitemap({"/loi-post1.html": None})
    tries: list[float] = []
    site.pages["/loi-post1.html"] = lambda request: (tries.append(clock.elapsed), (500, {}, b""))[1]
    crawl_source(describe(site), settings, clock=clock)
    assert [later - earlier for earlier, later in pairwise(tries)] == [4.0, 8.0]


def test_hosts_of_one_domain_wait_for_each_other_and_others_do_not(
    sites: Callable[[], Site], settings: Settings, describe: Describe
) -> None:
    """Two sources on one address take turns; the shared lane is the registrable domain's."""
    clock = FakeClock()
    one = sites()
    three(one)
    reports = crawl_all([describe(one, "a"), describe(one, "b")], settings, clock=clock)
    assert reports["a"].new == reports["b"].new == 3
    assert clock.elapsed >= 2.0 * (len(one.requests) - 1)
