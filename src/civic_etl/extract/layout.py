"""The shape of an article: blocks (headings, bullets, table rows, paragraphs) and their sentences."""

import re
from dataclasses import dataclass
from typing import Literal

from civic_etl.extract.datelines import past_dateline
from civic_etl.extract.heading_order import Stack, goes_on_in, one_before, rank_of
from civic_etl.extract.patterns import patterns
from civic_etl.vietnamese.sentences import split_sentences

_DATA = patterns("layout.yaml")
# a line that names a season of the fields and no more, or a unit
_SEASON, _UNIT = _DATA["season"], _DATA["unit"]
# so many tabs make a line a row; what may stand round it
_ROW_TABS, _ROUND_ROW = 2, " \u00a0\r\n\x0b\x0c"
BlockKind = Literal["headline", "heading", "bullet", "row", "paragraph"]

# signs that open the items of a list
_BULLETS = "-+*•–—●▪‣■□◆◇◦∙·➢➤►▶✓✔☑✅👉🔹🔸🔰❖✦★☆→⇒§\uf0b7\uf0a7\uf0fc\uf0d8"
# a capital, which opens what a number numbers ("1/ Về kinh tế", "2 - Các chỉ tiêu", "1.Tổng thu")
_CAPITAL = "[A-ZĐÀ-ÖØ-ÝĂÂÊÔƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ]"
# what opens a list item or a numbered heading: "Điều 3.", a dash, "1.2.", "a)", "IV."
_MARKER = re.compile(
    r"\s*(?:"
    r"(?:Điều|Phần|Chương|Mục)\s+(?:thứ )?[\dIVX]{1,5}[.:]?\s+"
    rf"|[{re.escape(_BULLETS)}]\s*"
    r"|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+"
    rf"|\d{{1,2}}(?:\.\d{{1,2}})*(?:[./)]\s*|\s*[-–]\s*)(?={_CAPITAL})"
    r"|\(?[a-zđ][.)/]\s+"
    rf"|\(?[a-zđ]\)(?={_CAPITAL})"
    r"|[IVX]{1,5}\s*[.)/–-]\s+"
    rf"|[A-HĐ]\s*[.)/–-]\s+(?={_CAPITAL})"
    r")(?=\S)"
)
# from the last digit on: a pattern that takes up a whole number from each of its digits reads long ones over and over
_FIGURE = re.compile(r"\d[.,]*\s*(?:%|‰|[^\W\d_])|\d\d[.,]\d")
# numbers of a heading that are no figures
_YEARS = re.compile(
    r"\b(?:năm|tháng|quý|nhiệm kỳ|giai đoạn|kỳ họp thứ|lần thứ|số|ngày)\s*[\d/.\-– ]+|\b\d{1,2} (?:tháng|năm)\b"
    r"|\b(?:từ|đến|tới)\s*\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?\b",
    re.IGNORECASE,
)
_MAX_HEADING_WORDS = 22
# what has fewer words below another heading is a heading, too
_HEADLINE_WORDS = 7
# a cell of more words that has no other beside it is none of a table
_CAPTION_WORDS = 7
# the rank of what no heading holds below
_ABOVE_ALL = -1
# how much higher a sentence stands than the headings that it leads in
_LEADS_IN = 0.25
# the rules look back to where a sentence begins: a text without any end must not make each of them read all of it
_LONGEST_SENTENCE = 3_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of the text that holds one assertion or a few."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the article. `headings` are the spans of the headings above it, outermost first.

    A headline is the title of one of several pieces of news: nothing of what stood above it holds below.

    `lead_in` is the span of the sentence ending in a colon that introduced the list the block belongs to;
    `introduction` is that with the sentence before it, where it has no words of its own ("Trong đó:").
    """

    kind: BlockKind
    start: int
    end: int
    body_start: int
    headings: tuple[tuple[int, int], ...]
    lead_in: tuple[int, int] | None
    sentences: tuple[Sentence, ...]
    introduction: tuple[int, int] | None = None


# a lead-in of no words of its own ("Trong đó:", "Kết quả cụ thể như sau:"), or that only calls the parts some of the
# main ones ("Trong đó một số cây chính như sau:")
_SOME = r",? (?:một số|các) (?:[^\W\d_]+ ){1,4}(?:chủ yếu|chính|chủ lực|cụ thể)"
_GOES_ON = re.compile(
    rf"(?:kết quả )?(?:trong đó|cụ thể|chi tiết|(?:bao )?gồm)(?: là| gồm| có)?(?:{_SOME})?(?: là| gồm)?"
    r"(?: như sau)?\s*:",
    re.IGNORECASE,
)
# how a note at the end of a text begins ("[1] ...")
_FOOTNOTE = re.compile(r"\[\d{1,2}\]\s*[^\W\d_]")


def read_layout(text: str) -> list[Block]:
    """Blocks of a text in order. Headings stay in force until one of their own rank or higher follows."""
    outline = _Outline(text)
    lines = _lines(text)
    for index, (start, end, gap) in enumerate(lines):
        line = text[start:end]
        marker = _MARKER.match(line)
        following = lines[index + 1] if index + 1 < len(lines) else None
        kind = _kind(line, marker is not None)
        below = text[following[0] : following[1]] if following is not None else ""
        above = text[slice(*lines[index - 1][:2])] if index else ""
        heads_list = kind == "paragraph" and below and _heads_list(line, below)
        if heads_list or (kind in {"paragraph", "bullet"} and _heads_unit(above, line, below)):
            kind = "heading"
        elif kind == "bullet" and below and _is_open(line) and below.endswith((".", "…", "./")):
            kind = _heads(line, below, bool(outline.stack))
        blocks = outline.blocks
        if kind == "heading" and blocks and blocks[-1].kind in {"paragraph", "bullet"} and _GOES_ON.fullmatch(line):
            kind = "paragraph"
        if _FOOTNOTE.match(line) is not None:
            outline.leave()
        if kind in {"headline", "heading"}:
            outline.add_heading(kind, start, end, marker)
        else:
            outline.add(kind, start, end, marker, gap=gap)
    return outline.blocks


class _Outline:
    """The blocks of a text as far as it has been read, and the headings and the lead-in in force there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.blocks: list[Block] = []
        self.stack: Stack = []
        self._lead_in: tuple[int, int] | None = None
        self._introduction: tuple[int, int] | None = None
        # what a heading without a number has left: the headings that stood above it
        self._left: Stack = []
        # how deep the last item of the list in hand stands
        self._item: float | None = None

    def leave(self) -> None:
        """Leave all sections: notes to the text belong to none."""
        self.stack.clear()
        self._lead_in = None

    def add_heading(self, kind: BlockKind, start: int, end: int, marker: re.Match[str] | None) -> None:
        """Add a heading or a headline."""
        text, line = self._text, self._text[start:end]
        marked = marker.group() if marker is not None else None
        rank = rank_of(line, marked, self.stack) if kind == "heading" else _ABOVE_ALL
        if rank <= 0:
            self._left = []
        elif marker is None:
            self._left = [*self.stack] if any(each > rank for each, _ in self.stack) else self._left
        elif goes_on_in(text, self._left, self.stack, rank, line):
            # "2." goes on from "1.", whatever a line without a number headed between them
            self.stack = self._left
        # one that goes on from another, or stands deeper than the items of the list, is not led in
        opens = all(each != rank for each, _ in self.stack) and self._item in {None, rank}
        self.stack = [entry for entry in self.stack if entry[0] < rank]
        if kind == "heading" and marker is not None and opens and self._lead_in is not None:
            # a list that a sentence leads in may have headings ("... như sau:", "1. Về kinh tế")
            self.stack.append((rank - _LEADS_IN, self._lead_in))
        headings = tuple(span for _, span in self.stack)
        if kind == "heading":
            self.stack.append((rank, (start, end)))
        body_start = start + (marker.end() if marker is not None else 0)
        self.blocks.append(Block(kind, start, end, start, headings, None, (Sentence(body_start, end),)))
        self._lead_in = self._item = None

    def add(self, kind: BlockKind, start: int, end: int, marker: re.Match[str] | None, *, gap: bool) -> None:
        """Add a paragraph, an item or a row; `gap` says whether a blank line stands before it."""
        text, line = self._text, self._text[start:end]
        body_start = start + (marker.end() if marker is not None else 0)
        if kind == "bullet" and marker is not None:
            self._enter_item(line, rank_of(line, marker.group(), self.stack))
        if kind == "paragraph" and gap and not _lists(line):
            self._lead_in = None
        if kind == "paragraph" and self.stack and gap and _leaves_list(self.blocks, self.stack):
            self.stack.clear()
        sentences = _sentences(text, body_start, end, kind)
        headings = tuple(span for _, span in self.stack)
        told = self._introduction if self._lead_in is not None else None
        self.blocks.append(Block(kind, start, end, body_start, headings, self._lead_in, sentences, told))
        if _lists(line):
            self._lead_in = (sentences[-1].start, end) if sentences else (start, end)
            self._item = None
            before = self.blocks[-2].sentences if len(self.blocks) > 1 and len(sentences) == 1 else ()
            self._introduction = (_introduced(text, (*before, *sentences)), end) if sentences else self._lead_in

    def _enter_item(self, line: str, rank: float) -> None:
        if self._item != rank and (before := one_before(self._text, self.stack, rank, line)) is not None:
            # "4. ..." is no item below the heading "3. ...", nor below what stands under that
            del self.stack[before:]
        self._item = rank


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """Non-blank lines, stripped, and whether a blank line stands before each."""
    found: list[tuple[int, int, bool]] = []
    position, gap = 0, True
    for raw in text.splitlines(keepends=True):
        # a tab before the first words of a row ends an empty cell
        stripped = raw.strip(_ROUND_ROW) if raw.count("\t") >= _ROW_TABS and raw.strip() else raw.strip()
        if stripped:
            start = position + raw.index(stripped[0])
            found.append((start, start + len(stripped), gap))
            gap = False
        else:
            gap = True
        position += len(raw)
    return found


