"""Dates and periods: one (`parse_date`), or all of a running text (`scan_dates`)."""

import re
from datetime import date, datetime

from civic_etl.vietnamese.date_calendar import RULES as CALENDAR
from civic_etl.vietnamese.date_patterns import COMPILED, CUE_BEFORE, SCANNER
from civic_etl.vietnamese.date_pieces import DATA
from civic_etl.vietnamese.date_relative import RULES as RELATIVE
from civic_etl.vietnamese.date_shell import unwrap, with_digits
from civic_etl.vietnamese.datespan import DateSpan, Grain, day
from civic_etl.vietnamese.fold import fold, fold_same_length
from civic_etl.vietnamese.unaccented import with_date_marks

__all__ = ["DateSpan", "Grain", "parse_date", "scan_dates"]

_RULES = CALENDAR | RELATIVE
_MAX_CHARACTERS = 200
_LUNAR = re.compile(rf"(?<![^\W_])(?:{'|'.join(word for word in DATA['lunar'])})(?![^\W_])(?! dương)")
_SLASHED = "[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?"
_FROM_TO = re.compile(r"(?:từ )?(?P<a>.{1,60}?) (?:đến hết|đến|tới|-|–) (?P<b>.{1,60})")
_TIGHT = re.compile(rf"(?:từ )?(?P<a>{_SLASHED})\s?[-–]\s?(?P<b>{_SLASHED})")
_HAS_YEAR = re.compile(r"(?:19|20)[0-9]{2}|năm (?:nay|ngoái|trước|sau)")
_DAY_AND_MONTH = re.compile(r"(?:ngày )?[0-9]{1,2}\s?(?:[/.\-]\s?[0-9]{1,2}| tháng [0-9]{1,2})")
_DAY_ALONE = re.compile(r"\s*([0-9]{1,2})\s*")
_SHORT_DOTTED = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2}")
_LUNAR_AFTER = re.compile(r"\s*\(?(?:âm lịch|al)\b")


def parse_date(text: str, reference: date) -> DateSpan | None:
    """The date or period that the whole text names, seen from a reference day; None for anything else.

    Clock times, parts of the day, weekdays and labels around it are tolerated; the day comes first in `22/01/2021`. A
    day and month without a year is its latest occurrence not more than 92 days after the reference; a month or quarter,
    183 days; a weekday alone is the coming one, today included. A weekday before a day and month picks the year in
    which they agree. `đầu/giữa/cuối năm` are the first, the two inner, the last quarter. `nhiệm kỳ 2020-2025` is 2020
    to 2024, `năm học 2022-2023` runs from September to August. Lunar dates (`tháng Giêng`, `Tết`) and dates that the
    calendar lacks are None.
    """
    folded, reference = fold(text).strip(), _day_of(reference)
    if not folded or len(folded) > _MAX_CHARACTERS or (_LUNAR.search(folded) and "tết dương lịch" not in folded):
        return None
    found = _single(folded, reference) or _range(folded, reference)
    if found is None and folded.isascii():
        marked = with_date_marks(folded)
        found = parse_date(marked, reference) if marked != folded else None
    return found


def _day_of(reference: date) -> date:
    """The day of a moment: a datetime is a date too, but cannot be compared with one."""
    return reference.date() if isinstance(reference, datetime) else reference


def _single(folded: str, reference: date) -> DateSpan | None:
    """A single date or period, its numbers in digits or spoken."""
    found = _one(folded, reference)
    if found is None:
        spelled = with_digits(folded)
        found = _one(spelled, reference) if spelled != folded else None
    return found


def _one(folded: str, reference: date) -> DateSpan | None:
    """A single date or period; the first written form that fits the whole text decides."""
    body, weekday = unwrap(folded)
    # "từ 2015 đến 2020" begins with what would be unwrapped as a label
    for candidate in dict.fromkeys((folded, body)):
        for name, pattern in COMPILED.items():
            match = pattern.fullmatch(candidate)
            if match is None:
                continue
            found = _resolve(name, match, reference)
            if weekday is not None and found is not None and not _HAS_YEAR.search(candidate):
                months = name == "day_of_month"
                found = _agreeing_month(found, weekday) if months else _agreeing(found, weekday, reference)
            return found
    return None


