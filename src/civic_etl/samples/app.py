"""What both sample sites share: their stories by address, attachments, robots.txt and the page behind its fence."""

import re
from collections.abc import Callable
from typing import Any

from civic_etl.samples.places import DATA
from civic_etl.samples.programme import Site
from civic_etl.samples.resources import CSS, HTML, TEXT, Resource, pdf, png
from civic_etl.samples.stories import Story, environment, stories

_PHOTO = re.compile(
    r'<figure class="photo"><img src="(?P<src>[^"]*)" alt="[^"]*">'
    r"<figcaption>(?P<caption>.*?)</figcaption></figure>"
)
_MEDIA = re.compile(r'(?:src|href)="(/media/[^"]+)"')


class BaseApp:
    """A site at `base` (`http://127.0.0.1:4711`, no closing slash) in one edition.

    A family says how stories are addressed and dressed; `media` is the folder its uploads lie in, `style` the address
    of its style sheet.
    """

    folder: str
    media: str
    style: str

    def __init__(self, site: Site, base: str, edition: int) -> None:
        self.site = site
        self.base = base
        self.stories = stories(site.key, edition)
        self.newest_first = tuple(reversed(self.stories))
        self.uploads = self._collect_uploads()

    def address(self, story: Story) -> str:
        """The path of a story."""
        raise NotImplementedError

    def render(self, template: str, **words: Any) -> bytes:
        """A template of the family's folder, filled in."""
        context = {"site": self.site, "base": self.base, "address": self.address, "newest": self.newest_first[:5]}
        return environment().get_template(f"{self.folder}/{template}.j2").render(context | words).encode()

    def page(self, template: str, *, status: int = 200, **words: Any) -> Resource:
        """An HTML page."""
        return Resource(self.render(template, **words), HTML, status=status)

    def missing(self) -> Resource:
        """The 404 page."""
        return self.page("missing.html", status=404)

    def robots(self, *, also: tuple[str, ...], sitemap: str) -> Resource:
        """robots.txt: the fenced folder, the family's own lines, a delay in seconds, and the sitemap."""
        lines = ["User-agent: *", *also, f"Disallow: {self.site.forbidden}", f"Crawl-delay: {self.site.crawl_delay}"]
        return Resource(("\n".join([*lines, "", f"Sitemap: {self.base}{sitemap}"]) + "\n").encode(), TEXT)

    def upload(self, path: str) -> Resource | None:
        """A picture or attachment that some story points to, or the style sheet."""
        if path == self.style:
            return Resource((DATA / "style.css").read_bytes(), CSS)
        if path not in self.uploads:
            return None
        if path.endswith(".pdf"):
            return Resource(pdf(), "application/pdf")
        return Resource(png(self.uploads[path]), "image/png")

    def _collect_uploads(self) -> dict[str, int]:
        found = ((path, story) for story in self.stories for path in _MEDIA.findall(story.body))
        return {path.replace("/media/", self.media, 1): story.entry.number for path, story in found}


def dress(body: str, media: str, photo: Callable[[re.Match[str]], str]) -> str:
    """A story's neutral marks in a family's own: `photo` gets a match with groups `src` and `caption`."""
    return _PHOTO.sub(photo, body).replace("/media/", media)