def _kind(line: str, marked: bool) -> BlockKind:
    if (line.count("|") >= 1 and not _is_caption(line)) or line.count("\t") >= _ROW_TABS:
        return "row"
    if _is_open(line, _marker_end(line)):
        if marked and not line.lstrip().startswith(tuple(_BULLETS)):
            return "heading"
        if line.endswith(":") or (line.upper() == line and len(line.split()) >= 2):
            return "heading"
        if not marked and _SEASON.fullmatch(line.lower()) is not None:
            return "heading"
    return "bullet" if marked else "paragraph"


def _is_caption(line: str) -> bool:
    """Whether a line has one cell alone, and so many words in it: what stands below a picture is no row."""
    return line.count("|") == 1 and line.endswith("|") and len(line.split()) > _CAPTION_WORDS


def _heads_list(line: str, following: str) -> bool:
    """Whether a short line without an end or a figure stands right above a list.

    ("Các chỉ tiêu chủ yếu (nhiệm kỳ 2020-2025)")
    """
    return _is_open(line) and _MARKER.match(following) is not None


def _heads(line: str, following: str, headed: bool) -> BlockKind:
    """What an item without an end or a figure is above a line: a piece of news has a title of its own.

    ("*Xã A: công tác Mặt trận đạt nhiều kết quả"; below other headings, "- Sản xuất nông nghiệp" is one itself)
    """
    if _MARKER.match(following) is not None:
        return "bullet" if following[0] == line[0] else "heading"
    # a piece of news names whom it is about; what parts a story does not ("* Được mùa lúa")
    names = any(word[:1].isupper() for word in line[_marker_end(line) :].split()[1:])
    return "heading" if not names or (headed and len(line.split()) < _HEADLINE_WORDS) else "headline"


