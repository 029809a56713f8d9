"""Every number of an article is accounted for: read, or set aside for a reason."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from civic_etl.evaluate import read_gold
from civic_etl.explain import Explanation, explain
from civic_etl.explain.reasons import reason_of
from civic_etl.extract.records import Document
from civic_etl.vietnamese import fold_same_length

GOLD = Path(__file__).parents[1] / "gold"
# digits of codes glued to letters are no numbers: "F0", "B3", "QH15"; nor are accounts of many groups
GLUED = re.compile(r"[^\W\d_]\d+(?:\+\d+)?|\d{4}\.\d\.\d+\.\d+")

TEXT = """Ngày 12/1/2021, xã Hồng Thái họp lúc 8 giờ 30 phút; 24/25 đại biểu dự kỳ họp thứ 3.

Năm 2020, thu ngân sách đạt 9 tỷ 130 triệu đồng, bằng 112% kế hoạch. Toàn xã có 13/14 thôn văn hóa.
Thực hiện Nghị quyết số 04-NQ/HU, ông Nguyễn Văn A, 52 tuổi, ở tổ 8 nói chuyện. Điện thoại: 0209 3810 xxx."""


def explained(text: str = TEXT) -> Explanation:
    day = date(2021, 1, 13)
    return explain(Document("one", text, "Xã Hồng Thái", "", day, "huyện Na Hang, tỉnh Tuyên Quang"))


@pytest.mark.parametrize("half", ["half_a", "half_b"])
def test_the_pieces_are_the_whole_text_and_hold_every_number(half: str) -> None:
    for document in read_gold(GOLD / half).documents:
        explanation = explain(document)
        assert "".join(text for text, _ in explanation.pieces()) == document.text
        spans = [(mark.start, mark.end) for mark in explanation.marks]
        assert all(a < b for a, b in spans)
        assert all(first[1] <= second[0] for first, second in pairwise(spans))
        known = [*spans, *(match.span() for match in GLUED.finditer(document.text))]
        for digits in re.finditer(r"\d+", document.text):
            assert any(a <= digits.start() < b for a, b in known), (document.doc_id, digits)


def test_observations_are_all_shown_at_their_numbers() -> None:
    explanation = explained()
    shown = [reading for mark in explanation.read for reading in mark.readings]
    assert sorted(shown, key=id) == sorted(explanation.extraction.observations, key=id)
    by_text = {TEXT[mark.start : mark.end]: mark for mark in explanation.read}
    assert by_text["9 tỷ 130 triệu đồng"].readings[0].indicator == "budget_revenue"
    assert any("13/14 thôn" in text for text in by_text)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Ngày 12/1/2021", "date"),
        ("30", "clock"),
        ("3", "ordinal"),
        ("04", "document"),
        ("52", "age"),
        ("0209 3810 xxx", "phone"),
    ],
)
def test_numbers_that_are_no_figures_say_why(written: str, reason: str) -> None:
    aside = {TEXT[mark.start : mark.end]: mark.reason for mark in explained().set_aside}
    assert aside[written] == reason


@pytest.mark.parametrize(
    ("text", "number", "reason"),
    [
        ("theo quyết định 1187-QĐ/HU về", "1187", "document"),
        ("khóa 18 họp", "18", "ordinal"),
        ("1. thu ngân sách", "1", "item"),
        ("nhiệm vụ\n6 tháng cuối năm", "6", "duration"),
        ("thu ngân sách\n2.1 | lúa nước", "2.1", "item"),
        ("lúc 7 giờ sáng", "7", "clock"),
        ("trẻ từ 6 - 11 tuổi", "6", "age"),
        ("khối lớp 9 và", "9", "name"),
        ("phường 11 vừa", "11", "name"),
        ("98 đại biểu dự", "98", "procedure"),
        ("giá 7.500 đồng/m3", "7.500", "tariff"),
        ("mức thu là 30.000 đồng", "30.000", "tariff"),
        ("sau 16 năm", "16", "duration"),
        ("từ 1979", "1979", "year"),
        ("có 23 kỷ vật", "23", "unrecognised"),
        ("đạt 13.200 tấn", "13.200", "unrecognised"),
        ("trị giá trên 1 ha", "1", "per"),
        ("đạt từ 3 sao trở lên", "3", "name"),
    ],
)
def test_reasons_come_from_what_stands_around(text: str, number: str, reason: str) -> None:
    folded = fold_same_length(text)
    start = folded.index(number)
    assert reason_of(folded, start, start + len(number), "number")[0] == reason


def test_figures_of_a_unit_that_is_not_named_say_so() -> None:
    day = date(2018, 7, 10)
    text = "Trong năm, toàn xã thu ngân sách 20 tỷ đồng."
    explanation = explain(Document("one", text, "Kết quả 6 tháng", "", day, "tỉnh Đồng Nai"))
    (mark,) = explanation.marks
    assert (mark.readings, mark.reason) == ((), "place")
    assert "not named" in mark.why


def test_a_text_without_numbers_has_no_marks() -> None:
    explanation = explained("Hội nghị diễn ra trong không khí phấn khởi, có một cửa hàng mới.")
    assert explanation.marks == ()
    assert [text for text, _ in explanation.pieces()] == [explanation.document.text]


def test_decomposed_letters_keep_their_offsets() -> None:
    import unicodedata

    stored = unicodedata.normalize("NFD", TEXT)
    explanation = explained(stored)
    assert "".join(text for text, _ in explanation.pieces()) == stored
    assert any("112" in stored[mark.start : mark.end] for mark in explanation.read)
    assert any("04" in stored[mark.start : mark.end] for mark in explanation.set_aside)


def test_ten_thousand_numbers_in_a_row_are_explained() -> None:
    text = "thu ngân sách " + "12 " * 2_000
    explanation = explained(text)
    assert "".join(piece for piece, _ in explanation.pieces()) == text
