"""Shares that sectors take: of the economy, or of what the sector listed before them takes a share of."""

from civic_etl.extract.categories import Categories
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS

STRUCTURE = "economic_structure"
CONTRIBUTION = "grdp_contribution"
"""The points of the growth of all that are owed to a sector."""
# what a sector's share tells the structure of, though its own value was told before it
_OF_ECONOMY = frozenset({STRUCTURE, "grdp", "production_value", "value_added", "economic_growth", CONTRIBUTION})
# what is told to grow as a whole
_GROWS = _OF_ECONOMY - {STRUCTURE, CONTRIBUTION}


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

    ("giá trị sản xuất tăng 7%/năm; nông - lâm nghiệp chiếm 52%")
    """
    if not figure.is_rate or figure.around.before != "share_of" or figure.around.against:
        return False
    if before.code not in _GROWS or before.measure != "change_pct" or "sector" in before.breakdown:
        return False
    return categories.has_key(STRUCTURE, figure.spot.floor, figure.q.start) and not is_of_other_whole(figure)


def is_of_other_whole(figure: Figure) -> bool:
    """Whether the words of a sector's share name another whole than the economy ("vốn vào dịch vụ chiếm 50%")."""
    if figure.code != STRUCTURE or (figure.link is not None and figure.link.hit is not None):
        return False
    return WORDS["other_whole"].search(figure.gap.rpartition(";")[2]) is not None
