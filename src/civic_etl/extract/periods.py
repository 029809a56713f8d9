"""Time expressions as SDMX periods, and the scope each opens."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from civic_etl.extract.lexicon import read_data

_WORD_NUMBERS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUM = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười)"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"\d{{1,2}}\s*[/.\-]\s*\d{{1,2}}(?:\s*[/.\-]\s*{_YEAR})?"
_LONG_DATE = rf"\d{{1,2}} tháng \d{{1,2}}(?: năm {_YEAR})?"

_SHAPES = {"{YEAR}": _YEAR, "{DATE}": _DATE, "{LONG_DATE}": _LONG_DATE, "{NUM}": _NUM}


def _patterns() -> tuple[tuple[str, str], ...]:
    """The cues of the data file with their shapes written out."""
    found = []
    for name, pattern in read_data("time_cues.yaml"):
        written = pattern
        for mark, shape in _SHAPES.items():
            written = written.replace(mark, shape)
        found.append((name, written))
    return tuple(found)


_PATTERNS = _patterns()
_SCANNER = re.compile(
    "|".join(
        f"(?P<p{i}>(?<![\\w/]){pattern})"
        for i, (_, pattern) in enumerate(
            (name, re.sub(r"\?P<(\w+)>", lambda m, i=i: f"?P<{m.group(1)}_{i}>", pattern))
            for i, (name, pattern) in enumerate(_PATTERNS)
        )
    )
)
_ANCHOR = re.compile(r"\d|nhiệm kỳ|năm|quý|tháng|hiện|nay|đầu|cuối")


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days in SDMX form ("2020", "2020-S1", "2020-01-01/P9M", "2020-10-31")."""

    code: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class PeriodCue:
    """A time expression of the text. `kind` is the form it has; `period` None where it must be resolved by its context."""

    start: int
    end: int
    kind: str
    period: Period | None


def year(number: int) -> Period:
    """A calendar year."""
    return Period(str(number), date(number, 1, 1), date(number, 12, 31))


def month(number: int, of: int) -> Period:
    """A calendar month."""
    return Period(f"{number}-M{of:02d}", date(number, of, 1), _month_end(number, of))


def quarter(number: int, of: int) -> Period:
    """A calendar quarter."""
    return Period(f"{number}-Q{of}", date(number, 3 * of - 2, 1), _month_end(number, 3 * of))


def half(number: int, of: int) -> Period:
    """A calendar half-year."""
    return Period(f"{number}-S{of}", date(number, 6 * of - 5, 1), _month_end(number, 6 * of))


def months_from_january(number: int, count: int) -> Period:
    """The first months of a year."""
    if count == 12:
        return year(number)
    if count == 6:
        return half(number, 1)
    return Period(f"{number}-01-01/P{count}M", date(number, 1, 1), _month_end(number, count))


def years(first: int, last: int) -> Period:
    """A run of calendar years, both ends included."""
    return Period(f"{first}-01-01/P{last - first + 1}Y", date(first, 1, 1), date(last, 12, 31))


def term(first: int, last: int) -> Period:
    """A term of office named by the years it begins and ends in ("nhiệm kỳ 2020-2025" is five years)."""
    return Period(f"{first}-01-01/P{max(last - first, 1)}Y", date(first, 1, 1), date(last - 1, 12, 31))


def school_year(first: int) -> Period:
    """A school year, September to August."""
    return Period(f"{first}-09-01/P1Y", date(first, 9, 1), date(first + 1, 8, 31))


def day(at: date) -> Period:
    """One day, the state at its end."""
    return Period(at.isoformat(), at, at)


