"""What the items of a list that are told by few words take from those before them, and what they do not."""

import re
from collections.abc import Sequence
from functools import cache

from civic_etl.extract.brackets import closed_opening, opening
from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.count_parts import is_part, is_told_part
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import MOVES, Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.link import Link
from civic_etl.extract.quantities import Quantity
from civic_etl.indicators.lexicon import load_variants

# of the national set for communes, in force since 2010
_ALL_CRITERIA = 19
_OF_STANDARD = {"commune": "ntm_communes", "residential_group": "ntm_villages"}
_VALUE, _SOWN = "production_value", "sown_area"
# all the crops of one season
_WINTER_CROPS = "winter_crops"
_CONVERTED, _CROP_AREAS = "crop_conversion_area", frozenset({"perennial_area", "sown_area"})
# the rest of a noun that brackets open behind
_NOUN_BEFORE = re.compile(r"[^,;:.()\d]{0,40}")
_STRUCTURE, _FOREST, _PLANTED = "economic_structure", "forest_area", "afforestation_area"
_FIELDS = frozenset({_SOWN, "harvested_area"})
_RUNNING = {_VALUE: frozenset({"value_added", "grdp"}), _SOWN: frozenset({"harvested_area"})}
_INCOME = "local_income_total"
_POLICY_CREDIT, _BANK_CREDIT = "policy_credit", "bank_credit"
_BESIDE_MORE = 8
_UNITS_JOINED = re.compile(r"\s*(?:,|và|, và|với|cùng)\s*")
_CLAUSE_END = re.compile(r"[,;(]|\.(?!\d)|\bvà\b")
_LISTED = re.compile(r"(?:,|\bvà)\s*$")
# the next of several items, each of which opens with its count
_NEXT_ITEM = re.compile(r"[,;]\s*$|\bvà\s*$")


def is_band(figure: Figure) -> bool:
    """Whether communes or villages are counted that met some of the criteria, not all ("4 xã đạt 15 - 18 tiêu chí")."""
    met = _criteria_of(figure)
    return met is not None and not _are_all(figure, met)


def meets_all(figure: Figure) -> str | None:
    """What communes or villages that met all criteria are ("02 xã đạt và giữ vững 19/19 tiêu chí")."""
    met = _criteria_of(figure)
    return _OF_STANDARD[figure.q.unit] if met is not None and _are_all(figure, met) else None


def standard_met(categories: Categories, code: str, figure: Figure) -> Breakdown:
    """The standard whose criteria communes or villages met all ("2 xã đạt 19/19 tiêu chí nông thôn mới nâng cao")."""
    met = _criteria_of(figure)
    if met is None:
        return {}
    mark = _CLAUSE_END.search(figure.folded, met.end, figure.spot.sentence.end)
    end = mark.start() if mark is not None else figure.spot.sentence.end
    return categories.read(code, figure.q, met.end, end, None)


def _criteria_of(figure: Figure) -> Quantity | None:
    """The criteria that so many communes or villages are told to have met."""
    met = figure.spot.following
    if met is not None and met.unit in RATES:
        # "9 xã (6,12%) đạt 15 - 18 tiêu chí"
        met = figure.spot.beyond
    if figure.q.unit not in _OF_STANDARD or met is None or met.unit != "criterion":
        return None
    return met if WORDS["meets"].fullmatch(figure.folded, figure.q.end, met.start) is not None else None


def _are_all(figure: Figure, met: Quantity) -> bool:
    if figure.q.unit == "commune":
        return met.value >= _ALL_CRITERIA
    return met.value == met.denominator


def listed_with_standard(figure: Figure, link: Link, last: Draft | None) -> str | None:
    """The villages of the standard that a bare count of them tells right behind communes ("5 xã, 46 thôn")."""
    if last is None or last.code != _OF_STANDARD["commune"] or link.rule != "unit-noun" or last.quantity.denominator:
        return None
    listed = last.measure == "level" and _LISTED.fullmatch(figure.gap.strip()) is not None
    return _OF_STANDARD.get(figure.q.unit) if listed else None


