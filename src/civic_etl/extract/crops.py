"""The crop and the season that go on from one figure of the fields to the next, and those that do not."""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.count_parts import is_part, is_told_part, opens_parts
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.link import Link

HARVESTED = "harvested_area"
"""The fields whose crop was brought in."""
_OF_FIELD = frozenset({"crop_yield", "crop_output", HARVESTED})
_OF_CROP = frozenset({"crop", "season"})
_OF_WHOLE = _OF_CROP | {"species"}
# the parts of a whole are told so near behind it
_FAR = 200
_OTHER = "other"
_SOWN, _OUTPUT, _ALL_YEAR = "sown_area", "crop_output", "year"
_HARMED = "disaster_crop_area"
_SPECIES, _HERD, _MEAT = "species", "livestock_herd", frozenset({"livestock_output"})
_WATER, _PERENNIAL = "aquaculture_area", "perennial_area"
_FISHED = "fishery_output"
# areas of crops that are told apart by something else
_CROPLESS = frozenset({"certified_crop_area", "other"})
_OF_WATERS = frozenset({_WATER, _FISHED})


def crop_going_on(categories: Categories, figure: Figure, code: str, link: Link, frame: Frame) -> Breakdown:
    """The crop and season of the figures before that a figure may be of, too, and the crop that these only name."""
    going_on = _in_season_of_item(categories, code, _going_on(figure, code, link, frame), figure)
    going_on = _named_by_yield(categories, code, going_on, frame)
    if _SPECIES in going_on and WORDS["all_beasts"].search(figure.gap) is not None:
        # "đàn lợn 2.700 con; tỷ lệ tiêm phòng gia súc đạt 74%"
        going_on = {key: value for key, value in going_on.items() if key != _SPECIES}
    return _named_with_area(categories, code, going_on, figure, frame)


def _going_on(figure: Figure, code: str, link: Link, frame: Frame) -> Breakdown:
    """The crop and season of the figures before that a figure may be of, too."""
    if _names_all_crops(figure, code, link, frame):
        return {}
    before = _crop_before(figure, code, frame) or _crop_of_whole(figure, code, frame) or frame.crop
    before = before or _crop_sown(figure, code, frame)
    before = before or _crop_of_parts(figure, code, frame)
    if "season" in before and _is_of_several_seasons(figure, frame):
        return {key: value for key, value in before.items() if key != "season"}
    return before


def _in_season_of_item(categories: Categories, code: str, going_on: Breakdown, figure: Figure) -> Breakdown:
    """What goes on to a yield or an output, with the one season that its item names.

    ("vụ xuân 300 ha lúa, năng suất 60 tạ/ha; vụ hè thu hơn 120 ha lúa bị ngập, năng suất chỉ đạt 41 tạ/ha")
    """
    item = figure.folded.rfind(";", figure.spot.sentence.start, figure.q.start)
    if item < 0 or code not in _OF_FIELD or "crop" not in going_on:
        return going_on
    named = categories.named(_SOWN, "season", item, figure.q.start)
    seasons = {season for _, season in named} - {_ALL_YEAR}
    # "vụ hè thu - mùa" is of two
    joined = any(figure.folded.startswith((" - ", " – "), hit.end) for hit, _ in named)
    return going_on | {"season": seasons.pop()} if len(seasons) == 1 and not joined else going_on


def _named_by_yield(categories: Categories, code: str, going_on: Breakdown, frame: Frame) -> Breakdown:
    """What goes on from a yield to an output, or from a harvest to a yield, which know the crop that it does not.

    ("khoai lang đạt 118 tạ/ha, sản lượng 6.300 tấn", "thu hoạch sắn 38 ha, năng suất 190 tạ/ha")
    """
    last = frame.last
    if last is None or code not in _OF_FIELD - {HARVESTED}:
        return going_on
    if {going_on.get("crop"), last.breakdown.get("crop")} != {_OTHER}:
        return going_on
    named = categories.named(code, "crop", last.sentence.start, last.quantity.start)
    return going_on | {"crop": named[-1][1]} if named else going_on


