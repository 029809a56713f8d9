"""The blocks of an article's subtree: paragraphs, headings, list items, table rows, captions, in the order of the page.

The subtree is a beautifulsoup4 tag; what does not belong to the article has been taken out of it before.
"""

import re
from dataclasses import dataclass
from typing import Literal

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from civic_etl.data_files import read_yaml_file
from civic_etl.parse.legacy import repair
from civic_etl.parse.resources import DATA
from civic_etl.parse.table_rows import own_cells, table_rows
from civic_etl.parse.tidy import characters

Kind = Literal["paragraph", "heading", "item", "row", "caption"]

_TAGS = read_yaml_file(DATA / "tags.yaml")
_SKIPPED = frozenset(_TAGS["skipped"])
_BLOCKS = frozenset(_TAGS["blocks"])
_HEADINGS = frozenset(_TAGS["headings"])
_CAPTION = re.compile(
    r"(?i)(?:^|[\s_-])(?:caption|imgdesc|image_?desc|img-?desc|photo-?desc|desc-?img|pcaption|picdesc|chu-?thich)(?:$|[\s_-]|text)"
)
_CENTRED = re.compile(r"(?i)text-align\s*:\s*center|\b(?:text-center|aligncenter|t-c)\b")
_RIGHT = re.compile(r"(?i)text-align\s*:\s*(?:right|end)|\b(?:text-right|alignright|t-r)\b")
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_SPACES = re.compile(r"[^\S\n]+")
_GAP = re.compile(r"\n{2,}")
# Deeper than any editor nests; what lies below is taken as running text.
_DEEPEST = 120


@dataclass(slots=True)
class Block:
    """One block. Blocks with the same `group` stand on neighbouring lines: items of a list, rows of a table.

    `strong`, `slanted` and `linked` are the shares of its characters in bold, italics and links, 0 to 1.
    `pictures` counts the pictures inside, `follows_picture` says that nothing stands between it and one.
    """

    kind: Kind
    text: str
    group: int = 0
    strong: float = 0.0
    slanted: float = 0.0
    linked: float = 0.0
    centred: bool = False
    right: bool = False
    pictures: int = 0
    follows_picture: bool = False
    to_file: bool = False


@dataclass(slots=True)
class _Style:
    """What the open elements say of the text in them."""

    strong: bool = False
    slanted: bool = False
    linked: bool = False
    centred: bool = False
    right: bool = False
    kind: Kind = "paragraph"
    group: int = 0


