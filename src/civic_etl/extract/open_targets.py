"""Figures that only have a lower end: "phấn đấu sản lượng từ 20.000 tấn/năm", "giảm 50 hộ nghèo trở lên"."""

import re
from dataclasses import replace

from civic_etl.extract.figure import Figure
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantity import Quantity

_FROM = re.compile(r"từ\s")
_TO = re.compile(r"\s*(?:[^\s;,.]+\s+){0,4}(?:đến|lên|tới|xuống|còn|thành|trở)\b")
# "từ 95% vốn đầu tư công trở lên"
_UPWARDS = re.compile(r"\s+(?:[^\W\d_]+ ){1,6}trở lên\b")
_AND_MORE = compiled("figure_words.yaml", "and_more")
_MOVES = frozenset({"rise", "fall", "to_level"})
_LEVELS = frozenset({"level", "share"})


def at_least(figure: Figure) -> Quantity:
    """The quantity of a figure, "ge" where it is so much or more, or aimed at from there on without an upper end."""
    q = figure.q
    opened = _FROM.match(figure.folded, q.start, q.number_start) is not None
    if (
        opened
        and q.comparator == "eq"
        and q.upper is None
        and _UPWARDS.match(figure.folded, q.end, figure.spot.ceiling)
    ):
        return replace(q, comparator="ge")
    if q.comparator == "eq" and q.upper is None and _AND_MORE.match(figure.folded, q.end, figure.spot.ceiling):
        return replace(q, comparator="ge")
    if figure.kind != "target" or figure.measure not in _LEVELS or figure.journey or figure.around.before in _MOVES:
        return q
    if q.comparator != "eq" or q.upper is not None or not opened:
        return q
    return q if _TO.match(figure.folded, q.end, figure.spot.ceiling) else replace(q, comparator="ge")
