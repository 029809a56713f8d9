"""Numbers in words, as they are spoken north and south, in full and shortened."""

from decimal import Decimal

import pytest

from civic_etl.vietnamese.numbers import parse_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("không", "0"),
        ("mười", "10"),
        ("mười lăm", "15"),
        ("mười nhăm", "15"),
        ("hai mươi", "20"),
        ("hai mươi mốt", "21"),
        ("hai mươi nhăm", "25"),
        ("ba mươi tư", "34"),
        ("bẩy mươi bẩy", "77"),
        ("hăm ba", "23"),
        ("năm mươi lăm", "55"),
        ("bốn chục", "40"),
        ("sáu chục rưỡi", "65"),
        ("một trăm linh tư", "104"),
        ("một trăm lẻ chín", "109"),
        ("sáu trăm linh lăm", "605"),
        ("chín trăm mười một", "911"),
        ("hai nghìn không trăm linh sáu", "2006"),
        ("ba ngàn lẻ bảy", "3007"),
        ("mười hai vạn", "120000"),
        ("một vạn hai nghìn", "12000"),
        ("ba mươi mốt nghìn không trăm bốn mươi", "31040"),
        ("tám triệu không nghìn không trăm linh hai", "8000002"),
        ("chín tỷ một trăm ba mươi triệu", "9130000000"),
        ("bốn nghìn hai trăm tỷ", "4200000000000"),
        ("âm sáu mươi hai", "-62"),
        ("dương bảy", "7"),
    ],
)
def test_full_numbers(words: str, value: str) -> None:
    """Every word of the number is there."""
    assert parse_number(words) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hai mốt", "21"),
        ("ba lăm", "35"),
        ("bốn tám", "48"),
        ("hai trăm ba", "230"),
        ("hai trăm mốt", "210"),
        ("bảy trăm tư", "740"),
        ("bốn trăm sáu chín", "469"),
        ("ba nghìn mốt", "3100"),
        ("vạn tám", "18000"),
        ("năm triệu tư", "5400000"),
        ("hai triệu ba lăm", "2350000"),
        ("hai tỷ bảy", "2700000000"),
        ("một tỷ hai trăm năm tám triệu", "1258000000"),
        ("trăm hai", "120"),
        ("nghìn rưỡi", "1500"),
        ("hai nghìn rưỡi", "2500"),
        ("hai tỷ rưỡi", "2500000000"),
        ("ba trăm rưỡi", "350"),
        ("nửa triệu", "500000"),
        ("nửa", "0.5"),
        ("một nửa", "0.5"),
        ("năm nghìn không hai mươi", "5020"),
    ],
)
def test_shortened_numbers(words: str, value: str) -> None:
    """What a speaker leaves out: the ten, the last scale, the half."""
    assert parse_number(words) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hai phẩy bảy", "2.7"),
        ("không phẩy không tám", "0.08"),
        ("mười hai phẩy ba tư", "12.34"),
        ("năm chấm chín", "5.9"),
        ("ba phẩy mười lăm", "3.15"),
        ("một phẩy năm triệu", "1500000"),
        ("một nghìn phẩy hai lăm", "1000.25"),
        ("âm không phẩy năm", "-0.5"),
    ],
)
def test_spoken_decimals(words: str, value: str) -> None:
    """Decimals after `phẩy`, one by one or as a number."""
    assert parse_number(words) == Decimal(value)


@pytest.mark.parametrize(
    ("mixed", "value"),
    [
        ("1 triệu 2", "1200000"),
        ("1 triệu 25", "1250000"),
        ("1 triệu 250", "1250000"),
        ("1tr5", "1500000"),
        ("7k5", "7500"),
        ("2 tỷ rưỡi", "2500000000"),
        ("9 tỷ 130 triệu", "9130000000"),
        ("9 tỉ 130", "9130000000"),
        ("9,13 tỷ", "9130000000"),
        ("41 tỷ 200 triệu", "41200000000"),
        ("2,3 ngàn", "2300"),
        ("1,2 vạn", "12000"),
        ("3 chục", "30"),
        ("5 trăm", "500"),
        ("15 nghìn tỷ", "15000000000000"),
        ("07 tỷ", "7000000000"),
    ],
)
def test_digits_and_words(mixed: str, value: str) -> None:
    """The press writes digits before scale words."""
    assert parse_number(mixed) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "tỷ lệ",
        "mốt",
        "lăm",
        "ba năm",
        "hai ba triệu",
        "một hai ba",
        "mười mười",
        "năm học",
        "hai người",
        "trăm trăm",
        "triệu phẩy",
        "âm",
        "linh",
    ],
)
def test_what_is_no_number(text: str) -> None:
    """Other words, and what may be two numbers (`hai ba triệu`: two or three millions)."""
    assert parse_number(text) is None


def test_spellings_of_one_number() -> None:
    """Case, tone placement, i/y, NFD and blanks make no difference."""
    spellings = ["Bảy tỷ", "bẩy tỉ", "BẢY TỶ", "ba\u0309y ty\u0309", "  bảy   tỷ ", "bảy\u00a0tỷ"]
    assert {parse_number(text) for text in spellings} == {Decimal(7_000_000_000)}
