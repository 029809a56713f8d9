"""What stands around a date without changing it, and numbers spoken inside it."""

import re

from civic_etl.vietnamese.date_pieces import CLOCK, DATA, PART, WEEKDAY, either, weekday_number
from civic_etl.vietnamese.number_tokens import DATA as NUMBERS
from civic_etl.vietnamese.numbers import parse_number

_OPENER = either(DATA["openers"])
_NEAR = r"(?! (?:nay|qua|mai|kia|kìa|mốt|trước|sau|tới)(?![^\W_]))"
_DIGITS_NEXT = r"(?=,? ?\(?(?:ngày )?[0-9]{1,2}\s?[/.\-])"
_NAMED = either([*DATA["days"], *DATA["fixed_days"], *DATA["commemorations"]])
# the head of a letter: "Bắc Kạn, ngày ..."
_PLACE = r"(?:[^\W\d_]{1,12} ){0,5}[^\W\d_]{1,12}, ?(?=ngày )"
_BEFORE = re.compile(
    rf"(?:(?:(?:ngày |lễ )*(?:{_NAMED}){_DIGITS_NEXT}|(?:{_OPENER})(?=[\s:0-9]){_NEAR}|(?:{PART})(?= ){_NEAR}"
    rf"|{CLOCK}(?=\s|$|[,|-])|ngày(?=\s?:)|(?:am|pm|sa|ch)(?=\s)|{_PLACE}|[\s:,|(\[\-–]+)\s*)"
)
_WEEKDAY_BEFORE = re.compile(rf"{WEEKDAY}\s*(?:[,(]\s*|\s(?=ngày|mùng|mồng|[0-9]))")
_WEEKDAY_AFTER = re.compile(rf"\s?[,(]\s?{WEEKDAY}\)?$")
_AFTER = re.compile(
    rf"(?:[\s,.;|)\]\-–]+|\(?gmt\s?\+?\s?7|(?<![^\W_])(?:am|pm|sa|ch)|(?<![^\W_]){CLOCK}(?: (?:{PART}))?"
    rf"|(?<=\s)(?:vào )?(?:buổi (?:sáng|trưa|chiều|tối)))$"
)
_LOOK_BACK = 40
_DIGIT_WORDS: dict[str, int] = NUMBERS["digits"]
_SPOKEN = either({word for key in ("digits", "ten", "tens", "hundred", "zero_joints") for word in NUMBERS[key]})
_YEAR_WORDS = rf"(?:(?:{_SPOKEN}|nghìn|ngàn)(?: |$)){{2,8}}"
_SPOKEN_YEAR = re.compile(rf"(?<![^\W_])năm (?P<y>{_YEAR_WORDS})$")
_SPOKEN_DAY = re.compile(rf"(?:(?:ngày|mùng|mồng) )*(?P<d>(?:(?:{_SPOKEN}) ){{1,3}})(?=tháng )")
_SPOKEN_ALONE = re.compile(rf"(?:(?:ngày|mùng|mồng) )+(?P<d>(?:{_SPOKEN})(?: (?:{_SPOKEN})){{1,2}})$")
_ZERO_CENTURY = re.compile(r"hai không (?P<rest>.+)")
_FIRST_YEAR, _LAST_YEAR = 1000, 2199


def unwrap(folded: str) -> tuple[str, int | None]:
    """A date without clock times, labels and punctuation around it, and the weekday named before it (Monday 0)."""
    text, weekday = folded.strip(), None
    while text:
        named = _WEEKDAY_BEFORE.match(text)
        if named:
            weekday, text = weekday_number(named), text[named.end() :]
            continue
        behind = _WEEKDAY_AFTER.search(text[-_LOOK_BACK:])
        if behind:
            weekday, text = weekday_number(behind), text[: len(text) - len(behind.group())]
            continue
        opening = _BEFORE.match(text)
        closing = _AFTER.search(text[-_LOOK_BACK:]) if opening is None else None
        if opening is not None:
            text = text[opening.end() :]
        elif closing is not None:
            text = text[: len(text) - len(closing.group())]
        else:
            break
    return text, weekday


def with_digits(folded: str) -> str:
    """The text with a spoken year at its end and a spoken day at its beginning in digits."""
    position = 0
    while match := _SPOKEN_YEAR.search(folded, position):
        year = spoken_year(match["y"].strip())
        if year is not None:
            folded = f"{folded[: match.start()]}năm {year}"
            break
        # "tháng năm năm hai nghìn": the first "năm" was the month
        position = match.start() + 1
    day = _SPOKEN_DAY.match(folded) or _SPOKEN_ALONE.search(folded)
    value = parse_number(day["d"]) if day else None
    if day is None or value is None:
        return folded
    start, end = day.span("d")
    return f"{folded[:start]}{value} {folded[end:]}".rstrip()


def spoken_year(words: str) -> int | None:
    """The year that words say: as a number, digit by digit (`một chín tám tư`), or mixed (`hai không mười chín`)."""
    digits = [_DIGIT_WORDS.get(word) for word in words.split()]
    if len(digits) == 4 and None not in digits:
        return _in_range(int("".join(map(str, digits))))
    mixed = _ZERO_CENTURY.fullmatch(words)
    if mixed:
        rest = parse_number(mixed["rest"].removeprefix("linh ").removeprefix("lẻ "))
        return 2000 + int(rest) if rest is not None and 0 < rest < 100 else None
    value = parse_number(words)
    return _in_range(int(value)) if value is not None and value == value.to_integral_value() else None


def _in_range(year: int) -> int | None:
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
