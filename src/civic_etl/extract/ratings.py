"""How Party members and cells are rated, where a list tells the ratings and leaves out whose they are."""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.figure import Figure
from civic_etl.extract.link import Link
from civic_etl.extract.patterns import patterns

_WORDS = patterns("ratings.yaml")
_KEY = "rating"
_MEMBERS, _CELLS = "party_members_rated", "party_cells_rated"
_REACH = 60
_SUBJECT_REACH = 400
_SCORE = 6.5


def rating_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The rating told right behind a figure ("75% hoàn thành tốt nhiệm vụ, 12% hoàn thành nhiệm vụ")."""
    q, ceiling = figure.q, figure.spot.ceiling
    told = categories.named(code, _KEY, q.end, min(q.end + _REACH, ceiling))
    if not told or _WORDS["behind"].fullmatch(figure.folded, q.end, told[0][0].start) is None:
        return {}
    return {_KEY: told[0][1]}


def rated(figure: Figure, categories: Categories) -> Link | None:
    """Who is counted by a bare number behind a rating: those whom the text spoke of last, members or cells.

    ("xếp loại chi bộ: hoàn thành xuất sắc nhiệm vụ 9, chiếm 18%; hoàn thành tốt nhiệm vụ 41")
    """
    start, folded = figure.q.start, figure.folded
    if figure.q.unit != "":
        return None
    told = categories.named(_CELLS, _KEY, max(figure.spot.floor, start - _REACH), start)
    if not told or _WORDS["before"].fullmatch(folded, told[-1][0].end, start) is None:
        return None
    low = max(figure.spot.block.start, start - _SUBJECT_REACH)
    members, cells = (
        max((m.start() for m in _WORDS[key].finditer(folded, low, start)), default=-1) for key in ("members", "cells")
    )
    if members < 0 and cells < 0:
        return None
    return Link(_MEMBERS if members > cells else _CELLS, None, _SCORE, "pattern")


def _last(key: str, folded: str, low: int, start: int) -> int:
    """Where the last of some nouns stands in [low, start); -1 without one."""
    return max((found.start() for found in _WORDS[key].finditer(folded, low, start)), default=-1)
