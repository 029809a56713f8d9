"""The indicator and the breakdown of a figure: from its link, what goes on, what it is like, or its unit."""

import re

from civic_etl.extract.branch_shares import (
    CONTRIBUTION,
    STRUCTURE,
    VALUE,
    contribution_to,
    is_of_economy,
    is_of_other_whole,
    listed_with,
    share_of_branch,
)
from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.category_rules import of_alternatives
from civic_etl.extract.code_units import RATES, counted_code
from civic_etl.extract.companion_categories import named_once, of_same_whole
from civic_etl.extract.context import Context
from civic_etl.extract.count_parts import is_other_part, part_start
from civic_etl.extract.counts_of_all import counts_all
from civic_etl.extract.criteria import MEAN, Criteria
from civic_etl.extract.crops import HARVESTED, is_harvested
from civic_etl.extract.drafts import AGAIN, QUALIFIERS, Draft, Frame
from civic_etl.extract.elision import Elision
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_categories import FigureCategories
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.growths import is_change_counted
from civic_etl.extract.likeness import Likeness, own_words
from civic_etl.extract.link import Link
from civic_etl.extract.linked_codes import LinkedCodes
from civic_etl.extract.list_items import bare_source, city_of_province, is_band, kind_of_unit, running_code
from civic_etl.extract.listed_categories import joined_before, without_joined
from civic_etl.extract.named_by_last import poor_of_list
from civic_etl.extract.numbered_leads import NumberedLeads
from civic_etl.extract.other_counts import is_of_kind
from civic_etl.extract.own_categories import (
    area_behind,
    behind,
    end_of_item,
    is_of_several_kinds,
    is_one_fruit,
    keeps_crop,
    of_own_crop,
    own,
    part_behind,
    share_behind,
)
from civic_etl.extract.own_subject import OwnSubject
from civic_etl.extract.paid_capital import PAID_BY_SOME, is_of_some
from civic_etl.extract.patterns import patterns
from civic_etl.extract.peoples import MINORITY_SHARE, share_of_people
from civic_etl.extract.prices import price_of_whole
from civic_etl.extract.quantities import Quantity
from civic_etl.extract.rate_parts import part_by_rate
from civic_etl.extract.rates import is_rate
from civic_etl.extract.ratings import rating_behind
from civic_etl.extract.seasons_told import SeasonsTold
from civic_etl.extract.shares_of_poor import are_of_one_people
from civic_etl.extract.spoken_diseases import SpokenDiseases
from civic_etl.extract.spoken_programmes import SpokenProgrammes
from civic_etl.extract.standing_lengths import STANDING, hardened_of, is_standing
from civic_etl.extract.sums_by_source import source_behind
from civic_etl.extract.topics import Topics
from civic_etl.extract.unexpressed import ALONE, OWN_WORDS, SUM, Unexpressed
from civic_etl.extract.unit_codes import UnitCodes
from civic_etl.extract.whole_growth import WHOLE_GROWTH
from civic_etl.extract.worth import received_by
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_lexicon, load_variants

_OF_SECTOR = frozenset({"price", "season"})
_KIND_REACH = 30
# counts whose kinds are told behind them
_TOLD_BEHIND = frozenset({"household", "person", "commune", "residential_group"})
_WINTER_CROPS = "winter_crops"
# by how many people a rate is told
_PER_HA = "value_per_ha"
_OF_PEOPLE = "dân"
# what the items of a list of parts are told apart by
_APART = ("source", "sector")
# what may be counted by the day
_BY_DAY = frozenset({"case", "person", "visit", "dossier"})
# between two shares of a list in one clause ("hằng năm có 8% đảng viên xuất sắc, 91% hoàn thành tốt nhiệm vụ")
_SHARED_GAP = re.compile(r"[^,;.:\d]{0,70}(?:,|\bvà|, và)\s*(?:có )?")

