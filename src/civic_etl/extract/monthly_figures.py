"""Figures of one month inside a report of all the year so far: what is held against the month before."""

from civic_etl.extract.calendar_period import Period, month, months_from_january
from civic_etl.extract.figure import CHANGES, Figure
from civic_etl.extract.figure_words import WORDS

_REACH, _BASKET_REACH = 110, 600
_PRICES, _GROUP = frozenset({"cpi", "other"}), "nhóm"
# a month's figure is no such share of the plan of a year
_MOST_OF_A_PLAN = 25


def of_all_so_far(figure: Figure, report: Period | None) -> Period | None:
    """The time under report of a figure that a month told of before it cannot hold: it is a good part of a year's plan.

    ("Tháng 9 thu 8 tỷ đồng. Chi ngân sách 210 tỷ đồng, bằng 70% dự toán" in a report of nine months)
    """
    period = figure.period
    if figure.cue is not None or period is None or report is None or "-M" not in period.code or report == period:
        return None
    if report.start.year != period.start.year or report.start.month != 1 or report.end < period.end:
        return None
    share = WORDS["share_of_plan"].match(figure.folded, figure.q.end, figure.q.end + _REACH)
    return report if share is not None and int(share.group("share")) >= _MOST_OF_A_PLAN else None


def of_its_month(figure: Figure) -> Period | None:
    """The last month of the period of a figure that is compared with the month before, or summed up behind it.

    None for all others, what a quarter brought, too.

    ("9 tháng đầu năm ... Kim ngạch xuất khẩu đạt 20 triệu USD, tăng 8% so với tháng trước")
    """
    period = figure.period
    if period is None or period.is_calendar_year or period.is_run_of_years or period.start.day != 1:
        return None
    if (period.start.year, period.start.month) == (period.end.year, period.end.month):
        return None
    if (
        "-Q" not in period.code
        and figure.measure == "level"
        and WORDS["accrues"].match(figure.folded, figure.q.end, figure.q.end + _REACH)
    ):
        return month(period.end.year, period.end.month)
    if _is_of_basket(figure):
        return month(period.end.year, period.end.month)
    behind = WORDS["held_against_month"].match(figure.folded, figure.q.end, figure.q.end + _REACH)
    if behind is None:
        return None
    named = behind.group("month")
    if named is not None and int(named) != period.end.month - 1:
        return None
    return month(period.end.year, period.end.month)


def _is_of_basket(figure: Figure) -> bool:
    """Whether prices, or groups of goods, go on from such groups as were held against the month before.

    ("Trong 11 nhóm hàng so với tháng trước có 6 nhóm tăng; nhóm đồ uống tăng 1,1%")
    """
    if figure.code not in _PRICES or (figure.measure not in CHANGES and figure.q.noun != _GROUP):
        return False
    first = max(figure.spot.block.start, figure.q.start - _BASKET_REACH)
    return WORDS["basket_of_month"].search(figure.folded, first, figure.q.start) is not None


def cumulate(figure: Figure) -> None:
    """What a month's figure comes to since the year began ("tháng 6 được 476 tỷ đồng, lũy kế được 4.474 tỷ đồng")."""
    period = figure.period
    if period is None or "-M" not in period.code or period.start.month == 1:
        return
    if WORDS["cumulated"].search(figure.gap) is not None:
        figure.period = months_from_january(period.end.year, period.end.month)
