"""Parts of an area that is told of something done or suffered, though their names are those of stocks of the place."""

import re

from civic_etl.extract.count_parts import is_part, is_told_part
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.link import Link

_STOCKS = frozenset({"forest_area", "agricultural_land_area", "natural_area"})
_FIELDS, _HARMED = frozenset({"sown_area", "perennial_area", "harvested_area"}), "disaster_crop_area"
_CERTIFIED = "certified_crop_area"
# what only some of the fields are is told of their parts, too
_SOME = frozenset({_CERTIFIED, "harvested_area"})
# the rest of the noun of the area before, and a joint
_NEXT = re.compile(r"(?:(?! (?:gieo|trồng|cấy|xuống|thu|làm|sản|nuôi|tái))[ -][^\W\d_]+){0,5}\s*(?:,|và|, và)\s*")


def part_of_area(figure: Figure, link: Link, frame: Frame) -> str | None:
    """What a part of an area is of, where its words alone name a stock; "other" where the whole has no code.

    ("cấp giấy chứng nhận cho 130 ha, trong đó đất nông nghiệp 120 ha"; the next sentence may open with "trong đó")
    """
    if link.code in _FIELDS:
        if _is_harmed(figure, frame):
            return _HARMED
    elif link.code not in _STOCKS:
        return None
    whole = next((d for d in frame.backwards() if _is_whole(d, figure)), None)
    if link.code in _FIELDS:
        # "739 ha đạt VietGAP, trong đó lúa 320 ha"; "đã thu hoạch 18.000 ha. Trong đó, lúa 3.200 ha"
        return whole.code if whole is not None and whole.code in _SOME else None
    return whole.code if whole is not None and whole.code not in _STOCKS else None


def _is_whole(draft: Draft, figure: Figure) -> bool:
    if draft.quantity.unit != figure.q.unit or draft.measure != "level" or draft.value < figure.q.value:
        return False
    return is_told_part(figure, draft)


def _is_harmed(figure: Figure, frame: Frame) -> bool:
    """Whether fields are listed beside those that came to harm, or are some of them.

    ("ngập úng 3.000 ha lúa, gần 600 ha cây màu", "8.000 ha cây ăn quả bị gãy đổ, trong đó có 2.000 ha cam")
    """
    if figure.q.unit != "ha":
        return False
    harmed = [d for d in frame.seen if d.code == _HARMED and d.measure == "level"]
    beside = bool(harmed) and harmed[-1] is frame.last and _NEXT.fullmatch(figure.gap) is not None
    return beside or any(is_part(figure, whole) for whole in harmed)
