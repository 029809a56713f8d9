"""The indicator and the breakdown of a figure that a phrase or a pattern names."""

import re

from civic_etl.extract.area_parts import part_of_area
from civic_etl.extract.at_schools import are_of_all_schools, is_beside_at_school, of_schools_before
from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.companion_categories import of_companion, of_part
from civic_etl.extract.count_parts import is_unknown_part, part_start, parts_told_behind
from civic_etl.extract.crops import crop_going_on, farmed, fished, is_of_all_crops, is_of_waters, of_herd_before
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_categories import FigureCategories
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.link import UNNAMED, Link
from civic_etl.extract.list_items import (
    also_new,
    credit_of_channel,
    is_band,
    is_bare_part,
    is_listed_as_new,
    kind_of_unit,
    listed_with_standard,
    meets_all,
    part_of_converted,
    part_of_income,
    part_of_new,
    part_of_planted,
    running_code,
    season_of_whole,
    share_of_sector,
    standard_met,
)
from civic_etl.extract.making import kind_of_making
from civic_etl.extract.own_categories import end_of_item
from civic_etl.extract.shares_of_poor import all_told_of_poor, poor_by_share
from civic_etl.extract.spoken_cases import of_disease
from civic_etl.extract.spoken_programmes import SpokenProgrammes
from civic_etl.extract.unexpressed import ALONE, SUM
from civic_etl.extract.worth import given_to
from civic_etl.indicators.lexicon import load_lexicon, load_stocks, load_variants

_SEASON_REACH = 30
# the rule of a count that its noun alone names, and what a count of households is without more
_BY_NOUN, _HOMES = "unit-noun", "households"
_CELLS_RATED = "party_cells_rated"
# groups some of whom are told by what they have ("48/60 người có công có tài khoản")
_GROUPS = frozenset({"merit_persons", "social_assistance_beneficiaries"})
_STRUCTURE, _STATUS, _ORG = "economic_structure", "status", "org"
_OUTPUT, _FOOD, _FOOD_CROPS, _FISHED, _SCHOOLS = "crop_output", "food_output", "food_crops", "fishery_output", "schools"
# between the parts of a list: the rest of the noun of the one before, and a joint
_NEXT_PART = re.compile(r"(?: [^\W\d_]+){0,5}\s*(?:,|và|, và|;)\s*(?:có )?")
_PARTS = re.compile(rf"{PART}|\bgồm\b")
# ... opens the next sentence
_NEXT_PARTS, _NEXT_REACH = re.compile(r"[\s.]*(?:trong đó|trong số|riêng|cụ thể)\b"), 60
# "tiểu thủ công nghiệp có giá trị sản xuất tăng 5%/năm, chiếm tỷ trọng 11% trong cơ cấu kinh tế": of the sector before
_TAKES_PART = re.compile(
    r"\s*(?:,|và|, và)?\s*(?:chiếm(?: (?:tỷ|tỉ) trọng)?"
    r"|(?:(?:góp phần )?(?:đưa|nâng) )?(?:tỷ|tỉ) trọng (?:của )?(?:ngành|khu vực)(?: này)?"
    r"(?: trong (?:cơ cấu )?(?:nền )?kinh tế)?(?: (?:tăng|giảm|lên|đạt|chiếm|là))*)\s*"
)


