"""The forms in which dates and periods are written, as patterns over folded text."""

import re

from civic_etl.vietnamese.date_pieces import (
    DASH,
    DATA,
    DAY_WORDS,
    EDGE,
    OLD_Y,
    PART,
    SHIFT,
    WEEKDAY,
    WORD_NUMBERS,
    YEAR_AFTER,
    N,
    Y,
    either,
)

# "9 tháng năm 2020" are nine months; a month of May before a year is written "tháng 5"
_LONG_DAY = rf"(?P<d>{N}) (?:tháng|thg) (?!năm {Y})(?P<m>{N})(?:{YEAR_AFTER})?"
_DMY = r"(?P<d>[0-9]{1,2})\s?(?P<s>[/.\-–])\s?(?P<m>[0-9]{1,2})\s?(?P=s)\s?(?P<y>[0-9]{4}|[0-9]{2})"
_DM = rf"(?P<d>[0-9]{{1,2}})\s?[/.\-–]\s?(?P<m>[0-9]{{1,2}})(?:,?\s?năm (?:(?P<y>{OLD_Y})|(?P<ys>{SHIFT})))?"
_JOINED_DAYS = rf"(?:\s?[,&]\s?|{DASH}| và | đến | đến ngày | tới )"
_IN_YEAR = rf"(?: (?P<y>{Y})|(?: năm)? (?P<ys>{SHIFT})|/(?P<y2>{Y}))?"
_SPANS = either(DATA["last_span"] + DATA["next_span"])
_QUARTER = "(?P<q>iv|iii|ii|i|[1-4]|nhất|một|hai|ba|tư|bốn)"
_TO = r"(?: đến | đến năm | tới )"

# name -> pattern, tried in this order; the first that matches wins. Names are those of the rules that resolve them.
PATTERNS: dict[str, str] = {
    "iso": (
        rf"(?P<y>{Y})(?P<s>[-/])(?P<m>[0-9]{{2}})(?P=s)(?P<d>[0-9]{{2}})"
        rf"(?:t[0-9:.,]{{4,20}}(?:z|[+-][0-9:]{{2,5}})?)?{EDGE}"
    ),
    "school_year": rf"(?:năm học|niên học|niên khóa)\s?(?P<y>{Y}){DASH}(?P<y2>{Y}){EDGE}",
    "term": rf"nhiệm kỳ\s?(?P<open>\()?(?P<y>{Y}){DASH}(?P<y2>{Y})(?(open)\)){EDGE}",
    "day_list": (
        rf"{DAY_WORDS}{{0,3}}(?:từ )?(?P<days>[0-9]{{1,2}}(?:{_JOINED_DAYS}[0-9]{{1,2}}){{1,4}})"
        rf"(?:\s?[/.]\s?(?P<m>[0-9]{{1,2}})| tháng (?P<m2>{N}))(?:{YEAR_AFTER})?{EDGE}"
    ),
    "dmy": rf"{DAY_WORDS}{{0,3}}{_DMY}{EDGE}",
    "long_day": rf"{DAY_WORDS}{{0,3}}{_LONG_DAY}{EDGE}",
    "first_of": (
        rf"(?P<u>ngày|tuần) (?:(?P<first>đầu tiên|đầu)|(?P<last>cuối cùng|cuối)|thứ (?P<n>{N}))"
        rf" (?:của |trong )?tháng (?P<m>{N})(?:{YEAR_AFTER})?{EDGE}"
    ),
    "days_of_month": (
        rf"(?P<n>{N}) ngày (?P<part>đầu|cuối)(?: của)? tháng (?:(?P<m>{N})(?:{YEAR_AFTER})?|(?P<shift>{SHIFT})){EDGE}"
    ),
    "months_of_year": (
        rf"(?P<n>{N}) tháng(?: (?P<part>đầu|cuối)(?: của)?(?: năm)?{_IN_YEAR}"
        rf"| (?:của )?năm (?:(?P<y3>{Y})|(?P<ys2>{SHIFT}))|\s?/(?P<y4>{Y})){EDGE}"
    ),
    "quarters_of_year": rf"(?:(?P<n>[1-3]|một|hai|ba) )?quý (?P<part>đầu|cuối)(?: của)?(?: năm)?{_IN_YEAR}{EDGE}",
    "half": rf"nửa (?P<part>đầu|cuối)(?: của)? năm(?: (?P<y>{Y})| (?P<ys>{SHIFT}))?{EDGE}",
    "months": rf"tháng (?P<m>[0-9]{{1,2}}){DASH}(?:tháng )?(?P<m2>[0-9]{{1,2}})\s?/\s?(?P<y>{Y}){EDGE}",
    "month_short": rf"t\.?\s?(?P<m>[0-9]{{1,2}})\s?/\s?(?P<y>{Y}){EDGE}",
    "month": rf"(?:tháng|thg)\s(?P<m>{N})(?:{YEAR_AFTER}| (?P<ms>tới|sau|vừa rồi|vừa qua|qua))?{EDGE}",
    "quarter": rf"(?:quý |q){_QUARTER}(?:{YEAR_AFTER})?{EDGE}",
    "part_of_quarter": rf"(?P<part>đầu|giữa|cuối)(?: của)? quý {_QUARTER}(?:{YEAR_AFTER})?{EDGE}",
    "weekday_of": rf"{WEEKDAY}(?: của)?(?: (?P<w>tuần) (?P<ws>{SHIFT})| (?P<rel>{SHIFT})){EDGE}",
    "weekend": rf"cuối tuần(?: (?P<shift>{SHIFT}))?{EDGE}",
    "part_of_year": rf"(?P<part>đầu|giữa|cuối)(?: của)? năm (?P<y>{Y}){EDGE}",
    "part_of": (
        rf"(?P<part>đầu|giữa|cuối)(?: của)? (?P<u>năm|tháng|quý|tuần)"
        rf"(?: (?P<shift>{SHIFT})| (?P<m>{N})(?:{YEAR_AFTER})?)?{EDGE}"
    ),
    "count_back": rf"cách (?:đây|nay) (?P<n>[0-9]{{1,3}}|{N}) (?P<u>ngày|hôm|tuần|tháng|quý|năm){EDGE}",
    "count_point": (
        rf"(?P<n>[0-9]{{1,3}}|{N}) (?P<u>ngày|hôm|tuần|tháng|quý|năm) (?P<dir>trước đây|về trước|trước|nữa|sau){EDGE}"
    ),
    "count_span": rf"(?P<n>[0-9]{{1,3}}|{N}) (?P<u>ngày|tuần|tháng|quý|năm) (?P<dir>{_SPANS}|nay){EDGE}",
    "year_range": (
        rf"(?:(?:giai đoạn|thời kỳ|các năm|những năm|[0-9]{{1,2}} năm|năm|từ|từ năm)\s?)?"
        rf"(?P<open>\()?(?P<y>{Y})(?:{DASH}|{_TO})(?P<y2>{Y})(?(open)\)){EDGE}"
    ),
    "year": rf"năm (?P<y>{Y}){EDGE}",
    "named_day": rf"(?:(?:{PART}|buổi) )?(?P<name>{either(DATA['days'])}){EDGE}",
    "unit_shift": rf"(?P<u>tuần|tháng|quý|năm) (?P<shift>{SHIFT}){EDGE}",
    "fixed": rf"(?:ngày )?(?P<name>{either(DATA['fixed_days'])}){EDGE}",
}
# forms that are dates only where the whole text is one, or where a cue stands before them in running text
CUED_PATTERNS: dict[str, str] = {
    "dm": rf"{DAY_WORDS}{{0,3}}{_DM}{EDGE}",
    "spaced": rf"{DAY_WORDS}{{0,3}}(?P<d>[0-9]{{1,2}}) (?P<m>[0-9]{{1,2}}) (?P<y>{Y}){EDGE}",
    "month_first": rf"(?:tháng |thg |th)(?P<m>{N}) (?P<d>[0-9]{{1,2}}),? (?P<y>{Y}){EDGE}",
    "month_inside": rf"(?P<d>[0-9]{{1,2}})[ /]th(?P<m>[0-9]{{1,2}})[,/]? ?(?P<y>{Y}){EDGE}",
    "weekday": rf"{WEEKDAY}{EDGE}",
    "day_of_month": rf"{DAY_WORDS}{{1,3}}(?P<d>{N})(?: tháng (?P<shift>{SHIFT}))?{EDGE}",
    "month_year": rf"(?P<m>[0-9]{{1,2}})\s?[/\-]\s?(?P<y>{Y}){EDGE}",
    "bare_year": rf"(?:(?:cả |trong )?năm )?(?P<y>{Y}){EDGE}",
    "old_year": rf"năm (?P<y>[1-9][0-9]{{2,3}}){EDGE}",
    "whole_year": rf"(?:cả|trong) (?P<u>năm)(?: (?P<shift>{SHIFT}))?{EDGE}",
    "short_day": rf"(?P<name>{either(DATA['short_days'])}){EDGE}",
    "next_unit": rf"sang (?P<u>tuần|tháng|quý|năm){EDGE}",
    "commemoration": rf"(?:ngày |lễ |ngày lễ )?(?P<name>{either(DATA['commemorations'])}){EDGE}",
}

