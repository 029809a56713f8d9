"""Counts whose bare noun leans on the count right beside them: members or animals of some households, workers."""

import re

from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.link import Link
from civic_etl.extract.patterns import patterns

_WORDS = patterns("beside.yaml")
_WORKERS, _ALL_WORKERS = "lao động", "labour_force"
_ALL_HOUSEHOLDS = "households"
_AREA, _POPULATION = "natural_area", "population"
_OF_PLACE = frozenset({_POPULATION, _ALL_HOUSEHOLDS, "residential_groups", "communes"})
_SCORE = 5.0
_FISHERY, _OUTPUTS = "fishery_output", frozenset({"crop_output", "food_output", "livestock_output"})
_HERD, _KEPT_REACH = "livestock_herd", 80
_BARE_END = re.compile(r"\s*(?:$|[,;.:()/]|(?:và|chiếm|trong đó|với)\b)")


def beside(figure: Figure, link: Link | None, frame: Frame) -> Link | None:
    """What a count of persons with a bare noun is of, where the figure before it tells; the link it has otherwise."""
    last, q = frame.last, figure.q
    if q.unit == "tonne" and _WORDS["fishery"].fullmatch(figure.gap) is not None:
        # "sản lượng thịt hơi 320 tấn, thủy sản 48 tấn"
        before = frame.of_unit(q.unit)
        return Link(_FISHERY, None, _SCORE, "companion") if before is not None and before.code in _OUTPUTS else link
    if q.unit == "head" and _are_kept(figure, frame):
        return Link(_HERD, None, _SCORE, "of-count")
    if last is None or q.unit != "person" or last.measure != "level" or q.denominator is not None:
        return link
    if _BARE_END.match(figure.folded, q.end) is None:
        return link
    if q.noun == _WORKERS and last.code in _OF_PLACE and _WORDS["joint"].fullmatch(figure.gap):
        return Link(_ALL_WORKERS, None, _SCORE, "companion")
    of_area = last.code == _AREA and _WORDS["people"].fullmatch(q.noun) is not None
    if of_area and _WORDS["with_people"].fullmatch(figure.gap) is not None:
        return Link(_POPULATION, None, _SCORE, "companion")
    of_some = last.quantity.unit == "household" and last.code != _ALL_HOUSEHOLDS
    if of_some and _WORDS["members"].fullmatch(q.noun) and _WORDS["with_members"].fullmatch(figure.gap):
        return Link("other", None, _SCORE, "part")
    return link


def _are_kept(figure: Figure, frame: Frame) -> bool:
    """Whether animals are those of the households counted right before ("số hộ nuôi bò là 410 hộ với 1.230 con")."""
    last = frame.last
    if last is None or last.quantity.unit != "household" or _WORDS["with_animals"].fullmatch(figure.gap) is None:
        return False
    start = last.quantity.start
    first = max(figure.spot.sentence.start, start - _KEPT_REACH)
    return _WORDS["kept_by"].search(figure.folded, first, start) is not None
