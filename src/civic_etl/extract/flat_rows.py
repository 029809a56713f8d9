"""Tables that a page broke into one row a line, with blanks between the cells: the cells are parted again by tabs.

("TT Xã Số hộ Số hộ nghèo" above "1 Xã Húc Động 1.286 97", "Chỉ tiêu ĐVT KH TH" above "Thu ngân sách tỷ đồng 9 10";
the text stays as long)
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

from civic_etl.extract.flat_heads import Head, head_in, head_of_lines
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.table_lines import Line, lines_of, rows_of
from civic_etl.extract.table_units import is_unit

# a dash or dots stand for a figure that there is none of
_FIGURE = re.compile(r"[+-]?\d[\d.,]*%?|[-–…]|\.{2,4}")
# the grade or the word of how it went that a row may end with in place of a figure ("Cấp 3", "Không đạt")
_GRADE = re.compile(rf"(?<=[\d%] )(?:cấp (?:độ )?\d|{'|'.join(read_data('upright.yaml')['verdicts'])})$", re.IGNORECASE)
# the signs that such a figure ends and begins with
_FIGURE_ENDS, _FIGURE_BEGINS = frozenset("0123456789.,%-–…"), frozenset("0123456789+-–….")
_NUMBERED = re.compile(rf"(?:.*\W)?{read_data('place_tables.yaml')['numbered']}", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"\d{1,2}")
_INDEX = re.compile(r"\d{1,3}[.)]? ")
# "Cà phê: Diện tích" is the label of a row and one of the rows below it
_LABEL = re.compile(r"(?:[-+–] ?)?[^\W\d_][^;:\n]*+(?:: [^\W\d_][^;:\n]*+)?")
_DITTO = frozenset(read_data("upright.yaml")["ditto"])
_WORD = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"\S+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_BRACKETS = re.compile(r"\([^()]{1,30}\)$")
# how a sentence ends that is no row
_ENDS = (".", ";", ":", "!", "?", ",")
_MOST_UNIT_WORDS = 4
_LONGEST_LABEL = 100
_FEWEST_FIGURES = 2
# rows of a table; of one with more figures in a row, and of one with as many years above them
_FEWEST_ROWS, _FEWEST_WIDE, _WIDE = 3, 2, 4
_FEWEST_OF_YEARS, _ONE_OF_YEARS = 2, 3
# lines of a head, and their length; lines between the rows of a table
_MOST_HEAD_LINES, _LONGEST_HEAD_LINE = 8, 60
_MOST_ASIDES = 3


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of a row, the spans of its number and of its label, where its figures begin, and what says it again."""

    first: int
    last: int
    index: tuple[int, int] | None
    label: tuple[int, int]
    figures: tuple[int, ...]
    end: int
    again: tuple[int, int] | None = None


class _Table(NamedTuple):
    """The head of a table, its span, and how many figures each row has below it."""

    head: Head
    span: tuple[int, int]
    figures: int


def with_cells(text: str) -> str:
    """The text with tabs between the cells of such rows and of their head; the numbers of the rows are blanks."""
    if "\n" not in text:
        return text
    lines = lines_of(text)
    cells: list[str] | None = None
    table: _Table | None = None
    last = -1
    for run in _runs(_rows(lines)):
        found = _table_of(text, lines, run, last + 1)
        if found is not None:
            cells = cells or list(text)
            table = found
            _part(cells, found)
        elif table is None or run[0].first - last > _MOST_ASIDES or not _goes_on(table, run):
            table = None
            continue
        if cells is not None:
            for row in run:
                _part_row(cells, text, row, table)
        last = run[-1].last
    return text if cells is None else "".join(cells)


def _rows(lines: list[Line]) -> list[_Row]:
    """Every line that ends with figures, and every label whose figures stand on lines of their own below it."""
    return _with_said_again(rows_of(lines, _row_at), lines)


