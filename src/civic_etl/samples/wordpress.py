"""Sample site A: a city portal as WordPress serves one."""

import re

from civic_etl.samples.app import BaseApp, dress
from civic_etl.samples.programme import Site
from civic_etl.samples.resources import RSS, XML, Query, Resource, redirect
from civic_etl.samples.stories import Story
from civic_etl.samples.wordpress_rest import PostsApi, json_resource, rest_error

PER_PAGE = 10
PER_SITEMAP = 25
BLOCK_EDITOR_SINCE = 2020
# Deleted long ago, but a stale sitemap still lists it.
DELETED = "/thong-bao-hoan-le-hoi-dua-thuyen-tren-song-lo/"
# A static page of the site; it holds no article.
ABOUT = "/gioi-thieu/"

_PAGED = re.compile(r"^(?P<stem>/(?:.*/)?)page/(?P<number>[1-9]\d{0,3})/$")
_DATED = re.compile(r"^/(?P<year>20\d\d)/(?:(?P<month>[01]\d)/)?(?:(?P<day>[0-3]\d)/)?$")
_CHILD = re.compile(r"^/wp-sitemap-posts-post-(?P<number>[1-9]\d*)\.xml$")


class WordPressApp(BaseApp):
    """Permalinks `/slug/`, listings by tens, date archives, feeds, REST posts and the sitemaps of WordPress core."""

    folder = "wordpress"
    media = "/wp-content/uploads/"
    style = "/wp-content/themes/congthong/style.css"

    def __init__(self, site: Site, base: str, edition: int) -> None:
        super().__init__(site, base, edition)
        self._by_path = {self.address(story): story for story in self.stories}
        self._by_id = {story.entry.number: story for story in self.stories}
        self._api = PostsApi(self.newest_first, lambda story: base + self.address(story), self.body)

    def address(self, story: Story) -> str:
        """`/phuong-y-la-.../`."""
        return f"/{story.slug}/"

    def get(self, path: str, query: Query) -> Resource:
        """The answer to a GET."""
        if path == "/" and query.get("p", "").isdigit():
            story = self._by_id.get(int(query["p"]))
            return redirect(self.base + self.address(story)) if story else self.missing()
        if path in self._by_path:
            return self._single(self._by_path[path])
        return self._machine(path, query) or self._listing(path) or self.upload(path) or self._else(path)

    def _single(self, story: Story) -> Resource:
        body = self.render("single.html", story=story, body=self.body(story), category=_category(story))
        return Resource(body, modified=story.updated)

    def body(self, story: Story) -> str:
        """Lead and body as the editor of those years saved them."""
        blocks = story.entry.published.year >= BLOCK_EDITOR_SINCE
        opening = f"<p><strong>{story.lead}</strong></p>\n"
        closing = f'\n<p style="text-align: right;"><strong>{story.author}</strong></p>'
        return opening + dress(story.body, self.media, _block_photo if blocks else _classic_photo) + closing

    def _machine(self, path: str, query: Query) -> Resource | None:
        if path == "/robots.txt":
            also = ("Disallow: /wp-admin/", "Allow: /wp-admin/admin-ajax.php")
            return self.robots(also=also, sitemap="/wp-sitemap.xml")
        if path == "/sitemap.xml":
            return redirect(f"{self.base}/wp-sitemap.xml")
        if path in ("/wp-sitemap.xml", "/wp-sitemap-posts-page-1.xml", "/wp-sitemap-taxonomies-category-1.xml"):
            return Resource(self.render(path.strip("/"), children=-(-len(self.stories) // PER_SITEMAP)), XML)
        if child := _CHILD.match(path):
            return self._sitemap(int(child["number"]))
        if path == "/feed/":
            return self._feed(int(query.get("paged", "1")) if query.get("paged", "1").isdigit() else 1)
        if path == "/wp-json/":
            return json_resource({"name": self.site.title, "url": self.base, "namespaces": ["wp/v2"]})
        if path.rstrip("/") == "/wp-json/wp/v2/posts":
            return self._api.posts(query)
        if match := re.match(r"^/wp-json/wp/v2/posts/(\d+)/?$", path):
            story = self._by_id.get(int(match[1]))
            return json_resource(self._api.post(story)) if story else rest_error(404, "rest_post_invalid_id")
        return None

    def _sitemap(self, number: int) -> Resource:
        part = self.stories[(number - 1) * PER_SITEMAP : number * PER_SITEMAP]
        if not part:
            return self.missing()
        deleted = DELETED if number == 1 else ""
        return Resource(self.render("wp-sitemap-posts-post.xml", stories=part, deleted=deleted), XML)

    def _feed(self, number: int) -> Resource:
        part = _slice(self.newest_first, number)
        if not part:
            return self.missing()
        modified = max(story.updated for story in part)
        body = self.render("feed.xml", stories=part, body=self.body, category=_category)
        return Resource(body, RSS, modified=modified)

    def _listing(self, path: str) -> Resource | None:
        paged = _PAGED.match(path)
        stem, number = (paged["stem"], int(paged["number"])) if paged else (path, 1)
        chosen = self._archive(stem)
        if chosen is None:
            return None
        part = _slice(chosen, number)
        if not part:
            return self.missing()
        last = -(-len(chosen) // PER_PAGE)
        return self.page("list.html", stories=part, stem=stem, number=number, last=last, about=ABOUT)

    def _archive(self, stem: str) -> tuple[Story, ...] | None:
        if stem == "/":
            return self.newest_first
        if category := re.match(r"^/category/([a-z-]+)/$", stem):
            chosen = tuple(story for story in self.newest_first if _category(story)[0] == category[1])
            return chosen or None
        if not (dated := _DATED.match(stem)):
            return None
        wanted = [int(part) for part in dated.groups() if part]
        return tuple(story for story in self.newest_first if _day(story)[: len(wanted)] == wanted)

    def _else(self, path: str) -> Resource:
        if path == self.site.secret:
            return self.page("secret.html")
        if path == ABOUT:
            return self.page("about.html", moved=f"/tin-tuc{self.address(self.stories[3])}")
        # WordPress guesses: an old address that ends in the slug of a post is sent on to it.
        guess = f"/{path.rstrip('/').rpartition('/')[2]}/"
        return redirect(self.base + guess) if guess in self._by_path else self.missing()


def _category(story: Story) -> tuple[str, str]:
    return ("thong-bao", "Thông báo - Đời sống") if story.entry.is_noise else ("tin-tuc", "Tin tức - Sự kiện")


def _block_photo(match: re.Match[str]) -> str:
    return (
        f'<figure class="wp-block-image size-large"><img src="{match["src"]}" alt=""/>'
        f'<figcaption class="wp-element-caption">{match["caption"]}</figcaption></figure>'
    )


def _classic_photo(match: re.Match[str]) -> str:
    return (
        f'<div class="wp-caption aligncenter"><img class="size-full" src="{match["src"]}" alt=""/>'
        f'<p class="wp-caption-text">{match["caption"]}</p></div>'
    )


def _slice(stories: tuple[Story, ...], number: int) -> tuple[Story, ...]:
    return stories[(number - 1) * PER_PAGE : number * PER_PAGE]


def _day(story: Story) -> list[int]:
    day = story.entry.published.date()
    return [day.year, day.month, day.day]
