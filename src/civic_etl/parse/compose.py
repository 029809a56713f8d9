"""From the blocks of a page to the text of the article: what is caption, byline or a link elsewhere is set apart."""

import re
from dataclasses import dataclass

from civic_etl.parse.blocks import Block
from civic_etl.parse.byline import author_name, furniture
from civic_etl.parse.tidy import tidy
from civic_etl.vietnamese.fold import fold

# A caption is a sentence or two; what is longer and centred is centred prose.
_CAPTION_WORDS = 45
_BYLINE_WORDS = 9
_LEAD_LOOK = 4


@dataclass(frozen=True, slots=True)
class Prose:
    """The parts of an article's body. `lead` is empty where nothing sets it apart."""

    text: str
    lead: str
    captions: tuple[str, ...]
    byline: str


def compose(blocks: list[Block], lead: str = "", title: str = "") -> Prose:
    """Lead and body in order, without captions, bylines and links to other articles.

    A lead that the body repeats is kept once; without one, a bold opening paragraph is the lead. A title that the body
    repeats as its first line is left out.
    """
    captions = [tidy(block.text) for block in blocks if _is_caption(block)]
    kept = [block for block in blocks if not _is_caption(block) and not _is_furniture(block)]
    byline = _take_byline(kept)
    _take_title(kept, title)
    lead = tidy(lead)
    if lead:
        _take_lead(kept, lead)
    body = _joined(kept)
    text = "\n\n".join(filter(None, (lead, body)))
    return Prose(text, lead or _opening(kept), tuple(dict.fromkeys(filter(None, captions))), byline)


def _is_caption(block: Block) -> bool:
    if block.kind == "caption":
        return True
    if block.kind != "paragraph" or len(block.text.split()) > _CAPTION_WORDS:
        return False
    beside = block.pictures > 0 or block.follows_picture
    return beside and (block.centred or block.slanted > 0.9)


def _is_furniture(block: Block) -> bool:
    """A link to another article, or a line of the page's own such as "Tin liên quan" or "Lượt xem: 123"."""
    if block.kind == "row":
        return False
    folded = fold(block.text)
    if furniture()["lines"].fullmatch(folded):
        return True
    if block.linked > 0.9 and not block.to_file:
        return block.kind != "heading" or len(folded.split()) > 4
    return block.linked > 0.5 and bool(furniture()["openings"].match(folded))


def _take_byline(kept: list[Block]) -> str:
    """Remove the signature at the end, and give the writer's name in it."""
    name = ""
    while kept and _signs(kept[-1]):
        name = author_name(kept.pop().text.split("\n")[0]) or name
    return name


def _signs(block: Block) -> bool:
    words = block.text.split()
    if block.kind not in ("paragraph", "heading") or not words or len(words) > _BYLINE_WORDS:
        return False
    folded = fold(block.text)
    if furniture()["sources"].match(folded) or furniture()["signatures"].match(folded):
        return True
    if folded.endswith((".", ":", ";", "!", "?", "”", '"')) and not re.fullmatch(r"(?:\w{1,3}\.\s?)+\w*\.?", folded):
        return False
    named = all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return named and not any(letter.isdigit() for letter in folded) and (block.right or block.strong > 0.9)


def _take_title(kept: list[Block], title: str) -> None:
    if kept and title and fold(kept[0].text) == fold(title):
        kept.pop(0)


def _take_lead(kept: list[Block], lead: str) -> None:
    """Remove the lead where the body repeats it near its beginning."""
    wanted = letters(lead)
    for at, block in enumerate(kept[:_LEAD_LOOK]):
        if letters(block.text) == wanted:
            del kept[at]
            return


def _opening(kept: list[Block]) -> str:
    first = kept[0] if kept else None
    fits = first is not None and first.kind == "paragraph" and first.strong > 0.9 and len(first.text.split()) >= 12
    return tidy(first.text) if first is not None and fits else ""


def letters(text: str) -> str:
    """Only the letters and digits, folded: what two spellings of one paragraph share."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _joined(kept: list[Block]) -> str:
    lines: list[str] = []
    group = 0
    for block in kept:
        if lines and not (block.group and block.group == group):
            lines.append("")
        lines.append(block.text)
        group = block.group
    return "\n".join(lines)