def _row_at(lines: list[Line], at: int) -> _Row | None:
    line = lines[at]
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    ends = line.text[-1] in _FIGURE_ENDS or _GRADE.search(line.text) is not None
    if not ends and below[:1] not in _FIGURE_BEGINS:
        return None
    if "\t" in line.text or "|" in line.text:
        return None
    if _is_of_figures(line.text):
        return _row_of_year(line, at) if _is_of_year(lines, at) else None
    figures = _figures_at_end(line)
    label_end = figures[0] if figures else line.end
    index = _INDEX.match(line.text)
    start = line.start + (index.end() if index is not None else 0)
    label = line.text[start - line.start : label_end - line.start].rstrip()
    if not _is_label(label):
        return None
    last = at
    while not line.text.endswith(_ENDS) and last + 1 < len(lines) and _is_of_figures(lines[last + 1].text):
        if _is_of_year(lines, last + 1):
            break
        last += 1
        figures += [lines[last].start + word.start() for word in _WORDS.finditer(lines[last].text)]
    if len(figures) < _FEWEST_FIGURES:
        return None
    span = (line.start, line.start + index.end()) if index is not None else None
    return _Row(at, last, span, (start, start + len(label)), tuple(figures), lines[last].end)


def _is_of_year(lines: list[Line], at: int) -> bool:
    """Whether a line begins with a year, and the one before or behind it with one, too."""
    beside = (lines[other].text.split()[0] for other in (at - 1, at + 1) if 0 <= other < len(lines))
    return _YEAR.fullmatch(lines[at].text.split()[0]) is not None and any(map(_YEAR.fullmatch, beside))


def _row_of_year(line: Line, at: int) -> _Row | None:
    """A line of figures read as those of the year that it begins with; None where they are too few."""
    year, *figures = _WORDS.finditer(line.text)
    if len(figures) < _FEWEST_FIGURES:
        return None
    starts = tuple(line.start + word.start() for word in figures)
    return _Row(at, at, None, (line.start, line.start + year.end()), starts, line.end)


def _is_label(text: str) -> bool:
    fits = len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None and not text.endswith(_ENDS)
    return fits and _WORD.search(text) is not None


def _is_of_figures(text: str) -> bool:
    """Whether a line has figures alone, and other ones than years."""
    words = text.split()
    return all(map(_FIGURE.fullmatch, words)) and not all(map(_YEAR.fullmatch, words))


def _figures_at_end(line: Line) -> list[int]:
    """Where the figures begin that a line ends with; none where all of them are years."""
    grade = _GRADE.search(line.text)
    words = list(_WORDS.finditer(line.text, 0, grade.start() if grade is not None else len(line.text)))
    first = len(words)
    while first and _FIGURE.fullmatch(words[first - 1][0]) is not None:
        first -= 1
    if first < len(words) and _SHORT_NUMBER.fullmatch(words[first][0]) is not None:
        # "Tổ dân phố 3"
        first += _NUMBERED.fullmatch(line.text[: words[first].start()].rstrip()) is not None
    figures = words[first:]
    if all(_YEAR.fullmatch(word[0]) is not None for word in figures):
        return []
    starts = [word.start() for word in figures]
    return [line.start + start for start in ([*starts, grade.start()] if grade is not None and starts else starts)]


def _with_said_again(rows: list[_Row], lines: list[Line]) -> list[_Row]:
    """The rows, where each second line says a label again in English, with the labels that stand above these."""
    again = {at for at, row in enumerate(rows) if _says_again(row, rows[at - 1] if at else None, lines)}
    chained = {at for at in again if {at - 1, at + 1} & again or _both_tell_units(rows[at], lines)}
    return [
        replace(
            row,
            first=row.first - 1,
            label=(lines[row.first - 1].start, lines[row.first - 1].end),
            again=row.label,
        )
        if at in chained
        else row
        for at, row in enumerate(rows)
    ]


def _says_again(row: _Row, before: _Row | None, lines: list[Line]) -> bool:
    """Whether a row is labelled without any sign of Vietnamese, right below a label that has some and no figures."""
    if not row.first or not lines[row.first].text[: row.label[1] - row.label[0]].isascii():
        return False
    above = lines[row.first - 1].text
    return (before is None or before.last < row.first - 1) and not above.isascii() and _is_label(above)


