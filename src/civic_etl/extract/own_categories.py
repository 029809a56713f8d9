"""The categories that a figure's own words name, where no link tells which words those are."""

import re

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.code_units import CURRENCIES, RATES
from civic_etl.extract.drafts import Draft
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART
from civic_etl.extract.likeness import own_words
from civic_etl.extract.patterns import patterns

_AREA = "area"
_IN_AREA = patterns("link_words.yaml")["in_area"]
_TREES, _FRUIT = "perennial_area", "fruit"
_ALL_FRUIT = re.compile(r"\b(?:(?:các loại )?cây (?:ăn (?:quả|trái)|có múi)|trái cây)\b")
_EXAMPLES = re.compile(r"[^,;.()\d]{0,12}\([^()\d]*\)")
_TRANSFERS = re.compile(r" (?:là |thu )?bổ sung (?:có )?(?:mục tiêu|cân đối)\b")
_HOUSES, _KIND = "disaster_houses", "kind"
_JOINT = re.compile(r"\s*(?:,|/|và|hoặc)\s*(?:bị |làm )?")
_OWN_COUNT = re.compile(r"\s*(?:[^\W\d_]+ ){0,5}\d")
_MARK = re.compile(r"[,;(]|\.(?!\d)|\bvà\b")


def end_of_item(figure: Figure) -> int:
    """Where the words behind a figure that are still of it end."""
    mark = _MARK.search(figure.folded, figure.q.end, figure.spot.ceiling)
    return mark.start() if mark is not None else figure.spot.ceiling


def own(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The categories of a code between the figure before and the end of this one; of an elided one behind it."""
    low, high = own_words(figure) if figure.elided else (figure.spot.floor, figure.q.end)
    if not figure.elided:
        low = max(figure.past_brackets, figure.folded.rfind(";", low, figure.q.start) + 1)
    return categories.read(code, figure.q, low, high, None)


def behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The categories that follow a counted noun ("58 dự án đã đi vào hoạt động")."""
    q = figure.q
    if not q.noun or q.unit in RATES | CURRENCIES:
        return {}
    mark = _MARK.search(figure.folded, q.number_end, figure.spot.ceiling)
    end = mark.start() if mark is not None else figure.spot.ceiling
    return categories.read(code, q, q.number_end, end, q.number_end)


def area_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The categories told behind an area ("trồng mới 12 ha cam; tái canh 25 ha cà phê")."""
    if figure.q.unit != "ha":
        return {}
    return categories.read(code, figure.q, figure.q.end, end_of_item(figure), figure.q.end)


def share_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The categories told behind a share that is part of another ("90%, trong đó 20% hoàn thành xuất sắc nhiệm vụ")."""
    if not figure.is_rate or PART not in figure.gap:
        return {}
    return categories.read(code, figure.q, figure.q.end, end_of_item(figure), figure.q.end)


def part_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """What a part of a rate or of a transfer is told apart by, right behind it and of it alone."""
    return town_behind(categories, code, figure) or _transfer_behind(categories, code, figure)


def _transfer_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """What a transfer is for, told right behind it ("71 tỷ đồng bổ sung mục tiêu và 25 tỷ đồng bổ sung cân đối")."""
    if figure.q.unit not in CURRENCIES or _TRANSFERS.match(figure.folded, figure.q.end) is None:
        return {}
    return categories.read(code, figure.q, figure.q.end, end_of_item(figure), figure.q.end)


def town_behind(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """Town or country told right behind a rate, of it alone ("đạt 96% ở khu vực nội thị, 78% khu vực ngoại thị")."""
    where = _IN_AREA.match(figure.folded, figure.q.end, figure.spot.ceiling) if figure.is_rate else None
    if where is None:
        return {}
    named = categories.named(code, _AREA, where.end(), where.end() + 1)
    return {_AREA: named[0][1]} if named else {}


def keeps_crop(categories: Categories, before: Draft, figure: Figure) -> bool:
    """Whether a figure tells another season alone, of the crop before it ("vụ đông xuân ...; vụ hè thu ...")."""
    told = own(categories, before.code, figure)
    return "season" in told and "crop" not in told


def of_own_crop(categories: Categories, kept: Breakdown, before: Draft, own: Breakdown) -> Breakdown:
    """What goes on to a figure of another crop: no season told with the crop before ("lúa đông xuân ...; ngô")."""
    if "season" not in kept or "crop" not in own or before.breakdown.get("crop", own["crop"]) == own["crop"]:
        return kept
    span = before.code, before.sentence.start, before.quantity.start
    told = categories.crops_of_season(*span)
    return {key: value for key, value in kept.items() if key != "season"} if told else kept


def is_one_fruit(categories: Categories, figure: Figure) -> bool:
    """Whether an area is of one kind of fruit, told behind all fruit: no category but that of others is of it.

    ("cây ăn quả 716 ha, trong đó hồng không hạt 298 ha")
    """
    if figure.code != _TREES or figure.breakdown.get("crop") != _FRUIT:
        return False
    told = list(_ALL_FRUIT.finditer(figure.folded, figure.spot.sentence.start, figure.q.start))
    if not told:
        return False
    examples = _EXAMPLES.match(figure.folded, told[-1].end(), figure.q.start)
    # "cây ăn quả (mận, xoài, nhãn) 215 ha": what brackets name only says what all of it is
    first = told[-1].end() if examples is None else examples.end()
    kinds = categories.named(_TREES, "crop", max(first, figure.spot.floor), end_of_item(figure))
    return any(value == _FRUIT and _ALL_FRUIT.match(figure.folded, hit.start) is None for hit, value in kinds)


def is_of_several_kinds(categories: Categories, figure: Figure) -> bool:
    """Whether houses are counted that several things befell: of none of these kinds alone ("43 nhà bị sập, tốc mái").

    Not where the next one has its own figure ("14 nhà bị hư hỏng, tốc mái 5 nhà", "bị ngập, thiệt hại ước 2 tỷ đồng").
    """
    if figure.code != _HOUSES or _KIND not in figure.breakdown:
        return False
    named = categories.named(_HOUSES, _KIND, figure.q.end, figure.spot.ceiling)[:2]
    if len(named) < 2 or named[0][1] == named[1][1]:
        return False
    first, second = named[0][0], named[1][0]
    if _JOINT.fullmatch(figure.folded, first.end, second.start) is None:
        return False
    return _OWN_COUNT.match(figure.folded, second.end) is None
