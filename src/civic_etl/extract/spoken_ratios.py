"""Ratios and ranks told in words: "tăng gấp đôi", "hơn nửa dân số", "xếp thứ nhất toàn tỉnh"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.quantity import Comparator, Quantity
from civic_etl.pattern import Pattern

_DATA = read_data("spoken_ratios.yaml")
_COMPARED = "|".join(_DATA["comparators"])
_NO_MORE = "".join(f"(?<!{word} )" for word in _DATA["more"])
# "cao hơn gấp đôi" is twice as high, "tăng hơn gấp đôi" more than that
_WORDS_OF_TIMES = rf"({'|'.join(_DATA['times'])})\b(?! {_DATA['not_behind_times']})"
_TIMES = Pattern(rf"\b(?:{_NO_MORE}({_COMPARED}) )?gấp (?:({_COMPARED}) )?{_WORDS_OF_TIMES}")
_OF_EFFORT = Pattern(_DATA["of_effort"])
_EFFORT_REACH = 12
_OF_TEAM, _TEAM_REACH = Pattern(_DATA["of_team"]), 50
_HALVES = rf"(?:({_COMPARED}) )?(?:(?:một|phân) )?nửa"
_HALF = Pattern(rf"\b{_HALVES}(?= (?:{'|'.join(_DATA['behind_half'])})\b)")
_HALF_TOLD = Pattern(rf"\b{_DATA['before_half']} ({_HALVES})(?=\s*(?:[.,;:)]|$| so\b))")
# "xếp thứ ba mươi", "thứ nhì, ba": no rank told by its word
_RANK = Pattern(rf"\b{_DATA['before_rank']}(thứ ({'|'.join(_DATA['ranks'])}))\b(?! (?:mươi|chục|hai|ba|tư|năm))")


def told_in_words(folded: str) -> Iterator[Quantity]:
    """The multiples, halves and ranks of a text, in the order in which they stand."""
    for match in _TIMES.all_in(folded):
        if _OF_EFFORT.search(folded, max(0, match.start() - _EFFORT_REACH), match.start()) is not None:
            continue
        comparator = _DATA["comparators"].get(match[1] or match[2], "eq")
        yield _quantity(match, Decimal(str(_DATA["times"][match[3]])), "times", comparator)
    for match in _HALF.all_in(folded):
        yield _quantity(match, Decimal(50), "percent", _DATA["comparators"].get(match[1], "eq"))
    for match in _HALF_TOLD.all_in(folded):
        yield _quantity(match, Decimal(50), "percent", _DATA["comparators"].get(match[2], "eq"), group=1)
    for match in _RANK.all_in(folded):
        if _OF_TEAM.search(folded, max(0, match.start() - _TEAM_REACH), match.start()) is not None:
            continue
        yield _quantity(match, Decimal(_DATA["ranks"][match[2]]), "rank", "eq", group=1)


def _quantity(match: re.Match[str], value: Decimal, unit: str, comparator: Comparator, *, group: int = 0) -> Quantity:
    start, end = match.span(group)
    return Quantity(start, end, start, end, value, None, None, None, unit, False, "", comparator, "", False)