def is_bare_part(figure: Figure, link: Link) -> bool:
    """Whether the words that a link goes by only name a sector or a crop."""
    if link.code == _SOWN:
        return link.rule == "pattern" and WORDS["sows"].search(figure.gap) is None
    if link.code != _VALUE:
        return False
    if link.hit is None:
        opening = figure.gap.lstrip(" ;,:").removeprefix(PART).lstrip(" ,:")
        return WORDS["bare_sector"].match(opening) is not None and "giá trị" not in figure.gap
    return WORDS["bare_sector"].match(figure.folded, link.hit.start) is not None


def running_code(code: str, figure: Figure, frame: Frame) -> str | None:
    """What was told of another sector or crop, and goes on instead of `code` to the next; money in a new sentence too.

    ("giá trị tăng thêm ngành dịch vụ ước đạt 3.000 tỷ đồng; ngành nông nghiệp đạt 500 tỷ đồng")
    """
    before = frame.backwards() if figure.q.unit == "VND" else reversed(frame.seen)
    told = (d.code for d in before if d.quantity.unit == figure.q.unit and not _is_in_closed_brackets(d, figure))
    return next((each for each in told if each in _RUNNING[code]), None)


def _is_in_closed_brackets(draft: Draft, figure: Figure) -> bool:
    """Whether a figure before stands in brackets that end before this one ("chè 60 ha (thu hoạch 45 ha); lúa ...")."""
    return closed_opening(figure.folded, draft.quantity.start, draft.sentence.start, figure.q.start) >= 0


@cache
def _news() -> dict[str, str]:
    """The indicators of what is new, by those of all there are."""
    return {total: new for new, total in load_variants()["total_of"].items()}


def also_new(figure: Figure, link: Link, last: Draft | None) -> str | None:
    """The new ones that a bare count joined to new ones before it tells ("thành lập mới 28 doanh nghiệp, 11 HTX")."""
    news = _news()
    new = news.get(link.code) if link.rule == "unit-noun" else None
    made = last is not None and (last.code in news.values() or last.breakdown.get("status") == "new")
    return new if made and _LISTED.fullmatch(figure.gap.strip()) else None


def is_listed_as_new(figure: Figure, seen: Sequence[Draft]) -> bool:
    """Whether "thêm" before the first count of a list is said of a later one, too ("có thêm 15 xã ..., 7 xã ...").

    Or whether somebody decided that those counted meet a standard ("ký quyết định công nhận 2 xã đạt chuẩn"), or they
    bring the number of all to what stands behind them ("hoàn thành 2 tiêu chí, nâng tổng số tiêu chí đạt lên 14").
    """
    q, counted = figure.q, figure.around.before not in MOVES and figure.q.denominator is None
    if counted and WORDS["brings_total"].match(figure.folded, q.end, figure.spot.sentence.end) is not None:
        return True
    if WORDS["recognises"].search(figure.folded, figure.spot.floor, figure.q.start) is not None:
        return True
    if seen and PART in figure.gap and _is_more_of_them(figure, seen[-1]):
        # "có thêm 5 sản phẩm OCOP, trong đó 2 sản phẩm 4 sao"
        return True
    if _NEXT_ITEM.search(figure.gap) is None:
        return False
    for draft in reversed(seen):
        if draft.code == _OF_STANDARD["residential_group"] and draft.measure == "level":
            # "có thêm 3 xã, 11 thôn đạt chuẩn nông thôn mới; 2 xã ...": villages are not told apart by that
            continue
        made = draft.code in load_variants()["total_of"]
        if (draft.breakdown.get("status") != "new" and not made) or draft.measure != "level":
            return False
        if made:
            return True
        start = draft.quantity.start
        if WORDS["more"].search(figure.folded, max(0, start - _BESIDE_MORE), start) is not None:
            return True
    return False


