"""What each written form of a date means, given the reference day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from civic_etl.vietnamese.date_patterns import DATA, WORD_NUMBERS, weekday_number
from civic_etl.vietnamese.datespan import UNIT_AHEAD, DateSpan, Grain, day, months, nearest_year, unit, units

Rule = Callable[[re.Match[str], date], DateSpan | None]
_UNITS: dict[str, Grain] = DATA["units"]
_SHIFTS: dict[str, int] = DATA["shifts"]
_CENTURY_TURN = 70


def number(word: str) -> int:
    """A day or month number in digits, words or roman numerals."""
    return int(word) if word.isdigit() else DATA["roman"].get(word) or WORD_NUMBERS[word]


def _year(match: re.Match[str], reference: date) -> int | None:
    """The year a match names, also by its distance (`năm ngoái`); None where it names none."""
    groups = match.groupdict()
    for key in ("y", "y2", "y3", "y4"):
        if groups.get(key):
            return int(groups[key])
    shift = groups.get("ys")
    return reference.year + _SHIFTS[shift] if shift else None


def _iso(match: re.Match[str], reference: date) -> DateSpan | None:
    return day(int(match["y"]), int(match["m"]), int(match["d"]))


def _dmy(match: re.Match[str], reference: date) -> DateSpan | None:
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 1900 if year >= _CENTURY_TURN else 2000
    return day(year, int(match["m"]), int(match["d"]))


def _day_month(match: re.Match[str], reference: date) -> DateSpan | None:
    of_month, month = number(match["d"]), number(match["m"])
    return day(_year(match, reference) or nearest_year(reference, month, of_month), month, of_month)


def _day_list(match: re.Match[str], reference: date) -> DateSpan | None:
    named = [int(text) for text in re.findall(r"[0-9]+", match["days"])]
    month = number(match["m"] or match["m2"])
    year = _year(match, reference) or nearest_year(reference, month, named[-1])
    first, last = day(year, month, named[0]), day(year, month, named[-1])
    if first is None or last is None or any(a >= b for a, b in zip(named, named[1:], strict=False)):
        return None
    return DateSpan(first.start, last.start, "span")


def _month_year(month: int, match: re.Match[str], reference: date) -> int:
    return _year(match, reference) or nearest_year(reference, month, 1, ahead=UNIT_AHEAD)


def _month(match: re.Match[str], reference: date) -> DateSpan | None:
    month = number(match["m"])
    if not 1 <= month <= 12:
        return None
    shift = match.groupdict().get("ms")
    if not shift:
        return months(_month_year(month, match, reference), month, month, "month")
    later = month > reference.month if _SHIFTS[shift] > 0 else month >= reference.month
    year = reference.year + (0 if later else 1) - (0 if _SHIFTS[shift] > 0 else 1)
    return months(year, month, month, "month")


def _month_of_year(match: re.Match[str], reference: date) -> DateSpan | None:
    return months(int(match["y"]), int(match["m"]), int(match["m"]), "month")


def _quarter(match: re.Match[str], reference: date) -> DateSpan | None:
    last = 3 * number(match["q"])
    return months(_month_year(last - 2, match, reference), last - 2, last, "quarter")


def _months_of_year(match: re.Match[str], reference: date) -> DateSpan | None:
    count = number(match["n"])
    year = _year(match, reference) or reference.year
    if not 1 <= count <= 12:
        return None
    grain: Grain = {3: "quarter", 6: "half", 12: "year"}.get(count, "span")  # type: ignore[assignment]
    return months(year, 13 - count, 12, grain) if match["part"] == "cuối" else months(year, 1, count, grain)


def _half(match: re.Match[str], reference: date) -> DateSpan | None:
    year = _year(match, reference) or reference.year
    return months(year, 1, 6, "half") if match["part"] == "đầu" else months(year, 7, 12, "half")


def _first_of(match: re.Match[str], reference: date) -> DateSpan | None:
    month = number(match["m"])
    whole = months(_month_year(month, match, reference), month, month, "month") if 1 <= month <= 12 else None
    if whole is None:
        return None
    if match["u"] == "ngày":
        return unit("day", whole.end if match["last"] else whole.start)
    if match["last"]:
        found = unit("week", whole.end)
        return found if found.end == whole.end else unit("week", whole.end, -1)
    found = unit("week", whole.start)
    return found if found.start == whole.start else unit("week", whole.start, 1)


def _weekday(match: re.Match[str], reference: date) -> DateSpan | None:
    """A weekday alone is the coming one, today included."""
    ahead = ((weekday_number(match) or 0) - reference.weekday()) % 7
    return unit("day", reference, ahead)


def _weekday_of(match: re.Match[str], reference: date) -> DateSpan | None:
    weekday = weekday_number(match) or 0
    if match["w"]:
        return unit("day", unit("week", reference, _SHIFTS[match["ws"]]).start, weekday)
    shift = _SHIFTS[match["rel"]]
    if shift == 0:
        return unit("day", unit("week", reference).start, weekday)
    gap = (weekday - reference.weekday() - 1) % 7 + 1 if shift > 0 else -((reference.weekday() - weekday - 1) % 7 + 1)
    return unit("day", reference, gap)


def _part(part: str, whole: DateSpan) -> DateSpan:
    """The beginning, middle or end: quarters of a year (middle: both inner ones), thirds of a month, days of a week."""
    if whole.grain == "year":
        first, last = {"đầu": (1, 3), "giữa": (4, 9), "cuối": (10, 12)}[part]
        found = months(whole.start.year, first, last, "quarter" if part != "giữa" else "span")
        return found if found is not None else whole
    if whole.grain == "month":
        cuts = {"đầu": (0, 9), "giữa": (10, 19), "cuối": (20, (whole.end - whole.start).days)}
    elif whole.grain == "quarter":
        month = {"đầu": 0, "giữa": 1, "cuối": 2}[part]
        return unit("month", whole.start, month)
    else:
        cuts = {"đầu": (0, 1), "giữa": (2, 4), "cuối": (5, 6)}
    first, last = cuts[part]
    return DateSpan(whole.start + timedelta(days=first), whole.start + timedelta(days=last), "span")


def _part_of(match: re.Match[str], reference: date) -> DateSpan | None:
    grain = _UNITS[match["u"]]
    if match["m"] and grain == "month":
        month = number(match["m"])
        whole = months(_month_year(month, match, reference), month, month, "month") if 1 <= month <= 12 else None
        return _part(match["part"], whole) if whole else None
    if match["m"]:
        return None
    return _part(match["part"], unit(grain, reference, _SHIFTS[match["shift"]] if match["shift"] else 0))


def _part_of_year(match: re.Match[str], reference: date) -> DateSpan | None:
    return _part(match["part"], unit("year", date(int(match["y"]), 1, 1)))


def _count(match: re.Match[str]) -> int:
    return number(match["n"])


def _count_point(match: re.Match[str], reference: date) -> DateSpan | None:
    sign = -1 if match["dir"] in DATA["ago"] else 1
    return unit(_UNITS[match["u"]], reference, sign * _count(match))


def _count_span(match: re.Match[str], reference: date) -> DateSpan | None:
    count, grain = _count(match), _UNITS[match["u"]]
    if not count:
        return None
    return (
        units(grain, reference, -count, -1) if match["dir"] in DATA["last_span"] else units(grain, reference, 1, count)
    )


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


def _this_year(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit("year", reference, _SHIFTS[match["shift"]] if match["shift"] else 0)


def _named_day(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit("day", reference, DATA["days"][match["name"]])


def _unit_shift(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit(_UNITS[match["u"]], reference, _SHIFTS[match["shift"]])


def _fixed(match: re.Match[str], reference: date) -> DateSpan | None:
    of_month, month = DATA["fixed_days"][match["name"]]
    return day(reference.year, month, of_month)


def _day_of_month(match: re.Match[str], reference: date) -> DateSpan | None:
    """A day without its month is the latest such day not after the reference."""
    of_month = number(match["d"])
    for back in range(3):
        month = unit("month", reference, -back).start
        found = day(month.year, month.month, of_month)
        if found is not None and found.start <= reference:
            return found
    return None


RULES: dict[str, Rule] = {
    "iso": _iso,
    "school_year": _school_year,
    "term": _term,
    "day_list": _day_list,
    "dmy": _dmy,
    "dm": _day_month,
    "long_day": _day_month,
    "first_of": _first_of,
    "months_of_year": _months_of_year,
    "half": _half,
    "month": _month,
    "month_year": _month_of_year,
    "quarter": _quarter,
    "weekday": _weekday,
    "weekday_of": _weekday_of,
    "part_of": _part_of,
    "part_of_year": _part_of_year,
    "count_point": _count_point,
    "count_span": _count_span,
    "year_range": _years,
    "year": _whole_year,
    "bare_year": _whole_year,
    "whole_year": _this_year,
    "named_day": _named_day,
    "unit_shift": _unit_shift,
    "fixed": _fixed,
    "day_of_month": _day_of_month,
}
