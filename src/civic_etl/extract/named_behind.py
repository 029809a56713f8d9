"""The names of units right behind their count ("2 xã Tân Lập, Tân Thành đạt chuẩn", "2 xã (A, B) đạt chuẩn")."""

import re
from bisect import bisect_left

from civic_etl.extract.context import Context
from civic_etl.extract.quantities import Quantity

_PLACES = frozenset({"commune", "residential_group", "district", "school"})
# what stands before each of the names
_JOINT = re.compile(r" ?(?:(?:là|gồm)? ?:?|,|,? và) ?(?:(?:xã|phường|thị trấn|huyện|thị xã) )?")
# ... and all of them in brackets, be it of units that no list has
_IN_BRACKETS = re.compile(r" ?\([^();:%]{2,160}\)(?= [^\W\d_])")


def past_names(context: Context, quantity: Quantity) -> int:
    """Where the names of the units that a figure counts stop behind it: what is told of them follows."""
    end = quantity.end
    if quantity.unit not in _PLACES:
        return end
    names = context.names
    index = bisect_left(names, (end, 0))
    # the noun of the count is the type of the first name
    end = max(end, names[index - 1][1]) if index else end
    while index < len(names) and _JOINT.fullmatch(context.folded, end, names[index][0]) is not None:
        end = names[index][1]
        index += 1
    bracket = _IN_BRACKETS.match(context.folded, end)
    return bracket.end() if bracket is not None else end
