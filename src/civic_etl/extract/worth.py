"""What a sum comes to that is told beside what was counted: gifts, houses, grants."""

from itertools import pairwise

from civic_etl.extract.categories import Breakdown, Categories
from civic_etl.extract.code_units import CURRENCIES, RATES
from civic_etl.extract.drafts import Draft, Frame
from civic_etl.extract.figure import Figure
from civic_etl.extract.link import Link
from civic_etl.extract.patterns import patterns
from civic_etl.indicators.lexicon import DECOY, load_companions

_WORDS = patterns("worth.yaml")
_GIFTS, _OF_GIFTS, _GROUP, _POOR = "gifts_given", "gift_value", "group", "poor"
_GIVEN_BY_PEOPLE, _CONTRIBUTIONS = frozenset({"labour_days", "donated_land"}), "people_contributions"
_FINES, _FINED = "fines_collected", frozenset({"case", "person", "household", "establishment", "enterprise", "unit"})
_COMPENSATION = "compensation_paid"
_PLAN = "public_investment_plan"
_WORKS, _OF_WORKS = "construction_investment", ("công trình", "hạng mục")
_GIVEN_TO = frozenset({"person", "household"})
_SUPPORT, _SUPPORTED = "covid_support", frozenset({*_GIVEN_TO, "visit", "case", "enterprise", "establishment", "unit"})
_REACH = 60
# how far behind the word for giving those who receive may stand ("cho các em là trẻ mồ côi")
_TO_REACH = 25
# ... and the words of a resolution behind which people are supported
_FAR = 120
_SCORE = 6.0


def worth(figure: Figure, frame: Frame) -> Link | None:
    """The indicator of a sum that is the worth of what was counted right before it, if that is what it is."""
    last = frame.last
    if figure.q.unit in CURRENCIES and _supports_next(figure, frame):
        # its own words tell it, so no rule of what only goes on
        return Link(_SUPPORT, None, _SCORE, "pattern")
    if figure.q.unit == "VND" and _builds_next(figure):
        return Link(_WORKS, None, _SCORE, "pattern")
    if figure.q.unit == "VND" and (_is_spent_next(figure) or _is_allotted(figure)):
        return Link(_PLAN, None, _SCORE, "pattern")
    if (
        figure.q.unit not in CURRENCIES
        or last is None
        or last.measure != "level"
        or last.quantity.unit in RATES | CURRENCIES
    ):
        return None
    if _WORDS["bracketed"].fullmatch(figure.gap) and _WORDS["closes"].match(figure.folded, figure.q.end):
        return _of_count(last, figure.q.unit)
    if last.code in _GIVEN_BY_PEOPLE and _WORDS["listed"].fullmatch(figure.gap):
        gave = _WORDS["gave"].search(figure.folded, figure.spot.sentence.start, last.quantity.start)
        return Link(_CONTRIBUTIONS, None, _SCORE, "companion") if gave is not None else None
    if _told_of(figure, last, "fined", _FINED) or _fined_by_case(figure, last, frame):
        return Link(_FINES, None, _SCORE, "companion")
    if _told_of(figure, last, "moved", _GIVEN_TO):
        return Link(_COMPENSATION, None, _SCORE, "companion")
    if _told_of(figure, last, "given", _GIVEN_TO):
        return Link(_OF_GIFTS, None, _SCORE, "companion")
    return Link(_SUPPORT, None, _SCORE, "companion") if _supports(figure, last) else None


def given_to(code: str, own: Breakdown, figure: Figure, frame: Frame, categories: Categories) -> Breakdown:
    """The categories of the worth of gifts with those whom they were given to ("tặng quà 45 hộ nghèo, trị giá ...")."""
    last = frame.last
    if code != _OF_GIFTS or _GROUP in own or last is None or not _told_of(figure, last, "given", _GIVEN_TO):
        return own
    groups = {value for _, value in categories.named(_GIFTS, _GROUP, last.quantity.start, figure.q.start)}
    return own | {_GROUP: groups.pop()} if len(groups) == 1 else own


def received_by(code: str, own: Breakdown, figure: Figure, categories: Categories) -> Breakdown:
    """The categories of gifts with those whom they are for, told behind what they are worth; of several none.

    ("trao 40 suất quà trị giá 20 triệu đồng cho hộ nghèo", "40 suất quà cho hộ nghèo và người có công")
    """
    low, high = figure.spot.floor, min(figure.spot.ceiling, figure.spot.sentence.end)
    if _GROUP in own and code in {_GIFTS, _OF_GIFTS} and _are_several(categories, figure.folded, low, high):
        return {key: value for key, value in own.items() if key != _GROUP}
    following = figure.spot.following
    if code != _GIFTS or following is None or following.unit not in CURRENCIES:
        return own
    if _WORDS["worth_of_gifts"].fullmatch(figure.folded, figure.q.end, following.start) is None:
        return own
    to = _WORDS["to"].match(figure.folded, following.end, figure.spot.sentence.end)
    named = categories.named(_GIFTS, _GROUP, to.end(), to.end() + _TO_REACH) if to is not None else []
    if to is None or not named or _are_several(categories, figure.folded, to.end(), figure.spot.sentence.end):
        return own
    return own | {_GROUP: named[0][1]}


