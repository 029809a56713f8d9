"""The growth of a whole economy, told again before what its sectors add to it, or behind what one of them drove."""

from dataclasses import replace

from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.link import Link

WHOLE_GROWTH = "whole-growth"
"""The rule of its link."""
_GRDP, _SCORE = "grdp", 6.0
# what is told to grow as a whole
_GROWS = frozenset({_GRDP, "economic_growth", "production_value", "value_added"})


def whole_growth(figure: Figure, frame: Frame) -> Link | None:
    """The link of a percentage that is the growth of all, whatever sectors stand beside it; else None.

    ("trong mức tăng chung 6% của quý I thì dịch vụ tăng 7%", "trong 6% tăng trưởng chung, dịch vụ đóng góp 2%",
    "dịch vụ tăng 9%, góp phần đưa tăng trưởng chung đạt 7%")
    """
    if figure.q.unit != "percent" or not _is_of_whole(figure):
        return None
    code = next((d.code for d in frame.backwards() if d.measure == "change_pct"), _GRDP)
    if code not in _GROWS:
        return None
    # "6% của quý I": its time, and nothing that it is held against
    figure.around = replace(figure.around, before="", against="", prior_text="")
    return Link(code, None, _SCORE, WHOLE_GROWTH)


def _is_of_whole(figure: Figure) -> bool:
    folded, q, first = figure.folded, figure.q, figure.spot.sentence.start
    if WORDS["of_whole_growth"].search(folded, first, q.start) is not None:
        return True
    opens = WORDS["part_of_growth"].search(folded, first, q.start) is not None
    return opens and WORDS["growth_behind"].match(folded, q.end) is not None
