"""Tables as rows of text: `cell | cell | cell`, every cell under its own column."""

from bs4 import Tag

from civic_etl.parse.tidy import tidy

# What a page may claim of a span without being believed further.
_WIDEST = 60
_LONGEST = 5_000
_WORDY = 60
_MOST_HEADER_ROWS = 3


def table_rows(table: Tag) -> list[str] | None:
    """The rows of a table of data, or None for a table that only frames other content.

    A cell that spans the whole table stands alone; the rows of a header of several storeys are joined into one.
    """
    rows = _own_rows(table)
    cells = [_cells(row) for row in rows]
    if not _is_data(table, cells):
        return None
    depth = _header_depth(cells)
    grid = _grid(cells, depth)
    width = max(map(len, grid), default=0)
    if depth > 1:
        grid = [_joined(grid[:depth], width), *grid[depth:]]
    return [line for line in (_line(row, width) for row in grid) if line]


def own_cells(table: Tag) -> list[Tag]:
    """Every cell of this table in order, its caption first; not those of tables inside it."""
    captions = table.find_all("caption", recursive=False)
    return [*captions, *(cell for row in _own_rows(table) for cell in _cells(row))]


def _cells(row: Tag) -> list[Tag]:
    return list(row.find_all(("td", "th"), recursive=False))


def _own_rows(table: Tag) -> list[Tag]:
    """Rows of this table, not of tables inside it."""
    rows: list[Tag] = []
    for child in table.find_all(True, recursive=False):
        if child.name == "tr":
            rows.append(child)
        elif child.name in ("thead", "tbody", "tfoot"):
            rows += child.find_all("tr", recursive=False)
    return rows[:_LONGEST]


def _is_data(table: Tag, cells: list[list[Tag]]) -> bool:
    """Two columns and two rows at least, and no cell that holds a picture, a table or a whole passage."""
    if table.find("table") is not None or max(map(len, cells), default=0) < 2:
        return False
    if len([row for row in cells if row]) < 2:
        return False
    if table.find("img") is not None:
        return False
    lengths = [len(cell.get_text(" ").split()) for row in cells for cell in row]
    filled = [length for length in lengths if length]
    return bool(filled) and sum(length > _WORDY for length in filled) * 3 <= len(filled)


def _grid(cells: list[list[Tag]], header: int) -> list[list[str]]:
    """Every row with a text for every column. Header cells and labels fill what they span, figures are not repeated."""
    grid: list[list[str]] = []
    above: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(cells):
        line: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        for cell in row:
            _reach_down(line, above, below)
            text = tidy(cell.get_text(" "))
            high = _span(cell, "rowspan")
            repeated = text if number < header else ""
            for at in range(min(_span(cell, "colspan"), _WIDEST - len(line))):
                filled = repeated if at else text
                if high > 1:
                    below[len(line)] = (high - 1, filled if number < header else _label(filled))
                line.append(filled)
        _reach_down(line, above, below)
        above = below
        grid.append(line)
    return grid


def _reach_down(line: list[str], above: dict[int, tuple[int, str]], below: dict[int, tuple[int, str]]) -> None:
    """Fill in the cells with which earlier rows reach into this one."""
    while (column := len(line)) in above:
        left, text = above[column]
        if left > 1:
            below[column] = (left - 1, text)
        line.append(text)


def _label(text: str) -> str:
    return "" if any(letter.isdigit() for letter in text) else text


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return max(1, min(int(value), _WIDEST)) if value.isdigit() and len(value) < 5 else 1


def _header_depth(cells: list[list[Tag]]) -> int:
    """How many rows the header takes: more than one where its first row spans both ways."""
    if not cells or not any(_span(cell, "colspan") > 1 for cell in cells[0]):
        return 1
    high = max((_span(cell, "rowspan") for cell in cells[0]), default=1)
    return high if high <= min(_MOST_HEADER_ROWS, len(cells) - 1) else 1


def _joined(rows: list[list[str]], width: int) -> list[str]:
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(width)]
    return [" ".join(dict.fromkeys(parts)) for parts in columns]


def _line(row: list[str], width: int) -> str:
    if not any(row):
        return ""
    if len(row) == width and not any(row[1:]):
        return row[0]
    while row and not row[-1]:
        row = row[:-1]
    # a line may not begin with its separator: readers would take the second column for the first
    return " | ".join([row[0] or "-", *row[1:]])