def _named_with_area(categories: Categories, code: str, going_on: Breakdown, figure: Figure, frame: Frame) -> Breakdown:
    """What goes on from an area whose indicator knows no crops to an output right behind it: the one crop of its noun.

    ("432 ha hồ tiêu hữu cơ, sản lượng trên 1.100 tấn")
    """
    last = frame.last
    if code not in _OF_FIELD or last is None or last.code not in _CROPLESS or last.quantity.unit != "ha":
        return going_on
    named = {value for _, value in categories.named(code, "crop", last.quantity.number_end, figure.q.start)}
    return {"crop": named.pop()} if len(named) == 1 else going_on


def is_of_all_crops(figure: Figure, code: str, frame: Frame) -> bool:
    """Whether a season is that of all crops: of an area of them, or of what such an area yields.

    ("gieo trồng 400 ha, trong đó vụ xuân 210 ha", "vụ xuân gieo trồng 210 ha, với sản lượng 3.100 tấn")
    """
    if code == _SOWN:
        wholes = (d for d in frame.backwards() if d.code == code and d.measure == "level" and "crop" not in d.breakdown)
        return any("season" not in whole.breakdown and is_told_part(figure, whole) for whole in wholes)
    area = frame.of_unit("ha")
    return code == _OUTPUT and area is not None and area.code == _SOWN and "crop" not in area.breakdown


def is_harvested(figure: Figure, code: str) -> bool:
    """Whether an area that nothing says was sown stands below a heading that tells of the harvest alone.

    ("1. Thu hoạch vụ đông: - Ngô 40 ha, năng suất 45 tạ/ha; khoai lang 12 ha")
    """
    headings = figure.spot.block.headings
    if code != _SOWN or figure.q.unit != "ha" or not headings or WORDS["sows"].search(figure.gap) is not None:
        return False
    return WORDS["harvest_head"].search(figure.folded, *headings[-1]) is not None


def fished(figure: Figure, code: str, frame: Frame) -> bool:
    """Whether an output that names nothing is of the waters whose value stands right before it.

    ("giá trị nuôi trồng thủy sản đạt 40 tỷ đồng với sản lượng 820 tấn")
    """
    last = frame.last
    if code != _OUTPUT or last is None or last.breakdown.get("sector") != "fishery":
        return False
    return WORDS["with_output"].fullmatch(figure.gap) is not None


def is_of_waters(code: str, frame: Frame) -> bool:
    """Whether what was harvested is of the ponds that the paragraph tells of, and of no field.

    ("nuôi cá tra 456 ha; thu hoạch 68 ha, năng suất 345 tấn/ha")
    """
    if code not in _OF_FIELD:
        return False
    told = (draft.code for draft in frame.backwards() if draft.code in _OF_WATERS or "crop" in draft.breakdown)
    return next(told, None) in _OF_WATERS


def farmed(code: str, frame: Frame) -> Breakdown:
    """The kind of a catch that is told right behind the area of its ponds ("210 ha nuôi cá, sản lượng 640 tấn")."""
    last = frame.last
    if code != _FISHED or last is None or last.code != _WATER:
        return {}
    return {"kind": "aquaculture"}


def of_herd_before(code: str, own: Breakdown, figure: Figure, frame: Frame) -> Breakdown:
    """The categories of an output of meat with the beasts that brackets tell it of.

    ("đàn lợn 42.000 con (sản lượng thịt hơi 6.100 tấn)"; without brackets it may be of all beasts told before)
    """
    herd = frame.last
    if code not in _MEAT or _SPECIES in own or herd is None or herd.code != _HERD or herd.measure != "level":
        return own
    if figure.bracket < 0 or figure.folded[herd.quantity.end : figure.bracket].strip():
        return own
    return own | {key: value for key, value in herd.breakdown.items() if key == _SPECIES}


