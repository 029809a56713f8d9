"""Tables that a page broke into one row a line, with blanks between the cells: the cells are parted again by tabs.

("TT Xã Số hộ Số hộ nghèo" above "1 Xã Húc Động 1.286 97", "Chỉ tiêu ĐVT KH TH" above "Thu ngân sách tỷ đồng 9 10";
the text stays as long)
"""

import re
from itertools import groupby
from typing import NamedTuple

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import patterns
from civic_etl.extract.table_units import is_unit

_NUMBER = r"(?:\d[\d.,]*%?|-)"
_NUMBERED = read_data("place_tables.yaml")["numbered"]
_ROW = re.compile(
    rf"(?P<index>\d{{1,3}}[.)]? )?(?P<label>(?=[^\W\d])[^\d\n;:%]{{0,60}}?(?:(?<!\w){_NUMBERED} \d{{1,2}}|(?<= )[%‰])?)"
    rf"(?P<figures>(?: {_NUMBER}){{2,}})",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf" (?={_NUMBER}(?: |$))")
_INDEX = re.compile(r"(?:stt|tt)\b\s+", re.IGNORECASE)
# a cell of the head begins with a capital, or with a sign that says of what ("% so với kế hoạch"; not "Tỷ lệ %")
_HEAD_CELL = re.compile(r" (?=[A-ZĐÂĂÊÔƠƯ]|% [^\W\d_A-ZĐ])")
_UNIT_HEAD = patterns("tables.yaml")["unit"]
_MOST_UNIT_WORDS = 4
_ENDS = frozenset("0123456789%-")
_FEWEST_ROWS = 3
_LONGEST_HEAD = 200


class _Row(NamedTuple):
    start: int
    found: re.Match[str]

    @property
    def figures(self) -> int:
        return len(_FIGURE.findall(self.found["figures"]))


class _Head(NamedTuple):
    """Where a head is to be parted, and whether it has a column of units and one of the rows' numbers."""

    cuts: list[int]
    has_unit: bool
    has_index: bool


def with_cells(text: str) -> str:
    """The text with tabs between the cells of such rows and of their head; the numbers of the rows are blanks."""
    if text.count("\n") < _FEWEST_ROWS:
        return text
    lines = [(m.start(), m[0]) for m in re.finditer(r"[^\n]+", text) if not m[0].isspace()]
    told = [(start, line, _row_in(line)) for start, line in lines]
    cells: list[str] | None = None
    at = 0
    for is_row, run in groupby(told, key=lambda each: each[2] is not None):
        found = list(run)
        rows = [
            _Row(start + len(line) - len(line.lstrip()), match) for start, line, match in found if match is not None
        ]
        if is_row and len(rows) >= _FEWEST_ROWS and at and len({row.figures for row in rows}) == 1:
            start, line = lines[at - 1]
            head = _head_in(line, rows[0].figures + 1)
            if head is not None:
                cells = cells or list(text)
                _part(cells, start, head.cuts)
                for row in rows:
                    _part_row(cells, row, head)
        at += len(found)
    return text if cells is None else "".join(cells)


def _row_in(line: str) -> re.Match[str] | None:
    """A line read as a row; its last cell holds a figure, or a sign for none."""
    told = line.strip()
    return _ROW.fullmatch(told) if told[-1] in _ENDS else None


def _head_in(line: str, count: int) -> _Head | None:
    """A line read as a head; None where it has not so many cells, units aside."""
    if len(line) > _LONGEST_HEAD:
        return None
    index = _INDEX.match(line)
    first = index.end() if index is not None else 0
    cuts = [match.start() for match in _HEAD_CELL.finditer(line, first)]
    has_unit = len(cuts) == count and _UNIT_HEAD.match(line[cuts[0] + 1 :].lower()) is not None
    if len(cuts) + 1 - has_unit != count:
        return None
    return _Head([*([first - 1] if index is not None else []), *cuts], has_unit, index is not None)


def _part(cells: list[str], start: int, cuts: list[int]) -> None:
    for cut in cuts:
        cells[start + cut] = "\t"


def _part_row(cells: list[str], row: _Row, head: _Head) -> None:
    """Parts a row; its number is left out where the head has no column for it.

    One that tells no unit below a head of units has a cell less than that, and stays as it is.
    """
    unit = _unit_in(row.found["label"]) if head.has_unit else None
    if head.has_unit and unit is None:
        return
    if row.found["index"] is not None:
        start, end = row.start + row.found.start("index"), row.start + row.found.end("index")
        if head.has_index:
            cells[end - 1] = "\t"
        else:
            cells[start:end] = " " * (end - start)
    if unit is not None:
        cells[row.start + row.found.start("label") + unit] = "\t"
    first = row.found.start("figures")
    _part(cells, row.start + first, [match.start() for match in _FIGURE.finditer(row.found["figures"])])


def _unit_in(label: str) -> int | None:
    """Where the unit that a label ends with is parted from it: the longest that its last words tell."""
    blanks = [at for at, char in enumerate(label) if char == " "][-_MOST_UNIT_WORDS:]
    return next((at for at in blanks if is_unit(label[at + 1 :].lower())), None)