COMPILED = {name: re.compile(pattern) for name, pattern in (PATTERNS | CUED_PATTERNS).items()}


def _without_names(pattern: str, name: str) -> str:
    """The pattern with its groups renamed, so that many fit into one alternation."""
    renamed = re.sub(r"\(\?P<(\w+)>", rf"(?P<{name}__\1>", pattern)
    renamed = re.sub(r"\(\?\((\w+)\)", rf"(?({name}__\1)", renamed)
    return re.sub(r"\(\?P=(\w+)\)", rf"(?P={name}__\1)", renamed)


_CUE = either(DATA["cues"])
CUE_BEFORE = re.compile(rf"(?<![^\W_])(?:{_CUE}) ?$")
_FIRST_KEYS = ("first_words", "days", "fixed_days", "day_parts", "cues", "sunday")
_FIRST_WORDS = [*WORD_NUMBERS, *(word for key in _FIRST_KEYS for word in DATA[key])]


def _first_letters() -> str:
    """A pattern for how a date begins: two letters rule most words out before any form is tried."""
    seconds: dict[str, set[str]] = {"t": set("0123456789. "), "q": set("ivq1234")}
    for word in _FIRST_WORDS:
        seconds.setdefault(word[0], set()).add(word[1])
    return "|".join(f"{first}[{re.escape(''.join(sorted(rest)))}]" for first, rest in sorted(seconds.items()))


_BEFORE = r"(?<![^\W_])(?<![0-9][/.,-])(?<![/-])"
# a day, a month, a period or a cued day and month, anywhere in a text; every branch is of bounded length
SCANNER = re.compile(
    f"(?=[0-9]|{_first_letters()})"
    + _BEFORE
    + "(?:"
    + "|".join(f"(?P<{name}>{_without_names(pattern, name)})" for name, pattern in PATTERNS.items())
    + rf"|(?:(?:{_CUE}) ){{1,3}}(?P<dm>{_without_names(CUED_PATTERNS['dm'], 'dm')})"
    + r"|(?<=\()(?P<dm2>[0-9]{1,2}[/.-][0-9]{1,2})(?=\))"
    + ")"
)