# what stands before a count is the item before
_ENDS_ITEM = re.compile(r"(?:[,;]|\bvà)\s*(?:trên |hơn |gần |khoảng )?$")
_NEXT_OF_KIND, _OWN_NOUN = (patterns("link_words.yaml")[key] for key in ("next_of_kind", "own_noun"))
# the rest of a counted noun, and the verb of a ratio
_NOUN_THEN_VERB = re.compile(
    r"[^,;:.()\d]{0,80}, *(?:chỉ |mới |đã )?(?:tăng|giảm|bằng|đạt|chiếm|vượt)"
    r"(?: (?:gần|hơn|trên|khoảng|tỷ lệ|mạnh|nhẹ))* *"
)


_DOSSIERS, _ONLINE = "dossiers_received", "online_dossier_rate"
# rules by which a count has nothing but its noun
_BARE = frozenset({"unit-noun", "part"})
_RATE_AND_CHANGE = 2


class FigureCodes:
    """Names the indicators of the figures of one document."""

    def __init__(
        self, context: Context, categories: Categories, elision: Elision, topics: Topics, subjects: OwnSubject
    ) -> None:
        self._context, self._subjects = context, subjects
        self._categories = categories
        self._named = FigureCategories(context, categories)
        self._likeness = Likeness(categories, elision)
        self._topics = topics
        self._unexpressed = Unexpressed(categories)
        self._criteria = Criteria(context)
        self._linked = LinkedCodes(categories, self._named, SpokenProgrammes(context, categories))
        self._units = UnitCodes(categories, self._named)
        self._seasons = SeasonsTold(context, categories)
        self._leads = NumberedLeads(context, categories)
        self._diseases = SpokenDiseases(context, categories)

    def read(self, figure: Figure, frame: Frame) -> bool:
        """Sets code, breakdown and rules; False for a bare number that nothing names."""
        if (value := self._units.sector_value(figure, frame)) is not None:
            code = running_code(VALUE, figure, frame) or VALUE
            figure.code, figure.rules, figure.breakdown, figure.link = code, ("unlinked",), value, None
        elif figure.inherited is not None:
            self._inherit(figure, figure.inherited)
        elif figure.link is not None:
            self._linked.read(figure, figure.link, frame)
        elif (sector := self._by_category(figure, frame)) is not None:
            grows = sector.measure == "change_pct" and figure.around.before in {"rise", ""}
            kept = _OF_SECTOR | {"averaging"} if grows else _OF_SECTOR
            if "owner" in own(self._categories, sector.code, figure):
                # owners are told apart within a sector
                kept = kept | {"sector"}
            if keeps_crop(self._categories, sector, figure):
                kept = kept | {"crop"}
            self._like(figure, sector, "sector", {k: v for k, v in sector.breakdown.items() if k in kept})
        elif (
            not ((figure.apart and not _tells_cause(figure)) or _is_beside_area(figure, frame))
            and (before := self._likeness.by_place(figure, frame)) is not None
            and not (figure.q.unit == "VND" and self._subjects.is_own(figure, before.code))
        ):
            self._like(figure, before, "same-unit", before.categories)
        elif figure.q.unit == "":
            return False
        else:
            self._units.read(figure, frame)
        if (by_rate := part_by_rate(figure, frame, self._categories)) is not None:
            figure.code, figure.breakdown = by_rate
            figure.rules, figure.inherited = (figure.rules[0], SUM), None
        self._set_part(figure, frame)
        figure.breakdown = of_same_whole(self._categories, figure.code, figure.breakdown, figure, frame)
        figure.breakdown = received_by(figure.code, figure.breakdown, figure, self._categories)
        if figure.rules[0] in _BARE and (rate := _rate_before_aside(figure, frame)) is not None:
            figure.code, figure.breakdown = _counted_by(figure, rate)
        if _is_counted_again(figure, frame):
            # the figures behind the brackets go on with the rate
            if figure.rules[0] in _BARE:
                figure.code, figure.breakdown = _counted_by(figure, frame.last)
            elif frame.last is not None and figure.code == _DOSSIERS:
                figure.code, figure.breakdown = _dossiers_of(frame.last, figure.breakdown)
            figure.rules = (*figure.rules, AGAIN)
        elif frame.last is not None and counts_all(figure.folded, figure.q):
            # "120 hộ nghèo trên tổng số 3.450 hộ, chiếm 3,5%": so many of all are the poor
            figure.rules = (*figure.rules, AGAIN)
        if is_harvested(figure, figure.code):
            figure.code = HARVESTED
        figure.breakdown = city_of_province(figure, figure.breakdown, frame.seen)
        figure.breakdown = price_of_whole(self._categories, figure.code, figure.breakdown, figure)
        if poor := poor_of_list(self._context, figure, frame):
            figure.code, figure.breakdown = poor, {}
        figure.breakdown = without_joined(self._categories, figure)
        self._adjust(figure, frame)
        figure.breakdown = self._seasons.of(figure, figure.code, figure.breakdown, frame)
        if not figure.of_whole_year and "tổng diện tích" not in figure.gap:
            figure.breakdown = self._leads.of_fields(figure.code, figure.breakdown, figure.spot.block)
        whole = figure.rules[0] == WHOLE_GROWTH
        figure.breakdown = {} if whole else self._diseases.of(figure.code, figure.breakdown, figure.q.start)
        return True

    def _set_part(self, figure: Figure, frame: Frame) -> None:
        """A part that has a code of its own, or none: what a sector adds to a growth, a kind that no code tells."""
        goes_on = figure.inherited is not None
        if (sector_told := contribution_to(figure, frame)) is not None:
            figure.code, figure.breakdown = CONTRIBUTION, sector_told
        elif self._unexpressed.is_part(figure, frame) or (
            goes_on and (is_of_kind(figure, figure.code, frame) or is_band(figure))
        ):
            if goes_on and figure.inherited is not None and figure.inherited.code != "other":
                figure.rules = (*figure.rules, OWN_WORDS)
            figure.code, figure.breakdown = "other", {}

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
        found = None if apart else self._likeness.by_category(figure, frame)
        own = found is not None and figure.is_rate and self._subjects.is_own(figure, found.code)
        return None if own else found

    def _inherit(self, figure: Figure, inherited: Draft) -> None:
        around, q = figure.around, figure.q
        code = inherited.code if q.unit in RATES else counted_code(inherited.code, q.unit)
        code = STRUCTURE if is_of_economy(figure, inherited, self._categories) else code
        low, high = own_words(figure)
        # its own noun may tell a category, too ("73 tổ chức cơ sở đảng, trong đó có 39 đảng bộ")
        first, last = (low, high) if figure.elided else (part_start(figure), q.end)
        of_noun = _is_of_noun_before(figure, inherited)
        named = self._categories.has_key(code, first, last) or bool(self._categories.alone(code, first, q.start))
        named = named and not of_noun
        # a list of growths: each is a yearly mean if the first one is
        listed = named and inherited.measure == "change_pct" and around.before in {"rise", ""} and not around.against
        shared = inherited.measure == "share" and figure.is_rate and _SHARED_GAP.fullmatch(figure.gap) is not None
        dropped = QUALIFIERS - {"averaging"} if listed or shared else QUALIFIERS
        brought = WORDS["brought_to"].search(figure.gap) is not None
        counts_all = brought or _are_now(figure, inherited)
        code = load_variants()["total_of"].get(code, code) if counts_all else code
        # "xã A làm rõ 9 vụ; xã B xảy ra 5 vụ"
        dropped |= {"status"} if counts_all or WORDS["happened_there"].search(figure.gap) is not None else set()
        figure.code, figure.rules, figure.link = code, ("inherit",), None
        if not figure.is_rate and code in load_variants()["rate_only"]:
            # "(mầm non 5 trường, tiểu học 4 trường)": the next kind is told as little as the one before
            figure.rules = (*figure.rules, *(rule for rule in (SUM, ALONE) if rule in inherited.rules))
        figure.breakdown = {k: v for k, v in inherited.breakdown.items() if k not in dropped}
        if brought and figure.breakdown.get("kind") == "new":
            del figure.breakdown["kind"]
        if of_noun and not figure.is_rate:
            # "9 vụ trộm cắp và 4 vụ đánh nhau": the noun of the first is of it alone
            apart = self._categories.read(code, q, figure.spot.floor, q.start, None)
            figure.breakdown = {k: v for k, v in figure.breakdown.items() if apart.get(k) != v}
        if told := rating_behind(self._categories, code, figure) or part_behind(self._categories, code, figure):
            figure.breakdown |= told
        elif (kind := kind_of_unit(code, figure, inherited)) is not None:
            figure.breakdown["kind"] = kind
        elif source := source_behind(self._categories, code, figure) or bare_source(figure, inherited):
            figure.breakdown["source"] = source
        elif _ENDS_ITEM.search(figure.gap) and (told := behind(self._categories, code, figure)):
            # "412 suất quà cho gia đình chính sách, 95 suất cho hộ nghèo"
            figure.breakdown |= told
        elif named:
            told = own(self._categories, code, figure)
            if "season" in told and figure.breakdown.get("crop") == _WINTER_CROPS:
                del figure.breakdown["crop"]
            kept = of_alternatives(code, figure.breakdown, told)
            # "ngân sách tỉnh 3 tỷ; vốn lồng ghép 9 tỷ": of no source that the list tells apart
            none = {key for key in _APART if self._categories.is_of_none(code, key, first, last)}
            kept = {key: value for key, value in kept.items() if key not in none}
            figure.breakdown = of_own_crop(self._categories, kept, inherited, told) | told
        elif around.before == "" and (told := area_behind(self._categories, code, figure)):
            # "trồng mới 12 ha cam; tái canh 25 ha cà phê"
            figure.breakdown = of_own_crop(self._categories, figure.breakdown, inherited, told) | told
        elif around.before == "" and (told := behind(self._categories, code, figure)):
            # "58 doanh nghiệp giải thể; 651 doanh nghiệp đăng ký tạm ngừng hoạt động"
            figure.breakdown |= told
        elif around.before == "" and (told := share_behind(self._categories, code, figure)):
            figure.breakdown |= told
        elif (people := share_of_people(self._categories, figure, inherited)) is not None:
            figure.code, figure.breakdown = MINORITY_SHARE, people
        elif is_other_part(figure, inherited) and not self._categories.has_key(code, q.end, q.end + _KIND_REACH):
            figure.code, figure.breakdown = "other", {}

    def _like(self, figure: Figure, before: Draft, rule: str, kept: Breakdown) -> None:
        figure.code, figure.rules = before.code, (rule,)
        told = own(self._categories, before.code, figure) | behind(self._categories, before.code, figure)
        figure.breakdown = of_own_crop(self._categories, kept, before, told) | told

    def _adjust_kind(self, figure: Figure) -> None:
        """What befell houses, and the kind of fruit, where the words behind a figure say more than one category."""
        if is_of_several_kinds(self._categories, figure):
            del figure.breakdown["kind"]
        if is_one_fruit(self._categories, figure):
            figure.breakdown["crop"] = "other"

    def _adjust(self, figure: Figure, frame: Frame) -> None:
        """The reading of a code in its surroundings: money by the hectare, the topic, a sister indicator."""
        q = figure.q
        if (of_other := listed_with(figure, frame, self._categories)) is not None:
            figure.code = of_other.code
            figure.breakdown = {k: v for k, v in of_other.categories.items() if k != "sector"}
        elif (branch := share_of_branch(figure, self._categories)) is not None:
            figure.code, figure.breakdown = VALUE, branch
        elif is_of_other_whole(figure):
            figure.code, figure.breakdown = "other", {}
        if is_of_some(figure):
            figure.rules, figure.code, figure.breakdown = (*figure.rules, PAID_BY_SOME), "other", {}
        if self._unexpressed.is_sum(figure, frame):
            # the next item of the list may still go on from it
            figure.rules, figure.breakdown = (*figure.rules, SUM), {}
        if q.unit == "VND" and "/ha" in q.per and figure.code in {"other", _PER_HA, *load_variants()["per_ha"]}:
            gained = WORDS["gain_or_cost"].search(figure.folded, figure.spot.floor, q.start) is not None
            figure.code, figure.breakdown = ("other" if gained else _PER_HA), {}
        if figure.link is not None and (told := load_variants()["by_unit"].get(figure.code, {}).get(q.unit)):
            figure.code = told
        if "/người" in q.per and (of_each := load_variants()["per_person"].get(figure.code)) is not None:
            figure.code, figure.breakdown = of_each, {}
        if q.unit == "VND" and WORDS["per_item"].search(q.per) is not None:
            # "hỗ trợ 40 triệu đồng/nhà"
            figure.code, figure.breakdown = "other", {}
        if q.per.endswith(_OF_PEOPLE) and figure.code in load_variants()["persons_as_cases"]:
            # "13.000 ca/1 triệu dân"
            figure.code, figure.breakdown = "other", {}
        figure.of_rate = self._is_of_unknown_area(figure)
        if figure.of_rate or _is_across(figure) or _is_mean_of_some(q) or are_of_one_people(figure):
            figure.code, figure.breakdown = "other", {}
        if is_standing(figure, frame):
            figure.code, figure.breakdown, figure.rules = "other", {}, (*figure.rules, STANDING)
        self._adjust_kind(figure)
        if (part := hardened_of(figure, frame, self._categories)) is not None:
            figure.code, figure.breakdown = part
        if self._criteria.is_mean(figure.code, figure, frame):
            figure.code, figure.breakdown = MEAN, {}
        if self._criteria.is_other(figure.code, figure, frame) or not self._topics.names(figure.code):
            figure.code, figure.breakdown = "other", {}
        before = figure.code
        figure.code, figure.breakdown = self._topics.reading(
            figure.code, figure.breakdown, figure.spot.block, figure.spot.sentence, (_words_from(figure), q.end)
        )
        if figure.code != before and is_of_kind(figure, figure.code, frame):
            # "tiêu hủy 900 con, trong đó lợn nái 200 con, lợn thịt 500 con"
            figure.code, figure.breakdown = "other", {}
        if figure.code != before:
            span = figure.spot.sentence.start, q.end
            figure.breakdown = self._categories.from_title(figure.code, figure.breakdown, span, of_season=False)
        figure.breakdown = named_once(figure.code, figure.breakdown, frame)
        if "crop" not in figure.breakdown and figure.link is not None:
            self._take_sister(figure, figure.link)

    def _take_sister(self, figure: Figure, link: Link) -> None:
        """Only a sister may know the category named: coffee is no sown crop; of several crops it is none."""
        if "crop" in joined_before(self._categories, figure.code, figure, part_start(figure)):
            return
        without = load_variants()["switch_without"].get(figure.code, ())
        # "phát triển lâm nghiệp; trồng mới 60 ha rau màu"
        first = max(figure.spot.floor, figure.folded.rfind(";", figure.spot.floor, figure.q.start))
        if any(word in figure.folded[first : end_of_item(figure)] for word in without):
            return
        for sister in load_variants()["switch"].get(figure.code, []):
            found = self._named.named(sister, figure, link)
            if "crop" in found:
                figure.code = sister
                figure.breakdown = self._categories.from_context(sister, found, self._named.scene(figure))
                return


