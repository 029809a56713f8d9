"""Criteria of the new rural area: those that one commune met, or a sum over many, those left, those of another set."""

from civic_etl.extract.context import Context
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import MOVES, Figure
from civic_etl.extract.patterns import patterns
from civic_etl.extract.quantity import is_whole

_CODE = "ntm_criteria_met"
MEAN = "ntm_criteria_average"
"""The mean of the criteria that the communes of a place met."""
# the set for communes, and the longest one
_ALL, _MOST = 19, 20
# so far before criteria stands who met them
_REACH = 80
_WORDS = patterns("criteria.yaml")


class Criteria:
    """Tells what the criteria counted in one document are of."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._told: bool | None = None

    def _speaks(self) -> bool:
        """Whether the document speaks of the programme."""
        if self._told is None:
            self._told = _WORDS["programme"].is_in(self._context.folded)
        return self._told

    def is_mean(self, code: str, figure: Figure, frame: Frame) -> bool:
        """Whether criteria are those that communes met on average, or tell how that mean moved.

        ("bình quân 14,4 tiêu chí/xã, tăng 0,7 tiêu chí")
        """
        if code != _CODE:
            return False
        if figure.q.unit == "criterion" and figure.q.denominator is None and not is_whole(figure.q.value):
            # no commune meets a part of one
            return figure.q.value < _MOST
        if figure.around.before not in MOVES:
            return False
        last = frame.of_unit(figure.q.unit)
        return last is not None and last is frame.last and last.code == MEAN

    def is_other(self, code: str, figure: Figure, frame: Frame) -> bool:
        """Whether criteria are not those met by one commune ("toàn huyện đạt 112 tiêu chí", "theo 4 tiêu chí")."""
        if code not in {_CODE, MEAN} or figure.q.unit != "criterion":
            return False
        if code == MEAN:
            return _is_of_some(figure)
        q, folded, first = figure.q, figure.folded, figure.spot.sentence.start
        whole = q.denominator or q.value
        named = self._speaks() or whole == _ALL or figure.around.before in MOVES
        if whole > _MOST or not named:
            return True
        if _WORDS["left"].match(folded, q.end):
            return True
        if _WORDS["each"].search(folded, first, q.start) or _WORDS["one_commune"].search(folded, first, q.start):
            return False
        if whole != _ALL and (_WORDS["of_many"].search(folded, first, q.start) or self._is_of_village(figure)):
            return True
        last = frame.of_unit(q.unit)
        return last is not None and last.code == "other"

    def _is_of_village(self, figure: Figure) -> bool:
        """Whether criteria are those of the set for villages ("2 thôn đạt 10/10 tiêu chí")."""
        q, folded = figure.q, figure.folded
        near = max(figure.spot.sentence.start, q.start - _REACH)
        return _WORDS["of_village"].search(folded, near, q.start) is not None or (
            _WORDS["village_set"].match(folded, q.end) is not None
        )


def _is_of_some(figure: Figure) -> bool:
    """Whether a mean is of some communes alone ("bình quân tại 25 xã điểm là 16,4 tiêu chí/xã")."""
    return _WORDS["of_some"].search(figure.folded, figure.spot.sentence.start, figure.q.start) is not None
