"""No page, name or redirect makes the crawler ask an address inside: what tests/crawl/test_guard.py leaves open."""

from collections.abc import Callable

import pytest

from civic_etl.crawl import crawl_source
from civic_etl.crawl.faults import TransientError
from civic_etl.crawl.guard import is_permitted
from civic_etl.errors import SourceError
from civic_etl.pipeline.fetch_urls import fetch_urls, sort_by_source
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site

INSIDE = {
    "IPv4-compatible": "::127.0.0.1",
    "translated": "::ffff:0:127.0.0.1",
    "NAT64 of loopback": "64:ff9b::127.0.0.1",
    "NAT64 of the metadata service": "64:ff9b::169.254.169.254",
    "NAT64 for local use": "64:ff9b:1::10.0.0.1",
    "site-local": "fec0::1",
    "Teredo": "2001:0:7f00:1::",
    "documentation": "2001:db8::1",
    "carrier": "100.64.0.1",
    "broadcast": "255.255.255.255",
    "segment routing": "5f00::1",
}


MAPPED = ("[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]")


@pytest.mark.parametrize("address", INSIDE.values(), ids=INSIDE)
def test_no_spelling_of_an_inside_address_is_public(address: str) -> None:
    assert not is_permitted(address, local=False)


def test_hosts_of_networks_without_ipv4_are_reached_through_their_translator() -> None:
    assert is_permitted("64:ff9b::8.8.8.8", local=False)


def elsewhere(site: Site, **more: object) -> Source:
    """A source on a public-looking name, not declared local."""
    return Source.model_validate(
        {
            "name": "xa-ha",
            "title": "Xã Hạ",
            "hosts": [f"xaha.example.vn:{site.port}", f"127.0.0.1:{site.port}"],
            "home": f"http://xaha.example.vn:{site.port}/",
            "level": "ward",
            "periods": [{"family": "epi", "index": {"kind": "sitemap", "url": "/sitemap.xml"}}],
            **more,
        }
    )


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["169.254.169.254"], ["10.0.0.7", "::1"], ["64:ff9b::7f00:1"], []], ids=" ".join
)
def test_a_name_that_resolves_inside_costs_no_connection(site: Site, settings: Settings, answers: list[str]) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return answers

    report = crawl_source(elsewhere(site), settings, clock=FakeClock(), resolver=resolver)
    assert site.requests == []
    assert "not a public address" in (report.paused or report.error or "")


def test_a_name_with_one_public_address_is_asked_at_that_one_only(site: Site, settings: Settings) -> None:
    """A name may have both: the inside one is never tried, not even when the other does not answer."""

    async def resolver(host: str, port: int) -> list[str]:
        if host == "xaha.example.vn":
            return ["127.0.0.1", "203.0.113.9"]
        raise TransientError("no such host")

    crawl_source(elsewhere(site), settings, clock=FakeClock(), resolver=resolver)
    assert site.requests == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "017700000001", "0177.0.0.1", *MAPPED, "localhost", "0"]
)
def test_an_address_given_by_hand_is_looked_at_like_any_other(site: Site, settings: Settings, host: str) -> None:
    """`ingest --any-host` takes any host of the internet, and none of this network."""
    url = f"http://{host}:{site.port}/tin-post1.html"
    site.article("/tin-post1.html")
    quick = settings.model_copy(update={"min_delay_seconds": 0.0, "request_timeout_seconds": 2.0})
    try:
        chosen = sort_by_source([url], {}, any_host=True)
    except SourceError:
        return
    for source, urls in chosen.values():
        _, records = fetch_urls(source, urls, quick)
        assert records == []
    assert site.requests == []


def test_a_redirect_to_the_inside_of_an_allowed_host_is_refused_at_the_address(
    site: Site, settings: Settings, describe: Callable[..., Source]
) -> None:
    """The host is in the allow-list, the address behind it is not public: the second look stops it."""
    site.pages["/tin-post1.html"] = (302, {"Location": f"http://trong.example.vn:{site.port}/tin-post2.html"}, b"")
    site.article("/tin-post2.html")
    site.sitemap({"/tin-post1.html": None})
    asked: list[str] = []

    async def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "127.0.0.1" else ["169.254.169.254"]

    source = describe(site, hosts=[f"127.0.0.1:{site.port}", f"trong.example.vn:{site.port}"])
    report = crawl_source(source, settings, clock=FakeClock(), resolver=resolver)
    assert "trong.example.vn" in asked
    assert "/tin-post2.html" not in site.paths() and report.new == 0


@pytest.mark.parametrize(
    "host",
    ["127.1", "0x7f000001", "2130706433", "0177.0.0.1", *MAPPED, "localhost", "LOCALHOST.", "xaha.example.vn@127.1"],
)
def test_no_spelling_of_this_machine_is_redirected_to(
    site: Site, sites: Callable[[], Site], settings: Settings, describe: Callable[..., Source], host: str
) -> None:
    """From a page, and from robots.txt and the index, which are asked for first."""
    inside = sites()
    inside.article("/tin-post1.html")
    for path in ("/tin-post1.html", "/robots.txt", "/sitemap.xml"):
        site.pages.clear()
        site.requests.clear()
        site.sitemap({"/tin-post1.html": None})
        site.pages[path] = (302, {"Location": f"http://{host}:{inside.port}/tin-post1.html"}, b"")
        crawl_source(describe(site), settings, clock=FakeClock())
        assert inside.requests == [] and path in site.paths()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x", "//127.0.0.1:1/"])
def test_a_listed_address_of_another_kind_is_not_followed(
    site: Site, settings: Settings, describe: Callable[..., Source], target: str
) -> None:
    listed = f"<url><loc>{target}</loc></url><sitemap><loc>{target}</loc></sitemap>"
    site.pages["/sitemap.xml"] = f"<urlset>{listed}</urlset>".encode()
    report = crawl_source(describe(site), settings, clock=FakeClock())
    assert report.found == 0 and set(site.paths()) <= {"/robots.txt", "/sitemap.xml"}
