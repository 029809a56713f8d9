"""Sample site B: a provincial newspaper as ePi CMS serves one."""

import json
import re
from itertools import groupby

from civic_etl.samples.app import BaseApp, dress
from civic_etl.samples.programme import Site
from civic_etl.samples.resources import RSS, XML, Query, Resource, redirect
from civic_etl.samples.stories import Story

PER_PAGE = 12
IN_FEED = 20
# This article was renamed: the sitemap and no other index still give its first address, and its id leads on.
RENAMED = 84443
RENAMED_FROM = "tin-vui-nhung-ngay-dau-nam"

_ARTICLE = re.compile(r"^/(?:.*-)?post-?(?P<number>\d+)\.html$")
_MONTH = re.compile(r"^/sitemaps/news-(?P<year>20\d\d)-(?P<month>[1-9]|1[0-2])\.xml$")

CATEGORIES = {"chinh-tri": "Chính trị", "doi-song": "Đời sống"}


class EpiApp(BaseApp):
    """Addresses `/slug-post123.html`, a sitemap a month back to the start, feeds by category, listings by twelves."""

    folder = "epi"
    media = "/Uploaded/"
    style = "/static/css/app.css"

    def __init__(self, site: Site, base: str, edition: int) -> None:
        super().__init__(site, base, edition)
        self._by_id = {story.entry.number: story for story in self.stories}
        by_month = groupby(self.stories, key=lambda story: (story.entry.published.year, story.entry.published.month))
        self._months = {month: tuple(group) for month, group in by_month}

    def address(self, story: Story) -> str:
        """`/phuong-an-hoa-...-post84232.html`."""
        return f"/{story.slug}-post{story.entry.number}.html"

    def listed(self, story: Story) -> str:
        """The address that the sitemap gives, which for a renamed article is the old one."""
        number = story.entry.number
        return f"/{RENAMED_FROM}-post{number}.html" if number == RENAMED else self.address(story)

    def get(self, path: str, query: Query) -> Resource:
        """The answer to a GET."""
        if path == self.site.secret:
            return self.page("secret.html")
        if article := _ARTICLE.match(path):
            return self._article(path, int(article["number"]))
        return self._machine(path) or self._listing(path, query) or self.upload(path) or self.missing()

    def _article(self, path: str, number: int) -> Resource:
        story = self._by_id.get(number)
        if story is None:
            return self.missing()
        if path != self.address(story):
            return redirect(self.base + self.address(story))
        body = self.render(
            "article.html",
            story=story,
            body=dress(story.body, self.media, _photo),
            category=_category(story),
            categories=CATEGORIES,
            related=self._related(story),
            json_ld=self._json_ld(story),
        )
        return Resource(body, modified=story.updated)

    def _json_ld(self, story: Story) -> str:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": self.base + self.address(story)},
            "headline": story.title,
            "datePublished": _stamp(story.entry.published.isoformat()),
            "dateModified": _stamp(story.updated.isoformat()),
            "author": {"@type": "Person", "name": story.author},
            "publisher": {"@type": "Organization", "name": self.site.title},
        }
        return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")

    def _related(self, story: Story) -> tuple[Story, ...]:
        place = story.entry.place
        return tuple(other for other in self.newest_first if other.entry.place == place and other is not story)[:3]

    def _machine(self, path: str) -> Resource | None:
        if path == "/robots.txt":
            return self.robots(also=("Disallow: /search/",), sitemap="/sitemap.xml")
        if path == "/sitemap.xml":
            return Resource(self.render("sitemap.xml", months=list(reversed(self._months))), XML)
        if path == "/sitemaps/categories.xml":
            return Resource(self.render("categories.xml", categories=CATEGORIES), XML)
        if month := _MONTH.match(path):
            key = (int(month["year"]), int(month["month"]))
            return self._month(key) if key in self._months else self.missing()
        if feed := re.match(r"^/rss/([a-z-]+)\.rss$", path):
            chosen = self._in_category("" if feed[1] == "home" else feed[1])
            return Resource(self.render("feed.xml", stories=chosen[:IN_FEED]), RSS) if chosen else self.missing()
        return None

    def _month(self, key: tuple[int, int]) -> Resource:
        newest = key == max(self._months)
        secret = self.site.secret if newest else ""
        return Resource(
            self.render("month.xml", stories=tuple(reversed(self._months[key])), listed=self.listed, secret=secret), XML
        )

    def _listing(self, path: str, query: Query) -> Resource | None:
        name = path.strip("/")
        if name and name not in CATEGORIES:
            return None
        number = query.get("page", "1")
        chosen = self._in_category(name)
        part = chosen[(int(number) - 1) * PER_PAGE :][:PER_PAGE] if number.isdigit() and number != "0" else ()
        if not part:
            return self.missing()
        last = -(-len(chosen) // PER_PAGE)
        return self.page("list.html", stories=part, path=path, number=int(number), last=last, categories=CATEGORIES)

    def _in_category(self, name: str) -> tuple[Story, ...]:
        return tuple(story for story in self.newest_first if not name or _category(story)[0] == name)


def _category(story: Story) -> tuple[str, str]:
    name = "doi-song" if story.entry.is_noise else "chinh-tri"
    return name, CATEGORIES[name]


def _photo(match: re.Match[str]) -> str:
    return (
        f'<figure class="article__image picture"><img cms-photo-caption="{match["caption"]}" src="{match["src"]}" '
        f'alt=""><figcaption>{match["caption"]}</figcaption></figure>'
    )


def _stamp(moment: str) -> str:
    """ePi writes the zone without a colon: `+0700`."""
    return moment[:-3] + moment[-2:] if moment[-3] == ":" else moment