def _is_more_of_them(figure: Figure, whole: Draft) -> bool:
    """Whether a count is told as a part of those right before it that there are to be more of, in the same noun."""
    if whole.breakdown.get("status") != "new" or whole.measure != "level":
        return False
    start = whole.quantity.start
    alike = whole.quantity.unit == figure.q.unit and whole.value >= figure.q.value
    return alike and WORDS["more"].search(figure.folded, max(0, start - _BESIDE_MORE), start) is not None


def share_of_sector(figure: Figure, link: Link, frame: Frame, categories: Categories) -> str | None:
    """The structure of the economy, where a sector alone is told to take a share and no value before has parts.

    ("cơ cấu kinh tế chuyển dịch tích cực. Ngành nông, lâm nghiệp và thủy sản chiếm 17,4%")
    """
    if link.code != _VALUE or not figure.is_rate or figure.around.before != "share_of" or figure.around.against:
        return None
    valued = link.hit is not None and WORDS["value_of_sector"].match(figure.folded, link.hit.start) is not None
    bare = "giá trị" not in figure.gap and is_bare_part(figure, link)
    if not (valued or bare) or any(d.unit == "VND" for d in frame.seen):
        return None
    return _STRUCTURE if categories.has_key(_STRUCTURE, figure.spot.floor, figure.q.start) else None


def part_of_income(figure: Figure, link: Link, frame: Frame) -> str | None:
    """The income of a place that the value of a sector is told as a part of.

    ("tổng thu nhập đạt 90 tỷ đồng, trong đó giá trị nông nghiệp 40 tỷ đồng, giá trị dịch vụ 50 tỷ đồng")
    """
    if link.code != _VALUE or "giá trị sản xuất" in figure.gap:
        return None
    return _INCOME if any(d.code == _INCOME and is_told_part(figure, d) for d in frame.backwards()) else None


def part_of_planted(figure: Figure, link: Link, frame: Frame) -> str | None:
    """The forest newly planted that a kind of it is a part of ("trồng 658 ha rừng, trong đó 608 ha rừng sản xuất").

    Or in brackets right behind it ("trồng 658 ha rừng (rừng sản xuất 608 ha, rừng phòng hộ 50 ha)").
    """
    if link.code != _FOREST or link.rule == "pattern":
        return None
    wholes = [d for d in frame.seen if d.code == _PLANTED and d.measure == "level"]
    opened = figure.bracket
    inside = any(
        d.quantity.end <= opened and _NOUN_BEFORE.fullmatch(figure.folded, d.quantity.end, opened) for d in wholes
    )
    return _PLANTED if inside or any(is_part(figure, whole) for whole in wholes) else None


def part_of_converted(figure: Figure, link: Link, frame: Frame) -> str | None:
    """The area turned to other crops that a crop is told as a part of.

    ("chuyển đổi 350 ha, trong đó sang cây ăn trái 305 ha")
    """
    if link.code not in _CROP_AREAS or "diện tích" in figure.gap:
        return None
    wholes = (d for d in frame.seen if d.code == _CONVERTED and d.measure == "level")
    return _CONVERTED if any(is_part(figure, whole) for whole in wholes) else None


def credit_of_channel(figure: Figure, link: Link, frame: Frame, categories: Categories) -> str | None:
    """The policy credit that goes on in a list of those it is lent through ("Hội Cựu chiến binh 46 tỷ đồng").

    Or in a text that tells of no other loans, where they are called no more than that ("dư nợ tăng 8%").
    """
    if link.code != _BANK_CREDIT:
        return None
    told = frame.trail.codes
    goes_on = _POLICY_CREDIT in told and _BANK_CREDIT not in told
    if goes_on and WORDS["bare_loans"].search(figure.gap) is not None:
        other = WORDS["of_bank"].search(figure.folded, figure.spot.sentence.start, figure.q.start) is not None
        return None if other else _POLICY_CREDIT
    if not any(d.code == _POLICY_CREDIT for d in frame.seen):
        return None
    return _POLICY_CREDIT if categories.has_key(_POLICY_CREDIT, figure.spot.floor, figure.q.start) else None


