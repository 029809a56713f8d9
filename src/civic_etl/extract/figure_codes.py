"""The indicator and the breakdown of a figure: from its link, what goes on, what it is like, or its unit."""

import re

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.code_units import RATES, counted_code
from civic_etl.extract.context import Context
from civic_etl.extract.criteria import Criteria
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_categories import FigureCategories
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.inheriting import is_part
from civic_etl.extract.likeness import Likeness, own_words
from civic_etl.extract.link import Link
from civic_etl.extract.list_items import (
    also_new,
    bare_source,
    credit_of_channel,
    crop_before,
    is_band,
    is_bare_part,
    is_beside_at_school,
    is_listed_as_new,
    kind_of_unit,
    part_of_new,
    part_of_planted,
    running_code,
    season_of_whole,
    share_of_sector,
)
from civic_etl.extract.rates import is_rate
from civic_etl.extract.topics import Topics
from civic_etl.extract.unexpressed import SUM, Unexpressed
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_lexicon, load_stocks, load_variants

# what a figure before says of itself alone
_OF_ITSELF = frozenset({"plan", "base", "averaging"})
_OF_SECTOR = frozenset({"price", "season"})
_SEASON_REACH = 30
_KIND_REACH = 30
# counts whose kinds are told behind them
_TOLD_BEHIND = frozenset({"household", "person", "commune", "residential_group"})
_WINTER_CROPS = "winter_crops"
_INDEX, _VALUE = "iip", "production_value"
_REACHED = frozenset({"equal", "to_level"})
_UNNAMED = frozenset({"left-far", "unit-noun"})
# between two shares of a list in one clause ("hằng năm có 8% đảng viên xuất sắc, 91% hoàn thành tốt nhiệm vụ")
_SHARED_GAP = re.compile(r"[^,;.:\d]{0,70}(?:,|\bvà|, và)\s*(?:có )?")
_MARK = re.compile(r"[,;(]|\.(?!\d)|\bvà\b")


