"""The unit of a number without one: told by the noun it is counted by before it, or by what it is a ratio to."""

import re

from civic_etl.extract.code_units import CURRENCIES, RATES
from civic_etl.extract.context import Context
from civic_etl.extract.counted_heads import moved_unit, told_unit
from civic_etl.extract.figure import Spot
from civic_etl.extract.lexicon import read_data, unit_words
from civic_etl.extract.measure import Surroundings
from civic_etl.extract.patterns import compiled
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.quantity import is_whole

_COUNTED_AS = compiled("quantities.yaml", "counted_as")
_TOLD, _HURT, _IS_SHARE = (compiled("quantities.yaml", key) for key in ("told", "hurt", "is_share"))
_HURT_REACH = 110
_LONGEST_UNIT = 8
_PEOPLE_UNITS = frozenset(read_data("quantities.yaml")["people_units"])
# the start of a way, and what leads from it to its end ("giảm từ 36,06 xuống còn 31,44%")
_FROM = re.compile(r"\btừ (?:mức |khoảng |trên |hơn |gần )?$")
_TO = re.compile(r"[^;.()\d]{0,50}\b(?:lên|xuống|còn)\s*(?:còn |mức |tới |khoảng |trên |dưới )*")
_FROM_REACH = 14
# figures in the order of what was listed, the unit told with the last of them
_IN_ORDER, _NEXT_IN_ORDER = re.compile(r"\blần lượt\b[^,;.()\d]*$"), re.compile(r"\s*và\s*")
_ORDER_REACH = 30
_POWER = re.compile(r"\b(?:trăm|nghìn|ngàn|vạn|triệu|tỷ)\b")
# what a ratio told without its "%" lies between
_RATIOS = (10, 400)


def unit_of_bare(context: Context, q: Quantity, spot: Spot, around: Surroundings) -> str:
    """The unit of a bare number, "" where nothing tells it.

    ("Tổng số lớp học: 25" counts, "đạt 101,5 kế hoạch" is a percentage)
    """
    if q.noun or q.unit not in {"", "unit"}:
        return ""
    if around.against and around.before == "equal" and _RATIOS[0] < q.value < _RATIOS[1] and not is_whole(q.value):
        return "percent"
    if q.per.endswith("dân"):
        return _told_by_people(context, q, spot)
    if not q.unit and _is_start_of_rate(context.folded, q, spot):
        return spot.following.unit if spot.following is not None else ""
    if not q.unit and (shared := _shared_in_order(context.folded, q, spot)):
        return shared
    if not q.unit and is_whole(q.value) and (moved := moved_unit(context, spot.floor, q.start)):
        return moved
    if not q.unit and _is_told_as_share(context.folded, q, spot) and (told := told_unit(context, spot.floor, q.start)):
        return told
    if q.unit or _TOLD.search(context.folded, spot.floor, q.start) is None:
        return ""
    head = _COUNTED_AS.search(context.folded, spot.floor, q.start)
    if head is None:
        return ""
    line = context.line
    first = line.at_or_after(head.end())
    found = unit_words().longest_at(line.words, first, min(first + _LONGEST_UNIT, line.at_or_after(q.start)))
    return found[1].unit if found is not None and found[1].factor == 1 else "unit"


def _shared_in_order(folded: str, q: Quantity, spot: Spot) -> str:
    """The unit that is told once behind the next of figures in the order of a list ("lần lượt có 12 và 7 nhà")."""
    following = spot.following
    if following is None or not following.unit or following.unit in CURRENCIES:
        return ""
    if _NEXT_IN_ORDER.fullmatch(folded, q.end, following.start) is None:
        return ""
    if _POWER.search(folded, following.number_start, following.end) is not None:
        return ""
    in_order = _IN_ORDER.search(folded, max(spot.floor, q.start - _ORDER_REACH), q.start)
    return following.unit if in_order is not None else ""


def _is_told_as_share(folded: str, q: Quantity, spot: Spot) -> bool:
    """Whether a bare fraction comes to the percentage right behind it ("tiêm phòng 1.225/1.308 = 93,7%")."""
    following = spot.following
    if following is None or not q.denominator or q.numerator is None or following.unit != "percent":
        return False
    if _IS_SHARE.fullmatch(folded, q.end, following.number_start) is None:
        return False
    return abs(100 * q.numerator / q.denominator - following.value) < 1


def counts_hurt(context: Context, q: Quantity, spot: Spot) -> bool:
    """Whether a bare number counts people by the word right before it, behind cases ("14 vụ, chết 12, bị thương 8")."""
    if q.noun or q.unit or not is_whole(q.value):
        return False
    first = max(spot.sentence.start, q.start - _HURT_REACH)
    return _HURT.search(context.folded, first, q.start) is not None


def _told_by_people(context: Context, q: Quantity, spot: Spot) -> str:
    """What a rate by so many people counts, told before it."""
    line = context.line
    first, last = line.at_or_after(spot.floor), line.at_or_after(q.start)
    for at in range(last - 1, max(first, last - _LONGEST_UNIT) - 1, -1):
        found = unit_words().longest_at(line.words, at, last)
        if found is not None and found[1].unit in _PEOPLE_UNITS:
            return found[1].unit
    return "unit"


def _is_start_of_rate(folded: str, q: Quantity, spot: Spot) -> bool:
    """Whether a bare number is where a rate comes from, whose sign stands behind its end only."""
    following = spot.following
    if following is None or following.unit not in RATES or q.value >= _RATIOS[1]:
        return False
    told = folded.startswith("từ", q.start) or _FROM.search(folded[max(0, q.start - _FROM_REACH) : q.start]) is not None
    return told and _TO.fullmatch(folded, q.end, following.start) is not None
