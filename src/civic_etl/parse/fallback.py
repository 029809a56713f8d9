"""The generic reader for pages of no known system: trafilatura finds the body, our own rules take furniture out."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from lxml import etree  # type: ignore[import-untyped, unused-ignore]
from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction

from civic_etl.parse.blocks import Block, Kind
from civic_etl.parse.compose import Prose, compose, letters
from civic_etl.parse.date_lines import date_lines, generic_data
from civic_etl.parse.family import Reading, section_names
from civic_etl.parse.tidy import tidy
from civic_etl.parse.visible import find_dates

# trafilatura walks the tree several times; beyond this it is a page made to cost time.
_MOST_TAGS = 60_000
_KINDS: dict[str, Kind] = {"head": "heading", "item": "item", "row": "row"}
_NESTING = frozenset({"body", "list", "table", "div", "quote", "item"})
_INLINE = frozenset({"hi", "ref", "del", "lb", "graphic"})
_LEAST_ANCHOR = 12
_SHORTEST_LEAD, _LONGEST_LEAD = 8, 150
_LEAST_LIST, _LIST_SHARE = 6, 0.4
_DATE_WORDS = 7
_LEAST_TEXT, _LEAST_LINE = 90, 45
_PUNCTUATION = re.compile(r"[.,;:!?…。，]")
_DATED_TAIL = re.compile(r"\s*\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\)?$")
_BREAKS = re.compile(r"[\r\n]+")


def read_generic(
    tree: LexborHTMLParser, html: str, url: str, title: str = "", fetched_at: datetime | None = None
) -> Reading | None:
    """The article that trafilatura finds, or None. Takes scripts out of the tree."""
    if html.count("<") > _MOST_TAGS:
        return None
    # not the page as it came: lxml stops at the first </html>, and some systems write it early
    found: Any = bare_extraction(
        tree.html or html,
        url=url,
        with_metadata=False,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
    )
    body = getattr(found, "body", None)
    if body is None:
        return None
    captions = frozenset(_texts(tree, "captions"))
    prose = compose(_without_lists(_Reader(_anchors(tree), captions).read(body)), "", title)
    if not _is_prose(prose.text):
        return None
    prose = _with_lead(tree, prose)
    crumbs = section_names(tree, tuple(generic_data()["breadcrumbs"]))
    return Reading("", prose, prose.byline, crumbs, date_lines(tree, title, fetched_at) if fetched_at else [])


def _is_prose(text: str) -> bool:
    """At least one line of some length that has punctuation, and some text around it; menus have neither."""
    long = (line for line in text.split("\n") if len(line) >= _LEAST_LINE)
    return len(text) >= _LEAST_TEXT and any(_PUNCTUATION.search(line) for line in long)


def _without_lists(blocks: list[Block]) -> list[Block]:
    """Cut where lists of other articles begin: from there on most blocks are links, or bare dates."""
    kept = [block for block in blocks if not _is_date(block)]
    links = 0
    cut = len(kept)
    for at in range(len(kept) - 1, -1, -1):
        links += kept[at].linked > 0.9
        size = len(kept) - at
        if kept[at].linked > 0.9 and size >= _LEAST_LIST and links >= size * _LIST_SHARE:
            cut = at
    return kept[:cut]


def _is_date(block: Block) -> bool:
    return block.kind != "row" and len(block.text.split()) <= _DATE_WORDS and bool(find_dates(block.text))


def _with_lead(tree: LexborHTMLParser, prose: Prose) -> Prose:
    """A lead that the page sets apart, and that trafilatura left out, belongs to the text."""
    whole = letters(prose.text)
    for lead in _texts(tree, "leads"):
        if _SHORTEST_LEAD <= len(lead.split()) <= _LONGEST_LEAD:
            inside = letters(lead) in whole
            text = prose.text if inside else f"{lead}\n\n{prose.text}"
            return replace(prose, text=text, lead=lead)
    return prose


def _texts(tree: LexborHTMLParser, name: str) -> list[str]:
    nodes = (node for css in generic_data()[name] for node in tree.css(css)[:40])
    return [text for node in nodes if (text := tidy(node.text()))]


def _anchors(tree: LexborHTMLParser) -> frozenset[str]:
    """The texts of the links of a page, for trafilatura's tree is asked for without them: it finds less with them."""
    texts = (tidy(node.text()) for node in tree.css("a[href]"))
    return frozenset(text for text in texts if len(text) >= _LEAST_ANCHOR)


class _Reader:
    """The blocks of trafilatura's tree, in its order; text between blocks is a block of its own."""

    def __init__(self, anchors: frozenset[str], captions: frozenset[str]) -> None:
        self._anchors = anchors
        self._captions = captions
        self._blocks: list[Block] = []
        self._groups = 0

    def read(self, body: etree._Element) -> list[Block]:
        self._walk(body, 0)
        return self._blocks

    def _walk(self, element: etree._Element, group: int) -> None:
        name = element.tag
        if name in ("list", "table"):
            self._groups += 1
            group = self._groups
        if name == "item" and element.find(".//list") is None:
            self._add("item", f"- {_lines(element)}" if _lines(element) else "", group)
            return
        if name == "row":
            cells = [tidy("".join(cell.itertext())) for cell in element.iter("cell")]
            self._add("row", " | ".join([cells[0] or "-", *cells[1:]]) if any(cells) else "", group)
            return
        if name not in _NESTING or (name == "quote" and element.find("p") is None):
            self._add(_KINDS.get(str(name), "paragraph"), _lines(element), 0, _strong(element))
            return
        kind: Kind = "item" if name == "item" else "paragraph"
        loose = [_BREAKS.sub(" ", element.text or "")]
        for child in element:
            if child.tag in _INLINE:
                loose.append("\n" if child.tag == "lb" else _lines(child))
            else:
                self._flush(kind, loose, group)
                self._walk(child, group)
            loose.append(_BREAKS.sub(" ", child.tail or ""))
        self._flush(kind, loose, group)

    def _flush(self, kind: Kind, loose: list[str], group: int) -> None:
        """Text that stands between blocks is one of its own, whatever it is called."""
        text = "\n".join(filter(None, map(tidy, "".join(loose).split("\n"))))
        loose.clear()
        if text:
            self._blocks.append(Block(kind, text, group))

    def _add(self, kind: Kind, text: str, group: int, strong: float = 0.0) -> None:
        if text in self._captions:
            kind = "caption"
        if text:
            linked = 1.0 if _DATED_TAIL.sub("", text.removeprefix("- ")) in self._anchors else 0.0
            self._blocks.append(Block(kind, text, group, strong=strong, linked=linked))


def _lines(element: etree._Element) -> str:
    parts: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            parts.append("\n" if node.tag == "lb" else _BREAKS.sub(" ", node.text or ""))
        elif node is not element:
            parts.append(_BREAKS.sub(" ", node.tail or ""))
    return "\n".join(filter(None, map(tidy, "".join(parts).split("\n"))))


def _strong(element: etree._Element) -> float:
    whole = len("".join(element.itertext()).strip())
    bold = sum(len("".join(part.itertext())) for part in element.iter("hi") if "#b" in str(part.get("rend")))
    return min(bold / max(whole, 1), 1.0)
