"""The title of an article, without the site's name."""

import re

from selectolax.lexbor import LexborHTMLParser

from civic_etl.parse.metadata import Metadata
from civic_etl.parse.tidy import tidy
from civic_etl.vietnamese.fold import fold

_PARTS = re.compile(r"\s+(?:[|»•·]|[-–—])\s+")


def title_of(found: str, meta: Metadata, tree: LexborHTMLParser) -> str:
    """What the selectors found, else the h1 that <title> agrees with, JSON-LD, Open Graph, <title> without its tail."""
    if found:
        return found
    stated = meta.ld_text("headline") or meta.meta.get("og:title", "") or meta.meta.get("twitter:title", "")
    node = tree.css_first("title")
    whole = tidy(node.text()) if node is not None else ""
    for heading in tree.css("h1")[:4]:
        text = tidy(heading.text())
        if text and (fold(text) in fold(whole) or fold(text) in fold(stated)):
            return text
    return without_site(stated or whole, meta.meta.get("og:site_name", ""))


def without_site(title: str, site: str) -> str:
    """A <title> without the name of the site at its end or beginning."""
    parts = _PARTS.split(title)
    if len(parts) < 2:
        return title
    if site and fold(parts[-1]) == fold(site):
        return title[: title.rfind(parts[-1])].rstrip(" |»•·-–—")
    if site and fold(parts[0]) == fold(site):
        return title[len(parts[0]) :].lstrip(" |»•·-–—")
    words = [len(part.split()) for part in parts]
    if words[0] >= 5 and words[0] > words[-1]:
        return title[: title.rfind(parts[-1])].rstrip(" |»•·-–—")
    return title
