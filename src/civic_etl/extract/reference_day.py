"""The day an article speaks from: its publication, else what the text itself gives away."""

import re
from datetime import date, timedelta

from civic_etl.extract.normal import normalise
from civic_etl.extract.periods import PeriodCue, find_periods
from civic_etl.extract.records import Document
from civic_etl.extract.report_period import outlook
from civic_etl.extract.time_roles import is_base

_OPENING = 1_200
_DAY = re.compile(
    r"(?:ngày|sáng|chiều|tối|hôm)\s+(?:\d{1,2}\s*(?:-|–|và|,)\s*)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?!\s*[/.\-]?\d)|ngày (\d{1,2}) tháng (\d{1,2})(?! năm)"
)
_LAST_DAY = re.compile(r"(?:\d{1,2}\s*[-–]\s*)?(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*((?:19|20)\d\d)")
_OF_A_DOCUMENT = re.compile(
    r"(?:nghị quyết|chỉ thị|quyết định|thông tư|kế hoạch|công văn|nghị định|luật|thông báo|hướng dẫn|kết luận|pháp lệnh|qđ|nq|ct|số [^\s]+)\b[^.;\n]{0,50}$"
)
_CONGRESS = re.compile(r"đại hội")
_PLAN = re.compile(
    r"(?:chương trình|phương hướng|nhiệm vụ|mục tiêu|phấn đấu|kế hoạch|chỉ tiêu|đến|dự toán|tầm nhìn|định hướng)[^.;\n]{0,60}$"
)
_AHEAD = re.compile(r"(?:phương hướng|nhiệm vụ|kế hoạch|giải pháp)[^.;\n]{0,60}$")
_PART_OF_A_YEAR = frozenset({"months_to_date", "months", "quarter", "half"})
_PLANNED = re.compile(r"[^.;\n]{0,80}(?:phấn đấu|mục tiêu|chỉ tiêu|kế hoạch|đề ra|sẽ|dự kiến)")
_SENTENCE_END = re.compile(r"[;\n…]|\.(?!\d)")
_LAST_YEAR = 2100
_SEEN_BEFORE = 140
_OF_A_YEAR = frozenset(
    {
        "year",
        "months_to_date",
        "months",
        "quarter",
        "half",
        "month",
        "year_end",
        "school_year",
        "bracket",
        "as_of_month",
        "to_month",
    }
)


def reference_day(document: Document, folded: str) -> tuple[date | None, list[PeriodCue]]:
    """The reference day of a document and the time expressions of its text resolved from it.

    A day that the text only gives the year of is the last of that year, or of the part of it that was reported on.
    """
    if document.published is not None:
        return document.published, find_periods(folded, document.published)
    found = _inferred(document, folded)
    return found, find_periods(folded, found)


def _inferred(document: Document, folded: str) -> date | None:
    title = normalise(document.title).folded
    opening = folded[:_OPENING]
    full = _full_date(title) or _full_date(opening)
    if full is not None:
        return full
    year_end = _year_spoken_from(title, folded)
    if year_end is None:
        return None
    day = _DAY.search(opening) or _DAY.search(title)
    if day is None:
        return year_end
    number, month = (int(part) for part in (day[1] or day[3], day[2] or day[4]))
    return _first_after(year_end, number, month) or year_end


def _full_date(text: str) -> date | None:
    for match in _LAST_DAY.finditer(text):
        if _OF_A_DOCUMENT.search(text[max(0, match.start() - 70) : match.start()]) is None:
            return _date(int(match[3]), int(match[2]), int(match[1]))
    for cue in find_periods(text, None):
        if (
            cue.kind == "date"
            and cue.period is not None
            and _OF_A_DOCUMENT.search(text[max(0, cue.start - 70) : cue.start]) is None
        ):
            return cue.period.end
    return None


def _year_spoken_from(title: str, folded: str) -> date | None:
    """The end of the latest period that is reported on; of a congress, the year its term begins."""
    reviewed: list[date] = []
    ends: list[date] = []
    parts: list[date] = []
    starts: list[date] = []
    eves: list[date] = []
    for text in (title, folded):
        for cue in find_periods(text, None):
            if cue.period is None:
                continue
            before = _SENTENCE_END.split(text[max(0, cue.start - _SEEN_BEFORE) : cue.start])[-1]
            if cue.kind in {"office_term", "term"}:
                if _CONGRESS.search(before):
                    starts.append(date(cue.period.start.year, 12, 31))
            elif cue.kind in _OF_A_YEAR and cue.period.end.year < _LAST_YEAR:
                if _PLANNED.match(text, cue.end):
                    continue
                if is_base(before):
                    # what is compared with a year ago is of this year
                    (parts if cue.kind in _PART_OF_A_YEAR else ends).append(_a_year_on(cue.period.end))
                    continue
                if outlook(before) == "back":
                    reviewed.append(cue.period.end)
                elif not _PLAN.search(before):
                    ends.append(cue.period.end)
                elif _AHEAD.search(before):
                    eves.append(cue.period.start - timedelta(days=1))
    if starts and _CONGRESS.search(title):
        # what a congress speaks of beyond its own year is planned
        return max(starts)
    if reviewed or parts or ends:
        latest = max(reviewed or parts or ends)
        # a congress reviews up to the year it is held in
        return max([latest, *(s for s in starts if s.year <= latest.year + 1)])
    return max(starts) if starts else min(eves) if eves else None


def _first_after(end: date, number: int, month: int) -> date | None:
    """The day of a meeting that speaks of a period ending then: shortly before that end, or in the months after it."""
    same = _date(end.year, month, number)
    if same is not None and same >= end - timedelta(days=60):
        return same
    if end.month == 12 and same is not None and month > 2:
        return same
    return _date(end.year + 1, month, number)


def _a_year_on(end: date) -> date:
    return _date(end.year + 1, end.month, end.day) or date(end.year + 1, end.month, 28)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
