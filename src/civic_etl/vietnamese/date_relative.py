"""What dates and periods mean that are named by their distance from the reference day, or as a part of another."""

import re
from datetime import date, timedelta

from civic_etl.vietnamese.date_pieces import DATA, weekday_number
from civic_etl.vietnamese.date_values import SHIFTS, Rule, count_of, month_named, number, year_of_month
from civic_etl.vietnamese.datespan import DateSpan, Grain, months, unit, units

_UNITS: dict[str, Grain] = DATA["units"]


def _weekday(match: re.Match[str], reference: date) -> DateSpan | None:
    """A weekday alone is the coming one, today included."""
    ahead = ((weekday_number(match) or 0) - reference.weekday()) % 7
    return unit("day", reference, ahead)


def _weekday_of(match: re.Match[str], reference: date) -> DateSpan | None:
    weekday = weekday_number(match) or 0
    if match["w"]:
        return unit("day", unit("week", reference, SHIFTS[match["ws"]]).start, weekday)
    shift = SHIFTS[match["rel"]]
    if shift == 0:
        return unit("day", unit("week", reference).start, weekday)
    gap = (weekday - reference.weekday() - 1) % 7 + 1 if shift > 0 else -((reference.weekday() - weekday - 1) % 7 + 1)
    return unit("day", reference, gap)


def _weekend(match: re.Match[str], reference: date) -> DateSpan | None:
    monday = unit("week", reference, SHIFTS[match["shift"]] if match["shift"] else 0).start
    return DateSpan(monday + timedelta(days=5), monday + timedelta(days=6), "span")


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
        whole = month_named(match, reference)
        return _part(match["part"], whole) if whole else None
    if match["m"]:
        return None
    return _part(match["part"], unit(grain, reference, SHIFTS[match["shift"]] if match["shift"] else 0))


def _part_of_year(match: re.Match[str], reference: date) -> DateSpan | None:
    return _part(match["part"], unit("year", date(int(match["y"]), 1, 1)))


def _count_point(match: re.Match[str], reference: date) -> DateSpan | None:
    sign = -1 if match["dir"] in DATA["ago"] else 1
    return unit(_UNITS[match["u"]], reference, sign * count_of(match))


def _count_back(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit(_UNITS[match["u"]], reference, -count_of(match))


def _count_span(match: re.Match[str], reference: date) -> DateSpan | None:
    count, grain = count_of(match), _UNITS[match["u"]]
    if not count:
        return None
    if match["dir"] == "nay":
        # "2 ngày nay" ends today
        return DateSpan(unit(grain, reference, 1 - count).start, reference, "span")
    past = match["dir"] in DATA["last_span"]
    return units(grain, reference, -count, -1) if past else units(grain, reference, 1, count)


def _this_year(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit("year", reference, SHIFTS[match["shift"]] if match["shift"] else 0)


def _named_day(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit("day", reference, DATA["days"][match["name"]])


def _short_day(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit("day", reference, DATA["short_days"][match["name"]])


def _unit_shift(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit(_UNITS[match["u"]], reference, SHIFTS[match["shift"]])


def _next_unit(match: re.Match[str], reference: date) -> DateSpan | None:
    return unit(_UNITS[match["u"]], reference, 1)


def _part_of_quarter(match: re.Match[str], reference: date) -> DateSpan | None:
    last = 3 * number(match["q"])
    whole = months(year_of_month(last - 2, match, reference), last - 2, last, "quarter")
    return _part(match["part"], whole) if whole else None


RULES: dict[str, Rule] = {
    "weekday": _weekday,
    "weekday_of": _weekday_of,
    "weekend": _weekend,
    "part_of": _part_of,
    "part_of_year": _part_of_year,
    "part_of_quarter": _part_of_quarter,
    "count_back": _count_back,
    "count_point": _count_point,
    "count_span": _count_span,
    "whole_year": _this_year,
    "named_day": _named_day,
    "unit_shift": _unit_shift,
    "short_day": _short_day,
    "next_unit": _next_unit,
}