class LinkedCodes:
    """Reads the links of the figures of one document."""

    def __init__(self, categories: Categories, named: FigureCategories, programmes: SpokenProgrammes) -> None:
        self._categories = categories
        self._named = named
        self._programmes = programmes

    def read(self, figure: Figure, link: Link, frame: Frame) -> None:
        """Sets code, breakdown and rules by a link."""
        last = frame.last
        code = self._part_of_stock(figure, link, frame) or also_new(figure, link, frame.last)
        code = code or _in_list_of_parts(figure, link, frame) or listed_with_standard(figure, link, last)
        code = code or _in_brackets_of(figure, link, frame) or part_of_new(figure, link, frame)
        code = (
            code
            or of_schools_before(figure, link, frame, self._categories)
            or meets_all(figure)
            or credit_of_channel(figure, link, frame, self._categories)
        )
        if code is None and is_bare_part(figure, link):
            code = running_code(link.code, figure, frame)
        code = (
            code
            or _total_brought_to(figure, link)
            or poor_by_share(link.code, figure)
            or all_told_of_poor(link.code, figure, frame)
            or share_of_sector(figure, link, frame, self._categories)
            or part_of_income(figure, link, frame)
            or part_of_planted(figure, link, frame)
            or part_of_converted(figure, link, frame)
            or part_of_area(figure, link, frame)
            or self._part_of_homes(figure, link, frame)
            or link.code
        )
        unknown = link.rule in UNNAMED and is_unknown_part(figure, frame.of_unit(figure.q.unit), self._categories)
        if (
            unknown
            or (code == "other" and link.rule == _BY_NOUN)
            or is_band(figure)
            or self._is_some_of_all(figure, link)
        ):
            figure.code, figure.rules, figure.breakdown = "other", ("part",), {}
            return
        if self._is_of_waters(figure, code, link, frame):
            return
        going_on = crop_going_on(self._categories, figure, code, link, frame)
        breakdown = self._named.named(code, figure, link)
        if code == _OUTPUT and "crop" not in breakdown and going_on.get("crop") == _FOOD_CROPS:
            # "cây lương thực có hạt 12.900 ha với tổng sản lượng 75.000 tấn"
            code = _FOOD
        if not self._names_crop_of_sister(code, breakdown, figure, link):
            breakdown = self._categories.carried(code, breakdown, going_on)
        told = self._categories.from_context(code, breakdown, self._named.scene(figure))
        told = self._categories.from_title(
            code, told, (figure.spot.sentence.start, figure.q.end), of_season=not figure.of_whole_year
        )
        if self._categories.is_of_none(code, _ORG, figure.q.number_end, end_of_item(figure)):
            # "312 đoàn viên, hội viên": no organisation that the title speaks of has both
            told.pop(_ORG, None)
        breakdown = of_disease(code, link, frame) | told | breakdown
        breakdown = self._programmes.of(code, breakdown, figure, frame)
        breakdown = season_of_whole(figure, code, breakdown, frame)
        if not is_of_all_crops(figure, code, frame):
            breakdown = _rice_by_season(code, breakdown, figure)
        if is_listed_as_new(figure, frame.seen) and self._categories.knows(code, "status", "new"):
            breakdown = {"status": "new"} | breakdown
        if last is not None and is_beside_at_school(code, figure, last, frame.seen, self._categories):
            breakdown = {key: value for key, value in last.breakdown.items() if key == "level"} | breakdown
        elif last is not None and are_of_all_schools(code, figure, last, frame.seen):
            breakdown.pop("level", None)
        breakdown = of_companion(self._categories, code, breakdown, figure, frame)
        breakdown = of_part(code, breakdown, figure, frame, self._categories)
        breakdown = given_to(code, of_herd_before(code, breakdown, figure, frame), figure, frame, self._categories)
        if link.rule == "companion" and "thủy sản" not in figure.gap:
            # "nuôi 60 ha, sản lượng 200 tấn"; "sản lượng thủy sản" may take in what was caught
            breakdown = farmed(code, frame) | breakdown
        breakdown = kind_of_making(code, breakdown, figure, frame, self._categories)
        if code == meets_all(figure):
            breakdown = standard_met(self._categories, code, figure) | breakdown
        if (kind := kind_of_unit(code, figure, last)) is not None:
            breakdown = breakdown | {"kind": kind}
        bare = figure.q.unit == "percentage_point" and ";" not in figure.gap
        if last is not None and (bare or (code == _STRUCTURE and _TAKES_PART.fullmatch(figure.gap))):
            breakdown = self._categories.of_whole(code, breakdown, last.breakdown)
        figure.code, figure.rules, figure.breakdown = code, (link.rule,), breakdown
        if rate_only := self._of_rate_only(code, figure, link):
            # the share that may follow is of an indicator again
            figure.rules, figure.breakdown = (*figure.rules, _rule_of_kind(code, frame)), breakdown | rate_only

    def _is_of_waters(self, figure: Figure, code: str, link: Link, frame: Frame) -> bool:
        """Whether a figure of the fields is of the waters that were told of before it; then it is set so."""
        last = frame.last
        if fished(figure, code, frame) and last is not None:
            # whether it was farmed or caught stands with the value
            kinds = self._categories.read(_FISHED, figure.q, last.sentence.start, last.quantity.start, None)
            figure.code, figure.rules, figure.breakdown = _FISHED, (link.rule,), kinds
            return True
        if is_of_waters(code, frame) and "crop" not in self._named.named(code, figure, link):
            figure.code, figure.rules = _FISHED if code == _OUTPUT else "other", (link.rule,)
            figure.breakdown = farmed(figure.code, frame)
            return True
        return False

    def _names_crop_of_sister(self, code: str, own: Breakdown, figure: Figure, link: Link) -> bool:
        """Whether a figure names a crop that only a sister indicator knows ("640 ha lúa nước; 310 ha sơn tra")."""
        if "crop" in own:
            return False
        sisters = load_variants()["switch"].get(code, [])
        return any("crop" in self._named.named(sister, figure, link) for sister in sisters)

    def _is_some_of_all(self, figure: Figure, link: Link) -> bool:
        """Whether a bare noun counts some of all there are ("12/15 thôn"): what of them is not known.

        Not where a category behind it says which ("209/1.160 doanh nghiệp hoạt động trở lại").
        """
        q = figure.q
        named = link.rule in {"unit-noun", "unit-phrase"} and link.code in load_stocks().codes | _GROUPS
        if not named or q.denominator is None:
            return False
        return not self._categories.named(link.code, _STATUS, q.number_end, end_of_item(figure))

    def _of_rate_only(self, code: str, figure: Figure, link: Link) -> Breakdown:
        """The categories named with a count that only its rate knows ("18/25 trường tiểu học đạt chuẩn, chiếm 72%")."""
        keys = load_variants()["rate_only"].get(code)
        if keys is None or figure.q.unit in RATES:
            return {}
        rate, low = load_lexicon().rate_of[code], part_start(figure)
        if any(key not in keys for key in self._named.named(code, figure, link)):
            # "trong đó 4 trường tiểu học đạt chuẩn mức độ 2": told by what the count knows
            return {}
        found = self._named.named(rate, figure, link)
        # "100% trường tiểu học, THCS đạt chuẩn, trong đó 4 trường đạt mức độ 2": what stands before is of all
        return {
            key: value
            for key, value in found.items()
            if key in keys and (low <= figure.spot.floor or self._categories.named(rate, key, low, end_of_item(figure)))
        }

    def _part_of_homes(self, figure: Figure, link: Link, frame: Frame) -> str | None:
        """The code of a count of households of a kind that a sentence parts; that of none where it names no category.

        ("180 hộ kinh doanh. Trong đó: dịch vụ 90 hộ; nông nghiệp 20 hộ")
        """
        whole = parts_told_behind(figure, frame.trail.recent) if link.rule == _BY_NOUN and link.code == _HOMES else None
        if whole is None or whole.code in {_HOMES, "other"}:
            return None
        return whole.code if self._categories.has_key(whole.code, part_start(figure), figure.q.end) else "other"

    def _part_of_stock(self, figure: Figure, link: Link, frame: Frame) -> str | None:
        """The stock of the sentence that a counted part of it, named by a category, is of.

        ("45 trường, trong đó mầm non 15 trường")
        """
        whole = frame.of_unit(figure.q.unit) if link.rule == "part" else None
        if whole is None or whole.code == "other":
            return None
        q, folded = figure.q, figure.folded
        # what stands before a comma is of the part before
        low = max(part_start(figure), folded.rfind(",", figure.spot.floor, q.start) + 1)
        if self._categories.has_key(whole.code, low, q.start):
            return whole.code
        behind = figure.apart and self._categories.has_key(whole.code, q.end, end_of_item(figure))
        return whole.code if behind else None