def _resolve(name: str, match: re.Match[str], reference: date) -> DateSpan | None:
    try:
        return _RULES[name](match, reference)
    except (OverflowError, ValueError):
        # counted back or ahead beyond the calendar
        return None


def _agreeing(found: DateSpan, weekday: int, reference: date) -> DateSpan:
    """The same day in the nearest year in which it falls on the weekday, where there is one."""
    if found.grain != "day" or found.start.weekday() == weekday:
        return found
    years = sorted((found.start.year + shift for shift in (-1, 1)), key=lambda year: abs(year - reference.year))
    for year in years:
        other = day(year, found.start.month, found.start.day)
        if other is not None and other.start.weekday() == weekday:
            return other
    return found


def _agreeing_month(found: DateSpan, weekday: int) -> DateSpan:
    """The same day of the nearest month in which it falls on the weekday, where one is near (`thứ sáu ngày 25`)."""
    for shift in (0, 1, -1, 2, -2):
        year, month = divmod(found.start.year * 12 + found.start.month - 1 + shift, 12)
        other = day(year, month + 1, found.start.day)
        if other is not None and other.start.weekday() == weekday:
            return other
    return found


def _range(folded: str, reference: date) -> DateSpan | None:
    """`từ A đến B`; a beginning without a year takes the end's, a beginning without a month its month."""
    body = unwrap(folded)[0]
    match = _FROM_TO.fullmatch(body) or _FROM_TO.fullmatch(folded) or _TIGHT.fullmatch(body)
    if match is None:
        return None
    last = _single(match["b"], reference)
    if last is None:
        return None
    beginning = with_digits(match["a"])
    first = _single(beginning, reference)
    if first is None and (alone := _DAY_ALONE.fullmatch(beginning)):
        first = day(last.start.year, last.start.month, int(alone[1]))
    if first is None:
        return None
    if not _HAS_YEAR.search(beginning) and _is_calendar(beginning):
        moved = first.start.replace(year=last.start.year) if (first.start.month, first.start.day) != (2, 29) else None
        if moved is not None and (moved <= last.end or moved.year > date.min.year):
            moved = moved if moved <= last.end else moved.replace(year=moved.year - 1)
            return DateSpan(moved, last.end, "span")
    return DateSpan(first.start, last.end, "span") if first.start <= last.end else None


def _is_calendar(folded: str) -> bool:
    return bool(_DAY_AND_MONTH.search(folded)) or "tháng" in folded or "quý" in folded


def scan_dates(text: str, reference: date) -> list[tuple[int, int, DateSpan | None]]:
    """Dates and periods of a running text as (start, end, span), left to right, not overlapping; linear in the text.

    `span` is None for what is written as a date but is none that can be resolved: a day the calendar lacks, a lunar
    date. Its digits are a date's all the same. `22/1` and `22.1` count only after a word such as `ngày` or `chiều`, or
    alone in brackets: without one they may be a fraction or a decimal. Bare years, weekdays and days do not count.
    The text is taken to be composed (NFC).
    """
    folded, reference = fold_same_length(text), _day_of(reference)
    found: list[tuple[int, int, DateSpan | None]] = []
    for match in SCANNER.finditer(folded):
        name = _branch(match)
        start, end = match.span(name)
        rule = "dm" if name == "dm2" else name
        inner = COMPILED[rule].fullmatch(folded, start, end) or COMPILED[rule].match(folded, start)
        span = _resolve(rule, inner, reference) if inner is not None else None
        lunar = _LUNAR_AFTER.match(folded, end)
        if name == "dm2" and span is None:
            continue
        if name == "dmy" and _SHORT_DOTTED.fullmatch(folded, start, end) and not _has_cue(folded, start):
            # "1.10.30" is a version or a section as well
            span = None
        found.append((match.start(), end, None if lunar else span))
    return found


def _has_cue(folded: str, start: int) -> bool:
    return bool(CUE_BEFORE.search(folded, max(0, start - 12), start))


def _branch(match: re.Match[str]) -> str:
    """The outermost named group that took part: the form that was found."""
    return next(name for name, value in match.groupdict().items() if value is not None and name in _BRANCHES)


_BRANCHES = frozenset(COMPILED) | {"dm2"}
