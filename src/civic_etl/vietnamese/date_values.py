"""The numbers and years that a match of a date form names."""

import re
from collections.abc import Callable
from datetime import date

from civic_etl.vietnamese.date_pieces import DATA, WORD_NUMBERS
from civic_etl.vietnamese.datespan import UNIT_AHEAD, DateSpan, months, nearest_year

Rule = Callable[[re.Match[str], date], DateSpan | None]
SHIFTS: dict[str, int] = DATA["shifts"]


def number(word: str) -> int:
    """A day or month number in digits, words or roman numerals."""
    return int(word) if word.isdigit() else DATA["roman"].get(word) or WORD_NUMBERS[word]


def year_of(match: re.Match[str], reference: date) -> int | None:
    """The year a match names, also by its distance (`năm ngoái`); None where it names none."""
    groups = match.groupdict()
    for key in ("y", "y2", "y3", "y4"):
        if groups.get(key):
            return int(groups[key])
    shift = groups.get("ys") or groups.get("ys2")
    return reference.year + SHIFTS[shift] if shift else None


def year_of_month(month: int, match: re.Match[str], reference: date) -> int:
    """The year a match names, else that of the month nearest to the reference."""
    return year_of(match, reference) or nearest_year(reference, month, 1, ahead=UNIT_AHEAD)


def count_of(match: re.Match[str]) -> int:
    """How many units a match counts."""
    return number(match["n"])


def month_named(match: re.Match[str], reference: date) -> DateSpan | None:
    """The whole month a match names; None where the calendar has none of that number."""
    month = number(match["m"])
    return months(year_of_month(month, match, reference), month, month, "month") if 1 <= month <= 12 else None