def _words_from(figure: Figure) -> int:
    """Where a figure's own words begin: at itself where all before it is the noun of the item before it in a list.

    ("hư hỏng 300 m kè bê tông, 2 km lộ")
    """
    listed = not figure.spot.opens and _ENDS_ITEM.search(figure.gap) is not None
    return figure.q.start if listed else figure.spot.floor


def _are_now(figure: Figure, new: Draft) -> bool:
    """Whether a count tells how many there are now, the new ones before it among them."""
    return WORDS["are_now"].search(figure.gap) is not None and figure.q.value > new.quantity.value


def _is_of_noun_before(figure: Figure, inherited: Draft) -> bool:
    """Whether what stands before a figure is the rest of the noun that was counted right before it.

    ("241 doanh nghiệp quay trở lại hoạt động, giảm 37%", "3 xã nông thôn mới nâng cao, 2 xã kiểu mẫu"; the count has
    read its own words)
    """
    q = inherited.quantity
    if not q.noun or q.unit in RATES or q.end != figure.spot.floor:
        return False
    if figure.is_rate:
        return _NOUN_THEN_VERB.fullmatch(figure.gap) is not None
    listed = figure.q.unit == q.unit and _NEXT_OF_KIND.fullmatch(figure.gap) is not None
    return listed and _OWN_NOUN.match(figure.folded, figure.q.end) is not None


