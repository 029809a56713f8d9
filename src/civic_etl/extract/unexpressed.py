"""Parts and sums that no code of the catalogue expresses, though their words name an indicator."""

import re
from collections.abc import Callable

from civic_etl.extract.branch_shares import contributes
from civic_etl.extract.categories import Categories
from civic_etl.extract.code_units import RATES
from civic_etl.extract.count_parts import is_part, is_told_part, opens_parts, part_start
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import PART, WORDS
from civic_etl.extract.listed_categories import joined_before

SUM = "sum"
"""The rule of a figure of no indicator: of several sectors together, of a category that only a rate knows."""

ALONE = "alone"
"""The rule of a count by a category that only its rate knows, told without the count of all."""

OWN_WORDS = "own-words"
"""The rule of a part of an indicator that its categories lack: its own words tell what it is."""

_STRUCTURE = "economic_structure"
_OWNERS = frozenset({"project", "enterprise"})
_CAPITAL = frozenset({"fdi_registered", "investment_registered", "enterprise_capital"})
_FISHERY, _AQUACULTURE = "fishery_output", "aquaculture_area"
_TRADE, _INVESTED = frozenset({"exports", "imports"}), "social_investment"
_FARMED, _SERVICES = frozenset({"crops", "livestock"}), "services"
_YIELD, _CROP = "crop_yield", "crop"
_SECTOR, _SUMS = "sector", frozenset({"VND", "USD"})
# what may be told by the month
_BY_MONTH = frozenset({"income_per_capita", "other"})
_SALES, _OF_VISITORS = "retail_sales", "tourism_revenue"
_OF_SALES = frozenset({_SALES, _OF_VISITORS})
_CUSTOMERS = "khách hàng"
# of the others it is told as well what became of them
_HARMED = frozenset({"disaster_houses", "disaster_casualties"})
_BANK, _DEBTORS = "bank_credit", frozenset({"enterprise", "cooperative", "household", "person"})
_LOANS = frozenset({"policy_credit", "bank_credit"})
_FORESTRY = "forest_violations"
_VALUE, _NTM_FUNDS = "production_value", "ntm_funds"
_SPECIES_REACH = 2
_MEASURED = frozenset({"ha", "tonne"})
_FISH = "fish"
_OTHERS = re.compile(r" khác\b(?! (?:nhau|của|tại|ở|bị))")
_NEXT_SHARE = re.compile(r"\s*(?:,|và|, và|-|–|;)\s*")
_SUMMED = re.compile(r"\s*(?:và|cộng|\+|,|, và)\s*(?:ngành |khu vực )?")


