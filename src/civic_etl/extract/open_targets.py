"""Figures that only have a lower end: "phấn đấu sản lượng từ 20.000 tấn/năm", "giảm 50 hộ nghèo trở lên"."""

import re
from dataclasses import replace

from civic_etl.extract.figure import Figure
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantity import Quantity

_FROM = re.compile(r"từ\s")
_TO = re.compile(r"\s*(?:[^\s;,.]+\s+){0,4}(?:đến|lên|tới|xuống|còn|thành|trở)\b")
# "từ 95% vốn đầu tư công trở lên"
UPWARDS = re.compile(r"\s+(?:[^\W\d_]+ ){1,6}trở lên\b")
"""Behind a figure, the noun that it counts and what makes it the least."""
_AND_MORE = compiled("figure_words.yaml", "and_more")
_PASSES = compiled("figure_words.yaml", "passes")
# "vượt 3 tiêu chí" counts what was exceeded
_AIMS = frozenset({"target", "criterion"})
# a result "đạt từ 2.100 tấn" without an upper end is so much at least
_REACHED = "đạt "
_MOVES = frozenset({"rise", "fall", "to_level"})
_LEVELS = frozenset({"level", "share", "plan_ratio"})


def _passed(figure: Figure) -> re.Match[str] | None:
    """The verb right before an amount that says that so much was passed ("thu ngân sách vượt mốc 20.000 tỷ đồng")."""
    q, around = figure.q, figure.around
    if figure.measure != "level" or around.before != "exceed" or around.against or q.denominator is not None:
        return None
    return None if q.unit in _AIMS else _PASSES.search(figure.folded, figure.spot.floor, q.start)


def at_least(figure: Figure) -> Quantity:
    """The quantity of a figure, "ge" where it is so much or more, or aimed at or reached from there on.

    "gt" where it was passed, "ge" where it was met and passed.
    """
    q = figure.q
    if q.comparator != "eq" or q.upper is not None:
        return q
    behind = figure.folded, q.end, figure.spot.ceiling
    opened = _FROM.match(figure.folded, q.start, q.number_start) is not None
    if (passed := _passed(figure)) is not None:
        return replace(q, start=passed.start("passed"), comparator="ge" if passed["met"] else "gt")
    if _AND_MORE.match(*behind) or (opened and UPWARDS.match(*behind)):
        return replace(q, comparator="ge")
    aimed_at = figure.kind == "target" or figure.folded.endswith(_REACHED, 0, q.start)
    aimed_at = aimed_at and figure.measure in _LEVELS and not figure.journey
    if not (opened and aimed_at) or figure.around.before in _MOVES or _TO.match(*behind):
        return q
    return replace(q, comparator="ge")