def _is_counted_again(figure: Figure, frame: Frame) -> bool:
    """Whether brackets behind a rate count those that it is of ("đạt 91% (tương ứng với 640 hộ)"), or its change."""
    last = frame.last
    if last is None or figure.q.unit in RATES or not figure.q.noun:
        return False
    if last.measure != "share" and not is_change_counted(figure, last):
        return False
    return WORDS["counted_again"].fullmatch(figure.gap) is not None


def _rate_before_aside(figure: Figure, frame: Frame) -> Draft | None:
    """The rate that a count comes to, behind brackets with its change ("còn 3,1% (giảm 1,1%), tương đương 62 hộ")."""
    if len(frame.seen) < _RATE_AND_CHANGE or WORDS["comes_to_count"].fullmatch(figure.gap) is None:
        return None
    rate, change = frame.seen[-_RATE_AND_CHANGE:]
    return rate if rate.measure == "share" and change.code == rate.code and change.measure == "change" else None


def _counted_by(figure: Figure, rate: Draft | None) -> tuple[str, Breakdown]:
    """The count that the rate before brackets is of, if it counts what they do; nothing of the catalogue if not."""
    count = load_lexicon().count_of.get(rate.code) if rate is not None else None
    indicator = load_catalogue().get(count) if count is not None else None
    if rate is None or count is None or indicator is None or indicator.unit_measure != figure.q.unit:
        return "other", {}
    told = {k: v for k, v in rate.categories.items() if v in indicator.breakdowns.get(k, ())}
    return count, told


