"""Spans of days in SDMX form, and the calendar's ways to make them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

# a term of five years whose name holds both its ends
_SHORT_NAME = 4
# how the code of the first months of a year ends that are its first quarter
_FIRST_MONTHS = "-01-01/P3M"


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days in SDMX form ("2020", "2020-S1", "2020-01-01/P9M", "2020-10-31")."""

    code: str
    start: date
    end: date

    @property
    def is_term(self) -> bool:
        """Whether it is five years long, as a term of office is."""
        return self.code.endswith("/P5Y")

    @property
    def is_run_of_years(self) -> bool:
        """Whether it is two or more whole years."""
        return "/P" in self.code and self.code.endswith("Y") and not self.code.endswith("/P1Y")

    @property
    def is_school_year(self) -> bool:
        """Whether it begins as a school year does."""
        return "-09-01/" in self.code

    @property
    def is_calendar_year(self) -> bool:
        """Whether it is one calendar year."""
        return self.code == str(self.end.year)

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.start == self.end

    @property
    def is_month(self) -> bool:
        """Whether it is one calendar month."""
        return "-M" in self.code

    @property
    def is_month_or_quarter(self) -> bool:
        """Whether it is one calendar month or quarter."""
        return self.is_month or self.is_quarter

    @property
    def is_quarter(self) -> bool:
        """Whether it is one calendar quarter, be it told by its months ("3 tháng đầu năm")."""
        return "-Q" in self.code or self.code.endswith(_FIRST_MONTHS)

    def sums_up(self, last: "Period") -> bool:
        """Whether it begins before a time that is the last part of it."""
        return self.start < last.start and self.end == last.end

    def is_year_of(self, first: "Period") -> bool:
        """Whether it is the calendar year of which a time is the first part, and not all."""
        return self.is_calendar_year and self.start == first.start and first.end < self.end


def year(number: int) -> Period:
    """A calendar year."""
    return Period(str(number), date(number, 1, 1), date(number, 12, 31))


def month(number: int, of: int) -> Period:
    """A calendar month."""
    return Period(f"{number}-M{of:02d}", date(number, of, 1), month_end(number, of))


def quarter(number: int, of: int) -> Period:
    """A calendar quarter."""
    return Period(f"{number}-Q{of}", date(number, 3 * of - 2, 1), month_end(number, 3 * of))


def half(number: int, of: int) -> Period:
    """A calendar half-year."""
    return Period(f"{number}-S{of}", date(number, 6 * of - 5, 1), month_end(number, 6 * of))


def months_from_january(number: int, count: int) -> Period:
    """The first months of a year."""
    if count == 12:
        return year(number)
    if count == 6:
        return half(number, 1)
    return Period(f"{number}-01-01/P{count}M", date(number, 1, 1), month_end(number, count))


def months_up_to(number: int, last: int, count: int) -> Period:
    """So many months of a year that end with the month `last`."""
    if count == 1:
        return month(number, last)
    if count == 3 and last % 3 == 0:
        return quarter(number, last // 3)
    if count == 6 and last % 6 == 0:
        return half(number, last // 6)
    first = date(number, last - count + 1, 1)
    return Period(f"{first.isoformat()}/P{count}M", first, month_end(number, last))


def months_of(number: int | None, count: int, part: str) -> Period | None:
    """The first ("đầu") or last ("cuối") months of a year; None without a year or for a count that no year has."""
    if number is None or not 1 <= count <= 12:
        return None
    if part != "cuối":
        return months_from_january(number, count)
    if count == 6:
        return half(number, 2)
    first = date(number, 13 - count, 1)
    return Period(f"{first.isoformat()}/P{count}M", first, date(number, 12, 31))


def years(first: int, last: int) -> Period:
    """A run of calendar years, both ends included."""
    return Period(f"{first}-01-01/P{last - first + 1}Y", date(first, 1, 1), date(last, 12, 31))


def term(first: int, last: int) -> Period:
    """A term of office named by the years it begins and ends in ("nhiệm kỳ 2020-2025" is five years).

    So is one named by its first and last year ("nhiệm kỳ 2016-2020").
    """
    if last - first == _SHORT_NAME:
        return years(first, last)
    return Period(f"{first}-01-01/P{max(last - first, 1)}Y", date(first, 1, 1), date(last - 1, 12, 31))


def school_year(first: int) -> Period:
    """A school year, September to August."""
    return Period(f"{first}-09-01/P1Y", date(first, 9, 1), date(first + 1, 8, 31))


def school_year_on(at: date) -> Period:
    """The school year that a day speaks of: from July the one about to begin."""
    return school_year(at.year if at.month >= 7 else at.year - 1)


def day(at: date) -> Period:
    """One day, the state at its end."""
    return Period(at.isoformat(), at, at)


def month_end(number: int, of: int) -> date:
    """The last day of a month."""
    return date(number + of // 12, of % 12 + 1, 1) - timedelta(days=1)


def date_of(number: int, of: int, day_number: int) -> date | None:
    """A day of a month of a year; None where the calendar has none."""
    try:
        return date(number, of, day_number)
    except ValueError:
        return None


def shift(period: Period, by_years: int) -> Period:
    """The same span some years earlier or later."""
    start, end = _move(period.start, by_years), _move(period.end, by_years)
    return Period(re.sub(r"^\d{4}", f"{start.year:04d}", period.code), start, end)


def _move(at: date, by_years: int) -> date:
    try:
        return at.replace(year=at.year + by_years)
    except ValueError:
        return at.replace(year=at.year + by_years, day=28)
