"""The names of units right behind their count ("2 xã Tân Lập, Tân Thành đạt chuẩn")."""

import re
from bisect import bisect_left

from civic_etl.extract.context import Context

# what stands before each of the names
_JOINT = re.compile(r" ?(?:(?:là|gồm)? ?:?|,|,? và) ?(?:(?:xã|phường|thị trấn|huyện|thị xã) )?")


def past_names(context: Context, end: int) -> int:
    """Where the names of units behind a count that stops at `end` stop: what is told of them follows."""
    names = context.names
    index = bisect_left(names, (end, 0))
    # the noun of the count is the type of the first name
    end = max(end, names[index - 1][1]) if index else end
    while index < len(names) and _JOINT.fullmatch(context.folded, end, names[index][0]) is not None:
        end = names[index][1]
        index += 1
    return end
