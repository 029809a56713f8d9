"""What the written forms of calendar dates mean: days, months, quarters, years, terms."""

import re
from datetime import date, timedelta
from itertools import pairwise

from civic_etl.vietnamese.date_pieces import DATA
from civic_etl.vietnamese.date_values import SHIFTS, Rule, count_of, month_named, number, year_of, year_of_month
from civic_etl.vietnamese.datespan import DateSpan, Grain, day, months, nearest_year, unit

_CENTURY_TURN = 70


def _iso(match: re.Match[str], reference: date) -> DateSpan | None:
    return day(int(match["y"]), int(match["m"]), int(match["d"]))


def _dmy(match: re.Match[str], reference: date) -> DateSpan | None:
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 1900 if year >= _CENTURY_TURN else 2000
    return day(year, int(match["m"]), int(match["d"]))


def _day_month(match: re.Match[str], reference: date) -> DateSpan | None:
    of_month, month = number(match["d"]), number(match["m"])
    return day(year_of(match, reference) or nearest_year(reference, month, of_month), month, of_month)


def _day_list(match: re.Match[str], reference: date) -> DateSpan | None:
    named = [int(text) for text in re.findall(r"[0-9]+", match["days"])]
    month = number(match["m"] or match["m2"])
    year = year_of(match, reference) or nearest_year(reference, month, named[-1])
    first, last = day(year, month, named[0]), day(year, month, named[-1])
    if first is None or last is None or any(a >= b for a, b in pairwise(named)):
        return None
    return DateSpan(first.start, last.start, "span")


def _month(match: re.Match[str], reference: date) -> DateSpan | None:
    month = number(match["m"])
    if not 1 <= month <= 12:
        return None
    shift = match.groupdict().get("ms")
    if not shift:
        return months(year_of_month(month, match, reference), month, month, "month")
    later = month > reference.month if SHIFTS[shift] > 0 else month >= reference.month
    year = reference.year + (0 if later else 1) - (0 if SHIFTS[shift] > 0 else 1)
    return months(year, month, month, "month")


def _month_of_year(match: re.Match[str], reference: date) -> DateSpan | None:
    return months(int(match["y"]), int(match["m"]), int(match["m"]), "month")


def _quarter(match: re.Match[str], reference: date) -> DateSpan | None:
    last = 3 * number(match["q"])
    return months(year_of_month(last - 2, match, reference), last - 2, last, "quarter")


def _months_of_year(match: re.Match[str], reference: date) -> DateSpan | None:
    count = number(match["n"])
    year = year_of(match, reference) or reference.year
    if not 1 <= count <= 12:
        return None
    grain: Grain = {3: "quarter", 6: "half", 12: "year"}.get(count, "span")  # type: ignore[assignment]
    return months(year, 13 - count, 12, grain) if match["part"] == "cuối" else months(year, 1, count, grain)


def _half(match: re.Match[str], reference: date) -> DateSpan | None:
    year = year_of(match, reference) or reference.year
    return months(year, 1, 6, "half") if match["part"] == "đầu" else months(year, 7, 12, "half")


def _first_of(match: re.Match[str], reference: date) -> DateSpan | None:
    """A day or week counted inside a month; its weeks are those that begin in it."""
    whole = month_named(match, reference)
    if whole is None:
        return None
    count = 1 if match["first"] else number(match["n"]) if match["n"] else -1
    if match["u"] == "ngày":
        found = unit("day", whole.end if match["last"] else whole.start, max(count, 1) - 1)
        return found if found.end <= whole.end else None
    if match["last"]:
        found = unit("week", whole.end)
        return found if found.end == whole.end else unit("week", whole.end, -1)
    found = unit("week", whole.start, count - 1)
    found = found if unit("week", whole.start).start == whole.start else unit("week", found.start, 1)
    return found if found.start <= whole.end else None


def _days_of_month(match: re.Match[str], reference: date) -> DateSpan | None:
    """The first or last days of a month (`10 ngày đầu tháng 1`)."""
    whole = month_named(match, reference) if match["m"] else unit("month", reference, SHIFTS[match["shift"]])
    rest = timedelta(days=count_of(match) - 1)
    if whole is None or not timedelta(0) <= rest <= whole.end - whole.start:
        return None
    if match["part"] == "đầu":
        return DateSpan(whole.start, whole.start + rest, "span")
    return DateSpan(whole.end - rest, whole.end, "span")


def _quarters_of_year(match: re.Match[str], reference: date) -> DateSpan | None:
    count = number(match["n"]) * 3 if match["n"] else 3
    year = year_of(match, reference) or reference.year
    grain: Grain = {3: "quarter", 6: "half"}.get(count, "span")  # type: ignore[assignment]
    return months(year, 13 - count, 12, grain) if match["part"] == "cuối" else months(year, 1, count, grain)


def _years(match: re.Match[str], reference: date) -> DateSpan | None:
    first, last = int(match["y"]), int(match["y2"])
    return DateSpan(date(first, 1, 1), date(last, 12, 31), "span") if first < last else None


def _term(match: re.Match[str], reference: date) -> DateSpan | None:
    """A term ends where the next begins: 2020-2025 are the five years 2020 to 2024."""
    first, last = int(match["y"]), int(match["y2"])
    return DateSpan(date(first, 1, 1), date(last - 1, 12, 31), "span") if first < last else None


def _school_year(match: re.Match[str], reference: date) -> DateSpan | None:
    first, last = int(match["y"]), int(match["y2"])
    return DateSpan(date(first, 9, 1), date(last, 8, 31), "span") if first < last else None


def _whole_year(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit("year", date(int(match["y"]), 1, 1))


def _fixed(match: re.Match[str], reference: date) -> DateSpan | None:
    of_month, month = DATA["fixed_days"][match["name"]]
    return day(reference.year, month, of_month)


def _day_of_month(match: re.Match[str], reference: date) -> DateSpan | None:
    """A day without its month is the latest such day not after the reference."""
    of_month = number(match["d"])
    if match["shift"]:
        month = unit("month", reference, SHIFTS[match["shift"]]).start
        return day(month.year, month.month, of_month)
    for back in range(3):
        month = unit("month", reference, -back).start
        found = day(month.year, month.month, of_month)
        if found is not None and found.start <= reference:
            return found
    return None


def _commemoration(match: re.Match[str], reference: date) -> DateSpan | None:
    of_month, month = DATA["commemorations"][match["name"]]
    return day(nearest_year(reference, month, of_month), month, of_month)


def _months(match: re.Match[str], reference: date) -> DateSpan | None:
    first, last = int(match["m"]), int(match["m2"])
    return months(int(match["y"]), first, last, "span") if first < last else None


RULES: dict[str, Rule] = {
    "iso": _iso,
    "school_year": _school_year,
    "term": _term,
    "day_list": _day_list,
    "dmy": _dmy,
    "spaced": _dmy,
    "month_first": _day_month,
    "month_inside": _day_month,
    "months": _months,
    "month_short": _month_of_year,
    "dm": _day_month,
    "long_day": _day_month,
    "first_of": _first_of,
    "days_of_month": _days_of_month,
    "months_of_year": _months_of_year,
    "quarters_of_year": _quarters_of_year,
    "half": _half,
    "month": _month,
    "month_year": _month_of_year,
    "quarter": _quarter,
    "year_range": _years,
    "year": _whole_year,
    "bare_year": _whole_year,
    "old_year": _whole_year,
    "fixed": _fixed,
    "day_of_month": _day_of_month,
    "commemoration": _commemoration,
}
