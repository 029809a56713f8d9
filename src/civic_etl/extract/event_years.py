"""The year of an event in a text that bears no date, by what the meeting reviews, plans or is called."""

import re
from dataclasses import replace
from functools import lru_cache

from civic_etl.extract.calendar_period import date_of
from civic_etl.extract.event_days import Day
from civic_etl.extract.lexicon import read_data

_YEAR = re.compile(r"(?<!\w)năm (20\d\d)(?!\s*[-–])")
# a term is reviewed in its third year
_MIDTERM = re.compile(r"giữa nhiệm kỳ[^;\n]{0,160}?nhiệm kỳ (20\d\d)\s*[-–]")
_TERM = re.compile(r"đại hội[^.;\n]{0,120}?(?:nhiệm kỳ|khóa [ivxlc\d]+,?)\s*(20\d\d)\s*[-–]")
# a review of the year is held from autumn on, or in the first months of the next; of a half year about its end
_AUTUMN, _SPRING, _EARLY_SUMMER = 9, 4, 6
_AHEAD = r"(?:triển khai|phương hướng|nhiệm vụ|đề ra|kế hoạch|giải pháp)"
_SUMMED_UP = re.compile(rf"(?<!\w)tổng kết(?:(?!{_AHEAD})[^.;\n])*? năm (20\d\d)(?!\s*[-–])")
_HALF = re.compile(r"(?:0?6|sáu) tháng (?:đầu|cuối) năm (20\d\d)")
_PLANNED = re.compile(rf"{_AHEAD}[^.;,\n]{{0,80}} năm (20\d\d)(?!\s*[-–])")


def in_its_year(day: Day, sentence: str) -> Day:
    """A day without a year, in the year that the folded words of its sentence give away; else as it was."""
    year = None if day.year_given else _year(sentence, day.last.month)
    if year is None or year == day.last.year:
        return day
    last = date_of(year, day.last.month, day.last.day)
    if last is None:
        return day
    shift = year - day.last.year
    each = tuple(on for d in day.each if (on := date_of(d.year + shift, d.month, d.day)) is not None)
    return replace(day, last=last, each=each, year_given=True)


def _year(sentence: str, month: int) -> int | None:
    midterm = _MIDTERM.search(sentence)
    if midterm is not None:
        return int(midterm[1]) + 3
    term = _TERM.search(sentence)
    if term is not None:
        return int(term[1])
    called = _called().search(sentence)
    if called is not None:
        return int(called[1])
    summed_up = _SUMMED_UP.search(sentence)
    if summed_up is not None:
        reviewed = int(summed_up[1])
        return reviewed if month >= _AUTUMN else reviewed + 1 if month <= _EARLY_SUMMER else None
    half = _HALF.search(sentence)
    if half is not None and _EARLY_SUMMER <= month <= _AUTUMN:
        return int(half[1])
    years = sorted({int(match[1]) for match in _YEAR.finditer(sentence)})
    planned = _PLANNED.search(sentence)
    if (len(years) > 1 and years[-1] == years[-2] + 1) or (len(years) == 1 and planned is not None):
        ahead = years[-1]
        return ahead - 1 if month >= _AUTUMN else ahead if month <= _SPRING else None
    return None


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """An occasion that bears its year in its name ("Ngày hội Đại đoàn kết toàn dân tộc năm 2024")."""
    return re.compile(
        rf"(?<!\w)(?:{read_data('events.yaml')['bears_its_year']})[^.;,\n]{{0,60}}? năm (20\d\d)(?!\s*[-–])"
    )
