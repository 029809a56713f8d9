"""Tables whose bars a page put on lines of their own or at the ends of lines, one cell a line.

Where two bars behind one another part the rows these are put together; else the bars are left out, and the cells are
those of a table of one cell a line. The text stays as long.
"""

import re
from itertools import pairwise

# a cell with its bar behind it, on its own line or on the next
_CELL = r"[^|\n]{1,140}+\n?\|[ ]*+\n(?:[ ]*+\n)*+"
_RUN = re.compile(rf"(?:^(?:\|[ ]*+\n)?{_CELL}(?:\|[ ]*+\n)*+){{6,}}+[^|\n]{{0,140}}+\n?\|?", re.MULTILINE)
_ROW_END = re.compile(r"\|\s*\n\s*\|\s*\n(?=[^|\n])")
_FEWEST_ROWS = 2


def without_lone_bars(text: str) -> str:
    """The text without such bars, with the cells of a row on one line where it tells the rows."""
    if "|\n" not in text:
        return text
    return _RUN.sub(lambda run: _rows(run[0]), text)


def _rows(run: str) -> str:
    ends = list(_ROW_END.finditer(run))
    if not _are_rows(run, [found.start() for found in ends]):
        return run.replace("|", " ")
    cells = list(run.replace("\n", " "))
    for found in ends:
        first, last = found.start(), found.end() - 1
        cells[first:last] = " " * (last - first)
        cells[last] = "\n"
    return "".join(cells)


def _are_rows(run: str, ends: list[int]) -> bool:
    """Whether what stands between the ends of rows has as many cells each time, if not above the first of them."""
    sizes = {run.count("|", a + 1, b) for a, b in pairwise(ends)}
    return len(ends) > _FEWEST_ROWS and len(sizes) == 1
