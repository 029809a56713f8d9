"""Tables that a page broke into one cell a line: their rows are put together again, the text staying as long."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.tokens import TokenLine

_DATA = read_data("upright.yaml")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s*%?")
_BLANK_CELL = frozenset({"-", "–", "x", "X", "..."})
_INDEX = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Za-z])[.)]?")
_WORD = re.compile(r"[^\W\d_]{2}")
_NUMBERED_HEAD, _GROUP_HEAD = (re.compile(_DATA[key], re.IGNORECASE) for key in ("numbered_head", "group_head"))
_LONGEST_LABEL, _LONGEST_HEAD = 130, 60
_FEWEST_ROWS, _FEWEST_FIGURES = 3, 2
_MOST_UNIT_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by the lines of its label and of its last figure; `has_unit` says that a line between tells its unit."""

    first: int
    last: int
    has_unit: bool

    @property
    def shape(self) -> tuple[int, bool]:
        """How many cells it has, and whether one is a unit."""
        return self.last - self.first + 1, self.has_unit


def with_rows(text: str) -> str:
    """The text with the line breaks inside the rows of such tables turned into tabs, and without the rows' numbers."""
    if text.count("\n") < _FEWEST_ROWS * (_FEWEST_FIGURES + 1):
        return text
    lines = [_Line(m.start(), m.end(), m[0]) for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)]
    rows = _rows(lines)
    shapes = Counter(row.shape for row in rows)
    # where rows are numbered most of them seem to end with the number of the next one
    shapes.update(
        (row.shape[0] - 1, row.has_unit)
        for row in rows
        if row.shape[0] - row.has_unit > _FEWEST_FIGURES + 1 and _INDEX.fullmatch(lines[row.last].text) is not None
    )
    shape = max(shapes, key=lambda each: (shapes[each], -each[0]), default=None)
    if shape is None or shapes[shape] < _FEWEST_ROWS:
        return text
    told = [row for row in (_without_next(row, lines, shape) for row in rows) if row.shape == shape]
    cells = list(text)
    for row in told:
        _join(cells, lines[row.first : row.last + 1])
        before = lines[row.first - 1] if row.first else None
        if before is not None and _INDEX.fullmatch(before.text):
            cells[before.start : before.end] = " " * (before.end - before.start)
    _join_head(cells, _head(lines, told[0]), shape[0])
    return "".join(cells)


def _rows(lines: list[_Line]) -> list[_Row]:
    """Every run of a label, perhaps a unit, and figures."""
    found: list[_Row] = []
    at = 0
    while at < len(lines):
        row = _row_at(lines, at)
        if row is not None:
            found.append(row)
        at = row.last + 1 if row is not None else at + 1
    return found


def _row_at(lines: list[_Line], at: int) -> _Row | None:
    label = lines[at].text
    if len(label) > _LONGEST_LABEL or _WORD.search(label) is None or "\t" in label or "|" in label:
        return None
    has_unit = at + 1 < len(lines) and _is_unit(lines[at + 1].text)
    last = at + has_unit
    while last + 1 < len(lines) and _is_figure(lines[last + 1].text):
        last += 1
    figures = last - at - has_unit
    return _Row(at, last, has_unit) if figures >= _FEWEST_FIGURES else None


def _without_next(row: _Row, lines: list[_Line], shape: tuple[int, bool]) -> _Row:
    """A row without the number of the next one, which stands before its label."""
    shorter = replace(row, last=row.last - 1)
    return shorter if shorter.shape == shape and _INDEX.fullmatch(lines[row.last].text) is not None else row


def _is_figure(text: str) -> bool:
    return text in _BLANK_CELL or _NUMBER.fullmatch(text) is not None


def _is_unit(text: str) -> bool:
    words = TokenLine(text.lower()).words
    if not 0 < len(words) <= _MOST_UNIT_WORDS or text[:1].isdigit():
        return False
    table = unit_words()
    return any(
        (hit := table.longest_at(words, at, len(words))) is not None and hit[0] == len(words) for at in (0, 1, 2)
    )


def _head(lines: list[_Line], first: _Row) -> list[_Line]:
    """The lines of the head above the first row, without those of a section and the number of the row."""
    stop = first.first
    while stop and _INDEX.fullmatch(lines[stop - 1].text):
        stop -= 1
    if stop > 1 and _INDEX.fullmatch(lines[stop - 2].text) and not _NUMBERED_HEAD.fullmatch(lines[stop - 2].text):
        # "I", "Kinh tế"
        stop -= 2
    start = stop
    while start and len(lines[start - 1].text) <= _LONGEST_HEAD and not lines[start - 1].text.endswith((".", ":", ";")):
        start -= 1
        if _NUMBERED_HEAD.fullmatch(lines[start].text):
            return lines[start + 1 : stop]
    size = first.shape[0]
    grouped = any(_GROUP_HEAD.fullmatch(line.text) for line in lines[max(start, stop - size) : stop])
    return lines[max(start, stop - size - grouped) : stop]


def _join_head(cells: list[str], head: list[_Line], size: int) -> None:
    """Joins the head of a table where it has a cell for each of its columns; a group's goes with its first column."""
    groups = [at for at, line in enumerate(head[:-1]) if _GROUP_HEAD.fullmatch(line.text)]
    if len(head) - len(groups) < size:
        return
    kept = size + sum(at < size for at in groups)
    _join(cells, head[:kept], frozenset(groups))


def _join(cells: list[str], lines: list[_Line], blank: frozenset[int] = frozenset()) -> None:
    for at, (one, other) in enumerate(pairwise(lines)):
        cells[one.end : other.start] = [" "] * (other.start - one.end)
        if at not in blank:
            cells[one.end] = "\t"
