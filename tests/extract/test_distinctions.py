"""Titles and ratings of units."""

import pytest

from .articles import read

HUC_DONG = "xã Húc Động"


def distinctions(text: str) -> list[tuple[str, str, int | None]]:
    return [(d.title, d.holder, d.year) for d in read(text).distinctions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Năm 2020, Đảng bộ xã Húc Động đạt tiêu chuẩn “Trong sạch vững mạnh” tiêu biểu.",
            [("Trong sạch vững mạnh tiêu biểu", "Đảng bộ xã Húc Động", 2020)],
            id="a Party rating, its last word outside the quotation",
        ),
        pytest.param(
            "Xã Húc Động được công nhận đạt chuẩn nông thôn mới năm 2019.",
            [("đạt chuẩn nông thôn mới", HUC_DONG, 2019)],
            id="the year behind",
        ),
        pytest.param(
            "Xã Húc Động được tặng Huân chương Lao động hạng 3 năm 2010, Huân chương Lao động hạng Nhì năm 2015.",
            [("Huân chương Lao động hạng Ba", HUC_DONG, 2010), ("Huân chương Lao động hạng Nhì", HUC_DONG, 2015)],
            id="two orders, each of its year",
        ),
        pytest.param(
            "Thủ tướng Chính phủ đã tặng Cờ thi đua năm 2020 cho Nhân dân và cán bộ xã Húc Động.",
            [("Cờ thi đua", "xã Húc Động", 2020)],
            id="given to",
        ),
        pytest.param(
            "Hội Nông dân xã Húc Động được UBND tỉnh tặng Bằng khen năm 2018.",
            [("Bằng khen", "Hội Nông dân xã Húc Động", 2018)],
            id="a body of the commune; the giver is not the holder",
        ),
        pytest.param(
            "Tỉnh công nhận xã Húc Động, Đồng Tâm (huyện Bình Liêu) đạt chuẩn nông thôn mới nâng cao năm 2020.",
            [
                ("đạt chuẩn nông thôn mới nâng cao", "xã Húc Động", 2020),
                ("đạt chuẩn nông thôn mới nâng cao", "xã Đồng Tâm", 2020),
            ],
            id="a list of holders",
        ),
    ],
)
def test_what_units_are_given(text: str, found: list[tuple[str, str, int | None]]) -> None:
    assert distinctions(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Xã Húc Động phấn đấu đạt chuẩn nông thôn mới năm 2022.", id="hoped for"),
        pytest.param("Toàn huyện có 5/7 xã đạt chuẩn nông thôn mới.", id="counted"),
        pytest.param("Đến nay 88% xã, thị trấn của huyện Bình Liêu đạt chuẩn quốc gia về y tế.", id="a share"),
        pytest.param("Tỷ lệ số xã đạt chuẩn nông thôn mới của huyện Bình Liêu năm 2020: 50%.", id="a rate"),
        pytest.param("Số thôn, bản của xã Húc Động đạt chuẩn nông thôn mới: 4.", id="a number of villages"),
        pytest.param("Huyện Bình Liêu có 2 xã về đích, nâng tổng số xã nông thôn mới lên 5.", id="a total"),
        pytest.param("Năm 2020, ông Vi Văn Bình được UBND tỉnh tặng Bằng khen.", id="a person's"),
        pytest.param("Xã Húc Động chưa đạt chuẩn nông thôn mới.", id="not reached"),
        pytest.param("Huyện góp phần xây dựng hệ thống chính trị trong sạch, vững mạnh.", id="a phrase"),
        pytest.param("UBND huyện tặng Bằng khen cho 05 tập thể, 12 cá nhân.", id="handed out at a meeting"),
    ],
)
def test_no_distinction(text: str) -> None:
    assert distinctions(text) == []


def test_a_distinction_has_its_area_and_evidence() -> None:
    text = "Vui lắm. Xã Húc Động được công nhận đạt chuẩn nông thôn mới năm 2019."
    (found,) = read(text).distinctions
    assert found.ref_area.name == "xã Húc Động, huyện Bình Liêu, tỉnh Quảng Ninh"
    assert text[found.char_start : found.char_end] == "đạt chuẩn nông thôn mới năm 2019"
    assert found.evidence.startswith("Xã Húc Động")