def _month_end(number: int, of: int) -> date:
    return (date(number + of // 12, of % 12 + 1, 1)) - timedelta(days=1)


def find_periods(folded: str, reference: date | None) -> list[PeriodCue]:
    """Time expressions of a folded text, left to right. `reference` supplies a missing year (the nearest not after it)."""
    cues: list[PeriodCue] = []
    for match in _SCANNER.finditer(folded):
        index = next(i for i in range(len(_PATTERNS)) if match.group(f"p{i}") is not None)
        name = _PATTERNS[index][0]
        groups = {k.rsplit("_", 1)[0]: v for k, v in match.groupdict().items() if v and k.endswith(f"_{index}")}
        cues.append(PeriodCue(match.start(), match.end(), name, _period(name, groups, reference)))
    return cues


def _period(name: str, g: dict[str, str], reference: date | None) -> Period | None:
    y = int(g["y"]) if "y" in g else int(g["y2"]) if name == "months" and "y2" in g else None
    if "yy" in g:
        y = 2000 + int(g["yy"])
    y2 = int(g["y2"]) if "y2" in g else None
    match name:
        case "months_to_date" | "months":
            count = _number(g["n"])
            if y is None or not 1 <= count <= 12:
                return None
            return half(y, 2) if g.get("part") == "cuối" else months_from_january(y, count)
        case "half":
            return None if y is None else half(y, 1 if g["part"] == "đầu" else 2)
        case "quarter":
            return None if y is None else quarter(y, _ROMAN[g["q"]])
        case "school_year":
            return school_year(y) if y else None
        case "office_term":
            return term(y, y2) if y and y2 and y < y2 <= y + 10 else None
        case "term" if "part" in g and y and y2 and y < y2 <= y + _LONGEST:
            return years(y, y2)
        case "term" | "bare_range" | "year_range":
            return _run(y, y2)
        case "span" | "days":
            return _days(g["d"], g["d2"], reference)
        case "as_of" | "date":
            at = _day(g["d"], reference)
            return day(at) if at else None
        case "as_of_month" | "to_month":
            m = int(g["m"])
            at_year = y or (reference.year if reference else None)
            return day(_month_end(at_year, m)) if at_year and 1 <= m <= 12 else None
        case "month":
            m = int(g["m"])
            return month(y, m) if y and 1 <= m <= 12 else None
        case "year_start":
            return day(date(y, 1, 1)) if y else None
        case "season":
            return year(y2 or y) if y else None
        case "deadline" | "year_end" | "year" | "bracket":
            return year(y) if y else None
        case _:
            return None


def _days(first: str, last: str, reference: date | None) -> Period | None:
    """A run of days: in calendar months where it fills them from the first, else its last day."""
    end = _day(last, reference)
    if end is None:
        return None
    parts = [int(part) for part in re.findall(r"\d+", first)]
    if (
        len(parts) >= 2
        and (len(parts) == 2 or parts[2] == end.year)
        and parts[0] == 1
        and end == _month_end(end.year, end.month)
    ):
        if parts[1] == 1 and end.month < 12:
            return months_from_january(end.year, end.month)
        whole = {(1, 12): year(end.year), (7, 12): half(end.year, 2)}
        return whole.get((parts[1], end.month), day(end))
    return day(end)


_LONGEST = 40


def _run(first: int | None, last: int | None) -> Period | None:
    if first is None or last is None or not first < last <= first + _LONGEST:
        return None
    # terms are named by the years they touch: "2015-2020" is five years
    return term(first, last) if last - first == 5 else years(first, last)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _WORD_NUMBERS.get(text, 0)


def _day(text: str, reference: date | None) -> date | None:
    """A date, its missing year taken from the reference: the nearest one not long after it."""
    parts = [int(part) for part in re.findall(r"\d+", text)]
    try:
        if len(parts) == 3:
            return date(parts[2], parts[1], parts[0])
        if reference is None:
            return None
        found = date(reference.year, parts[1], parts[0])
        if found > reference + timedelta(days=60):
            found = date(reference.year - 1, parts[1], parts[0])
        return found
    except (ValueError, IndexError):
        return None


def quarter_number(cue: str) -> int:
    """The number of a quarter cue ("quý iii")."""
    match = re.search(r"quý (iv|iii|ii|i|[1-4])", cue)
    return _ROMAN[match.group(1)] if match else 1


def number_of_months(cue: str) -> tuple[int, str] | None:
    """(count, "đầu" | "cuối" | "") of a cue that counts months without naming its year."""
    match = re.search(rf"({_NUM}) tháng(?: (đầu|cuối))?", cue)
    return (_number(match.group(1)), match.group(2) or "") if match else None