def read_blocks(root: Tag) -> tuple[list[Block], str | None]:
    """The blocks of a subtree, and the old font that some were in. Linear in its size, whatever its depth."""
    reader = _Reader()
    reader.enter(root, _Style(), 0)
    reader.flush(_Style())
    return reader.blocks, reader.font


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.font: str | None = None
        # the bullet or number of the item that has begun, until its text does
        self._marker = ""
        self._parts: list[str] = []
        self._counts = {"all": 0, "strong": 0, "slanted": 0, "linked": 0}
        self._pictures = 0
        self._to_file = False
        self._picture_before = False
        self._groups = 0

    def enter(self, tag: Tag, style: _Style, depth: int) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):
                    self._text(str(child), style)
            elif isinstance(child, Tag):
                self._tag(child, style, depth)

    def _tag(self, tag: Tag, style: _Style, depth: int) -> None:
        name = tag.name
        if name in _SKIPPED or ("style" in tag.attrs and _HIDDEN.search(str(tag["style"]))):
            return
        if name == "br":
            self._parts.append("\n")
        elif name == "img":
            self._pictures += 1
        elif depth >= _DEEPEST:
            self._text(tag.get_text(" "), style)
        elif name == "table":
            self._table(tag, style, depth)
        elif name in _BLOCKS or name in _HEADINGS or _is_caption(tag):
            self._block(tag, style, depth)
        else:
            self._inline(tag, style, depth)

    def _inline(self, tag: Tag, style: _Style, depth: int) -> None:
        name = tag.name
        bold = style.strong or name in ("b", "strong") or _says(tag, "font-weight", "bold")
        slanted = style.slanted or name in ("i", "em") or _says(tag, "font-style", "italic")
        linked = style.linked or (name == "a" and bool(tag.get("href")))
        if name == "a" and _is_file(str(tag.get("href") or "")):
            self._to_file = True
        inner = _Style(bold, slanted, linked, style.centred, style.right, style.kind, style.group)
        self.enter(tag, inner, depth + 1)

    def _block(self, tag: Tag, style: _Style, depth: int) -> None:
        self.flush(style)
        name = tag.name
        centred, right = _alignment(tag)
        inner = _Style(
            style.strong,
            style.slanted,
            style.linked,
            centred or (style.centred and not right),
            right or (style.right and not centred),
            style.kind,
            style.group,
        )
        if _is_caption(tag):
            inner.kind = "caption"
        elif name in _HEADINGS and style.kind == "paragraph":
            inner.kind = "heading"
        if name in ("ul", "ol"):
            self._list(tag, inner, depth)
            return
        if name == "dt":
            inner.strong = True
        self.enter(tag, inner, depth + 1)
        self.flush(inner)

    def _list(self, tag: Tag, style: _Style, depth: int) -> None:
        group = style.group or self._new_group()
        number = _start(tag)
        for child in tag.children:
            if not isinstance(child, Tag):
                if isinstance(child, NavigableString) and child.strip():
                    self._text(str(child), style)
                continue
            if child.name != "li":
                self._tag(child, style, depth + 1)
                continue
            self.flush(style)
            self._marker = f"{number}. " if tag.name == "ol" else "- "
            number += 1
            kind: Kind = "item" if style.kind == "paragraph" else style.kind
            centred, right = _alignment(child)
            inner = _Style(style.strong, style.slanted, style.linked, centred, right, kind, group)
            self.enter(child, inner, depth + 2)
            self.flush(inner)

    def _table(self, tag: Tag, style: _Style, depth: int) -> None:
        self.flush(style)
        rows = table_rows(tag)
        if rows is None:
            self._layout_table(tag, style, depth)
            return
        group = self._new_group()
        for row in rows:
            self._add(Block("row", row, group))

    def _layout_table(self, tag: Tag, style: _Style, depth: int) -> None:
        """A frame, not data: its cells are read as blocks, and beside a picture a short text is its caption."""
        has_picture = tag.find("img") is not None
        kind: Kind = style.kind
        if has_picture and len(tag.get_text(" ", strip=True)) < 600 and kind == "paragraph":
            kind = "caption"
        inner = _Style(style.strong, style.slanted, style.linked, style.centred, style.right, kind)
        for cell in own_cells(tag):
            self.flush(inner)
            self.enter(cell, inner, depth + 1)
            self.flush(inner)

    def _text(self, text: str, style: _Style) -> None:
        if not text:
            return
        if self._marker and text.strip():
            if not _has_marker(text):
                self._parts.append(self._marker)
            self._marker = ""
        self._parts.append(text.replace("\n", " "))
        size = len(text) - text.count(" ")
        self._counts["all"] += size
        for name in ("strong", "slanted", "linked"):
            if getattr(style, name):
                self._counts[name] += size

    def flush(self, style: _Style) -> None:
        """Close the block that the collected text makes."""
        if not self._parts and not self._pictures:
            return
        raw, font = repair("".join(self._parts))
        self.font = self.font or font
        raw = _SPACES.sub(" ", characters(raw))
        lines = "\n".join(line.strip() for line in raw.split("\n"))
        whole = max(self._counts["all"], 1)
        for text in filter(None, _GAP.split(lines.strip("\n"))):
            self._add(
                Block(
                    style.kind,
                    text.strip("\n"),
                    style.group,
                    self._counts["strong"] / whole,
                    self._counts["slanted"] / whole,
                    self._counts["linked"] / whole,
                    style.centred,
                    style.right,
                    self._pictures,
                    self._picture_before,
                    self._to_file,
                )
            )
        if self._pictures:
            self._picture_before = True
        self._parts.clear()
        self._counts = dict.fromkeys(self._counts, 0)
        self._pictures = 0
        self._to_file = False

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self._picture_before = False

    def _new_group(self) -> int:
        self._groups += 1
        return self._groups


def _is_caption(tag: Tag) -> bool:
    if tag.name == "figcaption":
        return True
    classes = tag.get("class")
    if not classes or tag.name not in ("p", "div", "span", "td", "em", "figure", "dd"):
        return False
    return any(_CAPTION.search(name) for name in classes) and tag.find("img") is None


def _alignment(tag: Tag) -> tuple[bool, bool]:
    """Whether the element itself is centred, and whether it is set right."""
    if tag.name == "center":
        return True, False
    said = " ".join(str(tag.get(name) or "") for name in ("style", "align"))
    classes = " ".join(tag.get("class") or ())
    align = str(tag.get("align") or "").lower()
    centred = align == "center" or bool(_CENTRED.search(said) or _CENTRED.search(classes))
    return centred, not centred and (align == "right" or bool(_RIGHT.search(said) or _RIGHT.search(classes)))


def _says(tag: Tag, name: str, value: str) -> bool:
    style = tag.get("style")
    return bool(style) and re.search(rf"(?i)\b{name}\s*:\s*{value}", str(style)) is not None


_FILE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|zip|rar)(?:$|[?#])")
_MARKER = re.compile(r"\s*(?:[-+*•–●▪‣]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|\(?[a-zđ][.)]|[IVX]{1,5}[.)])\s")


def _is_file(address: str) -> bool:
    return _FILE.search(address) is not None


def _has_marker(text: str) -> bool:
    return _MARKER.match(text) is not None


def _start(tag: Tag) -> int:
    first = str(tag.get("start") or "")
    return int(first) if first.isdigit() and len(first) < 6 else 1
