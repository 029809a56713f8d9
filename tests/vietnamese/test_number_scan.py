"""Numbers of running text, and the words and codes that are none."""

from decimal import Decimal

import pytest

from civic_etl.vietnamese.numbers import scan_numbers


def found(text: str) -> list[tuple[str, str]]:
    """Each number as written, with its value."""
    return [(text[span.start : span.end], str(span.value)) for span in scan_numbers(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("đạt 8.254,817 triệu đồng, bằng 113%", [("8.254,817 triệu", "8254817000"), ("113", "113")]),
        ("thu 41 tỷ 200 triệu đồng", [("41 tỷ 200 triệu", "41200000000")]),
        ("trị giá 2 tỷ rưỡi.", [("2 tỷ rưỡi", "2500000000")]),
        ("hết 1 triệu 2, còn lại", [("1 triệu 2", "1200000")]),
        ("giá 1tr5 một tạ", [("1tr5", "1500000"), ("một", "1")]),
        ("tổng 9 tỷ 130.", [("9 tỷ 130", "9130000000")]),
        ("chuyển 33.500.000đ/người", [("33.500.000", "33500000")]),
        ("thu 45trđ", [("45tr", "45000000")]),
        ("thu 45 triệuđồng", [("45 triệu", "45000000")]),
        ("gần chục nghìn người, hàng chục hộ", [("chục nghìn", "10000")]),
        ("diện tích 4.125,14ha", [("4.125,14", "4125.14")]),
        ("13/14 tổ; 6.286/8.504ha", [("13", "13"), ("14", "14"), ("6.286", "6286"), ("8.504", "8504")]),
        ("tỷ lệ 10-12%", [("10", "10"), ("12", "12")]),
        ("68% - 29,5% - 2,3%", [("68", "68"), ("29,5", "29.5"), ("2,3", "2.3")]),
        ("tăng trưởng âm 2,3%", [("âm 2,3", "-2.3")]),
        ("siêu âm 34.560 lượt", [("34.560", "34560")]),
        ("tăng -3,5% so với", [("-3,5", "-3.5")]),
        ("giảm 0,30%0 so với", [("0,30", "0.3")]),
        ("có ba trăm hai mươi mốt hộ", [("ba trăm hai mươi mốt", "321")]),
        ("bảy trăm tám chín triệu đồng", [("bảy trăm tám chín triệu", "789000000")]),
        ("gần nửa triệu lượt khách", [("nửa triệu", "500000")]),
        ("05 hộ và 07 tỷ", [("05", "5"), ("07 tỷ", "7000000000")]),
        ("cấp 1 250 000 đồng", [("1 250 000", "1250000")]),
        ("1\u00a0250 hộ", [("1\u00a0250", "1250")]),
        ("các xã 1,2,3", [("1", "1"), ("2", "2"), ("3", "3")]),
    ],
)
def test_numbers_of_the_press(text: str, numbers: list[tuple[str, str]]) -> None:
    """Spans cover digits and magnitude words, and nothing of the unit."""
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "ngày 22.1.2021",
        "mục 1.2.3",
        "diện tích tính bằng km2",
        "quốc lộ QL1A",
        "ca F0",
        "tỷ lệ hộ nghèo",
        "huyện Triệu Sơn",
        "năm nay không có",
        "đồng chí Ba",
        "một số hộ, một cách, một phần",
        "hai bên thống nhất",
    ],
)
def test_what_is_no_number_in_running_text(text: str) -> None:
    """Dates, codes, names and words that only look like numbers."""
    assert found(text) == []


def test_years_after_a_ten_stay_apart() -> None:
    """In running text `hai mươi năm` are twenty years."""
    assert found("sau hai mươi năm xây dựng") == [("hai mươi", "20")]


def test_a_lone_word_is_marked() -> None:
    """The caller decides whether `ba` in `ba thôn` counts."""
    (span,) = scan_numbers("xây dựng ba thôn")
    assert (span.pattern, span.in_words, span.value) == ("word", True, Decimal(3))


def test_ambiguity_survives_the_scale() -> None:
    """`1,250 tỷ` is 1.25 or 1250 thousand million."""
    (span,) = scan_numbers("vốn 1,250 tỷ đồng")
    assert span.ambiguous
    assert (span.value, span.alternatives) == (Decimal(1_250_000_000), (Decimal(1_250_000_000_000),))
