"""How much of a period is over on the day of the article: of what has hardly begun nothing can be told but aims."""

from datetime import date, timedelta

from civic_etl.extract.calendar_period import Period

# a figure of a period of which less than this has passed cannot be a result yet
_TOO_EARLY = 0.2
_TOO_EARLY_IN_YEAR = 0.09
_SHORTEST = 60
_NEARLY_OVER = timedelta(days=31)
# a state "to 30 April" told on the 28th is no plan
_SLACK = timedelta(days=10)


def is_to_come(period: Period | None, reference: date | None) -> bool:
    """Whether a period has not begun on a day."""
    return (
        period is not None
        and reference is not None
        and not period.is_school_year
        and period.start > reference + (_SLACK if period.is_day else timedelta(0))
    )


def has_barely_begun(period: Period | None, reference: date | None) -> bool:
    """Whether so little of a period has passed that its figure must be a plan's."""
    if period is None or reference is None or period.is_school_year or not period.start <= reference < period.end:
        return False
    length = (period.end - period.start).days
    if period.start.month > 1 and (period.end.month, period.end.day) == (12, 31) and length >= _SHORTEST:
        # of the months that a year has left nothing is told before they are nearly over
        return period.end - reference > _NEARLY_OVER
    share = ((reference - period.start).days + 1) / (length + 1)
    whole_year = 300 < length < 400
    return length >= _SHORTEST and share < (_TOO_EARLY_IN_YEAR if whole_year else _TOO_EARLY)