class Unexpressed:
    """Tells which figures of one document are of no code."""

    def __init__(self, categories: Categories) -> None:
        self._categories = categories
        self._by_code: dict[str, Callable[[Figure, Frame], bool]] = {
            _FISHERY: self._is_of_species,
            _YIELD: self._is_of_fish,
            _VALUE: self._serves_farms,
            _FORESTRY: _is_kind_of_violation,
            **dict.fromkeys(_LOANS, _is_lent_for),
            **dict.fromkeys(_CAPITAL, _is_of_others),
            "investment_projects": _is_by_zone,
        }

    def is_part(self, figure: Figure, frame: Frame) -> bool:
        """Whether a figure is of a part that the categories of its indicator lack."""
        if _is_rest(figure, frame) or _is_mean_of_less(figure) or (figure.q.unit == "percent" and contributes(figure)):
            return True
        if figure.code in _TRADE or (figure.code == _INVESTED and any(d.code in _TRADE for d in frame.seen)):
            # "khu vực có vốn đầu tư nước ngoài" takes part in trade as well as in investment
            return WORDS["of_goods"].search(figure.gap) is not None
        if figure.code == _INVESTED and any(d.code == _NTM_FUNDS for d in frame.seen):
            # what the funds of the programme are made of, by no source that is known
            return True
        if figure.code == _INVESTED and "source" in figure.breakdown and figure.inherited is None:
            # who produced a part of a value
            return any(d.code == _VALUE and is_part(figure, d) for d in frame.seen)
        if figure.code == _VALUE and WORDS["non_state"].search(figure.gap) is not None:
            # its owners are the state and those from abroad; no category is of all others
            return True
        if figure.code == _VALUE and WORDS["branch_of_industry"].search(figure.gap) is not None:
            # "công nghiệp chế biến tăng 3%, cung cấp nước tăng 9%": no second total of industry
            return any(d.code == _VALUE and is_told_part(figure, d) for d in frame.backwards())
        if figure.code == _SALES and "kind" in figure.breakdown:
            # what visitors are told to have paid for is no part of the sales
            sums = [code for code in frame.trail.spoken if code in _OF_SALES]
            return bool(sums) and sums[-1] == _OF_VISITORS
        told = self._by_code.get(figure.code)
        return figure.inherited is None and told is not None and told(figure, frame)

    def _is_of_no_sector(self, figure: Figure, frame: Frame) -> bool:
        """Whether a sum is of a sector that its indicator does not tell apart: else a part would be a second total.

        ("tổng thu nhập đạt 140 tỷ đồng, trong đó nông nghiệp 60 tỷ đồng, công nghiệp 30 tỷ đồng")
        """
        if figure.q.unit not in _SUMS or _SECTOR in figure.breakdown:
            return False
        if not self._categories.is_of_none(figure.code, _SECTOR, figure.spot.floor, figure.q.start):
            return False
        totals = (d for d in frame.backwards() if d.code == figure.code and d.measure == "level")
        return any(_SECTOR not in d.breakdown and d.quantity.value > figure.q.value for d in totals)

    def _is_of_several_crops(self, figure: Figure, frame: Frame) -> bool:
        """Whether a part is told of several crops together: it is of none of them, and no second total.

        ("gieo trồng 2.400 ha, trong đó cây thực phẩm và cây khác 180 ha")
        """
        if figure.q.unit not in _MEASURED or figure.measure == "change" or _CROP in figure.breakdown:
            return False
        if _CROP not in joined_before(self._categories, figure.code, figure, part_start(figure)):
            return False
        totals = (d for d in frame.backwards() if d.code == figure.code and d.quantity.unit == figure.q.unit)
        return any(
            _CROP not in d.breakdown and d.quantity.value > figure.q.value and is_told_part(figure, d) for d in totals
        )

    def is_sum(self, figure: Figure, frame: Frame) -> bool:
        """Whether a share of the economy is told of several sectors together, or of none that is known."""
        if self._is_of_no_sector(figure, frame) or self._is_of_several_crops(figure, frame):
            return True
        if figure.code != _STRUCTURE:
            return False
        if "sector" not in figure.breakdown:
            return True
        if figure.measure == "change" or figure.q.parallel is not None:
            return False
        named = self._categories.named(_STRUCTURE, "sector", figure.spot.floor, figure.q.start)[-2:]
        if len(named) < 2 or named[0][1] == named[1][1]:
            return False
        told = figure.breakdown["sector"]
        # shares told in the order of their sectors are each of one
        first_alone = told == named[0][1] and not _is_shared_out(figure)
        if told != named[1][1] and not first_alone:
            return False
        return _SUMMED.fullmatch(figure.folded, named[0][0].end, named[1][0].start) is not None

    def _is_of_species(self, figure: Figure, frame: Frame) -> bool:
        """Whether the output of one kind alone is told, and not how it was won.

        Of shrimp, clams and the like; of fish, which may be all there is inland, beside that of the whole fishery.
        """
        # "vụ lúa - tôm đang thu hoạch; sản lượng thủy sản 900 tấn"
        found = WORDS["of_all_waters"].finditer(figure.folded, figure.spot.floor, figure.q.start)
        low = max((match.end() for match in found), default=figure.spot.floor)
        named = self._categories.named(_AQUACULTURE, "species", low, figure.q.end + _SPECIES_REACH)
        told = {value for hit, value in named if hit.start < figure.spot.ceiling}
        bare = not told and WORDS["with_output"].fullmatch(figure.gap) is not None
        if bare and frame.last is not None and frame.last.code == _AQUACULTURE:
            # "nuôi tôm 90 ha, sản lượng 640 tấn"
            told = set(frame.last.breakdown.values()) - {_FISH}
        if len(told) != 1 or "kind" in figure.breakdown:
            return False
        return told != {_FISH} or any(d.code == _FISHERY and d.measure == "level" for d in frame.backwards())

    def _is_of_fish(self, figure: Figure, frame: Frame) -> bool:
        """Whether a yield follows an area or an output of fish in its sentence, and no crop is named."""
        last = frame.last
        if last is None or last.unit not in _MEASURED:
            return False
        first, start = figure.spot.sentence.start, figure.q.start
        fish = last.code == _AQUACULTURE or self._categories.has_key(_AQUACULTURE, first, last.quantity.start)
        return fish and not self._categories.named(_YIELD, _CROP, first, start)

    def _serves_farms(self, figure: Figure, frame: Frame) -> bool:
        """Whether services are told behind crops and livestock: those for farms, and not of the whole economy."""
        if figure.breakdown.get("sector") != _SERVICES:
            return False
        before = frame.of_unit(figure.q.unit)
        return before is not None and before.code == _VALUE and before.breakdown.get("sector") in _FARMED


