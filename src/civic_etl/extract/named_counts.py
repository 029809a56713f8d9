"""Counts that only introduce the names of what they count, or tell of how much something was made."""

import re

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Draft
from civic_etl.extract.story_words import DATA, words

_MERGED, _NOW = words("merged"), words("now")
_OF_UNITS = re.compile(rf"(?:{'|'.join(DATA['of_units'])})\s*$")
_MADE_REACH = 40
_UNITS_OF_PLACE = frozenset({"commune", "district", "province", "residential_group"})
_NAMES, _PERSON_NAMES = re.compile(DATA["names_behind"]), re.compile(DATA["person_names_behind"])
_NAME_LIST, _COUNTS = re.compile(DATA["name_list"]), re.compile(DATA["counts"])
_NEXT_NAME = re.compile(r",| và ")
PEOPLE = frozenset({"person", "party_member"})
"""Units of counts of people."""
BARE = frozenset({"unit-noun", "right", "part", "unlinked"})
"""Rules of counts by a bare noun: of who came as well as of who there are."""


def is_made_of(context: Context, draft: Draft) -> bool:
    """Whether a count tells of how many units another one was made ("xã mới được hợp nhất từ 3 xã")."""
    near = context.folded[max(draft.sentence.start, draft.quantity.start - _MADE_REACH) : draft.quantity.end]
    merged = _MERGED.first_in(near)
    # "hợp nhất 2 chi bộ, nay còn 16 chi bộ"
    return merged is not None and _NOW.first_in(near[merged.end() :]) is None


def names_persons(context: Context, draft: Draft) -> bool:
    """Whether a count of persons only introduces their names ("Chủ tọa là hai đồng chí Lê Văn Tám và ...")."""
    if draft.quantity.unit not in PEOPLE or draft.quantity.denominator is not None:
        return False
    return _PERSON_NAMES.match(context.text, draft.quantity.end) is not None


def names_units(context: Context, draft: Draft, before: str) -> bool:
    """Whether a count of units only introduces their names ("sáp nhập 3 xã A, B và C", "HĐND hai huyện A và B")."""
    if draft.quantity.unit not in _UNITS_OF_PLACE or draft.quantity.denominator is not None:
        return False
    if _NAMES.match(context.text, draft.quantity.end) is None:
        return False
    if draft.rules[0] in BARE and draft.code == "other" and not _COUNTS.search(before) and _names_all(context, draft):
        return True
    return _MERGED.first_in(before[-110:]) is not None or _OF_UNITS.search(before) is not None


def _names_all(context: Context, draft: Draft) -> bool:
    """Whether as many names stand behind a count as it counts ("cả hai xã Tân Lập, Tân Thành đều ...")."""
    names = _NAME_LIST.match(context.text, draft.quantity.end)
    return names is not None and len(_NEXT_NAME.findall(names[1])) + 1 == draft.quantity.value
