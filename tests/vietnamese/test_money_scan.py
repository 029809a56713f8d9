"""Amounts of money in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese import parse_money, scan_money


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        (
            "Thu ngân sách đạt 9 tỷ 130 triệu đồng, chi hơn 8 tỷ đồng.",
            ["9 tỷ 130 triệu đồng", "hơn 8 tỷ đồng"],
        ),
        ("Thu nhập bình quân 45 triệu đồng/người/năm, tăng 10%.", ["45 triệu đồng/người/năm"]),
        ("Mức hỗ trợ từ 6-9 triệu đồng cho 05 đồng chí.", ["từ 6-9 triệu đồng"]),
        ("Từ 5 triệu đồng lên 7 triệu đồng.", ["5 triệu đồng", "7 triệu đồng"]),
        ("Hộ thu nhập từ 20 triệu đồng trở lên", ["từ 20 triệu đồng trở lên"]),
        ("Xuất khẩu gần 2,5 triệu USD; nhập khẩu $800.000", ["gần 2,5 triệu USD", "$800.000"]),
        ("Tổ thu được 7.400.000đ, 12 đ/c vắng, đạt 9,5 đ", ["7.400.000đ"]),
        ("Đón 2 triệu lượt khách, nuôi 3 con bò", []),
        ("Trị giá 2 đô 23 xu", ["2 đô 23 xu"]),
        ("chi 3 tỷ đồng, 2 triệu đồng", ["3 tỷ đồng", "2 triệu đồng"]),
    ],
)
def test_amounts_of_the_press(text: str, amounts: list[str]) -> None:
    """Comparator, range, currency and divisor are in the span; counts of other things are not money."""
    assert [text[start:end] for start, end, _ in scan_money(text)] == amounts


AMOUNTS = st.sampled_from(
    ["9 tỷ 130 triệu đồng", "hơn 2,5 triệu USD", "33.500.000đ/người", "từ 6-9 tỷ đồng/năm", "500 nghìn đồng trở lên"]
)
WORDS = st.sampled_from(["thu ngân sách", "đạt", "; trong đó", ", hộ nghèo", "\n", "và", "của xã.", "năm 2020"])


@given(st.lists(st.one_of(AMOUNTS, WORDS), max_size=12))
def test_spans_hold_what_they_mean(pieces: list[str]) -> None:
    """Left to right, not overlapping, and each span read by itself is the same money."""
    text = " ".join(pieces)
    last = 0
    for start, end, money in scan_money(text):
        assert last <= start < end <= len(text)
        assert parse_money(text[start:end]) == money
        last = end


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("hai mươi$/hai mươi$/", ["hai mươi$", "hai mươi$"]),
        ("20 đồng/hai mươi đồng", ["20 đồng", "hai mươi đồng"]),
        ("hai $ - ba $/bốn $", ["hai $ - ba $/bốn"]),
        ("45 triệu đồng/người/năm", ["45 triệu đồng/người/năm"]),
    ],
)
def test_an_amount_behind_a_stroke_is_no_noun_of_the_one_before(text: str, amounts: list[str]) -> None:
    """Found by fuzzing: numbers in words behind a stroke were of both."""
    assert [text[start:end] for start, end, _ in scan_money(text)] == amounts
