"""What is near the digits of a text, and the way back to the text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from civic_etl.extract.round_digits import RoundDigits

FAR = "không có gì " * 40
texts = st.lists(st.sampled_from(["có 12 hộ nghèo. ", FAR, "ngày 3/2\n", "Hết.", FAR[:170], "5"]), max_size=8).map(
    "".join
)
_COUNT = re.compile(r"(?:có |ngày )?\d[\d/]*(?: hộ)?")


@given(texts)
def test_what_is_found_near_digits_is_what_the_text_has(text: str) -> None:
    digits = RoundDigits(text)
    found = [digits.back(*match.span()) for match in _COUNT.finditer(digits.of(text))]
    assert found == [match.span() for match in _COUNT.finditer(text)]


def test_what_is_far_from_digits_is_left_out() -> None:
    text = f"{FAR}có 5 hộ. {FAR}{FAR}và 7 người."
    assert len(RoundDigits(text).of(text)) < len(text) / 2
    assert RoundDigits(FAR).of(FAR) == ""