def _both_tell_units(row: _Row, lines: list[Line]) -> bool:
    """Whether the label of a row and the line above end with brackets, as both do that tell the unit ("(Bed)")."""
    label = lines[row.first].text[: row.label[1] - row.label[0]]
    return all(_IN_BRACKETS.search(told) is not None for told in (label, lines[row.first - 1].text))


def _runs(rows: list[_Row]) -> list[list[_Row]]:
    """Rows that stand right below one another."""
    found: list[list[_Row]] = []
    for row in rows:
        if found and found[-1][-1].last + 1 == row.first:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def _table_of(text: str, lines: list[Line], run: list[_Row], floor: int) -> _Table | None:
    """The table that a run begins with its head right above it, at `floor` or below."""
    counts = Counter(len(row.figures) for row in run)
    figures = max(counts, key=lambda each: counts[each])
    stop = run[0].first
    end = lines[stop - 1].end if stop else 0
    for first in range(stop - 1, max(floor, stop - _MOST_HEAD_LINES) - 1, -1):
        line = lines[first]
        head = head_in(text[line.start : end].replace("\n", " "), figures)
        if head is not None and (first == stop - 1 or head.of_years) and _is_told(run, counts, head, figures):
            return _Table(head, (line.start, end), figures)
        parted = head_of_lines(text[line.start : end], figures)
        if parted is not None and _is_told(run, counts, parted, figures):
            return _Table(parted, (line.start, end), figures)
        if len(line.text) > _LONGEST_HEAD_LINE or line.text.endswith(_ENDS):
            break
    return None


def _is_told(run: list[_Row], counts: Counter[int], head: Head, figures: int) -> bool:
    """Whether a head may be that of a run: below years rows may lack some figures, or have lines for them."""
    if head.of_years:
        return counts[figures] >= (1 if figures >= _ONE_OF_YEARS else _FEWEST_OF_YEARS)
    whole = all(row.last == row.first for row in run) and len(counts) == 1
    return whole and len(run) >= (_FEWEST_WIDE if figures >= _WIDE else _FEWEST_ROWS)


def _goes_on(table: _Table, run: list[_Row]) -> bool:
    """Whether a run without a head has the columns of the table above it; below years some rows may lack figures."""
    told = [len(row.figures) for row in run]
    if table.head.of_years:
        return table.figures in told and max(told) <= table.figures
    return all(figures == table.figures for figures in told) and all(row.last == row.first for row in run)


def _part(cells: list[str], table: _Table) -> None:
    start, end = table.span
    cells[start:end] = [" " if char == "\n" else char for char in cells[start:end]]
    sign = "\t" if len(table.head.cuts) > 1 else "|"
    for cut in table.head.cuts:
        cells[start + cut] = sign


def _part_row(cells: list[str], text: str, row: _Row, table: _Table) -> None:
    """Parts a row; its number is left out where the head has no column for it, and figures that fit no columns too."""
    if row.index is not None:
        start, end = row.index
        if table.head.has_index:
            cells[end - 1] = "\t"
        else:
            cells[start:end] = " " * (end - start)
    start, end = row.label
    if len(row.figures) != table.figures - (table.head.ends_planned and len(row.figures) < table.figures):
        cells[end : row.end] = [char if char == "\n" else " " for char in cells[end : row.end]]
        return
    unit = _unit_in(text[start:end]) if table.head.has_unit else None
    if unit is not None:
        cells[start + unit] = "\t"
    if row.again is not None:
        cells[end : row.again[1]] = " " * (row.again[1] - end)
    for figure in row.figures:
        gap = figure - 1
        while text[gap].isspace():
            cells[gap] = " "
            gap -= 1
        cells[figure - 1] = "\t"


def _unit_in(label: str) -> int | None:
    """Where the unit that a label ends with, or the sign for that above, is parted: the longest its last words tell."""
    blanks = [at for at, char in enumerate(label) if char == " "][-_MOST_UNIT_WORDS:]
    units = (at for at in blanks if is_unit(label[at + 1 :].lower()) or label[at + 1 :] in _DITTO)
    return next(units, None)
