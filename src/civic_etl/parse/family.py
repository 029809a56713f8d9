"""Read a page by the selectors of its family: lexbor finds the article's subtree, beautifulsoup4 reads that part."""

from dataclasses import dataclass, field
from html import unescape

from bs4 import BeautifulSoup, Tag
from selectolax.lexbor import LexborHTMLParser, LexborNode

from civic_etl.errors import ParseError
from civic_etl.parse.blocks import read_blocks
from civic_etl.parse.byline import author_name, furniture
from civic_etl.parse.compose import Prose, compose
from civic_etl.parse.dating import Witness, witnesses_of
from civic_etl.parse.rules import Variant
from civic_etl.parse.tidy import tidy
from civic_etl.vietnamese.fold import fold

_MOST_BODIES = 40
# A long table of a plan has some ten thousand; beautifulsoup4 takes 20 microseconds for each.
_MOST_TAGS = 80_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What the selectors of one theme found."""

    title: str
    prose: Prose
    author: str = ""
    breadcrumbs: tuple[str, ...] = ()
    published: list[Witness] = field(default_factory=list)
    updated: list[Witness] = field(default_factory=list)
    font: str | None = None


def is_marked(tree: LexborHTMLParser, variant: Variant) -> bool:
    """Whether the page bears the marks of a theme that no other system has."""
    return any(tree.css_first(css) is not None for css in variant.marks)


def read_family(tree: LexborHTMLParser, variant: Variant) -> Reading | None:
    """The article that a theme's selectors find, or None where they find no body. Takes the tree apart."""
    bodies = _bodies(tree, variant)
    if not bodies:
        return None
    title = first_text(tree, variant.title)
    published = witnesses_of(tree, variant.published)
    updated = witnesses_of(tree, variant.updated)
    author = next(
        (name for css in variant.author for node in tree.css(css)[:3] if (name := author_name(node.text()))), ""
    )
    breadcrumbs = section_names(tree, variant.breadcrumbs)
    lead = _first(tree, variant.lead)
    lead_html = lead.html or "" if lead is not None else ""
    if lead is not None:
        lead.decompose()
    captions: list[str] = []
    bylines: list[str] = []
    for body in bodies:
        _take_out(body, variant.drop)
        captions += _take_out(body, variant.captions)
        bylines += _take_out(body, variant.byline)
    parts = [lead_html, *(body.html or "" for body in bodies)]
    if sum(part.count("<") for part in parts) > _MOST_TAGS:
        raise ParseError(f"the article holds more than {_MOST_TAGS} tags")
    lead_tag, *body_tags = _soup(parts)
    lead_text = " ".join(block.text.replace("\n", " ") for block in read_blocks(lead_tag)[0])
    read = [read_blocks(tag) for tag in body_tags]
    blocks = [block for found, _ in read for block in found]
    prose = compose(blocks, lead_text, title)
    prose = Prose(prose.text, prose.lead, tuple(dict.fromkeys((*captions, *prose.captions))), prose.byline)
    signed = prose.byline or next(filter(None, map(author_name, bylines)), "")
    author = signed or author if variant.signature_first else author or signed
    font = next((name for _, name in read if name), None)
    return Reading(title, prose, author, breadcrumbs, published, updated, font)


def first_text(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> str:
    """The text of the first element that has any, by the first selector that finds one."""
    for css in selectors:
        for node in tree.css(css)[:3]:
            text = tidy(unescape(node.text()))
            if text:
                return text
    return ""


def _first(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> LexborNode | None:
    found = (tree.css_first(css) for css in selectors)
    return next((node for node in found if node is not None and node.text().strip()), None)


def _bodies(tree: LexborHTMLParser, variant: Variant) -> list[LexborNode]:
    for css in variant.body:
        found = [node for node in tree.css(css)[:_MOST_BODIES] if node.text().strip()]
        if found:
            return found if variant.join else [max(found, key=lambda node: len(node.text()))]
    return []


def section_names(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> tuple[str, ...]:
    """The names in a line of breadcrumbs, without the home page."""
    for css in selectors:
        texts = [tidy(node.text()) for node in tree.css(css)[:12]]
        if any(texts):
            crumbs = [text.strip("/>»› ") for text in texts]
            return tuple(dict.fromkeys(text for text in crumbs if not furniture()["home"].fullmatch(fold(text))))
    return ()


def _take_out(body: LexborNode, selectors: tuple[str, ...]) -> list[str]:
    """Remove what the selectors find, and give its texts."""
    texts = []
    if selectors:
        for node in body.css(", ".join(selectors)):
            if node.parent is None or node.mem_id == body.mem_id:
                continue
            texts.append(tidy(node.text()))
            node.decompose()
    return list(filter(None, texts))


def _soup(parts: list[str]) -> list[Tag]:
    """Each part as a tag of its own, all parsed at once."""
    soup = BeautifulSoup("".join(f"<section>{part}</section>" for part in parts), "lxml")
    body = soup.body
    sections = [child for child in body.children if isinstance(child, Tag)] if body is not None else []
    empty = soup.new_tag("section")
    return (sections + [empty] * len(parts))[: len(parts)]
