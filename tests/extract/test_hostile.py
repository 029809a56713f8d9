"""Texts that no ward writes: extraction ends, slices hold, nothing is lost."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.extract.records import Extraction

from .articles import read

SENTENCE = "Năm 2020, thu ngân sách đạt 8 tỷ 642 triệu đồng; tỷ lệ hộ nghèo còn 2,4%. "


def slices_hold(text: str, found: Extraction) -> None:
    for row in found.observations:
        assert text[row.char_start : row.char_end] == row.quote
        assert text[row.evidence_start : row.evidence_end] == row.evidence
        assert row.evidence_start <= row.char_start < row.char_end <= row.evidence_end
        assert 0 < row.confidence <= 1


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "|||", "((((", "%%%", "1", "-", "năm", "\u200b\ufeff", "<b>5%</b>"]
)
def test_almost_nothing(text: str) -> None:
    slices_hold(text, read(text))


@pytest.mark.parametrize("line_end", [*"\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r", "\r\n"])
def test_no_evidence_ends_inside_of_its_figure(line_end: str) -> None:
    """Found by fuzzing, with a separator between a number and its unit."""
    for text in (f"Năm 2025, xã kết nạp từ 40{line_end}đảng viên trở lên.", SENTENCE.replace(" ", line_end)):
        slices_hold(text, read(text))


def test_decomposed_text_is_sliced_as_it_stands() -> None:
    text = unicodedata.normalize("NFD", SENTENCE * 3)
    found = read(text)
    slices_hold(text, found)
    assert [row.obs_value for row in found.observations[:2]] == [Decimal(8642000000), Decimal("2.4")]


def test_one_line_of_ten_thousand_numbers() -> None:
    text = "; ".join(f"thôn {n % 50 + 1} có {n % 90 + 10} hộ nghèo" for n in range(1, 10_001))
    found = read(text)
    slices_hold(text, found)
    assert len(found.observations) == 10_000


def test_long_articles_read_like_short_ones() -> None:
    once = read(SENTENCE)
    text = SENTENCE * 2_000
    found = read(text)
    slices_hold(text, found)
    assert len(found.observations) == 2_000 * len(once.observations)


@pytest.mark.parametrize("unit", ["(", "trong đó ", "1/", "năm 2020 ", "5% ", "xã ", ", và ", "\u0301", "tỷ ", "- "])
def test_endless_repetition_ends(unit: str) -> None:
    text = unit * 5_000
    slices_hold(text, read(text))


@given(st.text(alphabet="năm 2021tỷđồng%,.;()/-hộnghèo\n", max_size=300))
def test_any_salad_of_the_language_is_sliced(text: str) -> None:
    slices_hold(text, read(text))


def test_the_same_text_reads_the_same() -> None:
    assert read(SENTENCE * 5) == read(SENTENCE * 5)
