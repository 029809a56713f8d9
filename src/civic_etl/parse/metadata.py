"""What a page says of itself for machines: meta tags and JSON-LD."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from civic_etl.parse.tidy import tidy

_ARTICLES = frozenset({"newsarticle", "article", "blogposting", "reportagenewsarticle", "webpage", "report"})
# A block of JSON-LD beyond this is a catalogue or an attack.
_LONGEST_JSON = 200_000
_BREAK = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """`meta` by name, property or itemprop in lower case (the first of each); `ld` is the article's JSON-LD node."""

    meta: dict[str, str] = field(default_factory=dict)
    ld: dict[str, Any] = field(default_factory=dict)
    crumbs: tuple[str, ...] = ()
    canonical: str | None = None
    language: str | None = None

    def ld_text(self, name: str) -> str:
        """A text of the JSON-LD node; empty where it has none."""
        value = self.ld.get(name)
        return tidy(unescape(value)) if isinstance(value, str) else ""

    @property
    def author(self) -> str:
        """The author's name in JSON-LD or meta; empty where there is none."""
        value = self.ld.get("author")
        people = value if isinstance(value, list) else [value]
        names = [person.get("name") if isinstance(person, dict) else person for person in people]
        joined = ", ".join(tidy(unescape(name)) for name in names if isinstance(name, str) and name.strip())
        return joined or self.meta.get("author", "") or self.meta.get("article:author", "")


def read_metadata(tree: LexborHTMLParser) -> Metadata:
    """The machine-readable part of a page; what is malformed in it is left out."""
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            meta.setdefault(name.strip().lower(), tidy(unescape(content)))
    link = tree.css_first("link[rel=canonical]")
    html = tree.css_first("html")
    nodes = list(_ld_nodes(tree))
    return Metadata(
        meta=meta,
        ld=next((node for node in nodes if _kinds(node) & _ARTICLES and _is_dated(node)), {}),
        crumbs=next((_crumbs(node) for node in nodes if "breadcrumblist" in _kinds(node)), ()),
        canonical=(link.attributes.get("href") or None) if link is not None else None,
        language=_language(html.attributes.get("lang") if html is not None else None),
    )


def _ld_nodes(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for script in tree.css("script[type='application/ld+json']"):
        text = script.text()
        if not text or len(text) > _LONGEST_JSON:
            continue
        try:
            found = json.loads(_BREAK.sub(" ", text), strict=False)
        except (ValueError, RecursionError):
            continue
        queue = found if isinstance(found, list) else [found]
        for node in queue:
            if isinstance(node, dict):
                graph = node.get("@graph")
                yield from (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else (node,)


def _kinds(node: dict[str, Any]) -> set[str]:
    kind = node.get("@type")
    return {str(part).lower() for part in (kind if isinstance(kind, list) else [kind])}


def _is_dated(node: dict[str, Any]) -> bool:
    return isinstance(node.get("datePublished"), str) or isinstance(node.get("headline"), str)


def _crumbs(node: dict[str, Any]) -> tuple[str, ...]:
    items = node.get("itemListElement")
    if not isinstance(items, list):
        return ()
    names = [_crumb_name(item) for item in items if isinstance(item, dict)]
    return tuple(tidy(unescape(name)) for name in names if name)


def _crumb_name(item: dict[str, Any]) -> str:
    inner = item.get("item")
    name = item.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
    return name if isinstance(name, str) else ""


def _language(value: str | None) -> str | None:
    code = (value or "").strip().lower().partition("-")[0].partition("_")[0]
    return code if code.isalpha() and len(code) in (2, 3) else None
