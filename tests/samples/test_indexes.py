"""Sitemaps, feeds, listings and the REST API: each must lead to the articles, and say the same of them."""

import re
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

import feedparser
import httpx
from bs4 import BeautifulSoup
from lxml import etree  # type: ignore[import-untyped]

from civic_etl.samples import SampleServer
from civic_etl.samples.programme import sites
from civic_etl.samples.stories import stories
from civic_etl.samples.wordpress import DELETED

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(client: httpx.Client, url: str) -> list[str]:
    """All page addresses below a sitemap or an index of sitemaps."""
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/xml")
    root = etree.fromstring(answer.content)
    found = [str(node.text) for node in root.iterfind(".//s:loc", NAMESPACE)]
    if etree.QName(root).localname == "sitemapindex":
        return [page for child in found for page in locations(client, child)]
    for stamp in root.iterfind(".//s:lastmod", NAMESPACE):
        assert datetime.fromisoformat(str(stamp.text)).tzinfo is not None
    return found


def addresses(samples: SampleServer, key: str) -> set[str]:
    return {row["url"] for row in samples.expected_observations() if row["site"] == key}


def walk(client: httpx.Client, url: str, links: str, onward: str) -> Iterable[str]:
    """The links of a listing and of all its further pages."""
    following: str | None = url
    while following:
        page = BeautifulSoup(client.get(following).text, "lxml")
        yield from (str(link["href"]) for link in page.select(links))
        step = page.select_one(onward)
        following = urljoin(following, str(step["href"])) if step else None


def test_wordpress_sitemap_holds_every_article_and_one_dead_one(samples: SampleServer, client: httpx.Client) -> None:
    base = samples.bases["tuyen-quang"]
    found = locations(client, f"{base}/wp-sitemap.xml")
    assert addresses(samples, "tuyen-quang") <= set(found)
    assert len(found) == len(set(found))
    dead = [url for url in found if client.get(url).status_code == 404]
    assert dead == [base + DELETED]
    assert client.get(f"{base}/sitemap.xml").headers["Location"] == f"{base}/wp-sitemap.xml"


def test_epi_sitemap_gives_one_moved_address_and_one_forbidden_page(
    samples: SampleServer, client: httpx.Client
) -> None:
    base = samples.bases["dong-thap"]
    index = client.get(f"{base}/sitemap.xml").text
    months = re.findall(r"/sitemaps/news-(\d{4})-(\d{1,2})\.xml", index)
    assert months
    assert not any(month.startswith("0") for _, month in months)
    found = locations(client, f"{base}/sitemap.xml")
    missing = addresses(samples, "dong-thap") - set(found)
    moved = [url for url in found if "-post" in url and client.get(url).status_code == 301]
    assert {client.get(url).headers["Location"] for url in moved} == missing
    assert len(missing) == 1
    assert base + sites()["dong-thap"].secret in found


def test_feeds_parse_and_lead_to_articles(samples: SampleServer, client: httpx.Client) -> None:
    feeds = (("tuyen-quang", "/feed/"), ("tuyen-quang", "/feed/?paged=2"), ("dong-thap", "/rss/home.rss"))
    for key, path in feeds:
        feed = feedparser.parse(client.get(samples.bases[key] + path).content)
        assert not feed.bozo
        assert len(feed.entries) >= 10
        by_title = {story.title: story for story in stories(key)}
        for entry in feed.entries:
            published = by_title[entry.title].entry.published
            assert tuple(entry.published_parsed)[:5] == published.utctimetuple()[:5]
            assert client.get(entry.link).status_code == 200
    assert client.get(samples.bases["tuyen-quang"] + "/feed/?paged=50").status_code == 404


def test_listings_lead_to_every_article(samples: SampleServer, client: httpx.Client) -> None:
    portal, paper = samples.bases["tuyen-quang"], samples.bases["dong-thap"]
    listed = set(walk(client, f"{portal}/", "h2.entry-title a", "a.next"))
    assert addresses(samples, "tuyen-quang") <= listed
    listed = set(walk(client, f"{paper}/chinh-tri/", "article.story a.cms-link", "a.page__next"))
    assert addresses(samples, "dong-thap") <= listed


def test_date_archives_hold_their_month(samples: SampleServer, client: httpx.Client) -> None:
    base = samples.bases["tuyen-quang"]
    month = [story for story in stories("tuyen-quang") if f"{story.entry.published:%Y-%m}" == "2021-01"]
    listed = list(walk(client, f"{base}/2021/01/", "h2.entry-title a", "a.next"))
    assert sorted(listed) == sorted(f"{base}/{story.slug}/" for story in month)


def test_rest_posts_page_and_filter(samples: SampleServer, client: httpx.Client) -> None:
    api = samples.bases["tuyen-quang"] + "/wp-json/wp/v2/posts"
    everything = stories("tuyen-quang")
    ids: list[int] = []
    pages = int(client.get(api, params={"per_page": 20}).headers["X-WP-TotalPages"])
    for number in range(1, pages + 1):
        ids += [post["id"] for post in client.get(api, params={"per_page": 20, "page": number}).json()]
    assert ids == [story.entry.number for story in reversed(everything)]
    beyond = client.get(api, params={"per_page": 20, "page": pages + 1})
    assert (beyond.status_code, beyond.json()["code"]) == (400, "rest_post_invalid_page_number")
    assert client.get(api, params={"after": "someday"}).status_code == 400
    window = {
        "after": "2020-12-31T23:59:59",
        "before": "2021-02-01T00:00:00",
        "order": "asc",
        "_fields": "id,date,link",
    }
    posts = client.get(api, params=window).json()
    wanted = [story for story in everything if f"{story.entry.published:%Y-%m}" == "2021-01"]
    assert [post["id"] for post in posts] == [story.entry.number for story in wanted]
    assert set(posts[0]) == {"id", "date", "link"}
    assert client.get(posts[0]["link"]).status_code == 200
    single = client.get(f"{api}/{ids[0]}").json()
    assert single["title"]["rendered"] in client.get(single["link"]).text
    assert client.get(f"{api}/1").status_code == 404
