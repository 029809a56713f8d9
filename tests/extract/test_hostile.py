"""Texts that no ward writes: extraction ends, slices hold, nothing is lost."""

import unicodedata
from decimal import Decimal
from time import process_time

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


@pytest.mark.parametrize(
    ("counted", "of"), [("50/0 hộ", None), ("50 hộ/0 hộ", None), ("50 hộ nghèo/0 hộ", None), ("50/350 hộ", 350)]
)
def test_nothing_is_counted_of_nothing(counted: str, of: int | None) -> None:
    """Found by fuzzing: fifty out of zero."""
    found = read(f"Năm 2020, xã có {counted}.").observations
    assert found[0].obs_value == 50
    assert {row.denominator for row in found} == {of}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2. 000 hộ dân", "2000"),
        ("1. 000 tỷ đồng", "1E+12"),
        ("1. 000 tỷ 200 triệu đồng", "1000200000000"),
        ("1. 357 tỷ 200 triệu đồng", "1357200000000"),
    ],
)
def test_a_blank_behind_the_point_of_thousands(written: str, value: str) -> None:
    """Found by fuzzing: three zeros behind the blank."""
    text = f"Năm 2020, thu ngân sách của {written}." if "tỷ" in written else f"Năm 2020, xã có {written}."
    assert [row.obs_value for row in read(text).observations] == [Decimal(value)]


@pytest.mark.parametrize("digits", [28, 29, 40])
def test_more_digits_than_are_reckoned_with(digits: int) -> None:
    """Found by fuzzing."""
    number = f"−{'6' * digits}"
    for counted in ("bản kế hoạch", "hộ", "tỷ đồng", "", "người, tăng 5%"):
        for lead in ("Năm 2020, xã có", "Năm 2020, số hộ nghèo tăng", "Năm 2020, số hộ: 5, trong đó", "Có 5 hộ, xã Hà"):
            slices_hold(text := f"{lead} {number} {counted}.", read(text))


@pytest.mark.parametrize("line_end", [*"\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\r", "\r\n"])
def test_no_evidence_ends_inside_of_its_figure(line_end: str) -> None:
    """Found by fuzzing, with a separator between a number and its unit."""
    texts = (
        f"Năm 2025, xã kết nạp từ 40{line_end}đảng viên trở lên.",
        f"Năm 2025, xã kết nạp hơn{line_end}40 đảng viên{line_end}trở lên.",
        SENTENCE.replace(" ", line_end),
    )
    for text in texts:
        slices_hold(text, read(text))


def test_a_number_with_a_blank_in_it_ends_no_evidence() -> None:
    """Found by fuzzing: one reading took "1. 653" for a number, the other for the end of a sentence."""
    for text in ("\ufffd1. 653ộ", "Xã có 1. 653 hộ nghèo. Thôn 2 có 12 hộ."):
        slices_hold(text, read(text))


def test_what_a_figure_is_counted_by_stands_in_its_line() -> None:
    """Found by fuzzing: a slash at the end of a row, and a type of unit at the head of the next."""
    text = "Hộ nghèo | 5 hộ. Toàn huyện có 101/\nXã Hà | 120 | 56%"
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


ROW = "1,234,567,89,0,"


def test_a_row_of_bare_numbers_says_nothing_and_hides_nothing() -> None:
    """The figures round it are read as if it were not there, from where they stand."""
    for text in (SENTENCE + ROW * 40 + "\n" + SENTENCE, unicodedata.normalize("NFD", SENTENCE) + "17 4028  365 " * 40):
        found = read(text)
        slices_hold(text, found)
        assert len(found.observations) >= len(read(SENTENCE).observations) > 0
        assert not any(row.quote.strip() in {"1", "0", "17", "365"} for row in found.observations)


def test_a_list_of_numbers_is_no_row() -> None:
    text = "Thu ngân sách 12 tháng năm 2020 đạt: " + ", ".join(f"{n} tỷ đồng" for n in range(1, 90))
    assert len(read(text).observations) > 60


def test_megabytes_of_bare_numbers_are_read_at_once() -> None:
    start = process_time()
    assert read(ROW * 100_000).observations == ()
    # one by one, as figures, they take half a minute
    assert process_time() - start < 5


def test_a_mark_that_its_digit_does_not_take_in_is_no_part_of_it() -> None:
    """Found by fuzzing: a text that is not as it is stored, with a mark behind a digit."""
    text = "Phường  có 9\u034b hộ nghèo, 1\u0301 hộ cận nghèo."
    found = read(text)
    slices_hold(text, found)
    assert [row.quote[:1] for row in found.observations] == ["9", "1"]


def test_a_unit_ends_in_its_line() -> None:
    """Found by fuzzing: "%" at the end of a line and "o" in the next are no sign of a permille."""
    text = "Tỷ lệ hộ nghèo còn 6%\no đó.\nTỷ lệ sinh 9 %o."
    found = read(text)
    slices_hold(text, found)
    assert [(row.quote, row.unit_measure) for row in found.observations] == [("6%", "percent"), ("9 %o", "permille")]
