"""Where the part of a year ends that an expression without a year tells of."""

import re
from datetime import date

from civic_etl.extract.calendar_period import date_of, month_end
from civic_etl.extract.periods import number_of_months, quarter_number

_DAY = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})")
_MONTHS = frozenset({"months_to_date", "months"})
_YEAR = 12


def end_of_part(kind: str, words: str, year: int) -> date | None:
    """The last day of the first months, the quarter or the day that `words` of a `kind` of expression name, in `year`.

    The last months of a year are spoken of at the end of the first; None for what names no part of a year.
    """
    if kind == "as_of":
        named = _DAY.search(words)
        # a day at the turn of the year is of the year before
        within = named is not None and 1 < int(named[2]) < _YEAR
        return date_of(year, int(named[2]), int(named[1])) if named is not None and within else None
    if kind == "quarter":
        return _month_end(year, 3 * quarter_number(words))
    if kind == "half":
        return _month_end(year, _YEAR // 2)
    count, part = (number_of_months(words) or (0, "")) if kind in _MONTHS else (0, "")
    return _month_end(year, _YEAR - count if part == "cuối" else count)


def _month_end(year: int, month: int) -> date | None:
    return month_end(year, month) if 1 <= month < _YEAR else None