class FigureCodes:
    """Names the indicators of the figures of one document."""

    def __init__(self, context: Context, categories: Categories, elision: Elision, topics: Topics) -> None:
        self._categories = categories
        self._named = FigureCategories(context, categories)
        self._likeness = Likeness(categories, elision)
        self._topics = topics
        self._unexpressed = Unexpressed(categories)
        self._criteria = Criteria(context)

    def read(self, figure: Figure, frame: Frame) -> bool:
        """Sets code, breakdown and rules; False for a bare number that nothing names."""
        if (value := self._sector_value(figure)) is not None:
            code = running_code(_VALUE, figure, frame) or _VALUE
            figure.code, figure.rules, figure.breakdown, figure.link = code, ("unlinked",), value, None
        elif figure.inherited is not None:
            self._inherit(figure, figure.inherited)
        elif figure.link is not None:
            self._by_link(figure, figure.link, frame)
        elif (sector := self._by_category(figure, frame)) is not None:
            grows = sector.measure == "change_pct" and figure.around.before == "rise"
            kept = _OF_SECTOR | {"averaging"} if grows else _OF_SECTOR
            if "owner" in self._own(sector.code, figure):
                # owners are told apart within a sector
                kept = kept | {"sector"}
            self._like(figure, sector, "sector", {k: v for k, v in sector.breakdown.items() if k in kept})
        elif (
            not (figure.apart or _is_beside_area(figure, frame))
            and (before := self._likeness.by_place(figure, frame)) is not None
        ):
            kept_all = {k: v for k, v in before.breakdown.items() if k not in _OF_ITSELF}
            self._like(figure, before, "same-unit", kept_all)
        elif figure.q.unit == "":
            return False
        else:
            self._by_unit(figure, frame)
        if self._unexpressed.is_part(figure, frame):
            figure.code, figure.breakdown = "other", {}
        self._adjust(figure, frame)
        return True

    def _is_of_unknown_area(self, figure: Figure) -> bool:
        """Whether the words of a rate name town or country, which its indicator does not tell apart.

        ("hộ nghèo còn 0,7%, khu vực nông thôn còn 1,2%")
        """
        indicator = load_catalogue().get(figure.code)
        if not figure.is_rate or indicator is None or not is_rate(figure.code):
            return False
        if {"urban", "rural"}.intersection(indicator.breakdowns.get("area", ())):
            return False
        return WORDS["of_area"].search(figure.folded, figure.spot.floor, figure.q.start) is not None

    def _by_category(self, figure: Figure, frame: Frame) -> Draft | None:
        """What a figure is like whose words before it name only a category; one told apart behind it is none."""
        apart = figure.q.unit in _TOLD_BEHIND and not figure.elided and figure.apart
        return None if apart else self._likeness.by_category(figure, frame)

    def _own(self, code: str, figure: Figure) -> Breakdown:
        """The categories of a code between the figure before and the end of this one; of an elided one behind it."""
        low, high = own_words(figure) if figure.elided else (figure.spot.floor, figure.q.end)
        return self._categories.read(code, figure.q, low, high, None)

    def _inherit(self, figure: Figure, inherited: Draft) -> None:
        around, q = figure.around, figure.q
        code = inherited.code if q.unit in RATES else counted_code(inherited.code, q.unit)
        low, high = own_words(figure)
        # its own noun may tell a category, too ("73 tổ chức cơ sở đảng, trong đó có 39 đảng bộ")
        first, last = (low, high) if figure.elided else (_part_start(figure), q.end)
        named = self._categories.has_key(code, first, last)
        # a list of growths: each is a yearly mean if the first one is
        listed = named and inherited.measure == "change_pct" and around.before == "rise" and not around.against
        shared = inherited.measure == "share" and figure.is_rate and _SHARED_GAP.fullmatch(figure.gap) is not None
        dropped = _OF_ITSELF - {"averaging"} if listed or shared else _OF_ITSELF
        if WORDS["brought_to"].search(figure.gap) is not None:
            code = load_variants()["total_of"].get(code, code)
            dropped = dropped | {"status"}
        figure.code, figure.rules, figure.link = code, ("inherit",), None
        figure.breakdown = {k: v for k, v in inherited.breakdown.items() if k not in dropped}
        if named:
            own = self._own(code, figure)
            if "season" in own and figure.breakdown.get("crop") == _WINTER_CROPS:
                del figure.breakdown["crop"]
            figure.breakdown = self._of_own_crop(figure.breakdown, inherited, own) | own
        elif (source := bare_source(figure, inherited)) is not None:
            figure.breakdown["source"] = source
        elif _is_other_part(figure, inherited) and not self._categories.has_key(code, q.end, q.end + _KIND_REACH):
            figure.code, figure.breakdown = "other", {}

    def _by_link(self, figure: Figure, link: Link, frame: Frame) -> None:
        last = frame.last
        code = self._part_of_stock(figure, link, frame) or also_new(figure, link, frame.last)
        code = code or _in_brackets_of(figure, link, frame) or part_of_new(figure, link, frame)
        code = code or credit_of_channel(figure, link, frame, self._categories)
        if code is None and is_bare_part(figure, link):
            code = running_code(link.code, figure, frame)
        code = (
            code
            or share_of_sector(figure, link, frame, self._categories)
            or part_of_planted(figure, link, frame)
            or link.code
        )
        unknown = link.rule in _UNNAMED and self._is_unknown_part(figure, frame)
        if unknown or is_band(figure) or _is_some_of_all(figure, link):
            figure.code, figure.rules, figure.breakdown = "other", ("part",), {}
            return
        breakdown = self._named.named(code, figure, link)
        breakdown = self._categories.carried(code, breakdown, crop_before(figure, code, frame) or frame.crop)
        breakdown = self._categories.from_context(code, breakdown, self._named.scene(figure))
        breakdown = self._categories.from_title(code, breakdown)
        breakdown = season_of_whole(figure, code, breakdown, frame)
        breakdown = _rice_by_season(code, breakdown, figure)
        if is_listed_as_new(figure, frame.seen) and self._categories.knows(code, "status", "new"):
            breakdown = {"status": "new"} | breakdown
        if last is not None and is_beside_at_school(code, figure, last, frame.seen):
            breakdown = {key: value for key, value in last.breakdown.items() if key == "level"} | breakdown
        if (kind := kind_of_unit(code, figure, last)) is not None:
            breakdown = breakdown | {"kind": kind}
        if figure.q.unit == "percentage_point" and last is not None and ";" not in figure.gap:
            breakdown = self._categories.of_whole(code, breakdown, last.breakdown)
        figure.code, figure.rules, figure.breakdown = code, (link.rule,), breakdown
        if rate_only := self._of_rate_only(code, figure, link):
            # the share that may follow is of an indicator again
            figure.rules, figure.breakdown = (*figure.rules, SUM), breakdown | rate_only

    def _of_rate_only(self, code: str, figure: Figure, link: Link) -> Breakdown:
        """The categories named with a count that only its rate knows ("18/25 trường tiểu học đạt chuẩn, chiếm 72%")."""
        keys = load_variants()["rate_only"].get(code)
        if keys is None or figure.q.unit in RATES:
            return {}
        found = self._named.named(load_lexicon().rate_of[code], figure, link)
        return {key: value for key, value in found.items() if key in keys}

    def _part_of_stock(self, figure: Figure, link: Link, frame: Frame) -> str | None:
        """The stock of the sentence that a counted part of it, named by a category, is of.

        ("45 trường, trong đó mầm non 15 trường")
        """
        whole = frame.of_unit(figure.q.unit) if link.rule == "part" else None
        if whole is None or whole.code == "other":
            return None
        q, folded = figure.q, figure.folded
        # what stands before a comma is of the part before
        low = max(_part_start(figure), folded.rfind(",", figure.spot.floor, q.start) + 1)
        if self._categories.has_key(whole.code, low, q.start):
            return whole.code
        mark = _MARK.search(folded, q.end, figure.spot.ceiling)
        behind = figure.apart and self._categories.has_key(
            whole.code, q.end, mark.start() if mark is not None else figure.spot.ceiling
        )
        return whole.code if behind else None

    def _is_unknown_part(self, figure: Figure, frame: Frame) -> bool:
        """Whether a bare count is a part of one before, of a kind that no category expresses."""
        whole, q = frame.of_unit(figure.q.unit), figure.q
        if whole is None or not _is_other_part(figure, whole):
            return False
        known = self._categories.has_key(whole.code, _part_start(figure), min(q.end + _KIND_REACH, figure.spot.ceiling))
        return not known

    def _of_own_crop(self, kept: Breakdown, before: Draft, own: Breakdown) -> Breakdown:
        """What goes on to a figure of another crop: no season told with the crop before ("lúa đông xuân ...; ngô")."""
        if "season" not in kept or "crop" not in own or before.breakdown.get("crop", own["crop"]) == own["crop"]:
            return kept
        span = before.code, before.sentence.start, before.quantity.start
        told = self._categories.crops_of_season(*span)
        return {key: value for key, value in kept.items() if key != "season"} if told else kept

    def _like(self, figure: Figure, before: Draft, rule: str, kept: Breakdown) -> None:
        figure.code, figure.rules = before.code, (rule,)
        own = self._own(before.code, figure) | self._behind(before.code, figure)
        figure.breakdown = self._of_own_crop(kept, before, own) | own

    def _behind(self, code: str, figure: Figure) -> Breakdown:
        """The categories that follow a counted noun ("58 dự án đã đi vào hoạt động")."""
        q = figure.q
        if not q.noun or q.unit in RATES | {"VND", "USD"}:
            return {}
        mark = _MARK.search(figure.folded, q.number_end, figure.spot.ceiling)
        end = mark.start() if mark is not None else figure.spot.ceiling
        return self._categories.read(code, q, q.number_end, end, q.number_end)

    def _by_unit(self, figure: Figure, frame: Frame) -> None:
        """What a unit alone says of a figure that nothing names."""
        code: str = load_variants()["unit_default"].get(figure.q.unit, "other")
        breakdown: Breakdown = {}
        if code == "other" and figure.is_rate:
            code, breakdown = self._sector_growth(figure)
        if code == "other" and figure.is_rate and WORDS["bare_growth"].search(figure.gap) is not None:
            code = "economic_growth"
        if code != "other" and not breakdown:
            breakdown = self._categories.carried(code, self._own(code, figure), frame.crop)
        figure.code, figure.rules, figure.breakdown = code, ("unlinked",), breakdown

    def _sector_value(self, figure: Figure) -> Breakdown | None:
        """The sector of a sum of money that a new clause tells of a sector alone: the value it produced.

        None where the figure before is of an indicator with sectors, or something else is named.

        ("thu ngân sách đạt 30 tỷ đồng; nông, lâm, thủy sản ước đạt 210 tỷ đồng")
        """
        inherited, around = figure.inherited, figure.around
        if figure.q.unit != "VND" or around.against or around.before not in _REACHED or figure.planned:
            return None
        if figure.link is not None and figure.link.rule not in _UNNAMED:
            return None
        if inherited is not None and (";" not in figure.gap or _has_sectors(inherited.code)):
            return None
        floor = max(self._named.clause_start(figure), figure.folded.rfind(";", figure.spot.floor, figure.q.start) + 1)
        found = self._categories.read(_VALUE, figure.q, floor, figure.q.start, None)
        end = around.before_start if around.before else figure.q.start
        return found if "sector" in found and self._categories.fills(_VALUE, floor, end) else None

    def _sector_growth(self, figure: Figure) -> tuple[str, Breakdown]:
        """A sector alone with a percentage: its growth, how far its plan was met, or its share of the economy.

        ("dịch vụ tăng 12%", "dịch vụ đạt 60% kế hoạch", "dịch vụ chiếm 40%")
        """
        around, floor = figure.around, self._named.clause_start(figure)
        if around.against == "plan":
            code = "production_value"
        elif around.before in {"rise", "fall"}:
            code = "economic_growth"
        elif around.before == "share_of" or figure.gap.rstrip().endswith(":"):
            code = "economic_structure"
        else:
            return "other", {}
        found = self._categories.read(code, figure.q, floor, figure.q.start, None)
        if "sector" not in found and code == "economic_growth":
            # parts of industry that only its index of production tells apart
            code, found = _INDEX, self._categories.read(_INDEX, figure.q, floor, figure.q.start, None)
        end = around.before_start if around.before else figure.q.start
        alone = "sector" in found and self._categories.fills(code, floor, end)
        return (code, found) if alone else ("other", {})

    def _adjust(self, figure: Figure, frame: Frame) -> None:
        """The reading of a code in its surroundings: money by the hectare, the topic, a sister indicator."""
        q = figure.q
        if self._unexpressed.is_sum(figure):
            # the next item of the list may still go on from it
            figure.rules, figure.breakdown = (*figure.rules, SUM), {}
        if q.unit == "VND" and "/ha" in q.per and figure.code in {"other", *load_variants()["per_ha"]}:
            figure.code, figure.breakdown = "value_per_ha", {}
        if self._is_of_unknown_area(figure):
            figure.code, figure.breakdown = "other", {}
        if self._criteria.is_other(figure.code, figure, frame) or not self._topics.names(figure.code):
            figure.code, figure.breakdown = "other", {}
        figure.code, figure.breakdown = self._topics.reading(figure.code, figure.breakdown, figure.spot.sentence, q.end)
        if "crop" in figure.breakdown or figure.link is None:
            return
        # only a sister may know the category named: coffee is no sown crop
        for sister in load_variants()["switch"].get(figure.code, []):
            found = self._named.named(sister, figure, figure.link)
            if "crop" in found:
                figure.code, figure.breakdown = sister, found
                return


