"""What a CMS family is: how its addresses and pages look, and how it lists its articles."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

# Longer ones are traps (calendars, endless sessions), and patterns are not to be run over them.
LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """How far an address and a page speak for a family: 0 (not at all) to 1 and above, and the marks that said so.

    `page_score` is the part that the page itself gave; 0 without a page.
    """

    family: str
    score: float
    marks: tuple[str, ...]
    page_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern with its weight. Address patterns are matched against `//host/path?query`, page patterns against HTML.

    0.9 settles it alone; below 0.3 it only counts together with something else, such as a known host.
    """

    pattern: str
    weight: float
    label: str

    def found_in(self, text: str) -> bool:
        """Whether the pattern occurs."""
        return re.search(self.pattern, text) is not None


@dataclass(frozen=True, slots=True)
class Family:
    """One CMS family. Page-body selectors are not here: parsing knows them by the same family name.

    `articles` and `not_articles` tell article addresses from listings; `id_params` are the query parameters that name
    an article (a trailing `*` is a prefix; None keeps all); `paging` is the address of listing page {n} (or {n0},
    counted from zero) relative to the listing, None where pages are only reached through a "next" link.
    """

    name: str
    title: str
    urls: tuple[Shape, ...] = ()
    marks: tuple[Shape, ...] = ()
    articles: tuple[str, ...] = ()
    not_articles: tuple[str, ...] = ()
    id_params: tuple[str, ...] | None = ()
    paging: str | None = None
    feed_paging: str | None = None
    indexes: tuple[tuple[str, str], ...] = ()
    sitemap_skip: str | None = None
    # Whether a sitemap's lastmod is the time of publication (so that it can close a span), not of the last edit.
    lastmod_is_published: bool = False
    baseline: float = field(default=0.0)

    def recognise(self, url: str, html: str | None = None) -> Evidence:
        """Weigh an address and, if given, its page."""
        address = address_of(url)
        shapes = [shape for shape in self.urls if shape.found_in(address)]
        marks = [mark for mark in self.marks if mark.found_in(html)] if html else []
        from_url = max((shape.weight for shape in shapes), default=0.0)
        from_page = sum(mark.weight for mark in marks)
        labels = tuple(f"url: {shape.label}" for shape in shapes) + tuple(f"page: {mark.label}" for mark in marks)
        return Evidence(self.name, max(from_url + from_page, self.baseline), labels, from_page)

    def is_article(self, url: str, extra: tuple[str, ...] = ()) -> bool:
        """Whether the address looks like an article of this family, or fits one of the `extra` patterns."""
        address = address_of(url)
        if len(address) > LONGEST_ADDRESS:
            return False
        if any(re.search(pattern, address) for pattern in extra):
            return True
        if any(re.search(pattern, address) for pattern in (*self.not_articles, *NEVER_ARTICLES)):
            return False
        return any(re.search(pattern, address) for pattern in self.articles)


def address_of(url: str) -> str:
    """`//host/path?query`: what address patterns are matched against."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"//{(parts.netloc or '').lower()}{parts.path or '/'}{query}"


# Files, feeds and machine doors; no family has its articles there.
NEVER_ARTICLES = (
    r"(?i)\.(jpe?g|png|gif|webp|svg|ico|css|js|pdf|docx?|xlsx?|pptx?|zip|rar|mp[34]|m4a|avi|wmv|flv|xml|json|rss|gz)(\?|$)",
    r"(?i)/(feed|rss|wp-json|wp-admin|wp-login\.php|xmlrpc\.php)(/|\?|$)",
)
