"""Numbers that are written in pieces ("28 000", "5 ngàn 412", "1 triệu 2", "1. 357"), put together."""

import re
from dataclasses import replace
from decimal import Decimal

from civic_etl.extract.lexicon import read_data
from civic_etl.extract.patterns import compiled
from civic_etl.vietnamese.numbers import NumberSpan, parse_number

# powers of ten by their words, in the order in which they are looked for
POWERS: tuple[tuple[str, int], ...] = tuple(read_data("quantities.yaml")["powers"].items())
_SMALL = re.compile(r"\d{1,3}")
_THOUSANDS = re.compile(r"\d{3}(?![\d.,])")
_WHOLE = re.compile(r"\d{1,3}(?:\.\d{3})*")
_DIGITS = re.compile(r"\d{1,2}")
_MEASURED, _VALUE_CUE = (compiled("quantities.yaml", key) for key in ("measured", "value_cue"))
_CUE_REACH = 12
# the day of a date, up to its month
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}/$")
_MILLION = 6
_BULLETS = " -+*•"


def joined(numbers: list[NumberSpan], text: str) -> list[NumberSpan]:
    """The numbers of a text with those that are pieces of one made one."""
    found: list[NumberSpan] = []
    for number in numbers:
        whole = _whole(found[-1], number, text) if found else None
        if whole is None:
            found.append(number)
        else:
            found[-1] = whole
    return found


def _whole(first: NumberSpan, second: NumberSpan, text: str) -> NumberSpan | None:
    if _broken_thousands(first, second, text):
        value = first.value * 1000 * _scale(text[second.start + 3 : second.end]) + second.value
        return replace(second, start=first.start, value=value, ambiguous=False)
    if _broken_decimal(first, second, text):
        tail = text[second.start : second.end]
        return replace(second, start=first.start, value=first.value + second.value / 10 ** len(tail), ambiguous=False)
    if text[first.end : second.start] == " " and not second.in_words:
        return _spaced(first, second, text)
    if text[first.end : second.start] == ", " and first.in_words and second.in_words:
        return _spelt(first, second, text)
    return None


def _scale(words: str) -> Decimal:
    """What the words behind the digits of a number make of one (" tỷ 200 triệu": a billion)."""
    one, two = parse_number(f"1{words}"), parse_number(f"2{words}")
    return Decimal(1) if one is None or two is None else two - one


def _broken_thousands(first: NumberSpan, second: NumberSpan, text: str) -> bool:
    """Whether two numbers are one whose separator got a blank ("đạt trên 1. 357 tỷ đồng").

    A number that opens its line is the marker of a list.
    """
    head = text[first.start : first.end]
    if text[first.end : second.start] not in {". ", " ."} or second.in_words:
        return False
    if not _SMALL.fullmatch(head) or head.startswith("0"):
        return False
    opening = text[text.rfind("\n", 0, first.start) + 1 : first.start]
    if text[second.end : second.end + 2].strip().startswith("%"):
        return False
    return bool(opening.strip(_BULLETS)) and _THOUSANDS.match(text[second.start : second.end + 1]) is not None


def _broken_decimal(first: NumberSpan, second: NumberSpan, text: str) -> bool:
    """Whether two numbers are one whose comma got a blank, before a measure ("sản lượng đạt 143, 6 tấn")."""
    head, tail = text[first.start : first.end], text[second.start : second.end]
    if text[first.end : second.start] not in {", ", " ,", " , "} or not _WHOLE.fullmatch(head):
        return False
    if not _DIGITS.fullmatch(tail) or _MEASURED.match(text, second.end) is None:
        return False
    return _VALUE_CUE.search(text, max(0, first.start - _CUE_REACH), first.start) is not None


def _spelt(first: NumberSpan, second: NumberSpan, text: str) -> NumberSpan | None:
    """A number in words whose scales a comma sets apart ("ba nghìn tỷ, bốn trăm triệu đồng")."""
    upper, lower = (_power(text[n.start : n.end]) for n in (first, second))
    if upper is None or upper < _MILLION or lower is None or lower >= upper or second.value >= Decimal(10) ** upper:
        return None
    return replace(second, start=first.start, value=first.value + second.value)


def _power(words: str) -> int | None:
    """The power of ten that the last word of a number is."""
    return next((p for word, p in POWERS if words.lower().endswith(word)), None)


def _spaced(first: NumberSpan, second: NumberSpan, text: str) -> NumberSpan | None:
    """Thousands after a blank, or what goes on after a power of ten ("5 ngàn 412", "1 triệu 2")."""
    head, tail = text[first.start : first.end], text[second.start : second.end]
    if not _SMALL.fullmatch(tail):
        return None
    if text.startswith("%", second.end) and _DAY_BEFORE.search(text, max(0, first.start - len("30/")), first.start):
        # "trước ngày 30/4 100% hộ"
        return None
    if _SMALL.fullmatch(head) and len(tail) == 3 and not head.startswith("0"):
        return replace(second, start=first.start, value=first.value * 1000 + second.value, ambiguous=False)
    power = _power(head)
    if power is None or first.in_words:
        return None
    if len(tail) == 1 and tail != "0":
        return replace(second, start=first.start, value=first.value + second.value * 10 ** (power - 1))
    if len(tail) == 3 and power in {3, 6, 9}:
        return replace(second, start=first.start, value=first.value + second.value * 10 ** (power - 3))
    return None
