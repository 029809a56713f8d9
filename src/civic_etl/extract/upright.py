"""Tables that a page broke into one cell a line: their rows are put together again, the text staying as long."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.patterns import patterns
from civic_etl.extract.table_lines import Line, lines_of, rows_of
from civic_etl.extract.table_units import is_unit, read_unit
from civic_etl.extract.tokens import TokenLine

_DATA = read_data("upright.yaml")
_BEFORE = rf"(?:(?:{'|'.join(_DATA['before_figure'])}) ?)*"
_NUMBER = re.compile(rf"{_BEFORE}[+-]?\d[\d.,]*(?:\s*[-–]\s*\d[\d.,]*)?\s*%?", re.IGNORECASE)
# the one figure of a numbered row, with what is said of it ("6.065,2 (giảm 28,3% so với năm 2020)")
_ONLY_FIGURE = re.compile(rf"{_BEFORE}\d[\d.,]*(?![\d.,]*[/.)]?\s*[A-ZĐ])", re.IGNORECASE)
_BLANK_CELL, _VERDICTS = frozenset(_DATA["blank"]), frozenset(_DATA["verdicts"])
DITTO = frozenset(_DATA["ditto"])
"""What stands for the unit of the row above."""
_INDEX = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Za-z])[.)]?")
_WORD = re.compile(r"[^\W\d_]{2}")
_NUMBERED_HEAD, _LABEL_HEAD, _GROUP_HEAD = (
    re.compile(_DATA[key], re.IGNORECASE) for key in ("numbered_head", "label_head", "group_head")
)
_YEAR_HEAD = re.compile(_DATA["year_head"], re.IGNORECASE)
_PLACE_HEAD = patterns("place_tables.yaml")["place_head"]
_LONGEST_LABEL, _LONGEST_HEAD = 130, 60
_LONGEST_FIGURE = 32
# what is said of a figure in brackets behind it ("2,03 (còn 11,2%)")
_NOTE = re.compile(r"\s*\([^()]+\)$")
# the stop of a word written short ("43,1tr.đồng")
_SHORT_STOP = re.compile(r"(?<=[^\W\d_])\.")
_FEWEST_ROWS, _FEWEST_FIGURES = 3, 2
_MOST_UNIT_WORDS = 4
# so many rows may be missing between two that are read
_MOST_SKIPPED = 3


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
    lines = lines_of(text)
    rows = rows_of(lines, _row_at)
    shapes = Counter(row.shape for row in rows)
    # where rows are numbered most of them seem to end with the number of the next one
    longer = [row for row in rows if row.shape[0] - row.has_unit > _FEWEST_FIGURES + 1]
    longer = [row for row in longer if _INDEX.fullmatch(lines[row.last].text) is not None]
    if _count_up([lines[row.last].text for row in longer]):
        shapes.update((row.shape[0] - 1, row.has_unit) for row in longer)
    shape = max(shapes, key=lambda each: (shapes[each], -each[0]), default=None)
    if shape is None or shapes[shape] < _FEWEST_ROWS:
        return _with_only_figures(text, lines)
    told = [row for row in (_fitted(row, lines, shape) for row in rows) if row.shape == shape]
    cells = list(text)
    ends = {row.last for row in told}
    for row in told:
        _join(cells, lines[row.first : row.last + 1])
        before = lines[row.first - 1] if row.first else None
        # the last figure of the row above is no number of this one
        if before is not None and row.first - 1 not in ends and _INDEX.fullmatch(before.text):
            cells[before.start : before.end] = " " * (before.end - before.start)
    _join_head(cells, _below_one(_head(lines, told[0]), shape), shape[0])
    return "".join(cells)


def _with_only_figures(text: str, lines: list[Line]) -> str:
    """The same for a table of numbered rows with one figure each, whose cells are parted by strokes."""
    rows = [_Row(at, at + 1, has_unit=False) for at in range(1, len(lines) - 1) if _has_only_figure(lines, at)]
    if len(rows) < _FEWEST_ROWS:
        return text
    cells = list(text)
    for row in rows:
        label, figure, number = lines[row.first], lines[row.last], lines[row.first - 1]
        cells[label.end : figure.start] = "|".ljust(figure.start - label.end)
        cells[number.start : number.end] = " " * (number.end - number.start)
    head = _head(lines, rows[0])
    if len(head) == len((label, figure)):
        cells[head[0].end : head[1].start] = "|".ljust(head[1].start - head[0].end)
    return "".join(cells)


def _has_only_figure(lines: list[Line], at: int) -> bool:
    """Whether a line is a label between the number of a row and its figure."""
    number, label, figure = (line.text for line in lines[at - 1 : at + 2])
    if _INDEX.fullmatch(number) is None or len(label) > _LONGEST_LABEL or len(figure) > _LONGEST_LABEL:
        return False
    return _WORD.search(label) is not None and not label[:1].isdigit() and _ONLY_FIGURE.match(figure) is not None


def _row_at(lines: list[Line], at: int) -> _Row | None:
    """The run of a label, perhaps a unit, and figures that begins at a line."""
    label = lines[at].text
    if len(label) > _LONGEST_LABEL or _WORD.search(label) is None or "\t" in label or "|" in label:
        return None
    has_unit = at + 1 < len(lines) and _is_unit(lines[at + 1].text)
    last = at + has_unit
    while last + 1 < len(lines) and (_is_figure(lines[last + 1].text) or _is_verdict_inside(lines, last + 1)):
        last += 1
    if at and last > at + 1 and _numbers_next(lines, at, last):
        last -= 1
    figures = last - at - has_unit
    return _Row(at, last, has_unit) if figures >= _FEWEST_FIGURES else None


def _numbers_next(lines: list[Line], label: int, last: int) -> bool:
    """Whether the last figure of a numbered row is the number of the next: a little more than its own."""
    if last + 1 >= len(lines) or _WORD.search(lines[last + 1].text) is None:
        return False
    return _counts_on(lines[label - 1].text, lines[last].text) and _is_number(lines, label - 1)


def _is_number(lines: list[Line], at: int) -> bool:
    """Whether the line before a label is the number of its row, and not the last figure of the row above."""
    above = at - 1
    while above >= 0 and _is_figure(lines[above].text):
        above -= 1
    return above == at - 1 or above < 1 or _counts_on(lines[above - 1].text, lines[at].text)


def _count_up(numbers: list[str]) -> bool:
    """Whether cells may be the numbers of rows: most of them are a little more than the one before, or no digits."""
    steps = [_counts_on(one, other) or not one.strip(".)").isdigit() for one, other in pairwise(numbers)]
    return 2 * sum(steps) >= len(steps)


def _counts_on(one: str, other: str) -> bool:
    """Whether a number may be that of the next row."""
    own, number = one.strip(".)"), other.strip(".)")
    return own.isdigit() and number.isdigit() and 0 < int(number) - int(own) <= _MOST_SKIPPED


def _fitted(row: _Row, lines: list[Line], shape: tuple[int, bool]) -> _Row:
    """A row without the number of the next one, which stands before its label, or with the word that ends it.

    ("Tỷ lệ che phủ rừng", "%", "40", "41", "Đạt")
    """
    shorter, longer = replace(row, last=row.last - 1), replace(row, last=row.last + 1)
    if shorter.shape == shape and _INDEX.fullmatch(lines[row.last].text) is not None:
        return shorter
    ends = longer.last < len(lines) and lines[longer.last].text.lower() in _VERDICTS
    return longer if ends and longer.shape == shape else row


def _is_figure(text: str) -> bool:
    """Whether a cell holds a figure, be it with its unit, or a sign for none."""
    if text.lower() in _BLANK_CELL or _NUMBER.fullmatch(text) is not None:
        return True
    told = _NUMBER.match(text) if len(text) <= _LONGEST_FIGURE else None
    if told is None:
        return False
    behind = _NOTE.sub("", text[told.end() :]).strip()
    return not behind or read_unit(_SHORT_STOP.sub(" ", behind.lower())) is not None


def _is_verdict_inside(lines: list[Line], at: int) -> bool:
    """Whether a cell says how it went, and a figure of its row stands behind it ("98,5", "Vượt", "98")."""
    if lines[at].text.lower() not in _VERDICTS or at + 1 >= len(lines) or not _is_figure(lines[at + 1].text):
        return False
    # a figure before a label may number the next row
    last = at + 2 == len(lines) or (_INDEX.fullmatch(lines[at + 1].text) and _WORD.search(lines[at + 2].text))
    return not last


def _is_unit(text: str) -> bool:
    if text.lower() in DITTO:
        return True
    words = TokenLine(text.lower()).words
    if words and not text[:1].isdigit() and is_unit(text.lower()):
        return True
    if not 0 < len(words) <= _MOST_UNIT_WORDS or text[:1].isdigit():
        return False
    table = unit_words()
    return any(
        (hit := table.longest_at(words, at, len(words))) is not None and hit[0] == len(words) for at in (0, 1, 2)
    )


def _head(lines: list[Line], first: _Row) -> list[Line]:
    """The lines of the head above the first row, without those of a section and the number of the row."""
    stop = first.first
    while stop and _INDEX.fullmatch(lines[stop - 1].text):
        stop -= 1
    if stop > 1 and _INDEX.fullmatch(lines[stop - 2].text) and not _NUMBERED_HEAD.fullmatch(lines[stop - 2].text):
        # "I", "Kinh tế"
        stop -= 2
    size = first.shape[0]
    start = stop
    while start and len(lines[start - 1].text) <= _LONGEST_HEAD and not lines[start - 1].text.endswith((".", ":", ";")):
        start -= 1
        if _NUMBERED_HEAD.fullmatch(lines[start].text):
            return lines[start + 1 : stop]
        if stop - start > size and _LABEL_HEAD.fullmatch(lines[start].text):
            # a section may stand between a head and its first row ("Vụ xuân")
            return lines[start:stop]
    grouped = any(_GROUP_HEAD.fullmatch(line.text) for line in lines[max(start, stop - size) : stop])
    return lines[max(start, stop - size - grouped) : stop]


def _below_one(head: list[Line], shape: tuple[int, bool]) -> list[Line]:
    """A head without what stands above all of its years ("STT", "Chỉ tiêu", "Kết quả", "2012", "2013", "2014")."""
    size, has_unit = shape
    first, years = 1 + has_unit, head[1 + has_unit - size :]
    if len(head) <= size or not all(_YEAR_HEAD.fullmatch(line.text) for line in years):
        return head
    # what the years of a table of places are of goes with the first of them
    kept = first + 1 if any(_PLACE_HEAD.fullmatch(line.text.lower()) for line in head[:first]) else first
    return [*head[:kept], *years]


def _join_head(cells: list[str], head: list[Line], size: int) -> None:
    """Joins the head of a table where it has a cell for each of its columns; a group's goes with its first column."""
    groups = [at for at, line in enumerate(head[:-1]) if _GROUP_HEAD.fullmatch(line.text)]
    years = [at for at, line in enumerate(head) if _YEAR_HEAD.fullmatch(line.text)]
    if not groups and len(head) > size and len(years) > 1 and len(head) - len(years) > 1:
        groups = [years[0] - 1]
    if len(head) - len(groups) < size:
        return
    kept = size + sum(at < size for at in groups)
    _join(cells, head[:kept], frozenset(groups))


def _join(cells: list[str], lines: list[Line], blank: frozenset[int] = frozenset()) -> None:
    for at, (one, other) in enumerate(pairwise(lines)):
        cells[one.end : other.start] = [" "] * (other.start - one.end)
        if at not in blank:
            cells[one.end] = "\t"