def _is_some_of_all(figure: Figure, link: Link) -> bool:
    """Whether a bare noun counts some of all there are ("12/15 thôn"): what of them is not known."""
    return link.rule == "unit-noun" and figure.q.denominator is not None and link.code in load_stocks().codes


def _in_brackets_of(figure: Figure, link: Link, frame: Frame) -> str | None:
    """What brackets tell the parts of ("37 trường đạt chuẩn (13 trường mầm non, 24 trường tiểu học)")."""
    if link.code not in load_stocks().codes:
        return None
    opening = figure.folded.rfind("(", figure.spot.sentence.start, figure.q.start)
    if opening < 0 or figure.folded.find(")", opening, figure.q.start) >= 0:
        return None
    told = (d for d in reversed(frame.seen) if d.quantity.end <= opening and d.quantity.unit == figure.q.unit)
    whole = next(told, None)
    return whole.code if whole is not None and whole.code != "other" else None


def _has_sectors(code: str) -> bool:
    indicator = load_catalogue().get(code)
    return indicator is not None and "sector" in indicator.breakdowns


def _is_beside_area(figure: Figure, frame: Frame) -> bool:
    """Whether a yield stands right behind the area of its crop ("ngô 20 ha, 45 tạ/ha; lạc 15 ha, 22 tạ/ha")."""
    return figure.q.unit in load_variants()["unit_default"] and frame.last is not None and frame.last.unit == "ha"