def _crop_before(figure: Figure, code: str, frame: Frame) -> Breakdown:
    """The crop and season that the sentence before told of, where a yield or an output opens the next one alone.

    ("Diện tích lúa 512 ha. Năng suất bình quân 59 tạ/ha", "... Đến nay, đã thu hoạch 310 ha")
    """
    recent = frame.trail.recent
    opening = "opens_harvest" if code == HARVESTED else "opens_field"
    if code not in _OF_FIELD or frame.seen or not recent or WORDS[opening].fullmatch(figure.gap) is None:
        return {}
    before = recent[-1].breakdown
    seasons = {d.breakdown.get("season", _ALL_YEAR) for d in recent if d.sentence == recent[-1].sentence} - {_ALL_YEAR}
    # "lúa 900 ha, trong đó vụ xuân 400 ha, vụ mùa 500 ha. Năng suất ..." is of all of them
    keys = _OF_CROP if len(seasons) < 2 else _OF_CROP - {"season"}
    return {key: value for key, value in before.items() if key in keys} if "crop" in before else {}


def _crop_of_parts(figure: Figure, code: str, frame: Frame) -> Breakdown:
    """What an area is of whose parts a sentence tells, for what comes behind a part that no code is for.

    ("Ngô: gieo trồng 61 ha. Trong đó ngô lấy hạt 45 ha; năng suất 48 tạ/ha")
    """
    if code not in _OF_FIELD or not opens_parts(figure):
        return {}
    told = next((d.breakdown for d in frame.backwards() if "crop" in d.breakdown), {})
    return {key: value for key, value in told.items() if key in _OF_CROP}


def _crop_of_whole(figure: Figure, code: str, frame: Frame) -> Breakdown:
    """What a whole is of whose largest parts the next sentence tells by their places.

    ("Tỉnh thả nuôi 21.000 ha tôm. Nhiều nhất là các huyện: A 9.000 ha, B 6.000 ha")
    """
    if frame.seen or WORDS["opens_places"].match(figure.folded, figure.spot.sentence.start, figure.q.start) is None:
        return {}
    first, q = figure.spot.sentence.start, figure.q
    near = (d for d in reversed(frame.trail.told) if first - d.sentence.end < _FAR)
    alike = (d for d in near if d.code == code and d.measure == "level" and d.quantity.unit == q.unit)
    whole = next((d for d in alike if d.quantity.value > q.value), None)
    return {} if whole is None else {key: value for key, value in whole.breakdown.items() if key in _OF_WHOLE}


def _crop_sown(figure: Figure, code: str, frame: Frame) -> Breakdown:
    """The crop of the fields that the sentence before told of alone, for those that came to harm.

    ("Vụ này huyện gieo 9.000 ha lúa. Đến nay có 700 ha bị thiệt hại")
    """
    recent = frame.trail.recent
    if code != _HARMED or frame.seen or not recent:
        return {}
    areas = [d for d in recent if d.sentence == recent[-1].sentence and d.quantity.unit == figure.q.unit]
    crops = {d.breakdown.get("crop") for d in areas}
    crop = crops.pop() if len(crops) == 1 else None
    sown = all(d.code == _SOWN for d in areas) and any(d.value > figure.q.value for d in areas)
    return {"crop": crop} if crop is not None and sown else {}


def _names_all_crops(figure: Figure, code: str, link: Link, frame: Frame) -> bool:
    """Whether an area is named anew behind that of a crop, without one of its own: it is of all crops.

    ("lúa 900 ha, phấn đấu mỗi năm gieo trồng 2.000 ha"; of waters that are no part of those before, too)
    """
    area = frame.of_unit("ha")
    if link.hit is None or area is None or link.hit.start < area.quantity.end:
        return False
    if code == _PERENNIAL:
        # "cây công nghiệp ngắn ngày 40 ha; cây lâu năm 210 ha"
        return "lâu năm" in figure.folded[link.hit.start : link.hit.end]
    if area.code != code:
        return False
    if code == _WATER:
        return "nuôi" in figure.folded[link.hit.start : link.hit.end] and not is_part(figure, area)
    return code == _SOWN and "gieo trồng" in figure.folded[link.hit.start : link.hit.end]


def _is_of_several_seasons(figure: Figure, frame: Frame) -> bool:
    """Whether a total stands behind the figures of several seasons: it is of none of them.

    ("năng suất vụ xuân 70 tạ/ha, vụ mùa 55 tạ/ha; tổng sản lượng 5.230 tấn")
    """
    seasons = {d.breakdown["season"] for d in frame.seen if d.breakdown.get("season", _ALL_YEAR) != _ALL_YEAR}
    return len(seasons) > 1 and "tổng" in figure.gap
