"""The noun that the words right before a figure count, where the figure itself is of no unit of its own.

("số doanh nghiệp giải thể giảm 5%", "doanh nghiệp đăng ký mới tăng 161")
"""

from civic_etl.extract.context import Context
from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.patterns import compiled

_HEAD, _MOVED, _ANIMALS = (compiled("quantities.yaml", key) for key in ("head", "moved", "animals"))
# units whose nouns open a clause as its subject
_COUNTED = frozenset(read_data("quantities.yaml")["headed"])
# whose nouns stand before the names of places
_PLACES = frozenset({"commune", "residential_group"})
_REACH = 120
_LONGEST_UNIT = 8
_MARK = 2
_ENDS_CLAUSE = ";:.\n"


def head_unit(context: Context, floor: int, end: int, *, says_number: bool) -> str:
    """The unit of the noun that opens the last clause of [floor, end); "" where none does.

    `says_number` is whether "số" must open it.
    """
    folded, line = context.folded, context.line
    # the mark that the sentence before ends with opens a clause, too
    heads = list(_HEAD.finditer(folded, max(0, floor - _MARK, end - _REACH), end))
    if not heads or (says_number and heads[-1]["number"] is None):
        return ""
    first = line.at_or_after(heads[-1].end())
    found = unit_words().longest_at(line.words, first, min(first + _LONGEST_UNIT, line.at_or_after(end)))
    counted = found is not None and found[1].factor == 1 and found[1].unit in _COUNTED
    return found[1].unit if found is not None and counted else ""


def told_unit(context: Context, floor: int, end: int) -> str:
    """The unit of the first counted noun, or the animals, of the clause before a figure; "" for none known."""
    folded, line = context.folded, context.line
    stop = len(folded[max(floor, end - _MARK) : end].rstrip(" :")) + max(floor, end - _MARK)
    start = max([floor, end - _REACH, *(folded.rfind(mark, floor, stop) + 1 for mark in _ENDS_CLAUSE)])
    last = line.at_or_after(end)
    for first in range(line.at_or_after(start), last):
        found = unit_words().longest_at(line.words, first, min(first + _LONGEST_UNIT, last))
        if found is not None and found[1].factor == 1 and found[1].unit in _COUNTED - _PLACES:
            return found[1].unit
    return "head" if _ANIMALS.search(folded, start, end) is not None else ""


def moved_unit(context: Context, floor: int, end: int) -> str:
    """The unit of a bare number that a count rose or fell by, which is told by the noun of its clause."""
    if _MOVED.search(context.folded, floor, end) is None:
        return ""
    return head_unit(context, floor, end, says_number=False)