def _rule_of_kind(code: str, frame: Frame) -> str:
    """The rule of a count by a category that only its rate knows: a part where the count of all was told before."""
    told = any(draft.code == code and ALONE not in draft.rules for draft in (*frame.seen, *frame.trail.recent))
    return SUM if told else ALONE


def _total_brought_to(figure: Figure, link: Link) -> str | None:
    """All there are, where new ones bring their number to it ("23 HTX thành lập mới, nâng tổng số lên 187 HTX")."""
    brought = WORDS["brought_to"].search(figure.gap) is not None
    return load_variants()["total_of"].get(link.code) if brought else None


def _in_brackets_of(figure: Figure, link: Link, frame: Frame) -> str | None:
    """What brackets tell the parts of ("37 trường đạt chuẩn (13 trường mầm non, 24 trường tiểu học)")."""
    if link.code not in load_stocks().codes:
        return None
    opened = figure.bracket
    if opened < 0:
        return None
    told = (d for d in reversed(frame.seen) if d.quantity.end <= opened and figure.q.unit in {d.quantity.unit, d.unit})
    whole = next(told, None)
    if whole is None:
        return None
    if whole.code == _CELLS_RATED:
        # "hoàn thành tốt nhiệm vụ 9 (có 4 đảng bộ và 5 chi bộ)": no rating is told by their kinds
        return "other"
    if whole.code == "other":
        # "công nhận mới 23 trường (7 trường mầm non, 16 trường tiểu học)": parts of what no code tells
        return "other" if link.code == _SCHOOLS and whole.value > figure.q.value else None
    return whole.code


