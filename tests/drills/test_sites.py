"""Sites that are broken, hostile or only odd: each costs its own rows, never the run, the archive or the memory.

What `tests/crawl` tries one by one (bombs, slow heads, endless bodies, redirects off the site, entities in sitemaps) is
not repeated here.
"""

import gzip
import resource
import socket
import struct
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import yaml

from civic_etl.archive import Archive
from civic_etl.crawl import CrawlReport, Ledger, crawl_source
from civic_etl.crawl.crawl import LEDGER_NAME
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import NewSite, Report
from .site import Answer, Fault, NightSite

HTML = {"Content-Type": "text/html; charset=utf-8"}


class HandClock:
    """Sleeps by moving its own hands, and may be set to any time."""

    def __init__(self, moment: datetime = datetime(2026, 3, 2, 15, tzinfo=UTC)) -> None:
        self.moment = moment
        self.passed = 0.0

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.passed

    async def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.passed += seconds


def settings_of(folder: Path) -> Settings:
    """Limits that a drill can wait for."""
    return Settings(
        home=folder / "home", jitter_seconds=0, request_timeout_seconds=0.5, max_body_bytes=20_000_000, _env_file=None
    )


def source_of(site: NightSite, folder: Path, **index: object) -> Source:
    """The site's description, with another index if one is given."""
    site.describe(folder)
    described = yaml.safe_load((folder / f"{site.name}.yaml").read_text(encoding="utf-8"))
    if index:
        described["periods"][0]["index"] = [index]
    return Source.model_validate(described)