def _are_several(categories: Categories, folded: str, low: int, high: int) -> bool:
    """Whether those who receive are listed, and of more than one group ("hộ nghèo, cận nghèo, gia đình chính sách").

    Or some of them of none ("hộ nghèo, hộ cận nghèo và công nhân lao động").
    """
    named = categories.named(_GIFTS, _GROUP, low, high)
    if named:
        end, last = named[-1][0].end, named[-1][1]
        if _WORDS["beside_group"].match(folded, end, high) is not None:
            return True
        if last != _POOR and _WORDS["hard_up"].match(folded, end, high) is not None:
            return True
        if _WORDS["before_group"].search(folded, low, named[0][0].start) is not None:
            return True
    return any(
        one != other and _WORDS["and_others"].fullmatch(folded, hit.end, behind.start) is not None
        for (hit, one), (behind, other) in pairwise(named)
    )


def _of_count(counted: Draft, unit: str) -> Link | None:
    """What companions say of a sum beside a count; nothing of the catalogue where the count is none of it either."""
    known = (each.code for each in load_companions() if unit in each.units and counted.code in each.after)
    code = next(known, DECOY if counted.code == DECOY else None)
    return Link(code, None, _SCORE, "companion") if code is not None else None


def _fined_by_case(figure: Figure, last: Draft, frame: Frame) -> bool:
    """Whether a sum stands behind the stroke of a count of cases that are fined ("19 trường hợp/15 triệu đồng")."""
    if last.quantity.unit != "case" or _WORDS["stroke"].fullmatch(figure.gap) is None:
        return False
    start, low = last.quantity.start, max(figure.spot.sentence.start, last.quantity.start - _REACH)
    return _FINES in frame.trail.spoken or _WORDS["fined"].search(figure.folded, low, start) is not None


def _supports(figure: Figure, last: Draft) -> bool:
    """Whether a sum is what those counted before it were paid because of an epidemic, as told before or behind them."""
    if last.quantity.unit not in _SUPPORTED or not _is_sum(figure):
        return False
    return _WORDS["supported"].search(figure.folded, _clause_start(figure, last, _FAR), figure.q.start) is not None


def _supports_next(figure: Figure, frame: Frame) -> bool:
    """Whether a sum was paid because of an epidemic to those counted right behind it.

    ("hỗ trợ 3,2 tỷ đồng cho 2.100 người khó khăn do dịch", or "... khó khăn" behind other figures of the epidemic)
    """
    following, folded = figure.spot.following, figure.folded
    if following is None or following.unit not in _SUPPORTED or folded[figure.q.end : following.start].strip() != "cho":
        return False
    low = max(figure.spot.floor, folded.rfind(";", figure.spot.floor, figure.q.start))
    high = min(following.end + _REACH, figure.spot.sentence.end)
    if _WORDS["supported"].search(folded, low, high) is not None:
        return True
    of_epidemic = any(code.startswith("covid") for code in frame.trail.spoken)
    return of_epidemic and _WORDS["in_need"].search(folded, low, high) is not None


def _builds_next(figure: Figure) -> bool:
    """Whether a sum is put into the works counted right behind it ("đầu tư 42 tỷ đồng cho 16 công trình")."""
    following, folded = figure.spot.following, figure.folded
    if following is None or not following.noun.startswith(_OF_WORKS):
        return False
    behind = _WORDS["into_works"].fullmatch(folded, figure.q.end, following.start)
    return behind is not None and _WORDS["invests"].search(figure.gap) is not None


def _is_spent_next(figure: Figure) -> bool:
    """Whether a sum is capital of which the next is what was spent ("vốn giảm nghèo 74 tỷ, mới giải ngân 51 tỷ").

    Or what somebody is given to spend ("ban quản lý được giao 74 tỷ, đã giải ngân 51 tỷ").
    """
    following, folded = figure.spot.following, figure.folded
    if following is None or following.unit != "VND" or following.value > figure.q.value:
        return False
    behind = _WORDS["spent"].fullmatch(folded, figure.q.end, following.start)
    told = _WORDS["capital"].search(figure.gap) or _WORDS["allotted"].search(figure.gap)
    return behind is not None and told is not None


def _is_allotted(figure: Figure) -> bool:
    """Whether a sum is capital that somebody is given to spend ("được phân bổ 36 tỷ đồng vốn đầu tư công")."""
    named = _WORDS["allotted_capital"].match(figure.folded, figure.q.end) is not None
    return named and _WORDS["allotted"].search(figure.gap) is not None


def _is_sum(figure: Figure) -> bool:
    """Whether words of a sum stand before a figure, and none that make it the worth of one of many."""
    return _WORDS["sum"].fullmatch(figure.gap) is not None and _WORDS["each"].search(figure.gap) is None


def _told_of(figure: Figure, last: Draft, deed: str, units: frozenset[str]) -> bool:
    """Whether a sum is told of the count before it, right before which that deed stands ("tặng quà cho", "xử phạt")."""
    if last.quantity.unit not in units or not _is_sum(figure):
        return False
    low = _clause_start(figure, last, _FAR if deed == "fined" else _REACH)
    return _WORDS[deed].search(figure.folded, low, last.quantity.start) is not None


def _clause_start(figure: Figure, counted: Draft, reach: int) -> int:
    """Where the words before a count begin: in its sentence, behind a semicolon, so far back at most."""
    first, start = figure.spot.sentence.start, counted.quantity.start
    return max(first, start - reach, figure.folded.rfind(";", first, start))
