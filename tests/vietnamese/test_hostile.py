"""Any text at all: no crash, spans inside the text, work in proportion to its length."""

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese import (
    fold,
    parse_date,
    parse_money,
    parse_number,
    scan_dates,
    scan_money,
    scan_numbers,
    split_sentences,
)

REFERENCE = date(2021, 1, 25)
WORDS = """
một hai mươi trăm nghìn triệu tỷ rưỡi linh phẩy nửa âm không năm chục vạn mốt tư lăm k tr 9tỷ
ngày tháng quý đầu cuối tuần trước giờ thứ nay từ đến hơn đồng đ USD $ % - / . , ( )
1 12 1.250 22/1 22.1.2021 0,5
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
)


@given(TEXTS)
def test_reading_never_fails(text: str) -> None:
    """A whole text is something or None."""
    parse_number(text)
    parse_money(text)
    parse_date(text, REFERENCE)


@pytest.mark.parametrize("beginning", ["\x1f0", "²", "9" * 30, "", "\u0663"])
def test_a_range_from_what_is_no_day_is_none(beginning: str) -> None:
    """The first was found by fuzzing: a digit or a space to some part of Python and not to another, as the next are."""
    assert parse_date(f"từ {beginning} đến ngày 12/3/2025", REFERENCE) is None


def test_a_range_that_begins_before_the_calendar_is_none() -> None:
    """The June before April of the year 1."""
    assert parse_date("từ 5/6 đến ngày 3/4/0001", REFERENCE) is None


@given(TEXTS, st.sampled_from([date.min, REFERENCE, date.max]))
def test_spans_lie_apart_inside_the_text(text: str, reference: date) -> None:
    """From left to right, wherever the calendar stands."""
    spans = {
        "numbers": [(span.start, span.end) for span in scan_numbers(text)],
        "dates": [(start, end) for start, end, _ in scan_dates(text, reference)],
        "money": [(start, end) for start, end, _ in scan_money(text)],
        "sentences": split_sentences(text),
    }
    for found in spans.values():
        last = 0
        for start, end in found:
            assert last <= start < end <= len(text)
            last = end


UNITS = [
    "1 ",
    "1-",
    "1/",
    "1.234,",
    "1,",
    "một ",
    "một trăm ",
    "không ",
    "hai mươi ",
    "hai phẩy ",
    "một triệu rưỡi ",
    "1 nghìn ",
    "âm ",
    "1 đồng ",
    "1 triệu đồng đến ",
    "1 đồng/",
    "hơn ",
    "từ ",
    "ngày ",
    "ngày 1 tháng ",
    "thứ hai ",
    "1 đến ",
    "a. ",
    "(",
    "-",
    " ",
    "\n",
    "TP. ",
    "nghiêng",
    "\u0300",
]
READERS: dict[str, Callable[[str], object]] = {
    "scan_numbers": scan_numbers,
    "scan_dates": lambda text: scan_dates(text, REFERENCE),
    "scan_money": scan_money,
    "split_sentences": split_sentences,
    "fold": fold,
    "parse_number": parse_number,
    "parse_money": parse_money,
    "parse_date": lambda text: parse_date(text, REFERENCE),
}


def calls(function: Callable[[str], object], text: str) -> int:
    """How many calls, of Python and of C functions, reading a text takes."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        function(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length(unit: str) -> None:
    """Four times the text takes at most about four times the calls."""
    for name, reader in READERS.items():
        small, large = calls(reader, unit * 100), calls(reader, unit * 400)
        assert large <= 4.4 * small + 200, name


@pytest.mark.parametrize("unit", UNITS)
def test_long_texts_come_to_an_end(unit: str) -> None:
    """Many characters of one thing; a search that is quadratic inside would take minutes."""
    text = unit * (30_000 // len(unit))
    for reader in READERS.values():
        reader(text)
