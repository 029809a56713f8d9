"""Runs of years told by their number: "trong 10 năm qua", "sau 3 năm thực hiện"."""

from collections.abc import Iterable
from datetime import date

from civic_etl.extract.calendar_period import Period, years
from civic_etl.extract.cue_kinds import RANGES
from civic_etl.extract.periods import PeriodCue

# from this month on, a run of years that went by counts the year of the article
_YEAR_NEARLY_OVER = 9


def named_run(count: int, cues: Iterable[PeriodCue], reference: date | None) -> Period | None:
    """The first span of years written out that is so many years long and over, as its names touch years or fill them.

    ("10 năm (2008-2018)" is as good as "10 năm (2009-2018)")
    """
    for cue in cues:
        period = cue.period
        if cue.kind not in RANGES or period is None:
            continue
        length = period.end.year - period.start.year + 1
        if length - count in {0, 1} and (reference is None or period.end.year <= reference.year):
            return period
    return None


def last_years(count: int, reference: date | None, report: Period | None) -> Period | None:
    """So many years up to the end of what is reported on, else up to the last one that is over or nearly so."""
    if report is not None and report.is_calendar_year:
        last = report.end.year
    elif reference is None:
        return None
    else:
        last = reference.year if reference.month >= _YEAR_NEARLY_OVER else reference.year - 1
    return years(last - count + 1, last)
