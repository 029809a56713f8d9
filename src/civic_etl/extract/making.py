"""What is done to roads, canals and houses: the verb of making tells it of all that it governs."""

import re

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.indicators.lexicon import load_variants

_KIND, _ROAD = "kind", "road"
_JOINT = re.compile(r"[^,;.:\d]{0,40}(?:,|và|, và)\s*(?:hơn |trên |gần |khoảng )?")
# between a whole and its parts, and between what is made and the next, told by its own name ("..., ngõ xóm 68 km")
_PART_OF = re.compile(r"[^,;.:\d]{0,60}[,;.(]\s*(?:trong đó|riêng)\b[^,;.:\d]{0,40}")
_NEXT = re.compile(r"[^,;.:\d]{0,40}(?:,|và|, và)")
# between how many were made and how long they are
_LONG = re.compile(r"[^,;.:\d]{0,50},?\s*\(?\s*(?:với |có )*(?:tổng )?(?:chiều )?dài[^,;.:\d]{0,25}")
# between a verb and what it is done to
_SLACK = re.compile(r"(?:\s*(?:thêm|được|mới|hơn|trên|gần|khoảng|với)\b)*\s*$")
_VERB_REACH = 60
# the noun of a count may go on behind it ("3 tuyến ngõ")
_NOUN_REACH = 12
_MARKS = ",;:.("


def kind_of_making(code: str, own: Breakdown, figure: Figure, frame: Frame, categories: Categories) -> Breakdown:
    """The categories of what is made with the kind that a verb before the figure in front of it tells.

    ("cất 3 nhà tình nghĩa, 4 nhà tình thương", "làm mới 5 tuyến đường dài 3,6 km")
    """
    last = frame.last
    if last is None or _KIND in own or code not in load_variants()["made"]:
        return own
    if _LONG.fullmatch(figure.gap) is not None:
        start = last.quantity.start
        first = max((figure.folded.rfind(mark, figure.spot.sentence.start, start) for mark in _MARKS), default=-1)
        told = categories.named(code, _KIND, max(first, figure.spot.sentence.start), start)
        roads = categories.named(code, _ROAD, start, last.quantity.end + _NOUN_REACH)
        named = {_KIND: told[-1][1]} if told else {}
        return ({_ROAD: roads[0][1]} if roads else {}) | named | own
    kind = last.breakdown.get(_KIND)
    if kind is None or not categories.knows(code, _KIND, kind):
        return own
    # "bê tông hóa 12 km đường thôn, bằng 104% kế hoạch, 9 km đường nội đồng"
    listed = last.quantity.unit == figure.q.unit or last.code == code
    return own | {_KIND: kind} if listed and _is_governed(code, figure, categories) else own


def _is_governed(code: str, figure: Figure, categories: Categories) -> bool:
    """Whether the verb before the figure in front governs a figure, too: of the next of a list, or of a part."""
    gap = figure.gap
    if _JOINT.fullmatch(gap) is not None or _PART_OF.fullmatch(gap) is not None:
        return True
    joint = _NEXT.match(gap)
    if joint is None:
        return False
    start = figure.q.start - len(gap) + joint.end()
    # "láng nhựa 2 km, nâng cấp 4 km đường ấp"
    anew = categories.named(code, _KIND, start, figure.q.start)
    return not anew and categories.fills(code, start, figure.q.start)


def right_before(categories: Categories, code: str, figure: Figure, low: int) -> Breakdown:
    """The categories of [low, figure) where the last one stands right before the figure ("mở mới 3,2 km")."""
    start = figure.q.start
    hits = categories.hits(code, max(low, start - _VERB_REACH), start)
    if not hits or _SLACK.fullmatch(figure.folded, hits[-1].end, start) is None:
        return {}
    if figure.folded[hits[-1].start : hits[-1].end] in load_variants()["not_made"]:
        return {}
    return categories.read(code, figure.q, hits[-1].start, start, None)
