"""The generic reader for pages of no known system: trafilatura finds the body, our own rules take furniture out."""

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped, unused-ignore]
from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction

from civic_etl.parse.blocks import Block, Kind
from civic_etl.parse.compose import compose
from civic_etl.parse.family import Reading
from civic_etl.parse.tidy import tidy

# trafilatura walks the tree several times; beyond this it is a page made to cost time.
_MOST_TAGS = 60_000
_KINDS: dict[str, Kind] = {"head": "heading", "item": "item", "row": "row"}
_NESTING = frozenset({"body", "list", "table", "div", "quote", "item"})
_INLINE = frozenset({"hi", "ref", "del", "lb", "graphic"})
_LEAST_ANCHOR = 12
_BREAKS = re.compile(r"[\r\n]+")


def read_generic(tree: LexborHTMLParser, html: str, url: str, title: str = "") -> Reading | None:
    """The article that trafilatura finds, or None."""
    if html.count("<") > _MOST_TAGS:
        return None
    found: Any = bare_extraction(
        html,
        url=url,
        fast=True,
        with_metadata=False,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
    )
    body = getattr(found, "body", None)
    if body is None:
        return None
    prose = compose(_Reader(_anchors(tree)).read(body), "", title)
    return Reading("", prose) if prose.text else None


def _anchors(tree: LexborHTMLParser) -> frozenset[str]:
    """The texts of the links of a page, for trafilatura's tree is asked for without them: it finds less with them."""
    texts = (tidy(node.text()) for node in tree.css("a[href]"))
    return frozenset(text for text in texts if len(text) >= _LEAST_ANCHOR)


class _Reader:
    """The blocks of trafilatura's tree, in its order; text between blocks is a block of its own."""

    def __init__(self, anchors: frozenset[str]) -> None:
        self._anchors = anchors
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
        if text:
            linked = 1.0 if text.removeprefix("- ") in self._anchors else 0.0
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
