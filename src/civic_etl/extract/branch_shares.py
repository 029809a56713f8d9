"""Shares that sectors take: of the economy, or of what the sector listed before them takes a share of."""

from civic_etl.extract.categories import Categories
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS

_STRUCTURE = "economic_structure"
# what a sector's share tells the structure of, though its own value was told before it
_OF_ECONOMY = frozenset({_STRUCTURE, "grdp", "production_value", "value_added", "economic_growth", "grdp_contribution"})


def listed_with(figure: Figure, frame: Frame, categories: Categories) -> Draft | None:
    """The share of a sector right before that of the next one, where both are of something else than the economy.

    ("dư nợ ngành nông nghiệp chiếm 24%; ngành công nghiệp chiếm 40%")
    """
    last = frame.last
    if figure.code != _STRUCTURE or not figure.is_rate or last is None or last.code in _OF_ECONOMY:
        return None
    if last.measure != "share" or last.quantity.unit != figure.q.unit or last.reach is None:
        return None
    if WORDS["next_sector"].fullmatch(figure.gap) is None:
        return None
    return last if categories.has_key(_STRUCTURE, last.reach.floor, last.quantity.start) else None


def is_of_other_whole(figure: Figure) -> bool:
    """Whether the words of a sector's share name another whole than the economy ("vốn vào dịch vụ chiếm 50%")."""
    if figure.code != _STRUCTURE or (figure.link is not None and figure.link.hit is not None):
        return False
    return WORDS["other_whole"].search(figure.gap.rpartition(";")[2]) is not None
