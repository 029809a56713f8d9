"""What is written by the formats is read back as the same number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese.number_format import STYLES, Region, Style, format_number, spell
from civic_etl.vietnamese.numbers import parse_number, scan_numbers

INTEGERS = st.integers(min_value=-(10**18), max_value=10**18)
# three decimals after few digits read as thousands in a style that is not Vietnamese
UNAMBIGUOUS_PLACES = st.sampled_from([0, 1, 2, 4, 5])


@st.composite
def decimals(draw: st.DrawFn) -> Decimal:
    """Numbers up to 10**14 with a number of decimals that no style confuses with a group."""
    places = draw(UNAMBIGUOUS_PLACES)
    return Decimal(draw(st.integers(-(10**14), 10**14))).scaleb(-places)


@given(decimals(), st.sampled_from(STYLES))
def test_decimals_in_every_style(value: Decimal, style: Style) -> None:
    """The only exception is a single English group, which the Vietnamese reading takes for decimals."""
    text = format_number(value, style)
    if style == "english" and text.count(",") == 1 and "." not in text:
        text = text.replace(",", "")
    assert parse_number(text) == value


@given(st.integers(-(10**15), 10**15), st.integers(1, 6))
def test_every_number_of_decimals_in_the_vietnamese_style(digits: int, places: int) -> None:
    """Also three decimals: the Vietnamese reading of its own convention is never wrong."""
    value = Decimal(digits).scaleb(-places)
    assert parse_number(format_number(value, "vi")) == value


@given(INTEGERS, st.sampled_from(["north", "south"]))
def test_integers_in_words(number: int, region: Region) -> None:
    """`spell` and `parse_number` are inverse."""
    assert parse_number(spell(number, region)) == number


@given(decimals(), st.sampled_from(["north", "south"]))
def test_decimals_in_words(value: Decimal, region: Region) -> None:
    """Decimals are spoken digit by digit."""
    assert parse_number(spell(value, region)) == value


@given(st.integers(0, 10**12), st.integers(1, 999), st.sampled_from([("tỷ", 9), ("triệu", 6), ("nghìn", 3)]))
def test_scale_words_after_digits(whole: int, part: int, scale: tuple[str, int]) -> None:
    """`9,13 tỷ` is 9.13 times a thousand million."""
    word, power = scale
    value = Decimal(whole) + Decimal(part).scaleb(-3)
    assert parse_number(f"{format_number(value)} {word}") == value.scaleb(power)


@given(st.integers(21, 10**12), st.sampled_from(STYLES))
def test_an_integer_is_found_in_running_text(number: int, style: Style) -> None:
    """With a currency behind it, as the press writes it."""
    written = format_number(Decimal(number), style)
    text = f"Thu ngân sách đạt {written} đồng."
    if (style == "spaced" and written.count(" ") == 1) or (style == "english" and written.count(",") == 1):
        return
    (found,) = scan_numbers(text)
    assert (text[found.start : found.end], found.value) == (written, Decimal(number))


@given(st.integers(100, 10**12))
def test_a_spelled_number_is_found_in_running_text(number: int) -> None:
    """Between other words, with the same span as written."""
    words = spell(number)
    text = f"Hỗ trợ {words} đồng cho bà con."
    spans = [span for span in scan_numbers(text) if span.value == number]
    assert [text[span.start : span.end] for span in spans] == [words]


@pytest.mark.parametrize(
    ("number", "north", "south"),
    [
        (0, "không", "không"),
        (15, "mười lăm", "mười lăm"),
        (21, "hai mươi mốt", "hai mươi mốt"),
        (105, "một trăm linh năm", "một trăm lẻ năm"),
        (1_004, "một nghìn không trăm linh bốn", "một ngàn không trăm lẻ bốn"),
        (2_000_000_000, "hai tỷ", "hai tỷ"),
    ],
)
def test_words_of_both_regions(number: int, north: str, south: str) -> None:
    """The words that differ are nghìn/ngàn and linh/lẻ."""
    assert (spell(number), spell(number, "south")) == (north, south)
