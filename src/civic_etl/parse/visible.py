"""Dates as Vietnamese pages print them: day first, whatever stands around them."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from civic_etl.data_files import read_yaml_file
from civic_etl.parse.resources import DATA
from civic_etl.parse.stamps import VIETNAM, read_stamp
from civic_etl.parse.tidy import characters
from civic_etl.vietnamese.fold import fold

_LONGEST = 2_000
_TIME = (
    r"(?:(?P<{p}H>\d{{1,2}})\s?(?::|h|giờ|g)\s?(?P<{p}M>\d{{2}})(?!\d)(?:\s?(?:phút|p|')(?![^\W\d_]))?(?::(?P<{p}S>\d\d))?"
    r"(?:\s?(?P<{p}half>am|pm|sa|ch)\b)?)"
)
_NUMERIC = (
    r"(?<!\d)(?<!\d[/.\-])(?P<d>\d{1,2})\s?(?P<sep>[/.\-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>(?:19|20)\d\d)"
    r"(?!\d)(?!(?P=sep)\d)"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A date that a text shows. `timed` says whether it has a time of day, `label` the folded words before it."""

    moment: datetime
    timed: bool
    label: str


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, int], dict[str, int]]:
    words: dict[str, Any] = read_yaml_file(DATA / "date_words.yaml")
    months = {fold(name): number for name, number in words["months"].items()}
    weekdays = {fold(name): number for name, number in words["weekdays"].items()}
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    long = (
        rf"(?<!\d)(?P<d2>\d{{1,2}})(?:\s?,)?\s(?:tháng|thg)\s?(?P<m2>{month}|\d{{1,2}})"
        rf"(?:\s?[,/]\s?|,?\snăm\s|\s)(?P<y2>(?:19|20)\d\d)(?!\d)"
        rf"|(?:tháng|thg)\s?(?P<m3>{month}|\d{{1,2}})\s(?P<d3>\d{{1,2}})\s?,\s?(?P<y3>(?:19|20)\d\d)(?!\d)"
    )
    date = re.compile(rf"{_NUMERIC}|{long}")
    weekday = "|".join(sorted(map(re.escape, weekdays), key=len, reverse=True))
    between = rf"(?:[\s,|;\-–(\[)\]]|gmt\s?\+\s?7|(?:ngày|{weekday})\b)*"
    before = re.compile(_TIME.format(p="a") + between + r"$")
    named = rf"(?:[\s,|;.\-–(]|(?:lúc|vào lúc|hồi|{weekday})\b)*"
    after = re.compile(rf"\s?{named}(?:lúc\s?)?" + _TIME.format(p="b"))
    return date, before, after, months, weekdays


def find_dates(text: str) -> list[Seen]:
    """Every date of a short text in order. Dates that the calendar lacks, or that their weekday denies, are left out.

    A text over 2,000 characters is no date line: only its beginning is read.
    """
    folded = fold(characters(text[:_LONGEST]))
    date, *_ = _patterns()
    found = []
    last = 0
    for match in date.finditer(folded):
        seen = _seen(folded, match, last)
        if seen is not None:
            found.append(seen)
        last = match.end()
    return found


def read_visible(text: str) -> datetime | None:
    """The first date of a text, midnight where no time of day is with it; ISO is understood too. None without one."""
    seen = find_dates(text)
    return seen[0].moment if seen else read_stamp(text)


def _seen(folded: str, match: re.Match[str], start: int) -> Seen | None:
    _, before, after, months, weekdays = _patterns()
    groups = match.groupdict()
    found = next(n for n in ("", "2", "3") if groups[f"d{n}"])
    month = groups[f"m{found}"]
    number = int(month) if month.isdigit() else months[month]
    head = folded[max(start, match.start() - 80) : match.start()]
    clock = before.search(head)
    time = _time(clock, "a") if clock else None
    if time is None:
        follows = after.match(folded, match.end())
        time = _time(follows, "b") if follows else None
    hour, minute, second = time or (0, 0, 0)
    try:
        moment = datetime(
            int(groups[f"y{found}"]), number, int(groups[f"d{found}"]), hour, minute, second, tzinfo=VIETNAM
        )
    except ValueError:
        return None
    said = _weekday(head[-45:], folded[match.end() : match.end() + 14], weekdays)
    if said is not None and said != moment.weekday():
        return None
    label = head[: clock.start()] if clock else head
    return Seen(moment, time is not None, label.strip(" \t\n:-–|,("))


def _time(match: re.Match[str], side: str) -> tuple[int, int, int] | None:
    hour, minute, second = (int(match[side + name] or 0) for name in "HMS")
    half = match[side + "half"]
    if half:
        hour = hour % 12 + (12 if half in ("pm", "ch") else 0) if hour <= 12 else hour
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _weekday(head: str, tail: str, weekdays: dict[str, int]) -> int | None:
    """The weekday that stands right before the date (a time may be between) or right after it."""
    names = "|".join(sorted(map(re.escape, weekdays), key=len, reverse=True))
    between = r"(?:[\s,|.\-–(:\d]|ngày|h|giờ|phút)*"
    before = re.search(rf"(?<![^\W\d_])({names})(?![^\W_]){between}$", head)
    after = re.match(rf"[\s,|(\-–]*({names})(?![^\W_])", tail)
    found = before or after
    return weekdays[found[1]] if found else None
