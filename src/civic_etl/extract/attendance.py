"""Counts of those who came to one event: its procedure, and no fact of the place."""

import re

from civic_etl.extract.drafts import Draft
from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled

_DATA = read_data("attendance.yaml")
_CAME, _JOINED, _HELD, _ALWAYS, _MET, _AT_EVENT, _DIVIDED = (
    compiled("attendance.yaml", key) for key in ("came", "joined", "held", "always", "met", "at_event", "divided")
)
_GROUPS = re.compile(rf"\s*(?:{'|'.join(_DATA['groups'])})\b")
_CODES = frozenset(_DATA["codes"])
_PERSONS = frozenset({"person", "party_member", "unit", "visit"})
# so much of a sentence behind a count may tell that those counted came
_REACH = 200


def of_several(before: str) -> bool:
    """Whether a sentence told of several meetings, which is what was done in a year and no one's procedure."""
    return _HELD.search(before) is not None and _ALWAYS.search(before) is None


def came_to_event(draft: Draft, before: str, folded: str) -> bool:
    """Whether a figure counts who came to an event; `before` are the words of its sentence before its number."""
    quantity = draft.quantity
    head = folded[draft.sentence.start : quantity.start]
    if _GROUPS.match(folded, quantity.number_end) is not None and _DIVIDED.search(head) is not None:
        return True
    if draft.code not in _CODES or quantity.unit not in _PERSONS or quantity.numerator is not None:
        return False
    if draft.code == "other" and quantity.unit == "unit" and draft.measure != "level":
        return False
    if _MET.search(head) is not None or _AT_EVENT.match(head) is not None:
        return True
    noun = folded[quantity.number_end : quantity.end]
    if of_several(before) and _ALWAYS.search(noun) is None:
        return False
    stop = min(quantity.end + _REACH, draft.sentence.end)
    of_day = draft.period is not None and draft.period.is_day
    if _CAME.match(folded, quantity.end, stop) is not None:
        return True
    return of_day and _JOINED.match(folded, quantity.end, stop) is not None
