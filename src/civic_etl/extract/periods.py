"""Time expressions as SDMX periods, and the scope each opens."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Role = Literal["scope", "as_of", "base", "deadline", "mention", "now", "bracket", "relative"]

_WORD_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUM = r"(?:\d{1,2}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười một|mười)"
_YEAR = r"(?:19|20)\d\d"
_DATE = rf"\d{{1,2}}\s*[/.\-]\s*\d{{1,2}}(?:\s*[/.\-]\s*{_YEAR})?"
_LONG_DATE = rf"\d{{1,2}} tháng \d{{1,2}}(?: năm {_YEAR})?"

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("months_to_date", rf"(?:lũy kế |luỹ kế |bình quân |trong |qua )*(?P<n>{_NUM}) tháng (?P<part>đầu|cuối)(?: của)?(?: năm)?(?: (?P<y>{_YEAR}))?"),
    ("half", rf"nửa (?P<part>đầu|cuối) năm(?: (?P<y>{_YEAR}))?"),
    ("months", rf"(?P<n>{_NUM}) tháng(?: năm (?P<y>{_YEAR})|/(?P<y2>{_YEAR}))?(?= |,|;|\.|$|:|\))"),
    ("quarter", rf"quý (?P<q>iv|iii|ii|i|[1-4])\b(?:\s*(?:/|-|năm| )\s*(?P<y>{_YEAR}))?"),
    ("office_term", rf"(?:nhiệm kỳ|nk)\s*\(?(?P<y>{_YEAR})\s*[-–]\s*(?P<y2>{_YEAR})\)?"),
    ("term", rf"(?:giai đoạn|thời kỳ|trong \d+ năm|(?:sau |qua |trong )?\d+ năm(?: qua)?)\s*\(?(?P<y>{_YEAR})\s*[-–]\s*(?P<y2>{_YEAR})\)?"),
    ("school_year", rf"(?:năm học|niên học)\s*(?P<y>{_YEAR})\s*[-–]\s*(?P<y2>{_YEAR})"),
    ("span", rf"từ (?:ngày )?(?P<d>{_DATE}) đến (?:hết )?(?:ngày )?(?P<d2>{_DATE})"),
    ("as_of", rf"(?:(?:tính |kể |thống kê )?(?:từ đầu năm )?(?:cho )?đến|tới|tính tới|chốt)(?: hết)?(?: (?:chiều|sáng|tối|cuối|thời điểm))*(?: (?:lúc )?\d{{1,2}} ?(?:giờ|h)(?: ?\d{{1,2}})?)?(?:,? ngày)? (?P<d>{_LONG_DATE}|{_DATE})"),
    ("as_of_month", rf"(?:tính )?đến (?:hết|cuối) tháng (?P<m>\d{{1,2}})(?:\s*(?:/|-|năm| )\s*(?P<y>{_YEAR}))?"),
    ("month", rf"tháng (?P<m>\d{{1,2}})(?:\s*[/.\-]\s*|\s+năm\s+)(?P<y>{_YEAR})"),
    ("deadline", rf"(?:đến|tới)(?: hết| cuối)?(?: năm)? (?P<y>{_YEAR})"),
    ("year_end", rf"(?:cuối|hết) năm (?P<y>{_YEAR})"),
    ("year_start", rf"đầu năm (?P<y>{_YEAR})"),
    ("season", rf"(?:vụ )?(?:đông[ -–]+xuân|hè[ -–]+thu|mùa|thu[ -–]+đông|đông|xuân)(?: năm)? (?P<y>{_YEAR})(?:\s*[-–]\s*(?P<y2>{_YEAR}))?"),
    ("date", rf"(?:ngày |sáng |chiều |tối )+(?P<d>{_LONG_DATE}|{_DATE})"),
    ("year", rf"(?:(?:trong|cả|của|từ|hết|riêng|bước sang|sang|ngay từ) )*năm (?P<y>{_YEAR})"),
    ("bracket", rf"\((?:năm )?(?P<y>{_YEAR})\)"),
    ("bare_range", rf"\((?P<y>{_YEAR})\s*[-–]\s*(?P<y2>{_YEAR})\)"),
    ("bare_month", r"(?:trong )?tháng (?P<m>\d{1,2})\b(?!\s*[/.\-]\s*\d)"),
    ("half_rest", r"6 tháng còn lại"),
    ("year_close", r"(?:đến )?(?:cuối|hết) năm(?! (?:19|20)\d\d| trước| ngoái| học| nay)"),
    ("year_open", r"(?<!tháng )(?<!từ )đầu năm(?= (?:là|còn|có|\d))"),
    ("five_years", r"(?:trong |sau |qua )?(?:5|năm) năm(?: qua)?(?! (?:19|20)\d\d|\s*\()(?= |,|;)"),
    ("this_month", r"trong tháng(?! \d)"),
    ("this_quarter", r"trong quý(?! (?:iv|iii|ii|i|[1-4])\b)"),
    ("to_date", r"(?:từ|kể từ) đầu năm(?: đến nay| tới nay)"),
    ("term_now", r"(?:trong |cả |đầu |suốt )?nhiệm kỳ (?:qua|vừa qua|trước)"),
    ("term_start", r"đầu nhiệm kỳ"),
    ("term_end", r"(?:đến )?cuối nhiệm kỳ"),
    ("season_now", r"(?:vụ|niên vụ) (?:này|năm nay)"),
    ("this_year", r"(?:cả năm|năm nay|trong năm qua|năm qua|trong năm|năm vừa qua)"),
    ("prior_year", r"(?:cùng kỳ )?(?:năm trước|năm ngoái)"),
    ("next_year", r"(?:năm tới|năm sau)"),
    ("now", r"(?:hiện nay|hiện tại|đến nay|hiện có|cho đến nay|tính đến nay|đến thời điểm này|đến thời điểm hiện tại|hiện|lũy kế đến nay|tới nay)\b"),
    ("year_range", rf"(?P<y>{_YEAR})\s*[-–]\s*(?P<y2>{_YEAR})"),
)
_SCANNER = re.compile("|".join(f"(?P<p{i}>(?<![\\w/]){pattern})" for i, (_, pattern) in enumerate(
    (name, re.sub(r"\?P<(\w+)>", lambda m, i=i: f"?P<{m.group(1)}_{i}>", pattern)) for i, (name, pattern) in enumerate(_PATTERNS)
)))
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


def _period(name: str, g: dict[str, str], reference: date | None) -> Period | None:  # noqa: C901 - one case a form
    y = int(g["y"]) if "y" in g else int(g["y2"]) if name == "months" and "y2" in g else None
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
        case "term" | "bare_range" | "year_range":
            return _run(y, y2)
        case "span":
            end = _day(g["d2"], reference)
            return day(end) if end else None
        case "as_of" | "date":
            at = _day(g["d"], reference)
            return day(at) if at else None
        case "as_of_month":
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


def _run(first: int | None, last: int | None) -> Period | None:
    if first is None or last is None or not first < last <= first + 40:
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
