"""Shares of all who are poor."""

import re
from decimal import Decimal

from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.figure_words import WORDS

_TAKES = r"chiếm(?: (?:tỷ lệ|tỉ lệ|khoảng|gần|hơn|trên|tới|đến))* ?"
_ALL, _TAKE = "households", re.compile(rf",? ?{_TAKES}")
_POOR = frozenset({"poor_households", "near_poor_households"})
_RATES = frozenset({"poor_household_rate", "near_poor_household_rate"})
_HUNDRED, _NEAR = 100, 30
# between those counted and their share
_SHARED = re.compile(rf"[^;:.\d]{{0,60}}(?:\b{_TAKES}|\()")


def is_share_of_poor(figure: Figure) -> bool:
    """Whether a percentage is told to be of all who are poor ("chiếm 46% tổng số hộ nghèo")."""
    return figure.is_rate and WORDS["of_all_poor"].match(figure.folded, figure.q.end) is not None


def is_part_of_poor(figure: Figure) -> bool:
    """Whether a share of all the poor is told of some of them that no category is of, and no rate of poverty."""
    return figure.code in _RATES and figure.around.before == "share_of" and is_share_of_poor(figure)


def shares_poor_told(figure: Figure, frame: Frame) -> bool:
    """Whether a share is what the households counted right before make of all the poor told before them, by its size.

    ("1.250 hộ nghèo, chiếm 12,5%. Trong đó, 1.000 hộ nghèo dân tộc thiểu số, chiếm 80%"; whoever they are of all
    households would be less)
    """
    part, q = frame.last, figure.q
    if part is None or q.unit != "percent" or part.quantity.unit != "household" or part.measure != "level":
        return False
    if _SHARED.fullmatch(figure.gap) is None:
        return False
    told = (d for d in reversed(frame.trail.told) if d.code in _POOR and d.measure == "level")
    alike = (d for d in told if d.block.start == figure.spot.block.start)
    whole = next((d for d in alike if d.value > part.value and "group" not in d.breakdown), None)
    if whole is None or WORDS["tells_parts"].search(figure.folded, whole.quantity.end, q.start) is None:
        return False
    step = Decimal(1).scaleb(min(0, int(q.value.as_tuple().exponent)))
    return abs(_HUNDRED * part.value / whole.value - q.value) <= step


def are_of_one_people(figure: Figure) -> bool:
    """Whether the poor of one people are told apart from those of another: they are not all who are of a minority.

    ("hộ nghèo dân tộc thiểu số nhiều nhất là dân tộc Dao với 420 hộ, dân tộc Tày 390 hộ")
    """
    if figure.code not in _POOR | _RATES or "group" not in figure.breakdown:
        return False
    folded, sentence, start = figure.folded, figure.spot.sentence, figure.q.start
    if WORDS["of_people"].search(folded, max(sentence.start, start - _NEAR), start) is None:
        return False
    peoples = {match[1] for match in WORDS["people"].finditer(folded, sentence.start, sentence.end)}
    return len(peoples) > 1


def group_of_poor(figure: Figure, frame: Frame) -> Draft | None:
    """The poor of a group whose share of all the poor is told ("hộ nghèo Khmer 387 hộ, chiếm 46% số hộ nghèo")."""
    if figure.around.before != "share_of" or not is_share_of_poor(figure):
        return None
    return next((d for d in reversed(frame.seen) if d.code in _POOR and "group" in d.breakdown), None)


def poor_by_share(code: str, figure: Figure) -> str | None:
    """What households are whose share of all the poor is told right behind ("649 hộ, chiếm 97% số hộ nghèo")."""
    share, folded = figure.spot.following, figure.folded
    if code != _ALL or share is None or share.unit != "percent":
        return None
    if _TAKE.fullmatch(folded, figure.q.end, share.start) is None:
        return None
    told = WORDS["of_all_poor"].match(folded, share.end)
    if told is None or "cận" in told[0]:
        return None
    return "poor_households"


def all_told_of_poor(code: str, figure: Figure, frame: Frame) -> str | None:
    """What households are that poor ones are told to be some of, or that fell.

    ("31 hộ nghèo trên tổng số 2.640 hộ", but "giảm 8 hộ nghèo trên tổng số 20 hộ")
    """
    last = frame.last
    if figure.q.unit != "household" or last is None or last.code not in _POOR:
        return None
    if WORDS["of_total"].search(figure.gap) is None:
        return None
    if last.measure == "change":
        return last.code
    return None if code not in _POOR or figure.folded.startswith((" nghèo", " cận nghèo"), figure.q.end) else _ALL


def rate_of_members(figure: Figure, frame: Frame) -> Draft | None:
    """The poor households whose members stand between them and their share of all households.

    ("42 hộ nghèo với 130 nhân khẩu, chiếm 2,1%"; of whom a share is that names persons behind it is theirs)
    """
    members, last = frame.last, frame.seen[-2] if len(frame.seen) > 1 else None
    if last is None or members is None or not figure.is_rate or last.code not in _POOR or members.code != "other":
        return None
    between = WORDS["members_of"].fullmatch(figure.folded, last.quantity.end, figure.q.start)
    if last.measure != "level" or between is None:
        return None
    return None if WORDS["of_persons"].match(figure.folded, figure.q.end) is not None else last