def _heads_unit(above: str, line: str, below: str) -> bool:
    """Whether a line is the name of a unit and no more, above what is told of it, and none of a list of units."""
    listed = any(_UNIT.fullmatch(each) is not None for each in (above, below))
    return not listed and len(below) > len(line) and _UNIT.fullmatch(line) is not None


def _is_open(line: str, body_start: int = 0) -> bool:
    """Whether a line is short, without an end and, from `body_start` on, without a figure."""
    if line.endswith((".", ";", "!", "?", ",", "”", '"', "…")) or len(line.split()) > _MAX_HEADING_WORDS:
        return False
    return not has_figure(line[body_start:])


def has_figure(line: str) -> bool:
    """Whether a line has a figure besides its years and numbers of order."""
    return _FIGURE.search(line) is not None and _FIGURE.search(_YEARS.sub(" ", line)) is not None


def _marker_end(line: str) -> int:
    marker = _MARKER.match(line)
    return marker.end() if marker else 0


def _lists(line: str) -> bool:
    return line.rstrip().endswith(":")


def _leaves_list(blocks: list[Block], stack: Stack) -> bool:
    """A plain paragraph after a blank line ends a bulleted section, not a run of headed paragraphs."""
    return bool(blocks) and blocks[-1].kind in {"bullet", "row"} and blocks[-1].start > stack[-1][1][1]


def _introduced(text: str, sentences: tuple[Sentence, ...]) -> int:
    """Where what introduces a list begins: with the sentence before, where it says no more than that parts follow."""
    last = sentences[-1]
    goes_back = len(sentences) > 1 and _GOES_ON.fullmatch(text, last.start, last.end) is not None
    return sentences[-2].start if goes_back else last.start


def _sentences(text: str, start: int, end: int, kind: BlockKind) -> tuple[Sentence, ...]:
    if kind == "row":
        return (Sentence(start, end),)
    if kind == "paragraph":
        start = past_dateline(text, start, end)
    return tuple(piece for a, b in split_sentences(text[start:end]) for piece in _pieces(text, start + a, start + b))


def _pieces(text: str, start: int, end: int) -> list[Sentence]:
    """A sentence, cut at its semicolons, commas or blanks where it is longer than any that is written."""
    found: list[Sentence] = []
    while end - start > _LONGEST_SENTENCE:
        cuts = [
            text.rfind(mark, start + _LONGEST_SENTENCE // 2, start + _LONGEST_SENTENCE) for mark in ("; ", ", ", " ")
        ]
        cut = next((at + 1 for at in cuts if at >= 0), start + _LONGEST_SENTENCE)
        found.append(Sentence(start, cut))
        start = cut
    found.append(Sentence(start, end))
    return found