def part_of_new(figure: Figure, link: Link, frame: Frame) -> str | None:
    """The new ones that a count is a part of ("15 HTX đăng ký mới, trong đó 14 HTX nông nghiệp, 1 HTX vận tải")."""
    before, new = frame.of_unit(figure.q.unit), _news().get(link.code)
    if new is None or before is None or before.code != new:
        return None
    return new if any(d.code == new and is_part(figure, d) for d in frame.seen) else None


def season_of_whole(figure: Figure, code: str, own: Breakdown, frame: Frame) -> Breakdown:
    """The categories of a crop with the season of the area that it is a part of.

    ("gieo trồng 4.100 ha cây vụ đông, trong đó ngô 1.000 ha, lạc 500 ha"; the next sentence may open with
    "trong đó", "cụ thể" or "riêng", or tell what was sown by now)
    """
    so_far = "crop" not in own and not frame.seen and WORDS["sown_so_far"].fullmatch(figure.gap) is not None
    if code not in _FIELDS or "season" in own or not ("crop" in own or so_far):
        return own
    told = [d for d in reversed(frame.trail.told) if d.block is figure.spot.block and d.code in _FIELDS]
    seasons = (d for d in told if "season" in d.breakdown)
    whole = next((d for d in told if is_of_all_crops(d)), None)
    if whole is None or next(seasons, whole).breakdown["season"] != whole.breakdown["season"]:
        return own
    first = figure.spot.sentence.start
    apart = whole.sentence.start != first
    part = figure.folded.startswith((PART, "riêng ", "cụ thể"), first) if apart else is_part(figure, whole)
    # "cây vụ đông 80 ha (ngô 20 ha, rau 60 ha)"
    part = part or opening(figure.folded, figure.q.start, whole.quantity.end) >= 0
    part = part or (apart and so_far)
    return own | {"season": whole.breakdown["season"]} if part else own


def is_of_all_crops(draft: Draft) -> bool:
    """Whether a figure tells an area of all the crops of a season."""
    told = draft.breakdown
    return draft.measure == "level" and "season" in told and told.get("crop", _WINTER_CROPS) == _WINTER_CROPS


def bare_source(figure: Figure, before: Draft) -> str | None:
    """The source of a part that only its level tells ("ngân sách trung ương 41 tỷ, tỉnh 36 tỷ"); None for others."""
    levels: dict[str, str] = load_variants()["bare_sources"]
    if before.breakdown.get("source") not in levels.values():
        return None
    return levels.get(figure.gap.strip(" ,;:").removeprefix("và ").strip())


def city_of_province(figure: Figure, own: Breakdown, seen: Sequence[Draft]) -> Breakdown:
    """The source of a sum that a city gave besides its province, which is that of a district.

    ("ngân sách tỉnh 41 tỷ đồng, ngân sách thành phố 58 tỷ đồng")
    """
    if own.get("source") != "province" or WORDS["city_budget"].search(figure.gap) is None:
        return own
    beside = any(d.code == figure.code and d.breakdown.get("source") == "province" for d in seen)
    return own | {"source": "district"} if beside else own


def kind_of_unit(code: str, figure: Figure, last: Draft | None) -> str | None:
    """The kind that the noun of a bare count tells, where units of another kind are counted right beside it.

    ("gồm 22 xã và 3 thị trấn")
    """
    kinds: dict[str, str] = load_variants()["unit_kinds"].get(code, {})
    kind, q, following = kinds.get(figure.q.noun), figure.q, figure.spot.following
    if kind is None or q.denominator is not None:
        return None
    before = last.quantity if last is not None and last.code == code else None
    beside = [
        (other.noun, between)
        for other, between in (
            (before, figure.gap),
            (following, figure.folded[q.end : following.start] if following is not None else ""),
        )
        if other is not None and other.denominator is None
    ]
    return kind if any(kinds.get(noun, kind) != kind and _UNITS_JOINED.fullmatch(b) for noun, b in beside) else None
