"""Lists of places below a caption that tells what is parted by them: each figure is put behind its place, as a row.

("Số hộ nghèo phân theo xã" above "Xã Tân Lập 120", "Xã Đồng Tiến 95", ...; the text stays as long)
"""

import re

from civic_etl.extract.patterns import compiled
from civic_etl.extract.table_lines import Line, lines_of

_BY_PLACES = compiled("place_tables.yaml", "by_places")
# "Tổ dân phố 3 120": the last number is the figure
_ROW = re.compile(r"(?P<label>[^\W\d_][^|\t;:.]{1,50}?) (?P<figure>\d[\d.,]*)%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST = 3
# lines that may stand between the caption and the first place: what it says in English, the unit
_MOST_BETWEEN = 3


def tells_places(folded: str) -> bool:
    """Whether a folded text says that what it tells is parted by places."""
    return _BY_PLACES.search(folded) is not None


def with_place_lists(text: str) -> str:
    """The text with a bar between the place and the figure of each row of such a list."""
    if text.count("\n") < _FEWEST or not tells_places(text.lower()):
        return text
    lines = lines_of(text)
    cells: list[str] | None = None
    for at, line in enumerate(lines):
        if not tells_places(line.text.lower()):
            continue
        gaps = next((found for n in range(_MOST_BETWEEN + 1) if (found := _gaps(lines, at + 1 + n))), [])
        if len(gaps) >= _FEWEST:
            cells = cells or list(text)
            for gap in gaps:
                cells[gap] = "|"
    return text if cells is None else "".join(cells)


def _gaps(lines: list[Line], first: int) -> list[int]:
    """The blanks before the figures of the rows that stand from a line on."""
    found: list[int] = []
    for line in lines[first:]:
        row = _ROW.fullmatch(line.text)
        if row is None or not row["label"][0].isupper() or _YEAR.fullmatch(row["figure"]) is not None:
            break
        found.append(line.start + row.end("label"))
    return found