def _part_start(figure: Figure) -> int:
    """Where the words of a figure begin: behind "trong đó", if that stands between it and the one before."""
    at = figure.folded.rfind(PART, figure.spot.floor, figure.q.start)
    return figure.spot.floor if at < 0 else at + len(PART)


def _is_other_part(figure: Figure, whole: Draft) -> bool:
    """Whether a part of a count or an area is told by what no category expresses ("trong đó 2.900 ha kinh doanh")."""
    q = figure.q
    if q.unit in RATES | {"VND", "USD", "times", ""} or q.unit != whole.quantity.unit or not is_part(figure, whole):
        return False
    return WORDS["part_of_kind"].match(figure.folded, q.end) is not None


def _rice_by_season(code: str, breakdown: Breakdown, figure: Figure) -> Breakdown:
    """Seasons are of rice, where neither a crop nor the total of all crops is named."""
    rule = load_variants()["rice_seasons"]
    if code not in rule["codes"] or "crop" in breakdown or breakdown.get("season") not in rule["seasons"]:
        return breakdown
    _, of_whole, parts = figure.folded[figure.q.end : figure.spot.sentence.end].partition(PART)
    if of_whole and WORDS["counts_rice"].search(parts) is not None:
        # "vụ xuân gieo trồng 1.500 ha, trong đó lúa 1.200 ha"
        return breakdown
    near = figure.folded[figure.spot.floor : figure.q.end + _SEASON_REACH]
    total = any(word in near for word in rule["totals"])
    if not total and code == "sown_area" and any(word in near for word in rule["sown"]):
        total = not any(word in near for word in rule["of_rice"])
    return breakdown if total else breakdown | {"crop": "rice"}
