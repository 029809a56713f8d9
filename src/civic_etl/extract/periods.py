"""Time expressions of a text, and the period of each that says it by itself."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from civic_etl.extract import calendar_period as c
from civic_etl.extract.calendar_period import Period, year
from civic_etl.extract.cue_scanner import scan_cues, written_out
from civic_etl.extract.lexicon import read_data

__all__ = ["Period", "PeriodCue", "find_periods", "number_of_months", "number_of_years", "quarter_number", "year"]

_DATA = read_data("periods.yaml")
_WORD_NUMBERS: dict[str, int] = _DATA["words"]
_QUARTERS: dict[str, int] = _DATA["quarters"]
# "quý đầu năm" tells no number
_FIRST = "i"

_QUARTER = re.compile(r"quý (iv|iii|ii|i|[1-4])")
_MONTHS = re.compile(written_out(r"({NUM}) tháng(?: (đầu|cuối|còn lại))?"))
_LAST, _LEFT = "cuối", "còn lại"
_YEARS = re.compile(written_out(r"({NUM}) năm\b"))
_DIGITS = re.compile(r"\d+")
# a day without its year is at most this long after the day it is told on
_AHEAD = timedelta(days=60)
# the end of a month without its year is no further from it
_HALF_A_YEAR = timedelta(days=183)
# the day of the article, and the one before it
_DAYS_AGO, _DAY_AGO = (" nay", " qua"), timedelta(days=1)
# a run of years of more is no time under report
_LONGEST_RUN = 40
_LONGEST_TERM = 10
_LAST_MONTH = 12
# the month that school years begin in
_SCHOOLS_OPEN = 9
# by expression: the day that a part of a month begins with, or comes to
_PARTS_OF_MONTH = {"about_month": {"đầu": 1, "giữa": 15}, "half_month": {"đầu": 15}}


@dataclass(frozen=True, slots=True)
class PeriodCue:
    """A time expression of the text.

    `kind` is the form it has; `period` is None where it must be resolved by its context.
    """

    start: int
    end: int
    kind: str
    period: Period | None


def find_periods(folded: str, reference: date | None) -> list[PeriodCue]:
    """Time expressions of a folded text, left to right.

    `reference` supplies a missing year (the nearest not after it).
    """
    cues: list[PeriodCue] = []
    for start, end, name, groups in scan_cues(folded):
        cues.append(PeriodCue(start, end, name, _period(name, groups, reference)))
    return cues


def _period(name: str, g: dict[str, str], reference: date | None) -> Period | None:
    y = int(g["y"]) if "y" in g else None
    if "yy" in g:
        y = 2000 + int(g["yy"])
    if "ago" in g and reference is not None and reference.month > 1:
        # in January "this year" may still be the one that is reported on
        y = reference.year if g["ago"] == "nay" else reference.year - 1
    y2 = int(g["y2"]) if "y2" in g else None
    # the year that is running, where none is named
    at_year = y or (reference.year if reference else None)
    match name:
        case "months_to_date" | "months":
            return c.months_of(y, _number(g["n"]), _part(g.get("part")))
        case "half":
            return None if y is None else c.half(y, 1 if g["part"] == "đầu" else 2)
        case "quarter":
            return None if y is None else c.quarter(y, _QUARTERS[g.get("q", _FIRST)])
        case "to_quarter":
            return c.day(c.quarter(at_year, _QUARTERS[g["q"]]).end) if at_year else None
        case "school_year":
            return c.school_year(y) if y else None
        case "office_term":
            return c.term(y, y2) if y and y2 and y < y2 <= y + _LONGEST_TERM else None
        case "term" if "part" in g and y and y2 and y < y2 <= y + _LONGEST_RUN:
            # a stage ("giai đoạn") holds both its ends
            return c.years(y, y2)
        case "term" | "bare_range" | "year_range":
            return _run(y, y2)
        case "since":
            return _until(y, reference) if y and reference and 0 < reference.year - y < _LONGEST_RUN else None
        case "to_date":
            # of the running year it is the part that is over, told by the day of the article
            of = y or y2
            if y is not None and reference is not None and y < reference.year - 1:
                # "từ đầu năm 2019 đến nay" told in 2022
                return _until(y, reference)
            return None if of is None or (reference is not None and of >= reference.year) else year(of)
        case "span" if "d2" not in g and "m2" not in g:
            return _to_end_of_year(g, y, y2, reference)
        case "span" if "m2" in g:
            return _month_span(int(g["m"]), y, int(g["m2"]), y2 or y, reference)
        case "span" | "days":
            return _days(g["d"], g["d2"], reference)
        case "as_of" | "date":
            at = _day(g["d"], reference)
            return c.day(at) if at else None
        case "as_of_month" | "to_month":
            return _end_of_month(int(g["m"]), y, reference)
        case "about_month" | "half_month" if g["part"] in _PARTS_OF_MONTH[name]:
            of_year = f"/{y}" if y else ""
            at = _day(f"{_PARTS_OF_MONTH[name][g['part']]}/{g['m']}{of_year}", reference)
            return c.day(at) if at else None
        case "half_month":
            of = int(g["m"])
            return c.day(c.month_end(at_year, of)) if at_year and 1 <= of <= 12 else None
        case "bracket" if "m" in g:
            return c.month(y, int(g["m"])) if y and 1 <= int(g["m"]) <= 12 else None
        case "month" | "bare_month" | "month_close":
            of = int(g["m"])
            return c.month(y, of) if y and 1 <= of <= 12 else None
        case "year_start" | "as_of_start":
            return c.day(date(y, _SCHOOLS_OPEN if "part" in g else 1, 1)) if y else None
        case "season":
            return c.year(y2 or y) if y else None
        case "since_january":
            return c.months_from_january(at_year, int(g["m"])) if at_year and 1 <= int(g["m"]) <= 12 else None
        case "year_rest":
            return c.year(y or y2 or 0) if y or y2 else None
        case "deadline" | "year_end" | "year" | "bracket" | "feast":
            return c.year(y) if y else None
        case _:
            return None


def _until(first: int, reference: date) -> Period:
    """From a year to the day that is spoken from: whole years where they are over with it, else that day."""
    over = reference.year - (reference.month < _LAST_MONTH)
    turn = reference.month in {1, _LAST_MONTH}
    return c.years(first, over) if turn and over > first else c.day(reference)


def _days(first: str, last: str, reference: date | None) -> Period | None:
    """A run of days: in calendar months where it fills them from the first, else its last day."""
    end = _day(last, reference)
    if end is None:
        return None
    parts = [int(part) for part in _DIGITS.findall(first)]
    if len(parts) == 1:
        # "từ ngày 1 đến 31/7"
        parts.append(end.month)
    if parts[:2] == [end.day, end.month] and len(parts) > 2:
        # an anniversary ("(27/7/1947 - 27/7/2017)") dates nothing
        return None
    in_one_year = len(parts) == 2 or (len(parts) > 2 and parts[2] == end.year)
    if not in_one_year or parts[0] != 1 or end != c.month_end(end.year, end.month) or parts[1] > end.month:
        return c.day(end)
    if parts[1] == 1 < end.month:
        return c.months_from_january(end.year, end.month)
    return c.months_up_to(end.year, end.month, end.month - parts[1] + 1)


def _month_span(first: int, of: int | None, last: int, of_last: int | None, reference: date | None) -> Period | None:
    """From one month to another: as months, a quarter, a half or the whole of one year, else its last day."""
    until = of_last or (reference.year if reference else None)
    if until is None or not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    return _days(f"1/{first}/{of or until}", f"{c.month_end(until, last):%d/%m/%Y}", reference)


def _to_end_of_year(g: dict[str, str], y: int | None, y2: int | None, reference: date | None) -> Period | None:
    """From a day or a month to the end of a year, which is that of the first unless it is told."""
    if "m" not in g:
        first = _day(g["d"], reference)
        return _days(g["d"], f"31/12/{y2 or first.year}", reference) if first is not None else None
    end = _end_of_month(_LAST_MONTH, y2 or y, reference)
    return _month_span(int(g["m"]), y, _LAST_MONTH, end.end.year, reference) if end is not None else None


def _end_of_month(of: int, named: int | None, reference: date | None) -> Period | None:
    """The last day of a month; without its year the nearest one ("đến hết tháng 11" is over in January)."""
    at_year = named or (reference.year if reference else None)
    if at_year is None or not 1 <= of <= _LAST_MONTH:
        return None
    end = c.month_end(at_year, of)
    if named is None and reference is not None and end - reference > _HALF_A_YEAR:
        end = c.month_end(at_year - 1, of)
    return c.day(end)


def _run(first: int | None, last: int | None) -> Period | None:
    if first is None or last is None or not first < last <= first + _LONGEST_RUN:
        return None
    # terms are named by the years they touch: "2015-2020" is five years
    return c.term(first, last) if last - first == 5 else c.years(first, last)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORD_NUMBERS.get(text, 0)


def _day(text: str, reference: date | None) -> date | None:
    """A date, its missing year taken from the reference: the nearest one not long after it; "sáng nay", "chiều qua"."""
    if text.endswith(_DAYS_AGO):
        return reference - _DAY_AGO * text.endswith("qua") if reference is not None else None
    parts = [int(part) for part in _DIGITS.findall(text)]
    try:
        if len(parts) == 3:
            return date(parts[2], parts[1], parts[0])
        if reference is None:
            return None
        found = date(reference.year, parts[1], parts[0])
        if found > reference + _AHEAD:
            found = date(reference.year - 1, parts[1], parts[0])
        return found
    except (ValueError, IndexError):
        return None


def quarter_number(cue: str) -> int:
    """The number of a quarter cue ("quý iii")."""
    match = _QUARTER.search(cue)
    return _QUARTERS[match.group(1)] if match else 1


def number_of_months(cue: str) -> tuple[int, str] | None:
    """(count, "đầu" | "cuối" | "") of a cue that counts months without naming its year."""
    match = _MONTHS.search(cue)
    return (_number(match.group(1)), _part(match.group(2))) if match else None


def _part(said: str | None) -> str:
    """Which months of a year are counted: the first ("đầu"), or the last, which are those that are left; "" untold."""
    return _LAST if said == _LEFT else said or ""


def number_of_years(cue: str) -> int:
    """The count of a cue that counts years ("trong 10 năm qua"); 0 where it counts none."""
    match = _YEARS.search(cue)
    return _number(match.group(1)) if match else 0
