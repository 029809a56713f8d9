"""The names of units right behind their count ("2 xã Tân Lập, Tân Thành đạt chuẩn", "2 xã (A, B) đạt chuẩn")."""

import re
from bisect import bisect_left

from civic_etl.extract.context import Context
from civic_etl.extract.patterns import patterns
from civic_etl.extract.quantities import Quantity

_PLACES = frozenset({"commune", "residential_group", "district", "school"})
_AIM, _FIELDS_OF_AIMS = "target", patterns("link_words.yaml")["fields_of_aims"]
# what stands before each of the names
_JOINT = re.compile(r" ?(?:(?:là|gồm)? ?:?|,|,? và) ?(?:(?:xã|phường|thị trấn|huyện|thị xã) )?")
# ... and all of them in brackets, be it of units that no list has
_IN_BRACKETS = re.compile(r" ?\([^();:%]{2,160}\)(?= [^\W\d_])")

ASIDE_OF_HARM: re.Pattern[str] = re.compile(r"\s?\([^()%]{2,160}\)(?= bị )")
"""Brackets between those who came to harm and what befell them, which say where ("64 hộ (xã A, xã B) bị ngập")."""


def past_names(context: Context, quantity: Quantity) -> int:
    """Where the names of the units that a figure counts stop behind it: what is told of them follows.

    So do the fields of aims, and an aside of those who came to harm.
    """
    end = quantity.end
    if quantity.unit not in _PLACES:
        behind = _FIELDS_OF_AIMS if quantity.unit == _AIM else ASIDE_OF_HARM
        told = behind.match(context.folded, end)
        return end if told is None else told.end()
    names = context.names
    index = bisect_left(names, (end, 0))
    # the noun of the count is the type of the first name
    end = max(end, names[index - 1][1]) if index else end
    while index < len(names) and _JOINT.fullmatch(context.folded, end, names[index][0]) is not None:
        end = names[index][1]
        index += 1
    bracket = _IN_BRACKETS.match(context.folded, end)
    return bracket.end() if bracket is not None else end