def _dossiers_of(rate: Draft, own: Breakdown) -> tuple[str, Breakdown]:
    """What dossiers are counted in brackets behind a rate of theirs: those sent online, or none that a code tells."""
    if rate.code == _ONLINE:
        return _DOSSIERS, own | {"kind": "online"}
    return (_DOSSIERS, own) if rate.code in {"other", _DOSSIERS} else ("other", {})


def _is_mean_of_some(q: Quantity) -> bool:
    """Whether animals are told by the household, or cases and visits by the day: no count of the place."""
    if q.unit == "head":
        return "/hộ" in q.per
    return q.unit in _BY_DAY and WORDS["by_day"].search(q.per) is not None


def _is_across(figure: Figure) -> bool:
    """Whether a length is how wide, thick or deep something is ("đường dài 1.200m, rộng 3m")."""
    return figure.q.unit == "m" and WORDS["across"].search(figure.gap) is not None


def _tells_cause(figure: Figure) -> bool:
    """Whether what stands behind persons only says by what they came to harm."""
    return figure.q.unit == "person" and WORDS["by_cause"].match(figure.folded, figure.q.end) is not None


def _is_beside_area(figure: Figure, frame: Frame) -> bool:
    """Whether a yield stands right behind the area of its crop ("ngô 20 ha, 45 tạ/ha; lạc 15 ha, 22 tạ/ha")."""
    return figure.q.unit in load_variants()["unit_default"] and frame.last is not None and frame.last.unit == "ha"
