"""Runs of digits: the Vietnamese convention, and how real pages depart from it."""

from decimal import Decimal

import pytest

from civic_etl.vietnamese.number_digits import MAX_CHARACTERS, read_digits, split_list
from civic_etl.vietnamese.numbers import parse_number


@pytest.mark.parametrize(
    ("run", "value", "pattern"),
    [
        ("0", "0", "integer"),
        ("05", "5", "integer"),
        ("12.345", "12345", "thousands"),
        ("33.500.000", "33500000", "thousands"),
        ("8.254,817", "8254.817", "grouped_decimal"),
        ("3.43", "3.43", "decimal"),
        ("24,5", "24.5", "decimal"),
        ("0,125", "0.125", "decimal"),
        ("2.013.5", None, None),
        ("1,250.75", "1250.75", "english_decimal"),
        ("13,200.000", "13200000", "mixed_thousands"),
        ("1,234,567", "1234567", "thousands"),
        ("22.1.2021", None, None),
        ("1.2.3", None, None),
    ],
)
def test_one_run(run: str, value: str | None, pattern: str | None) -> None:
    """A run is one number of a known form, or none."""
    reading = read_digits(run)
    if value is None:
        assert reading is None
    else:
        assert reading is not None
        assert (reading.value, reading.pattern) == (Decimal(value), pattern)


def test_three_digits_after_one_mark_are_ambiguous() -> None:
    """The Vietnamese reading comes first, the other stays visible."""
    point, comma = read_digits("1.250"), read_digits("1,250")
    assert point is not None and comma is not None
    assert (point.value, point.alternatives) == (Decimal(1250), (Decimal("1.250"),))
    assert (comma.value, comma.alternatives) == (Decimal("1.250"), (Decimal(1250),))
    plain = read_digits("1250")
    assert plain is not None and not plain.ambiguous


def test_over_long_runs_are_no_numbers() -> None:
    """Account numbers and noise."""
    assert read_digits("1" * (MAX_CHARACTERS + 1)) is None
    assert parse_number("9" * 10_000) is None


def test_lists_without_blanks() -> None:
    """`1,2,3` are three numbers."""
    assert split_list("1,2,3") == [(0, 1), (2, 3), (4, 5)]
    assert split_list("1,2") is None
    assert split_list("1.2,3,4") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 250 000", "1250000"),
        ("-3,5", "-3.5"),
        ("- 1.200", "-1200"),
        ("−7", "-7"),
        ("+12", "12"),
        (",77", "0.77"),
        ("4K", "4000"),
        ("1,5M", "1500000"),
        ("2½", "2.5"),
        ("¾", "0.75"),
    ],
)
def test_signs_and_marks_of_a_whole_text(text: str, value: str) -> None:
    """What may stand around the digits of a single number."""
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.250 ha", "12%", "1/2/3", "1..2", "12-13", "km2", "3m", "1e5", "0x1f", "١٢"])
def test_digits_that_are_no_plain_number(text: str) -> None:
    """Units, codes, ranges and digits of other scripts."""
    assert parse_number(text) is None
