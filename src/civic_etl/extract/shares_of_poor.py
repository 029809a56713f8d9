"""Shares of all who are poor."""

from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS

_POOR = frozenset({"poor_households", "near_poor_households"})


def is_share_of_poor(figure: Figure) -> bool:
    """Whether a percentage is told to be of all who are poor ("chiếm 46% tổng số hộ nghèo")."""
    return figure.is_rate and WORDS["of_all_poor"].match(figure.folded, figure.q.end) is not None


def group_of_poor(figure: Figure, frame: Frame) -> Draft | None:
    """The poor of a group whose share of all the poor is told ("hộ nghèo Khmer 387 hộ, chiếm 46% số hộ nghèo")."""
    if figure.around.before != "share_of" or not is_share_of_poor(figure):
        return None
    return next((d for d in reversed(frame.seen) if d.code in _POOR and "group" in d.breakdown), None)