def reset(request: BaseHTTPRequestHandler) -> None:
    """A connection reset in the middle of the body."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    request.wfile.write(b"<p>" + b"x" * 5000)
    request.wfile.flush()
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.connection.close()


def hang(request: BaseHTTPRequestHandler) -> None:
    """Accepts, reads, and never answers."""
    time.sleep(3)


def drip(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    try:
        for _ in range(60):
            request.wfile.write(b".")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        return


def says(status: int, body: bytes = b"loi", **headers: str) -> Fault:
    """Always the same answer."""
    return lambda _: (status, {**HTML, **{name.replace("_", "-"): text for name, text in headers.items()}}, body)


LOGIN = "<html><head><title>Đăng nhập</title></head><body><form><input type=password name=p></form></body></html>"
CAPTCHA = (
    "<html><title>Attention Required!</title><body><div class='g-recaptcha'>Checking your browser</div></body></html>"
)
FAULTS: dict[str, Fault] = {
    "reset in mid-body": reset,
    "hang": hang,
    "slow drip": drip,
    "Content-Length too long": says(200, b"<p>abc", Content_Length="1000"),
    "Content-Length is no number": says(200, b"<p>abc", Content_Length="viel"),
    "gzip that is none, nor text": says(200, b"\x1f\x8b" + b"khong phai gzip" * 50, Content_Encoding="gzip"),
    "gzip with a flipped bit": says(
        200, gzip.compress(b"<p>abc</p>" * 500)[:40] + b"\xff" + gzip.compress(b"<p>abc</p>" * 500)[41:],
        Content_Encoding="gzip",
    ),
    "403": says(403),
    "429": says(429),
    "429 for a second": says(429, Retry_After="1"),
    "429 until a day that is past": says(429, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"),
    "500": says(500),
    "503": says(503),
    "503 with a Retry-After that is none": says(503, Retry_After="soon"),
    "redirect to itself": lambda request: (302, {"Location": request.path}, b""),
    "redirect with a NUL": lambda _: (302, {"Location": "/a\x00b-post3.html"}, b""),
    "redirect to a port that is none": lambda _: (302, {"Location": "http://127.0.0.1:99999/a-post3.html"}, b""),
    "redirect to the home page": lambda _: (302, {"Location": "/"}, b""),
    "captcha with status 200": says(200, CAPTCHA.encode()),
    "login page with status 200": says(200, LOGIN.encode()),
    "empty page with status 200": says(200, b""),
    "status 999": says(999),
    "204": says(204, b""),
    "206 of something else": says(206, b"x", Content_Range="bytes 5-5/10"),
}  # fmt: skip


def test_one_bad_page_among_good_ones(new_site: NewSite, tmp_path: Path, report: Report) -> None:
    for number, (name, fault) in enumerate(FAULTS.items()):
        site = new_site(f"trang-{number}")
        bad = site.article(1)
        site.article(2)
        site.faults[bad] = fault
        site.publish()
        settings, clock = settings_of(tmp_path / str(number)), HandClock()
        source = source_of(site, tmp_path / str(number) / "sources")
        found = crawl_source(source, settings, clock=clock)
        rows = {item.url.removeprefix(site.base): item for item in found.outcomes}
        assert rows[bad].outcome in ("failed", "skipped"), (name, rows[bad])
        assert rows[bad].reason, name
        assert [item.outcome for path, item in rows.items() if path != bad] == ["new"], (name, found.outcomes)
        assert Archive(settings.archive_dir).verify().ok, name
        # It is well again: after its rest the page is fetched.
        site.faults.clear()
        clock.moment += timedelta(days=3)
        assert crawl_source(source, settings, clock=clock).new == 1, name
    report(
        f"{len(FAULTS)} kinds of bad answers: a row with its reason each, its neighbour and its own recovery fetched"
    )


def test_nobody_listens(new_site: NewSite, tmp_path: Path, report: Report) -> None:
    """Connection refused: the run says so, and the night after brings everything."""
    site = new_site("trang")
    site.article(1)
    site.publish()
    settings, clock = settings_of(tmp_path), HandClock()
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        real, site.port = site.port, closed.getsockname()[1]
        found = crawl_source(source_of(site, tmp_path / "sources"), settings, clock=clock)
    assert found.new == 0
    assert "onnect" in (found.paused or found.error or ""), found
    site.port = real
    site.publish()
    clock.moment += timedelta(days=1)
    assert crawl_source(source_of(site, tmp_path / "sources"), settings, clock=clock).new == 1
    report("1 site that refuses connections")


def listing(*paths: str, following: str = "") -> Answer:
    """A listing page with links."""
    links = "".join(f"<li><a href='{path}'>Tin</a></li>" for path in paths)
    more = f"<a rel=next href='{following}'>›</a>" if following else ""
    return 200, HTML, f"<html><body><ul>{links}</ul>{more}</body></html>".encode()


def crawl_listing(site: NightSite, folder: Path) -> CrawlReport:
    """A first night over a listing at /tin."""
    site.publish()
    source = source_of(site, folder / "sources", kind="listing", url="/tin", pages=40)
    return crawl_source(source, settings_of(folder), clock=HandClock())


def test_listings_that_never_end(new_site: NewSite, tmp_path: Path, report: Report) -> None:
    empty = new_site("trong")
    empty.pages["/tin"] = listing()
    found = crawl_listing(empty, tmp_path / "a")
    assert found.error
    assert not found.discovered
    same = new_site("lap-lai")
    path = same.article(1)
    same.faults["/tin"] = lambda _: listing(path, following="/tin?trang=2")
    for number in range(2, 100):
        same.pages[f"/tin?trang={number}"] = listing(path, following=f"/tin?trang={number + 1}")
    found = crawl_listing(same, tmp_path / "b")
    assert (found.new, found.found) == (1, 1)
    assert same.hits < 10
    calendar = new_site("lich")
    turn = iter(range(10**6))

    def endless(_: BaseHTTPRequestHandler) -> Answer:
        number = next(turn)
        return listing(f"/tin-la-post{number}.html", following=f"/tin?trang={number + 2}")

    calendar.faults["/tin"] = endless
    for number in range(2, 200):
        calendar.faults[f"/tin?trang={number}"] = endless
    found = crawl_listing(calendar, tmp_path / "c")
    assert found.found <= 40, "no more pages than the description allows"
    report("3 listings: empty, repeating for ever, new for ever")


def test_dates_of_a_clock_that_is_wrong(new_site: NewSite, tmp_path: Path, report: Report) -> None:
    """Times in the future and before the web: pages come once, edits are seen, unchanged pages cost no body."""
    tried = 0
    for number, day in enumerate(("2099-01-01", "1970-01-01", "0001-01-01", "2026-13-45", "9999-12-31T23:59:59+14:00")):
        site = new_site(f"gio-{number}")
        path = site.article(1)
        site.publish()
        modified = format_datetime(datetime(2099, 1, 1, tzinfo=UTC), usegmt=True)
        body = site.pages[path][2]
        site.pages[path] = (200, {**HTML, "Last-Modified": modified, "Date": "Mon, 99 Foo 0000 25:61:61 GMT"}, body)
        row = f"<urlset><url><loc>{site.base}{path}</loc><lastmod>{day}</lastmod></url></urlset>"
        site.pages["/sitemap.xml"] = (200, {"Content-Type": "application/xml"}, row.encode())
        settings, clock = settings_of(tmp_path / str(number)), HandClock()
        source = source_of(site, tmp_path / str(number) / "sources")
        assert crawl_source(source, settings, clock=clock).new == 1, day
        for _ in range(3):
            clock.moment += timedelta(days=1)
            found = crawl_source(source, settings, clock=clock)
            assert (found.new, found.changed, found.error) == (0, 0, None), day
        assert len(site.bodies) - site.bodies.count("/sitemap.xml") - site.bodies.count("/robots.txt") == 1, day
        tried += 1
    report(f"{tried} sites whose clock is wrong")


def test_an_article_edited_ten_times(new_site: NewSite, tmp_path: Path, report: Report) -> None:
    site = new_site("sua")
    path = site.article(1)
    site.publish()
    settings, clock = settings_of(tmp_path), HandClock()
    source = source_of(site, tmp_path / "sources")
    for edition in range(11):
        site.article(1, edition)
        # The site's figures come round after ten editions; a body must not.
        status, headers, body = site.pages[path]
        site.pages[path] = (status, headers, body + f"<!-- {edition} -->".encode())
        found = crawl_source(source, settings, clock=clock)
        assert (found.new, found.changed) == ((1, 0) if edition == 0 else (0, 1)), edition
        assert crawl_source(source, settings, clock=clock).unchanged == 1, "the same night again"
        # Younger than a week all the time, so that it is asked every night.
        clock.moment += timedelta(hours=12)
    held = list(Archive(settings.archive_dir).pages())
    assert len(held) == len({page.digest for page in held}) == 11
    assert {page.url for page in held} == {site.base + path}
    report("10 edits of an article: 11 bodies held, each once")


def test_many_spellings_of_one_address(new_site: NewSite, tmp_path: Path, report: Report) -> None:
    site = new_site("cach-viet")
    path = site.article(1)
    spellings = [
        path, f"{site.base}{path}", f"{path}#binh-luan", f"{path}?utm_source=zalo", f"{path}?fbclid=abc&utm_medium=x",
        f"/./{path[1:]}", f"/a/../{path[1:]}", path.replace("-", "%2D"), f" {path} ", f"{path}?",
        f"//{site.base[7:]}{path}",
    ]  # fmt: skip
    site.pages["/tin"] = listing(*spellings)
    for spelling in spellings:
        site.pages.setdefault(spelling.split("#")[0], site.pages[path])
    found = crawl_listing(site, tmp_path)
    assert found.new == 1, [item.url for item in found.outcomes]
    assert len(list(Archive(settings_of(tmp_path).archive_dir).pages())) == 1
    report(f"{len(spellings)} spellings of one address: one fetch")


@pytest.mark.parametrize("how", ["listing", "sitemap"])
def test_a_page_of_very_many_links(
    new_site: NewSite, tmp_path: Path, report: Report, how: str, request: pytest.FixtureRequest
) -> None:
    site = new_site("nhieu")
    count = 100_000 if request.config.getoption("--long") else 20_000
    paths = [f"/tin-post{number}.html" for number in range(count)]
    site.pages["/tin"] = listing(*paths)
    index: dict[str, object] = {"kind": "listing", "url": "/tin", "pages": 3} if how == "listing" else {}
    if how == "sitemap":
        site.listed = paths
    site.publish()
    settings = settings_of(tmp_path).model_copy(update={"daily_page_budget": 20, "request_timeout_seconds": 20.0})
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = crawl_source(source_of(site, tmp_path / "sources", **index), settings, clock=HandClock())
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert found.found == count
    assert found.paused is not None
    assert "budget" in found.paused
    assert grown < 600, f"{grown:.0f} MB for a page of links"
    with Ledger(settings.state_dir / LEDGER_NAME) as ledger:
        assert sum(1 for _ in ledger.rows(site.name)) == count
    report(f"{count} links in a {how}: {time.monotonic() - began:.1f} s, {grown:.0f} MB")
