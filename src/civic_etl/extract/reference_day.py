"""The day an article speaks from: its publication, else what the text itself gives away."""

import re
from datetime import date, timedelta

from civic_etl.extract.calendar_period import date_of
from civic_etl.extract.normal import normalise
from civic_etl.extract.patterns import patterns
from civic_etl.extract.periods import PeriodCue, find_periods
from civic_etl.extract.records import Document
from civic_etl.extract.spoken_from import is_of_congress, year_spoken_from

_PATTERNS = patterns("reference_day.yaml")
_DAY, _LAST_DAY, _OF_A_DOCUMENT = (_PATTERNS[key] for key in ("day", "last_day", "of_a_document"))
# an article on the web is no older: "(18/11/1930 - 18/11/2016)" is an anniversary
_EARLIEST = 2000
_ANNIVERSARY = re.compile(r"19\d\d\s*[-–]\s*$")
_DASH_REACH = 8
_OPENING = 1_200
_DOCUMENT_REACH = 70
# a meeting may be held so long before the period ends that it speaks of
_BEFORE_END = timedelta(days=60)


def reference_day(document: Document, folded: str) -> tuple[date | None, list[PeriodCue]]:
    """The reference day of a document and the time expressions of its text resolved from it.

    A day that the text only gives the year of is the last of that year, or of the part of it that was reported on.
    """
    found = document.published or _inferred(document, folded)
    return found, find_periods(folded, found)


def _inferred(document: Document, folded: str) -> date | None:
    title = normalise(document.title).folded
    opening = folded[:_OPENING]
    full = _full_date(title) or _full_date(opening)
    if full is not None:
        return full
    end = year_spoken_from(title, folded)
    day = _DAY.search(opening) or _DAY.search(title)
    if end is None or day is None:
        return end
    number, month = (int(part) for part in (day[1] or day[3], day[2] or day[4]))
    if is_of_congress(title, opening) and (held := date_of(end.year, month, number)) is not None:
        # a congress is held in the year that its term begins
        return held
    return _first_after(end, number, month) or end


def _full_date(text: str) -> date | None:
    """The first date with its year that is not a document's; one written with slashes first."""
    for match in _LAST_DAY.finditer(text):
        if not _is_of_a_document(text, match.start()) and int(match[3]) >= _EARLIEST:
            return date_of(int(match[3]), int(match[2]), int(match[1]))
    for cue in find_periods(text, None):
        if (
            cue.kind == "date"
            and cue.period is not None
            and cue.period.end.year >= _EARLIEST
            and not _is_of_a_document(text, cue.start)
        ):
            return cue.period.end
    return None


def _is_of_a_document(text: str, start: int) -> bool:
    """Whether a date is a document's, or the second of an anniversary ("(18/11/1930 - 18/11/2016)")."""
    if _ANNIVERSARY.search(text, max(0, start - _DASH_REACH), start) is not None:
        return True
    return _OF_A_DOCUMENT.search(text[max(0, start - _DOCUMENT_REACH) : start]) is not None


def _first_after(end: date, number: int, month: int) -> date | None:
    """The day of a meeting that speaks of a period ending then: shortly before that end, or in the months after it."""
    same = date_of(end.year, month, number)
    if same is not None and same >= end - _BEFORE_END:
        return same
    if end.month == 12 and same is not None and month > 2:
        return same
    return date_of(end.year + 1, month, number)
