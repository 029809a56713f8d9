"""Spans of whole days, and the arithmetic of calendar units."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "month", "quarter", "half", "year", "span"]

# a day and month without a year are taken to lie at most this far ahead; months and quarters are planned further ahead
DAY_AHEAD = timedelta(days=92)
UNIT_AHEAD = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days from `start` to `end`, both included.

    `grain` is the unit the text named: `day`, `week` (from Monday), `month`, `quarter`, `half`, `year`; `span` is any
    other run of days.
    """

    start: date
    end: date
    grain: Grain


def day(year: int, month: int, of_month: int) -> DateSpan | None:
    """One day; None where the calendar has no such day."""
    try:
        found = date(year, month, of_month)
    except ValueError:
        return None
    return DateSpan(found, found, "day")


def months(year: int, first: int, last: int, grain: Grain) -> DateSpan | None:
    """Whole months `first` to `last` of a year; None outside the calendar."""
    if not (1 <= first <= last <= 12 and 1 <= year <= 9999):
        return None
    return DateSpan(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), grain)


def unit(grain: Grain, at: date, shift: int = 0) -> DateSpan:
    """The day, week, month, quarter or year around a date, moved by a number of such units."""
    if grain == "day":
        moved = at + timedelta(days=shift)
        return DateSpan(moved, moved, grain)
    if grain == "week":
        monday = at - timedelta(days=at.weekday()) + timedelta(weeks=shift)
        return DateSpan(monday, monday + timedelta(days=6), grain)
    size = {"month": 1, "quarter": 3, "half": 6, "year": 12}[grain]
    index = ((at.year * 12 + at.month - 1) // size + shift) * size
    found = months(index // 12, index % 12 + 1, index % 12 + size, grain)
    if found is None:
        raise OverflowError("beyond the calendar")
    return found


def units(grain: Grain, at: date, first: int, last: int) -> DateSpan:
    """The span of several units, counted from the one around a date."""
    return DateSpan(unit(grain, at, first).start, unit(grain, at, last).end, "span")


def nearest_year(reference: date, month: int, of_month: int, *, ahead: timedelta = DAY_AHEAD) -> int:
    """The year of a date given without one: its latest occurrence not more than `ahead` after the reference."""
    for year in (reference.year + 1, reference.year, reference.year - 1, reference.year - 2, reference.year - 3):
        found = day(year, month, of_month)
        if found is not None and found.start - reference <= ahead:
            return year
    return reference.year