def _is_shared_out(figure: Figure) -> bool:
    """Whether the share of the next sector stands right behind that of the first ("... chiếm 40% và 35%")."""
    following = figure.spot.following
    if following is None or following.unit not in RATES:
        return False
    return _NEXT_SHARE.fullmatch(figure.folded, figure.q.end, following.start) is not None


def _is_kind_of_violation(figure: Figure, frame: Frame) -> bool:
    """Whether cases of forest law are told as a part of them, by what was done ("trong đó phá rừng trái phép 9 vụ")."""
    wholes = [d for d in frame.backwards() if d.code == _FORESTRY and d.measure == "level"]
    if not (any(is_part(figure, d) for d in wholes) or (wholes and opens_parts(figure))):
        return False
    return WORDS["of_forest"].search(figure.folded, figure.spot.floor, figure.spot.ceiling) is not None


def _is_by_zone(figure: Figure, frame: Frame) -> bool:
    """Whether projects are told in brackets by where they are ("40 dự án (trong KCN 31 dự án; ngoài KCN 9 dự án)")."""
    return frame.last is not None and figure.bracket >= 0 and WORDS["by_zone"].search(figure.gap) is not None


def _is_of_others(figure: Figure, frame: Frame) -> bool:
    """Whether capital is that of projects or firms of no code, counted before it ("thu hồi 3 dự án với vốn 40 tỷ")."""
    last = frame.last
    if last is None or last.unit not in _OWNERS or last.code != "other":
        return False
    return WORDS["with_capital"].fullmatch(figure.gap) is not None


def _is_lent_for(figure: Figure, frame: Frame) -> bool:
    """Whether loans for one purpose, or to some, are told as a part ("trong đó dư nợ cho vay nông nghiệp 90 tỷ").

    Those through a union are a category of their own; no other share of loans is of one.
    """
    if figure.breakdown.get("channel") is not None:
        return False
    if figure.around.before == "share_of" or WORDS["lent_to_some"].search(figure.gap) is not None:
        return True
    if WORDS["lent_for"].search(figure.gap) is None:
        return _is_owed_by_some(figure, frame)
    wholes = (d for d in frame.seen if d.code in _LOANS and d.measure == "level")
    whole = next(wholes, None)
    return whole is not None and PART in figure.folded[whole.quantity.end : figure.q.start]


def _is_owed_by_some(figure: Figure, frame: Frame) -> bool:
    """Whether loans are those of a kind of debtors counted right before ("1.570 doanh nghiệp có dư nợ 16.400 tỷ")."""
    last = frame.last
    if last is None or WORDS["owe"].fullmatch(figure.gap) is None:
        return False
    if last.unit not in _DEBTORS and not last.quantity.noun.startswith(_CUSTOMERS):
        return False
    # the households that a union vouches for are no part of all debtors
    of_all = figure.code == _BANK and "vay" not in figure.gap
    if of_all and any(d.code == "other" and d.unit == figure.q.unit for d in frame.seen):
        # the kinds of debtors before were told so
        return True
    told = (*frame.backwards(), *(frame.trail.told if of_all else ()))
    return any(d.code == _BANK and d.measure == "level" and d.value > figure.q.value for d in told)


def _is_mean_of_less(figure: Figure) -> bool:
    """Whether a figure is the mean of days, months or quarters ("thu ngân sách bình quân mỗi tháng 12 tỷ đồng")."""
    if figure.code in _BY_MONTH or figure.inherited is not None:
        return False
    return WORDS["mean_of_less"].search(figure.gap.rpartition(";")[2]) is not None


def _is_rest(figure: Figure, frame: Frame) -> bool:
    """Whether a count is of the others, behind those of known kinds ("30 thương binh, 85 người khác")."""
    if figure.is_rate or not figure.q.noun or _OTHERS.match(figure.folded, figure.q.end) is None:
        return False
    if figure.code in _HARMED:
        # "sập 11 căn nhà, tốc mái 32 căn khác"
        return False
    return any(d.code == figure.code and d.quantity.unit == figure.q.unit for d in frame.seen)
