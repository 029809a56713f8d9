"""Figures that are yearly means of a longer time ("bình quân hằng năm", "12%/năm")."""

from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS

BY_YEAR = frozenset({"income_per_capita", "food_per_capita", "grdp_per_capita", "value_per_ha"})
"""Indicators whose own unit is by the year: "/năm" says nothing of a mean."""

_NEAR = 60
_OPENING = 45
_CLAUSE = 160
_RATED = "_rated_rate"
_MEANS = BY_YEAR | {"crop_yield", "cpi"}
_RISES = ("bình quân tăng", "bình quân giảm", "trung bình tăng", "trung bình giảm")


def is_yearly_mean(figure: Figure) -> bool:
    """Whether the words before a figure say that it is a yearly mean of a longer time."""
    if figure.measure == "multiple" or WORDS["whole_term"].match(figure.folded, figure.q.end) is not None:
        return False
    first, start = figure.spot.sentence.start, figure.q.start
    near = figure.folded[max(figure.spot.floor, first, start - _NEAR) : start]
    opening = figure.folded[first : min(first + _OPENING, start)]
    # what is a mean of an item before is none of the next one
    near = near.rpartition(";")[2]
    if WORDS["mean_opening"].match(opening) is not None:
        return True
    told = WORDS["mean"].first_in(near)
    if told is not None and told[0].startswith(_RISES) and figure.code in _MEANS:
        # "thu nhập bình quân tăng 12%"
        told = None
    if told is not None:
        # "hằng năm đều vượt kế hoạch, năm 2019 đạt 12 tỷ đồng"
        return WORDS["dated"].search(near, told.end()) is None
    # what cells and members are rated is told together
    low = first if figure.code.endswith(_RATED) else figure.folded.rfind(";", max(first, start - _CLAUSE), start) + 1
    clause = max(first, low)
    return clause >= start - _CLAUSE and WORDS["mean_clause"].match(figure.folded[clause:start]) is not None


def is_per_year(figure: Figure) -> bool:
    """Whether a figure is given by the year ("12%/năm", "30 đảng viên mỗi năm")."""
    q = figure.q
    told = "/năm" in q.per or "/năm" in figure.folded[q.number_end : q.end + 5].replace(" ", "")
    return told or WORDS["each_year"].match(figure.folded, q.end) is not None
