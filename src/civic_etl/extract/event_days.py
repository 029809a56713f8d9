"""The days that a text dates occasions with, of several the last."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from civic_etl.extract.calendar_period import date_of
from civic_etl.extract.round_digits import round_digits
from civic_etl.pattern import Pattern

_AHEAD = timedelta(days=31)
# a leap year, and long before any article
_NO_YEAR = date(1904, 12, 31)
_DATE = r"(?P<d>\d{1,2})\s?[/.\-–]\s?(?P<m>\d{1,2})(?:\s?[/.\-–]\s?(?P<y>(?:19|20)\d\d))?(?![/.\-]?\d)(?!\s?%)"
_LONG = r"(?P<ld>\d{1,2})\s+tháng\s+(?P<lm>\d{1,2})(?:\s*(?:,\s*)?năm\s+(?P<ly>(?:19|20)\d\d)|\s*/\s*(?P<ly2>20\d\d))?"
_EARLIER = (
    r"(?P<earlier>(?:(?:ngày )?\d{1,2}(?:\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?\d{4})?)?"
    r"\s*(?:,|;|và|-|–|đến hết|đến|tới|&)\s*(?:ngày\s*)?){0,8})"
)
_NUMBER = re.compile(r"\d{1,2}(?!\s?[/.\-]\s?\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RANGE = re.compile(r"[-–]|đến|tới")
_CUE = (
    r"(?:(?:trong |vào |lúc )?(?:các |\d{1,2} |hai |ba |bốn |năm )?(?:ngày|sáng|chiều|trưa|tối|đêm|hôm|từ|vào|lúc)"
    r"|\((?:ngày )?)\s*:?\s*"
)
_FILLER = r"(?:(?:sáng|chiều|tối|ngày|nay|hôm nay|các ngày|thứ \w+|chủ nhật|qua|cùng)\s*[,(]?\s*){0,5}"
_DAY = re.compile(rf"(?<!\w){_CUE}{_FILLER}{_EARLIER}(?:{_LONG}|{_DATE})")
# a day with nothing before it on its line ("20/4, UBND huyện ...")
_BARE = re.compile(rf"(?m)^\s*(?:\([^()\n]{{1,30}}\)\s*[-–]?\s*)?{_EARLIER}(?:{_LONG}|{_DATE})(?=\s*[,)])")
_RELATIVE = Pattern(
    r"(?<!\w)(?:(?P<now>hôm nay|sáng nay|chiều nay|tối nay)|(?P<past>hôm qua|sáng qua|chiều qua|tối qua))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in the text; `last` is the last one of several, `each` are all that are listed one by one.

    `year_given`: the text says its year. `relative`: it is told from the day of the article ("hôm nay").
    """

    start: int
    end: int
    last: date
    each: tuple[date, ...]
    year_given: bool = True
    relative: bool = False

    def at(self, number: int) -> "Day":
        """The day of the number-th of several who meet one after another; the last day is that of all who remain."""
        return replace(self, last=self.each[min(number, len(self.each) - 1)])


def find_days(folded: str, reference: date | None) -> list[Day]:
    """Days in text order. A missing year is the reference's, or the one before where that would lie ahead.

    Without a reference it is none that the calendar knows of: whoever reads on must find it (`year_given` is false).
    """
    found: list[Day] = []
    digits = round_digits(folded)
    near = digits.of(folded)
    for match in (*_DAY.finditer(near), *_BARE.finditer(near)):
        day = _resolve(match, reference or _NO_YEAR)
        if day is not None:
            given = any(match[group] is not None for group in ("ly", "ly2", "y"))
            found.append(Day(*digits.back(*match.span()), day, _each(match["earlier"], day), given))
    if reference is not None:
        for match in _RELATIVE.all_in(folded):
            day = reference if match["now"] else reference - timedelta(days=1)
            if not any(d.start <= match.start() < d.end for d in found):
                found.append(Day(match.start(), match.end(), day, (day,), relative=True))
    return sorted(found, key=lambda d: d.start)


def _each(earlier: str, last: date) -> tuple[date, ...]:
    """The days of a list ("25 và 26-12"); of a span only its last."""
    if _RANGE.search(earlier):
        return (last,)
    days = (date_of(last.year, last.month, int(number)) for number in _NUMBER.findall(earlier))
    return (*(day for day in days if day is not None and day < last), last)


def _resolve(match: re.Match[str], reference: date) -> date | None:
    """The last day; None for an anniversary ("19/8/1945 - 19/8/2022") and for what the calendar lacks."""
    day = _last(match, reference)
    if day is None or any(int(year) < day.year - 1 for year in _YEAR.findall(match["earlier"])):
        return None
    return day


def _last(match: re.Match[str], reference: date) -> date | None:
    number, month = int(match["ld"] or match["d"]), int(match["lm"] or match["m"])
    year = match["ly"] or match["ly2"] or match["y"]
    if year is not None:
        return date_of(int(year), month, number)
    day = date_of(reference.year, month, number)
    if day is not None and day - reference > _AHEAD:
        return date_of(reference.year - 1, month, number)
    return day
