"""Number words typed without marks."""

from decimal import Decimal

import pytest

from civic_etl.vietnamese.numbers import parse_number
from civic_etl.vietnamese.unaccented import is_number, with_marks


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("muoi lam", 15),
        ("hai muoi mot", 21),
        ("ba tram linh nam", 305),
        ("mot trieu ruoi", 1_500_000),
        ("chin ty mot tram ba muoi trieu", 9_130_000_000),
        ("50 nghin", 50_000),
    ],
)
def test_numbers(text: str, value: int) -> None:
    """`muoi` is ten alone and a multiplier after a digit."""
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["nam", "ba", "sau", "nam nay", "van", "le"])
def test_a_word_alone_stays_what_it_is(text: str) -> None:
    """Without a word that only numbers have, nothing is given marks; `ba` needs none."""
    assert parse_number(text) == (Decimal(3) if text == "ba" else None)
    assert not is_number(text)


def test_other_words_stay() -> None:
    """Only words of numbers and money change."""
    assert with_marks("thu 5 trieu dong") == "thu 5 triệu đồng"
