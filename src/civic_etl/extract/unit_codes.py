"""The indicator of a figure that no phrase names: by a sector that stands alone, or by its unit."""

from civic_etl.extract.branch_shares import FARMING, VALUE
from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.count_parts import opens_parts
from civic_etl.extract.counts_of_all import counts_all
from civic_etl.extract.drafts import Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_categories import FigureCategories
from civic_etl.extract.figure_words import WORDS
from civic_etl.extract.growths import GROWS_TO
from civic_etl.extract.link import UNNAMED
from civic_etl.extract.own_categories import own
from civic_etl.indicators import load_catalogue
from civic_etl.indicators.lexicon import load_variants

_INDEX, _YIELD, _PRICES = "iip", "crop_yield", "cpi"
# what grows by sectors: by default the economy
_GROSS = "grdp"
_GROWTHS = ("economic_growth", _GROSS)
_INCOME, _FOOD_A_HEAD = "income_per_capita", "food_per_capita"
_OUTPUTS = frozenset({"crop_output", "food_output"})
_REACHED = frozenset({"equal", "to_level"})


class UnitCodes:
    """Reads the figures of one document that nothing names."""

    def __init__(self, categories: Categories, named: FigureCategories) -> None:
        self._categories = categories
        self._named = named

    def read(self, figure: Figure, frame: Frame) -> None:
        """What a unit alone says of a figure that nothing names."""
        code: str = load_variants()["unit_default"].get(figure.q.unit, "other")
        breakdown: Breakdown = {}
        if code == "other" and figure.is_rate:
            code, breakdown = self._sector_growth(figure, frame)
        if code == "other" and figure.is_rate and WORDS["bare_growth"].search(figure.gap) is not None:
            code = "economic_growth"
        if code == "other" and _is_income(figure):
            code = _INCOME
        if code == "other" and _is_food_a_head(figure, frame):
            code = _FOOD_A_HEAD
        if (
            code == "other"
            and figure.q.unit == "target"
            and (figure.in_brackets or counts_all(figure.folded, figure.q))
            and WORDS["judged"].match(figure.folded, figure.q.end) is None
        ):
            # "I. Kinh tế (10 chỉ tiêu)", "trong tổng số 20 chỉ tiêu huyện giao, có ..."
            code = "plan_targets_set"
        if code != "other" and not breakdown:
            breakdown = self._categories.carried(code, own(self._categories, code, figure), frame.crop)
            breakdown = self._crop_told(figure) | breakdown if code == _YIELD else breakdown
        figure.code, figure.rules, figure.breakdown = code, ("unlinked",), breakdown

    def _crop_told(self, figure: Figure) -> Breakdown:
        """The one crop, in its one season, that the paragraph has spoken of before a bare yield.

        ("Vụ hè thu, năng suất lúa của xã tăng khá. Thôn A đạt bình quân 60 tạ/ha")
        """
        first, found = figure.spot.block.start, {}
        for key in ("crop", "season"):
            named = {value for _, value in self._categories.named(_YIELD, key, first, figure.q.start)}
            if len(named) == 1:
                found[key] = named.pop()
        return found if "crop" in found else {}

    def sector_value(self, figure: Figure, frame: Frame) -> Breakdown | None:
        """The sector of a sum of money that a new clause tells of a sector alone: the value it produced.

        None where the figure before is of an indicator with sectors, or with a part of that name, or another is named.

        ("thu ngân sách đạt 30 tỷ đồng; nông, lâm, thủy sản ước đạt 210 tỷ đồng")
        """
        inherited, around = figure.inherited, figure.around
        if figure.q.unit != "VND" or around.against or around.before not in _REACHED or figure.planned:
            return None
        if figure.link is not None and figure.link.rule not in UNNAMED:
            return None
        if inherited is None and ";" in figure.gap and self._named.lists_all_sectors(VALUE, figure):
            return {}
        if inherited is not None and (";" not in figure.gap or _has_sectors(inherited.code)):
            return None
        floor = max(self._named.clause_start(figure), figure.folded.rfind(";", figure.spot.floor, figure.q.start) + 1)
        before = frame.of_unit(figure.q.unit) or frame.level_before(figure.q.unit)
        if before is not None and before.code != VALUE and self._categories.has_key(before.code, floor, figure.q.start):
            # "bán lẻ đạt 30 tỷ đồng. Trong đó, lưu trú đạt 12 tỷ đồng; dịch vụ khác đạt 9 tỷ đồng"
            return None
        found = self._categories.read(VALUE, figure.q, floor, figure.q.start, None)
        end = around.before_start if around.before else figure.q.start
        return found if "sector" in found and self._categories.fills(VALUE, floor, end) else None

    def _sector_growth(self, figure: Figure, frame: Frame) -> tuple[str, Breakdown]:
        """A sector alone with a percentage: its growth, how far its plan was met, or its share of the economy.

        The growth is that of the product, where the figures before told of that ("GRDP tăng 6%. ... Dịch vụ tăng 8%").

        ("dịch vụ tăng 12%", "dịch vụ đạt 60% kế hoạch", "dịch vụ chiếm 40%")
        """
        around, floor = figure.around, self._named.clause_start(figure)
        if around.against == "plan":
            code = "production_value"
        elif _is_of_prices(frame) and around.before in {"rise", "fall"}:
            # "CPI giảm 0,2%. ... văn hóa, giải trí và du lịch tăng 0,1%": goods by their kind
            return "other", {}
        elif around.before in {"rise", "fall"} or figure.folded.startswith(GROWS_TO, around.before_start):
            code = next((told for told in reversed(frame.trail.spoken) if told in _GROWTHS), _GROWTHS[0])
        elif around.before == "share_of" and (part := self._part_of_farming(figure, frame, floor)):
            return VALUE, part
        elif around.before == "share_of" or figure.gap.rstrip().endswith(":"):
            code = "economic_structure"
        else:
            return "other", {}
        found = self._categories.read(code, figure.q, floor, figure.q.start, None)
        if "sector" not in found and (subject := self._sector_of_sentence(code, figure)):
            return code, subject
        if "sector" not in found and code in _GROWTHS:
            # parts of industry that only its index of production tells apart, and the product does not
            if _GROSS in frame.trail.spoken and _INDEX not in frame.trail.spoken and code == _GROSS:
                return "other", {}
            if _INDEX not in frame.trail.spoken and any(draft.code == VALUE for draft in frame.seen):
                # "giá trị sản xuất công nghiệp tăng 4%; trong đó khai khoáng giảm 12%": no value has branches
                return "other", {}
            code, found = _INDEX, self._categories.read(_INDEX, figure.q, floor, figure.q.start, None)
        end = around.before_start if around.before else figure.q.start
        drives = WORDS["drives"].search(figure.folded, floor, end)
        alone = "sector" in found and self._categories.fills(code, floor, end if drives is None else drives.start())
        return (code, found) if alone else ("other", {})

    def _part_of_farming(self, figure: Figure, frame: Frame, floor: int) -> Breakdown:
        """The branch that takes a share of the value of agriculture told in the sentence before.

        ("Giá trị sản xuất nông nghiệp đạt 650 tỷ đồng. Trong đó, chăn nuôi chiếm 52%")
        """
        whole = next((draft for draft in frame.backwards() if draft.measure == "level"), None)
        if whole is None or whole.code != VALUE or whole.breakdown.get("sector") != "agriculture":
            return {}
        found = self._categories.read(VALUE, figure.q, floor, figure.q.start, None)
        alone = self._categories.fills(VALUE, floor, figure.around.before_start)
        kept = {key: value for key, value in whole.categories.items() if key == "price"}
        return kept | found if opens_parts(figure) and alone and found.get("sector") in FARMING else {}

    def _sector_of_sentence(self, code: str, figure: Figure) -> Breakdown:
        """The sector that a sentence opens with, of a growth whose own words only tell when.

        ("Ngành dịch vụ phục hồi mạnh, năm 2022 tăng 9%")
        """
        first, folded = figure.spot.sentence.start, figure.folded
        opening = WORDS["opens_sector"].match(folded, first, figure.q.start)
        if opening is None or WORDS["only_when"].search(folded, first, figure.q.start) is None:
            return {}
        named = self._categories.named(code, "sector", first, figure.q.start)
        return {"sector": named[0][1]} if named and named[0][0].start <= opening.end() else {}


def _is_of_prices(frame: Frame) -> bool:
    """Whether the last indicator told of before a figure is the index of prices."""
    return next((draft.code for draft in frame.backwards() if draft.code != "other"), None) == _PRICES


def _is_income(figure: Figure) -> bool:
    """Whether a sum a head is said to be earned, by no one in particular ("mục tiêu thu nhập 28 triệu/người").

    Or how many times as much is ("thu nhập gấp đôi năm 2018").
    """
    per = figure.q.per
    if figure.q.unit == "times":
        return WORDS["income_moves"].search(figure.gap) is not None
    if figure.q.unit != "VND" or "người" not in per or "tháng" in per or "ngày" in per:
        return False
    return WORDS["bare_income"].search(figure.gap) is not None


def _is_food_a_head(figure: Figure, frame: Frame) -> bool:
    """Whether a weight a head is what the output before it comes to ("sản lượng 240 tấn, bình quân 92 kg/người")."""
    told = figure.q.unit == "kg" and "người" in figure.q.per and "bình quân" in figure.gap
    return told and frame.last is not None and frame.last.code in _OUTPUTS


def _has_sectors(code: str) -> bool:
    indicator = load_catalogue().get(code)
    return indicator is not None and "sector" in indicator.breakdowns
