"""No request leaves for a private address, whatever a name or a redirect says, and whenever it says it."""

from collections.abc import Callable

import pytest

from civic_etl.crawl import crawl_source
from civic_etl.crawl.guard import is_permitted
from civic_etl.settings import Settings
from civic_etl.sources import Source

from .conftest import FakeClock, Site


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_public(address: str) -> None:
    assert is_permitted(address, local=False) and is_permitted(address, local=True)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::"],
)
def test_private_only_where_declared(address: str) -> None:
    assert not is_permitted(address, local=False)
    assert is_permitted(address, local=True)


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "fe80::1%eth0",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "::",
        "224.0.0.1",
        "ff02::1",
        "::ffff:169.254.169.254",
        "rubbish",
        "",
    ],
)
def test_never(address: str) -> None:
    assert not is_permitted(address, local=True)


def named(site: Site, **more: object) -> Source:
    """A source known by a name, whose port is the site's."""
    return Source.model_validate(
        {
            "name": "xa-ha",
            "title": "Xã Hạ",
            "hosts": [f"xaha.example.vn:{site.port}"],
            "home": f"http://xaha.example.vn:{site.port}/",
            "level": "ward",
            "periods": [{"family": "epi", "index": {"kind": "sitemap", "url": "/sitemap.xml"}}],
            **more,
        }
    )


def test_a_name_that_leads_inside_is_refused(site: Site, settings: Settings) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    report = crawl_source(named(site), settings, clock=FakeClock(), resolver=resolver)
    assert site.requests == []
    assert "not a public address" in (report.paused or "")


def test_a_name_that_changes_its_mind_is_looked_at_every_time(site: Site, settings: Settings) -> None:
    """DNS rebinding: the address that was checked is the one that is connected to, request by request."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["169.254.169.254"]])
    asked: list[str] = []

    async def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers, ["169.254.169.254"])

    site.sitemap({})
    body = site.pages["/sitemap.xml"]
    assert isinstance(body, bytes)
    site.pages["/sitemap.xml"] = body.replace(
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        f"<urlset><url><loc>http://xaha.example.vn:{site.port}/tin-post1.html</loc></url>".encode(),
    )
    site.article("/tin-post1.html")
    report = crawl_source(named(site, local=True), settings, clock=FakeClock(), resolver=resolver)
    assert len(asked) == 3 and site.paths() == ["/robots.txt", "/sitemap.xml"]
    assert [item.outcome for item in report.outcomes] == ["failed"]
    assert "169.254.169.254" in (report.outcomes[0].reason or "")


def test_the_name_stays_in_the_host_header(site: Site, settings: Settings) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    crawl_source(named(site, local=True), settings, clock=FakeClock(), resolver=resolver)
    assert {headers["Host"] for _, headers in site.requests} == {f"xaha.example.vn:{site.port}"}


def test_a_redirect_inside_is_refused(
    site: Site, sites: Callable[[], Site], settings: Settings, describe: Callable[..., Source]
) -> None:
    secret = sites()
    site.pages["/tin-post1.html"] = (302, {"Location": f"{secret.base}/tin-post1.html"}, b"")
    site.sitemap({"/tin-post1.html": None})
    report = crawl_source(describe(site), settings, clock=FakeClock())
    assert secret.requests == [] and "off the allowed hosts" in (report.outcomes[0].reason or "")


def test_the_agent_is_honest_and_no_proxy_is_used(
    site: Site, settings: Settings, describe: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    crawl_source(describe(site), settings, clock=FakeClock())
    assert {headers["User-Agent"] for _, headers in site.requests} == {settings.user_agent}
    assert "https://" in settings.user_agent, "a contact that site owners can reach"
