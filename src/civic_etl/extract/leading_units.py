"""Units that stand before their figures: cells of rows that lost the signs between them ("Thu ngân sách tỷ đồng 16,2").

How much one of such a unit is would go unread with them, and the sum be told a billion times too small.
"""

import re

from civic_etl.extract.table_units import CellUnit, is_unit, read_unit
from civic_etl.extract.tokens import TokenLine

# all that stands behind the first figure of such a row: more figures up to the end of its line
_ONLY_FIGURES = re.compile(r"(?: +[+-]?\d[\d.,]*%?){0,12} *[;.]? *(?:\n|$)")
# "(tỷ đồng): 16,2"
_IN_BRACKETS = re.compile(r"\(([^()\n]{1,30})\) ?:? ?$")
_WORD = re.compile(r"[^\W\d_]{2}")
_MOST_WORDS, _REACH = 4, 60
_SHARES = frozenset({"percent", "permille"})


def leading_unit(folded: str, line: TokenLine, start: int, end: int) -> CellUnit | None:
    """The unit right before the number in [start, end), told with its scale: in brackets, or where only figures follow.

    None where it is one of a kind ("ha"), which the words before the number tell anyhow, or counts a number before it.
    """
    if (told := _IN_BRACKETS.search(folded, max(0, start - _REACH), start)) is not None:
        return _scaled(told[1])
    if _ONLY_FIGURES.match(folded, end) is None:
        return None
    low = max(0, start - _REACH)
    opens = max(folded.rfind("\n", low, start), folded.rfind("\t", low, start)) + 1
    at = line.at_or_after(start)
    for first in range(max(0, at - _MOST_WORDS), at):
        word = line.starts[first]
        if word <= opens or not is_unit(folded[word:start].strip()):
            continue
        if first and not _WORD.search(line.words[first - 1]):
            # "thu 12 tỷ đồng 5"
            return None
        return _scaled(folded[word:start])
    return None


def _scaled(text: str) -> CellUnit | None:
    unit = read_unit(text.strip()) if is_unit(text.strip()) else None
    return unit if unit is not None and (unit[1] != 1 or unit[0] in _SHARES) else None
