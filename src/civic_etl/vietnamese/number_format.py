"""Numbers written in every form the parser reads: digits in the styles of real pages, and words of both regions."""

from decimal import Decimal
from typing import Literal

Style = Literal["vi", "english", "plain", "plain_comma", "spaced"]
Region = Literal["north", "south"]

STYLES: tuple[Style, ...] = ("vi", "english", "plain", "plain_comma", "spaced")
_MARKS: dict[str, tuple[str, str]] = {
    "vi": (".", ","),
    "english": (",", "."),
    "plain": ("", "."),
    "plain_comma": ("", ","),
    "spaced": (" ", ","),
}
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 10**9


def format_number(value: Decimal, style: Style = "vi") -> str:
    """Digits of a number: `vi` 8.254,817 · `english` 8,254.817 · `plain` 8254.817 · `plain_comma` 8254,817 · `spaced`.

    Three decimals after fewer than four whole digits read two ways; `parse_number` then takes the Vietnamese one.
    """
    thousands, decimal = _MARKS[style]
    digits = f"{abs(value):,f}" if thousands else f"{abs(value):f}"
    whole, _, rest = digits.partition(".")
    if thousands:
        whole = whole.replace(",", thousands)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}{decimal}{rest}" if rest else f"{sign}{whole}"


def spell(number: Decimal | int, region: Region = "north") -> str:
    """A number in words: north `nghìn`, `linh`; south `ngàn`, `lẻ`. Decimals are spoken digit by digit after `phẩy`."""
    value = Decimal(number)
    whole = int(abs(value))
    words = _spell_whole(whole)
    _, _, decimals = f"{abs(value):f}".partition(".")
    if decimals:
        words += ["phẩy", *(_DIGITS[int(digit)] for digit in decimals)]
    if value < 0:
        words.insert(0, "âm")
    spoken = " ".join(words)
    return spoken.replace("nghìn", "ngàn").replace("linh", "lẻ") if region == "south" else spoken


def _spell_whole(number: int) -> list[str]:
    if number == 0:
        return [_DIGITS[0]]
    billions, rest = divmod(number, _BILLION)
    words = [*_spell_whole(billions), "tỷ"] if billions else []
    for power in (2, 1, 0):
        group, rest = divmod(rest, 1000**power)
        if group:
            words += _spell_group(group, full=bool(words))
            if power:
                words.append(_SCALES[power])
    return words


def _spell_group(group: int, *, full: bool) -> list[str]:
    """A group below a thousand; `full` groups follow a larger one and name their zeros."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens:
        words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    elif units and words:
        words.append("linh")
    if units:
        words.append(_unit_word(units, tens))
    return words


def _unit_word(units: int, tens: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    if units == 5 and tens:
        return "lăm"
    return _DIGITS[units]
