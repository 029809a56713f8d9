"""Shares that sectors take: of the economy, or of what the sector listed before them takes a share of."""

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import MOVES, Figure
from civic_etl.extract.figure_words import WORDS

STRUCTURE, VALUE = "economic_structure", "production_value"
CONTRIBUTION = "grdp_contribution"
"""The points of the growth of all that are owed to a sector."""
# what a sector's share tells the structure of, though its own value was told before it
_OF_ECONOMY = frozenset({STRUCTURE, "grdp", VALUE, "value_added", "economic_growth", CONTRIBUTION})
FARMING = frozenset({"crops", "livestock", "forestry", "fishery"})
"""The branches of farming."""
# what is told to grow as a whole
_GROWS = _OF_ECONOMY - {STRUCTURE, CONTRIBUTION}


def contributes(figure: Figure) -> bool:
    """Whether a percentage is told right behind a growth as how much a part made up of that of the whole."""
    return figure.is_rate and WORDS["contributes"].fullmatch(figure.gap) is not None


def contribution_to(figure: Figure, frame: Frame) -> Breakdown | None:
    """The sector whose growth stands right before the points that it adds to that of all ("tăng 4% (đóng góp 0,8%)").

    None where more is told than it grew by: that is its share of the growth, and no points.
    """
    last = frame.last
    if last is None or last.measure != "change_pct" or last.code not in _GROWS or not contributes(figure):
        return None
    sector = last.breakdown.get("sector")
    return {"sector": sector} if sector is not None and abs(figure.q.value) <= abs(last.value) else None


def growth_gone_on_with(figure: Figure, frame: Frame) -> Draft | None:
    """What the growth of the next sector goes on from behind points: the growth that these are part of; else None.

    ("xây dựng tăng 8,2%, đóng góp 0,9%; dịch vụ tăng 7%")
    """
    before = figure.inherited
    if before is None or before.code != CONTRIBUTION or figure.around.before not in MOVES or contributes(figure):
        return None
    return next((d for d in frame.backwards() if d.measure == "change_pct" and d.code in _GROWS), None)


def listed_with(figure: Figure, frame: Frame, categories: Categories) -> Draft | None:
    """The share of a sector right before that of the next one, where both are of something else than the economy.

    ("dư nợ ngành nông nghiệp chiếm 24%; ngành công nghiệp chiếm 40%")
    """
    last = frame.last
    if figure.code != STRUCTURE or not figure.is_rate or last is None or last.code in _OF_ECONOMY:
        return None
    if last.measure != "share" or last.quantity.unit != figure.q.unit or last.reach is None:
        return None
    if WORDS["next_sector"].fullmatch(figure.gap) is None:
        return None
    return last if categories.has_key(STRUCTURE, last.reach.floor, last.quantity.start) else None


def is_of_economy(figure: Figure, before: Draft, categories: Categories) -> bool:
    """Whether a sector is told to take a share behind the growth of all: one of the economy, as a growth has no parts.

    ("giá trị sản xuất tăng 7%/năm; nông - lâm nghiệp chiếm 52%"; or brackets tell it behind the value of the sector)
    """
    if not figure.is_rate or figure.around.against:
        return False
    if before.measure == "level":
        return _is_share_of_value(figure, before)
    if figure.around.before != "share_of" or before.measure != "change_pct":
        return False
    if before.code not in _GROWS or "sector" in before.breakdown:
        return False
    return categories.has_key(STRUCTURE, figure.spot.floor, figure.q.start) and not is_of_other_whole(figure)


def _is_share_of_value(figure: Figure, value: Draft) -> bool:
    """Whether a share stands right behind the value of a sector, where the sentence is of the structure.

    ("cơ cấu kinh tế chuyển dịch đúng hướng: nông nghiệp đạt 310 tỷ đồng (41%); ...")
    """
    takes = figure.around.before == "share_of" or (figure.in_brackets and figure.around.before == "")
    if not takes or value.code not in _GROWS or "sector" not in value.breakdown:
        return False
    first, start = figure.spot.sentence.start, value.quantity.start
    return WORDS["told_structure"].search(figure.folded, first, start) is not None


def is_of_other_whole(figure: Figure) -> bool:
    """Whether the words of a sector's share name another whole than the economy ("vốn vào dịch vụ chiếm 50%")."""
    if figure.code != STRUCTURE or (figure.link is not None and figure.link.hit is not None):
        return False
    return WORDS["other_whole"].search(figure.gap.rpartition(";")[2]) is not None


def share_of_branch(figure: Figure, categories: Categories) -> Breakdown | None:
    """The branch of farming whose share of the value of all farming is told, which is no share of the economy.

    ("tỷ trọng chăn nuôi chiếm 45% giá trị sản xuất nông nghiệp"); None for all other shares
    """
    if figure.code not in {STRUCTURE, VALUE} or not figure.is_rate:
        return None
    if WORDS["of_farm_value"].match(figure.folded, figure.q.end) is None:
        return None
    named = {value for _, value in categories.named(VALUE, "sector", figure.item_start(figure.q.start), figure.q.start)}
    return {"sector": named.pop()} if len(named) == 1 and named <= FARMING else None