def _in_list_of_parts(figure: Figure, link: Link, frame: Frame) -> str | None:
    """What a list behind "trong đó" tells the parts of.

    ("13 trường đạt chuẩn, trong đó 3 trường mầm non, 6 trường THCS")
    """
    last = frame.last
    if link.code not in load_stocks().codes or last is None or last.quantity.unit != figure.q.unit:
        return None
    if _NEXT_PART.fullmatch(figure.gap) is None:
        return None
    wholes = (d for d in reversed(frame.seen) if d.quantity.unit == figure.q.unit and d.value > figure.q.value)
    whole = next((d for d in wholes if PART in figure.folded[d.quantity.end : last.quantity.start]), None)
    return whole.code if whole is not None and whole.code != "other" else None


def _rice_by_season(code: str, breakdown: Breakdown, figure: Figure) -> Breakdown:
    """Seasons are of rice, where neither a crop nor the total of all crops is named."""
    rule = load_variants()["rice_seasons"]
    if code not in rule["codes"] or "crop" in breakdown or breakdown.get("season") not in rule["seasons"]:
        return breakdown
    end = figure.spot.sentence.end
    told = _PARTS.search(figure.folded, figure.q.end, end)
    if told is None and (told := _NEXT_PARTS.match(figure.folded, end)):
        # "vụ hè thu xuống giống 1.500 ha. Riêng cây lúa xuống giống 1.200 ha"
        end += _NEXT_REACH
    if told and WORDS["counts_rice"].search(figure.folded, told.end(), end) is not None:
        # "vụ xuân gieo trồng 1.500 ha, trong đó lúa 1.200 ha"
        return breakdown
    near = figure.folded[figure.spot.floor : min(figure.q.end + _SEASON_REACH, figure.spot.sentence.end)]
    total = any(word in near for word in rule["totals"])
    if not total and code == "sown_area" and any(word in near for word in rule["sown"]):
        total = not any(word in near for word in rule["of_rice"])
    return breakdown if total else breakdown | {"crop": "rice"}
