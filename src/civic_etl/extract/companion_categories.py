"""What a figure takes from the one that it is told beside: the kind of its projects, gifts or criteria."""

import re

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.count_parts import is_told_part
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS
from civic_etl.indicators.lexicon import load_variants

_FISHED, _WATERS, _FISH = "fishery_output", "aquaculture_area", "fish"
# between a part of a sum and its share of it
_TAKES = re.compile(
    r"\s*[,(]?\s*(?:và )?chiếm(?: tỷ lệ| tỉ lệ| tỷ trọng| tỉ trọng| khoảng| trên| hơn| gần| tới| đến)*\s*"
)
# so far behind where they stand is told what happened to houses
_HARM_REACH = 20
_BESIDE = re.compile(r"(?:[^,;.:\d]{0,40}(?:,|\bvà|với|/)|\s*,?\s*và|\s*=|\s*,? trong đó(?: có)?)?\s*(?:đạt )?")


def of_companion(categories: Categories, code: str, own: Breakdown, figure: Figure, frame: Frame) -> Breakdown:
    """The categories of a companion with those of the figure before that it belongs to.

    ("cấp mới 12 dự án với số vốn 40 triệu USD", "đấu giá 24 lô đất, thu 31 tỷ đồng")
    """
    last, link = frame.last, figure.link
    named = link is not None and link.rule == "companion"
    if last is None and named:
        # the next sentence may go on ("trồng 900 ha rừng tập trung. Xã A trồng nhiều nhất, 210 ha")
        codes = load_variants()["of_companion"].get(code, {})
        last = next((d for d in reversed(frame.trail.told) if d.code in codes), None)
    if last is None or not (named or _BESIDE.fullmatch(figure.gap)):
        return own
    of_all = last.breakdown.get("species", _FISH) == _FISH
    if code == _FISHED and last.code == _WATERS and of_all and WORDS["harvest_of_ponds"].fullmatch(figure.gap):
        # "nuôi thủy sản 64 ha, sản lượng 210 tấn", not "sản lượng thủy sản"
        return {"kind": "aquaculture"} | own
    keys: Breakdown = load_variants()["of_companion"].get(code, {}).get(last.code, {})
    told = {key: value or last.breakdown.get(key, "") for key, value in keys.items()}
    return {key: value for key, value in told.items() if categories.knows(code, key, value)} | own


def of_same_whole(categories: Categories, code: str, own: Breakdown, figure: Figure, frame: Frame) -> Breakdown:
    """The categories of some of those counted before with those of all ("74 vụ hình sự. Đã làm rõ 61/74 vụ").

    And those of what was received with those of what of it was settled ("nhận 31 đơn tố cáo, đã giải quyết 27/31 đơn").
    """
    whole = figure.q.denominator
    if whole is None:
        return own
    codes = {code, load_variants()["settled_of"].get(code, code)}
    told = (d for d in reversed(frame.trail.told) if d.code in codes and d.measure == "level" and d.value == whole)
    of_all = next(told, None)
    if of_all is None:
        return own
    return {k: v for k, v in of_all.categories.items() if categories.knows(code, k, v)} | own


def of_part(code: str, own: Breakdown, figure: Figure, frame: Frame, categories: Categories) -> Breakdown:
    """The categories of a share with those of the part right before ("dân góp 5 tỷ, chiếm 40% tổng vốn").

    And those of a part that is told by its place alone with the kind of the whole.
    """
    if not figure.is_rate:
        return _kind_of_whole(code, own, figure, frame, categories) | _named_as_whole(code, own, figure, frame)
    last = frame.last
    if last is None or last.code != code:
        return own
    return last.categories | own if _TAKES.fullmatch(figure.gap) is not None else own


def _kind_of_whole(code: str, own: Breakdown, figure: Figure, frame: Frame, categories: Categories) -> Breakdown:
    """The categories of what a place has of a whole, with its kind ("90 nhà bị ngập, trong đó xã A: 40 nhà").

    Or of what the next place has ("xã A 60 hộ bị ngập, xã B 40 hộ").
    """
    key: str | None = load_variants()["kind_of_whole"].get(code)
    if key is None or key in own:
        return own
    harmed = WORDS["harmed_there"].match(figure.folded, figure.q.end)
    if harmed is not None:
        behind = categories.named(code, key, harmed.end(), min(harmed.end() + _HARM_REACH, figure.spot.sentence.end))
        return {key: behind[0][1]} | own if behind else own
    last = frame.last
    if last is not None and last.code == code and WORDS["next_harmed_place"].fullmatch(figure.gap) is not None:
        return {k: v for k, v in last.breakdown.items() if k == key} | own
    wholes = (d for d in frame.backwards() if d.code == code and d.value >= figure.q.value and is_told_part(figure, d))
    whole = next(wholes, None)
    return own if whole is None else {k: v for k, v in whole.breakdown.items() if k == key} | own


def _named_as_whole(code: str, own: Breakdown, figure: Figure, frame: Frame) -> Breakdown:
    """The kind of a part that bears the short name of the whole ("... và dịch vụ, trong đó tổng mức bán lẻ ...")."""
    names: dict[str, dict[str, list[str]]] | None = load_variants()["named_as_whole"].get(code)
    if names is None or any(key in own for key in names):
        return own
    of_all = (d for d in frame.backwards() if d.code == code and d.measure == "level" and d.unit == figure.q.unit)
    whole = next((d for d in of_all if not names.keys() & d.breakdown.keys()), None)
    if whole is None or whole.value <= figure.q.value or not is_told_part(figure, whole):
        return own
    told = WORDS["reached_verb"].sub("", figure.gap).rstrip()
    return {
        key: kind for key, kinds in names.items() for kind, words in kinds.items() if told.endswith(tuple(words))
    } | own


def named_once(code: str, own: Breakdown, frame: Frame) -> Breakdown:
    """The category that a text names with the first of its figures alone ("310 ca sởi. ... Xã A có 12 ca")."""
    key: str | None = load_variants()["named_once"].get(code)
    if key is None or key in own:
        return own
    before = (d.breakdown[key] for d in reversed(frame.trail.told) if d.code == code and key in d.breakdown)
    told = next(before, None)
    if told is None:
        return own
    implied: Breakdown = load_variants()["implied"].get(code, {}).get(told, {})
    # fowls do not fall ill of what pigs were culled for before
    return own if any(own.get(k, v) != v for k, v in implied.items()) else implied | own | {key: told}
