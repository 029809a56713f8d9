"""The forms in which dates and periods are written, as patterns over folded text."""

import re

from civic_etl.vietnamese.lexicon import read_data
from civic_etl.vietnamese.number_format import spell

DATA = read_data("dates.yaml")
_MAX_WORD_NUMBER = 31


def _alternatives(words: list[str] | dict[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _word_numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for number in range(1, _MAX_WORD_NUMBER + 1):
        spelled = spell(number)
        variants = {spelled, spelled.replace("mươi bốn", "mươi tư"), spelled.replace("bảy", "bẩy")}
        if number > 20:
            variants |= {f"hăm {spelled.split()[-1]}"} if number < 30 else set()
            variants |= {variant.replace("mươi ", "") for variant in variants if number % 10 in {1, 5}}
        numbers |= dict.fromkeys(variants, number)
    return numbers | {"tư": 4, "nhất": 1}


WORD_NUMBERS = _word_numbers()
_N = rf"(?:[0-9]{{1,2}}|{_alternatives(list(WORD_NUMBERS))})"
_Y = r"(?:19|20)[0-9]{2}"
_SHIFT = _alternatives(DATA["shifts"])
_PART = _alternatives(DATA["day_parts"])
_DASH = r"\s?[-–—]\s?"
_EDGE = r"(?![^\W_])(?![/.,-][0-9])"
_YEAR_AFTER = rf"(?:,?\s?(?:của )?năm (?:(?P<y>{_Y})|(?P<ys>{_SHIFT}))|\s?[/.\-–]\s?(?P<y2>{_Y})|,? (?P<y3>{_Y}))"
_WEEKDAY = rf"(?:thứ\s?(?P<wd>[2-7]|{_alternatives(DATA['weekdays'])})|t(?P<wd2>[2-7])|(?P<sun>{_alternatives(DATA['sunday'])}))"
_CLOCK = (
    r"(?:(?:vào|lúc|hồi|khoảng|đúng)\s?)*"
    rf"(?:[0-9]{{1,2}}|{_alternatives(list(WORD_NUMBERS))})\s?(?:giờ|g|h|:)\s?(?:[0-9]{{1,2}}|rưỡi|kém [0-9]{{1,2}})?"
    r"(?:\s?(?:phút|p|'))?(?::[0-9]{2})?"
)
_DAY_WORDS = r"(?:(?:ngày|mùng|mồng)\s{1,2})"
_LONG_DAY = rf"(?P<d>{_N}) tháng (?P<m>{_N})(?:{_YEAR_AFTER})?"
_DMY = r"(?P<d>[0-9]{1,2})\s?(?P<s>[/.\-–])\s?(?P<m>[0-9]{1,2})\s?(?P=s)\s?(?P<y>[0-9]{4}|[0-9]{2})"
_DM = rf"(?P<d>[0-9]{{1,2}})\s?[/.\-–]\s?(?P<m>[0-9]{{1,2}})(?:,?\s?năm (?:(?P<y>{_Y})|(?P<ys>{_SHIFT})))?"

# name -> pattern, tried in this order; the first that matches wins. Names are those of the rules that resolve them.
PATTERNS: dict[str, str] = {
    "iso": rf"(?P<y>{_Y})-(?P<m>[0-9]{{2}})-(?P<d>[0-9]{{2}}){_EDGE}",
    "school_year": rf"(?:năm học|niên học|niên khóa)\s?(?P<y>{_Y}){_DASH}(?P<y2>{_Y}){_EDGE}",
    "term": rf"nhiệm kỳ\s?\(?(?P<y>{_Y}){_DASH}(?P<y2>{_Y})\)?{_EDGE}",
    "day_list": (
        rf"{_DAY_WORDS}{{0,3}}(?:từ )?(?P<days>[0-9]{{1,2}}(?:(?:\s?[,&]\s?|{_DASH}| và | đến | đến ngày | tới )[0-9]{{1,2}}){{1,4}})"
        rf"(?:\s?[/.]\s?(?P<m>[0-9]{{1,2}})| tháng (?P<m2>{_N}))(?:{_YEAR_AFTER})?{_EDGE}"
    ),
    "dmy": rf"{_DAY_WORDS}{{0,3}}{_DMY}{_EDGE}",
    "long_day": rf"{_DAY_WORDS}{{0,3}}{_LONG_DAY}{_EDGE}",
    "first_of": (
        rf"(?P<u>ngày|tuần) (?:đầu tiên|(?P<last>cuối cùng)) (?:của |trong )?tháng (?P<m>{_N})(?:{_YEAR_AFTER})?{_EDGE}"
    ),
    "months_of_year": (
        rf"(?P<n>{_N}) tháng (?:(?P<part>đầu|cuối)(?: của)?(?: năm)?(?: (?P<y>{_Y})|(?: năm)? (?P<ys>{_SHIFT})|/(?P<y2>{_Y}))?"
        rf"|(?:của )?năm (?P<y3>{_Y})|/(?P<y4>{_Y})){_EDGE}"
    ),
    "half": rf"nửa (?P<part>đầu|cuối)(?: của)? năm(?: (?P<y>{_Y})| (?P<ys>{_SHIFT}))?{_EDGE}",
    "month": rf"(?:tháng|thg)\s(?P<m>{_N})(?:{_YEAR_AFTER}| (?P<ms>tới|sau|vừa rồi|vừa qua|qua))?{_EDGE}",
    "quarter": rf"(?:quý |q)(?P<q>iv|iii|ii|i|[1-4]|nhất|một|hai|ba|tư|bốn)(?:{_YEAR_AFTER})?{_EDGE}",
    "weekday_of": rf"{_WEEKDAY}(?: của)?(?: (?P<w>tuần) (?P<ws>{_SHIFT})| (?P<rel>{_SHIFT})){_EDGE}",
    "part_of": (
        rf"(?P<part>đầu|giữa|cuối)(?: của)? (?P<u>năm|tháng|quý|tuần)"
        rf"(?: (?P<shift>{_SHIFT})| (?P<m>{_N})(?:{_YEAR_AFTER})?)?{_EDGE}"
    ),
    "part_of_year": rf"(?P<part>đầu|giữa|cuối)(?: của)? năm (?P<y>{_Y}){_EDGE}",
    "count_point": rf"(?P<n>[0-9]{{1,3}}|{_N}) (?P<u>ngày|hôm|tuần|tháng|quý|năm) (?P<dir>trước đây|về trước|trước|nữa|sau){_EDGE}",
    "count_span": (
        rf"(?P<n>[0-9]{{1,3}}|{_N}) (?P<u>ngày|tuần|tháng|quý|năm) "
        rf"(?P<dir>{_alternatives(DATA['last_span'] + DATA['next_span'])}){_EDGE}"
    ),
    "year_range": rf"(?:(?:giai đoạn|thời kỳ|các năm|những năm|năm|từ|từ năm)\s?)?\(?(?P<y>{_Y})(?:{_DASH}| đến | đến năm | tới )(?P<y2>{_Y})\)?{_EDGE}",
    "year": rf"năm (?P<y>{_Y}){_EDGE}",
    "named_day": rf"(?:(?:{_PART}) )?(?P<name>{_alternatives(DATA['days'])}){_EDGE}",
    "unit_shift": rf"(?P<u>tuần|tháng|quý|năm) (?P<shift>{_SHIFT}){_EDGE}",
    "fixed": rf"(?:ngày )?(?P<name>{_alternatives(DATA['fixed_days'])}){_EDGE}",
}
# forms that are dates only where the whole text is one, or where a cue stands before them in running text
CUED_PATTERNS: dict[str, str] = {
    "dm": rf"{_DAY_WORDS}{{0,3}}{_DM}{_EDGE}",
    "weekday": rf"{_WEEKDAY}{_EDGE}",
    "day_of_month": rf"{_DAY_WORDS}{{1,3}}(?P<d>{_N}){_EDGE}",
    "month_year": rf"(?P<m>[0-9]{{1,2}})\s?[/\-]\s?(?P<y>{_Y}){_EDGE}",
    "bare_year": rf"(?P<y>{_Y}){_EDGE}",
    "whole_year": rf"(?:cả|trong) (?P<u>năm)(?: (?P<shift>{_SHIFT}))?{_EDGE}",
}

COMPILED = {name: re.compile(pattern) for name, pattern in (PATTERNS | CUED_PATTERNS).items()}


def _without_names(pattern: str, name: str) -> str:
    """The pattern with its groups renamed, so that many fit into one alternation."""
    renamed = re.sub(r"\(\?P<(\w+)>", rf"(?P<{name}__\1>", pattern)
    return re.sub(r"\(\?P=(\w+)\)", rf"(?P={name}__\1)", renamed)


_CUE = _alternatives(DATA["cues"])
_BEFORE = r"(?<![^\W_])(?<![0-9][/.,-])(?<![/-])"
# a day, a month, a period or a cued day and month, anywhere in a text; every branch is of bounded length
SCANNER = re.compile(
    "(?=[0-9a-zđ])"
    + _BEFORE
    + "(?:"
    + "|".join(f"(?P<{name}>{_without_names(pattern, name)})" for name, pattern in PATTERNS.items())
    + rf"|(?:(?:{_CUE}) ){{1,3}}(?P<dm>{_without_names(CUED_PATTERNS['dm'], 'dm')})"
    + r"|(?<=\()(?P<dm2>[0-9]{1,2}[/.-][0-9]{1,2})(?=\))"
    + ")"
)
_OPENER = _alternatives(DATA["openers"])
_SHELL_BEFORE = re.compile(
    rf"(?:(?:{_OPENER})(?=[\s:0-9])|(?:{_PART})(?= )(?! (?:nay|qua|mai|kia|mốt))|{_CLOCK}(?=\s|$|[,|-])|[\s:,|(\[\-–]+)\s*"
)
_WEEKDAY_BEFORE = re.compile(rf"{_WEEKDAY}\s*(?:[,(]\s*|\s(?=ngày|mùng|mồng|[0-9]))")
_SHELL_AFTER = re.compile(rf"(?:[\s,.;|)\]\-–]+|\(?gmt\s?\+?\s?7|\b(?:am|pm|sa|ch)|\b{_CLOCK})$")


def unwrap(folded: str) -> tuple[str, int | None]:
    """A date without clock times, labels and punctuation around it, and the weekday named before it (Monday 0)."""
    text, weekday = folded.strip(), None
    while text:
        named = _WEEKDAY_BEFORE.match(text)
        if named:
            weekday, text = weekday_number(named), text[named.end() :]
            continue
        opening = _SHELL_BEFORE.match(text)
        closing = _SHELL_AFTER.search(text[-40:]) if opening is None else None
        if opening is not None:
            text = text[opening.end() :]
        elif closing is not None:
            text = text[: len(text) - len(closing.group())]
        else:
            break
    return text, weekday


def weekday_number(match: re.Match[str]) -> int | None:
    """The weekday a match names, Monday being 0."""
    if match["sun"]:
        return 6
    word = match["wd"] or match["wd2"]
    return int(word) - 2 if word.isdigit() else int(DATA["weekdays"][word])
