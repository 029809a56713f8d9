"""Which letters make a Vietnamese syllable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese.syllables import ends_in_syllable, is_syllable, looks_vietnamese


@pytest.mark.parametrize("word", ["a", "nghiêng", "Ba", "ĐỨC", "quý", "gì", "giếng", "khuya", "hoà", "uống", "yêu"])
def test_syllables(word: str) -> None:
    """An onset or none, a rime, at most one tone."""
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "nh", "Ã¡", "km", "tpp", "čas", "zero", "các̀", "còc", "nghiêngg", "được1"])
def test_no_syllables(word: str) -> None:
    """Abbreviations, mojibake, foreign words, tones that a stop cannot bear."""
    assert not is_syllable(word)


def test_how_vietnamese_a_text_looks() -> None:
    """Prose stands far above English, text without marks and mojibake."""
    assert looks_vietnamese("Phường tổ chức hội nghị tổng kết công tác năm, triển khai nhiệm vụ") > 0.8
    assert looks_vietnamese("The ward held its yearly review") < 0.2
    assert looks_vietnamese("Phuong to chuc hoi nghi tong ket") < 0.2
    assert looks_vietnamese("PhÆ°á»ng tá»• chá»©c há»™i nghá»‹") < 0.2
    assert looks_vietnamese("") == 0


@given(st.text(max_size=40))
def test_it_is_a_share(text: str) -> None:
    """Between none and all."""
    assert 0 <= looks_vietnamese(text) <= 1


@pytest.mark.parametrize(
    ("word", "ends"), [("đạt", True), ("sáchđạt", True), ("km", False), ("QLx", False), ("m", False)]
)
def test_a_word_may_end_in_a_syllable_that_lost_its_blank(word: str, ends: bool) -> None:
    assert ends_in_syllable(word) is ends
