"""Tables of two columns that a page broke into one cell a line: each figure is put behind its label, as a row.

("Huyện", "Dân số (người)", "Huyện A", "12.500", "Huyện B", "9.100", ...; the text stays as long)
"""

import re

from civic_etl.extract.patterns import patterns
from civic_etl.extract.table_lines import Line, lines_of

_PATTERNS = patterns("place_tables.yaml")
_HEADS = (_PATTERNS["place_head"], _PATTERNS["time_head"], _PATTERNS["thing_head"], _PATTERNS["label_head"])
_FIGURE = re.compile(r"[+-]?\d[\d.,]*\s*%?")
_YEAR = re.compile(r"(?:năm )?(?:19|20)\d\d", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2}")
_ENDS = (".", ";", ":", "!", "?", ",")
_LONGEST = 60
_FEWEST = 3


def with_pairs(text: str) -> str:
    """The text with a bar between the label and the figure of each row of such a table, and in its head."""
    if text.count("\n") < 2 * _FEWEST + 1:
        return text
    lines = lines_of(text)
    cells: list[str] | None = None
    at = 0
    while at + 1 < len(lines):
        stop = at + 2
        if _is_head(lines[at], lines[at + 1]):
            while stop + 1 < len(lines) and _is_label(lines[stop]) and _is_figure(lines[stop + 1]):
                stop += 2
        # a figure more is of a table with more columns
        if stop - at < 2 * (_FEWEST + 1) or (stop < len(lines) and _is_figure(lines[stop])):
            at += 1
            continue
        cells = cells or list(text)
        for first in range(at, stop, 2):
            start, end = lines[first].end, lines[first + 1].start
            cells[start:end] = "|".ljust(end - start)
        at = stop
    return text if cells is None else "".join(cells)


def _is_head(label: Line, figures: Line) -> bool:
    """Whether two lines are the head of such a table: what its rows are of, and what its figures tell."""
    named = any(head.fullmatch(label.text.lower()) is not None for head in _HEADS)
    return named and len(figures.text) <= _LONGEST and _WORD.search(figures.text) is not None


def _is_label(line: Line) -> bool:
    told = _WORD.search(line.text) is not None or _YEAR.fullmatch(line.text) is not None
    parted = "|" in line.text or "\t" in line.text
    return told and not parted and len(line.text) <= _LONGEST and not line.text.endswith(_ENDS)


def _is_figure(line: Line) -> bool:
    return _FIGURE.fullmatch(line.text) is not None and _YEAR.fullmatch(line.text) is None
