"""Figures out of the markdown tables that the benchmarks wrote."""

import re
from pathlib import Path

_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Tables:
    """All tables of a markdown file, looked up by the words of a row and a column."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: list[list[list[str]]] = []
        rows: list[list[str]] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.startswith("|"):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            elif rows:
                self._tables.append(rows)
                rows = []

    def cell(self, column: str, *row: str) -> str:
        """The cell of the first table with that column and a row that begins with those cells. Raises LookupError."""
        for header, *rows in self._tables:
            if column in header:
                for cells in rows:
                    if tuple(cells[: len(row)]) == row:
                        return cells[header.index(column)]
        raise LookupError(f"{self._path.name} has no row {' | '.join(row)!r} with a column {column!r}")

    def figure(self, column: str, *row: str) -> float:
        """The first number of a cell."""
        return _number(self.cell(column, *row))

    def bracketed(self, column: str, *row: str) -> float:
        """The number in brackets of a cell such as `36.3 (58.5)`."""
        return _number(self.cell(column, *row).partition("(")[2])


def _number(text: str) -> float:
    found = _FIGURE.search(text)
    if found is None:
        raise LookupError(f"no number in {text!r}")
    return float(found[0].replace(",", ""))
