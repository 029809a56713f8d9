"""Where a sentence ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese import split_sentences


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Thu đạt 9 tỷ. Chi đạt 8 tỷ.", ["Thu đạt 9 tỷ.", "Chi đạt 8 tỷ."]),
        ("Thu đạt 8.254,8 triệu đồng, bằng 3.43%.", ["Thu đạt 8.254,8 triệu đồng, bằng 3.43%."]),
        ("Xã có 1. 653 hộ. Có 12 thôn.", ["Xã có 1. 653 hộ.", "Có 12 thôn."]),
        ("Từ năm 2020. 653 hộ có điện.", ["Từ năm 2020.", "653 hộ có điện."]),
        ("Ngày 22.1.2021 tại TP. Bắc Kạn, Đ/c. Hùng dự.", ["Ngày 22.1.2021 tại TP. Bắc Kạn, Đ/c. Hùng dự."]),
        ("ThS. Lan và PGS.TS. Minh dự.", ["ThS. Lan và PGS.TS. Minh dự."]),
        ("Bắt ông N.V.H. ở thôn 8. Thu đạt 9 tỷ.", ["Bắt ông N.V.H. ở thôn 8.", "Thu đạt 9 tỷ."]),
        ("Bắt L.T.N. Vụ án được khởi tố.", ["Bắt L.T.N.", "Vụ án được khởi tố."]),
        ("1. Về kinh tế", ["1. Về kinh tế"]),
        ("a. Thu ngân sách\nb. Chi ngân sách", ["a. Thu ngân sách", "b. Chi ngân sách"]),
        ("Đạt 9 tỷ đồng.Tổng chi 8 tỷ.", ["Đạt 9 tỷ đồng.", "Tổng chi 8 tỷ."]),
        ("Trồng lúa, ngô, v.v. Xã có 5 thôn.", ["Trồng lúa, ngô, v.v.", "Xã có 5 thôn."]),
        ("Thu đạt; chi đạt", ["Thu đạt; chi đạt"]),
        ("Có thật không? Có!", ["Có thật không?", "Có!"]),
        ("\n\n  \n", []),
        ("", []),
    ],
)
def test_ends(text: str, parts: list[str]) -> None:
    """Stops, line ends, and the stops that end nothing."""
    assert sentences(text) == parts


@given(st.text(alphabet='abĐ .!?…\n\t("”1,;', max_size=80))
def test_nothing_is_lost(text: str) -> None:
    """Spans are in order, apart, not blank, and all between them is blank."""
    last = 0
    for start, end in split_sentences(text):
        assert last <= start < end <= len(text)
        assert not text[last:start].strip()
        assert text[start:end] == text[start:end].strip()
        last = end
    assert not text[last:].strip()
