"""Words written short, read as written in full: which they are, where they stand, in what case."""

import pytest

from civic_etl.vietnamese.short_words import short_words, spelled_out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tăng 5% SVCK", ["so với cùng kỳ"]),
        ("đạt 62%KH năm", ["kế hoạch"]),
        ("bằng 98% so CK", ["cùng kỳ"]),
        ("NS lúa ước 61,5 tạ/ha, SL 1.240 tấn", ["Năng suất", "sản lượng"]),
        ("thu NS xã 3 tỷ đồng", ["ngân sách"]),
        ("4.215 tr.đồng/KH 4.000 trđ", ["triệu đồng", "kế hoạch", "triệu đồng"]),
        ("kết nạp 03đ/c", [" đồng chí"]),
        ("xuất khẩu LĐ 12 người", ["lao động"]),
        ("sữa chữa 3 căn, bê-tông hóa hẽm", ["sửa", "bê tông", "hẻm"]),
        ("8 xã NTM NC", ["nông thôn mới", "nâng cao"]),
        ("xây dựng nông thôn mới (NTM)", []),
        ("Trung tâm DS-KHHGĐ huyện", []),
        ("Nghị quyết 27/NQ-HĐND, Kế hoạch số 05-KH/TU", []),
        ("Ông Nguyễn Đình Kh, thôn Bản Km", []),
    ],
)
def test_short_words(text: str, words: list[str]) -> None:
    assert [each.words for each in short_words(text)] == words


def test_case_follows_the_place() -> None:
    text = "XÂY DỰNG NTM\nKNXK đạt 3 triệu USD. Xã đạt chuẩn NTM."
    assert [each.words for each in short_words(text)] == ["NÔNG THÔN MỚI", "Kim ngạch xuất khẩu", "nông thôn mới"]


def test_phrases_are_spelled_alike() -> None:
    assert spelled_out("thu nsnn") == "thu ngân sách nhà nước"
    assert spelled_out("tỷ lệ hộ nghèo") == "tỷ lệ hộ nghèo"
