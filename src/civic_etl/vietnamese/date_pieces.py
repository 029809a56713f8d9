"""The pieces that written dates are made of, as patterns over folded text: numbers, years, weekdays, clock times."""

import re
from collections.abc import Iterable

from civic_etl.vietnamese.lexicon import read_data
from civic_etl.vietnamese.number_format import spell

DATA = read_data("dates.yaml")
_MAX_WORD_NUMBER = 31


def either(words: Iterable[str]) -> str:
    """An alternation of literal words, the longest first."""
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
N = rf"(?:[0-9]{{1,2}}|{either(WORD_NUMBERS)})"
Y = r"(?:19|20)[0-9]{2}"
# after "năm" of a day or a month no other number can stand
OLD_Y = r"(?:1[0-9]|20)[0-9]{2}"
SHIFT = either(DATA["shifts"])
PART = either(DATA["day_parts"])
DASH = r"\s?[-–—]\s?"
EDGE = r"(?![^\W_])(?![/.,-][0-9])"
YEAR_AFTER = rf"(?:,?\s?(?:của )?năm (?:(?P<y>{OLD_Y})|(?P<ys>{SHIFT}))|\s?[/.\-–]\s?(?P<y2>{Y})|,? (?P<y3>{Y}))"
_WEEKDAY_WORDS = either(DATA["weekdays"])
WEEKDAY = rf"(?:thứ\s?(?P<wd>[2-7]|{_WEEKDAY_WORDS})|t(?P<wd2>[2-7])|(?P<sun>{either(DATA['sunday'])}))"
_HOUR = rf"(?:[0-9]{{1,2}}|{either(WORD_NUMBERS)})"
CLOCK = (
    r"(?:(?:vào|lúc|hồi|khoảng|đúng|từ)\s?)*"
    rf"{_HOUR}\s?(?:giờ|g|h|:)\s?(?:[0-9]{{1,2}}|rưỡi|kém [0-9]{{1,2}})?"
    r"(?:\s?(?:phút|p|'))?(?::[0-9]{2})?"
)
DAY_WORDS = r"(?:(?:ngày|mùng|mồng)\s{1,2})"


def weekday_number(match: re.Match[str]) -> int | None:
    """The weekday a match of `WEEKDAY` names, Monday being 0."""
    if match["sun"]:
        return 6
    word = match["wd"] or match["wd2"]
    return int(word) - 2 if word.isdigit() else int(DATA["weekdays"][word])
