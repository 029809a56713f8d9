"""Tables without signs between their cells: rows below a head of years, be it whole, broken or without a label."""

from datetime import date

import pytest

from civic_etl.extract.flat_rows import with_cells
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

SITE = "tỉnh Phú Thọ"

Read = tuple[str, str, str, str]


def read(text: str, *, title: str = "Số liệu qua các năm") -> list[Read]:
    """Indicator, measure, value and period of each figure."""
    document = Document("a", text, title, "", date(2019, 3, 1), SITE)
    return [
        (row.indicator, row.measure, f"{row.obs_value} {row.unit_measure}", row.time_period)
        for row in extract(document).observations
    ]


DOCTORS = [
    ("doctors_per_10000", "level", "7.1 doctor", "2015"),
    ("doctors_per_10000", "level", "7.5 doctor", "2016"),
    ("doctors_per_10000", "level", "8.2 doctor", "2017"),
]
BEDS = [
    ("beds_per_10000", "level", "24.1 bed", "2015"),
    ("beds_per_10000", "level", "25.2 bed", "2016"),
    ("beds_per_10000", "level", "27.3 bed", "2017"),
]
ROWS = "Bác sĩ bình quân 1 vạn dân 7,1 7,5 8,2\nGiường bệnh bình quân 1 vạn dân 24,1 25,2 27,3"


@pytest.mark.parametrize(
    "head",
    [
        "Năm 2015 2016 2017",
        "Chỉ tiêu 2015 2016 2017",
        "Chỉ tiêu Năm 2015 Năm 2016 Năm 2017",
        "2015 2016 Sơ bộ 2017",
        "2015 2016\n2017",
        "Chỉ tiêu\n2015\n2016\nSơ bộ\n2017",
        "Năm\nChỉ tiêu\n2015\n2016\n2017",
    ],
)
def test_heads_of_years(head: str) -> None:
    assert read(f"{head}\n{ROWS}") == DOCTORS + BEDS


def test_units_stand_between_label_and_years() -> None:
    text = (
        "Chỉ tiêu ĐV tính 2016 2017\nTốc độ tăng trưởng GRDP % 7,2 8,3\n"
        "- Dịch vụ % 6,4 7,1\nTổng thu ngân sách Tỷ đồng 3.450 3.810\nSố hộ nghèo 1.240 990"
    )
    assert read(text) == [
        ("grdp", "change_pct", "7.2 percent", "2016"),
        ("grdp", "change_pct", "8.3 percent", "2017"),
        ("grdp", "change_pct", "6.4 percent", "2016"),
        ("grdp", "change_pct", "7.1 percent", "2017"),
        ("budget_revenue", "level", "3450000000000 VND", "2016"),
        ("budget_revenue", "level", "3810000000000 VND", "2017"),
        ("poor_households", "level", "1240 household", "2016"),
        ("poor_households", "level", "990 household", "2017"),
    ]


def test_labels_are_said_again_in_english() -> None:
    text = (
        "2015 2016 2017\nBác sĩ bình quân 1 vạn dân\nDoctors per 10 000 inhabitants 7,1 7,5 8,2\n"
        "Giường bệnh bình quân 1 vạn dân\nBeds per 10 000 inhabitants 24,1 25,2 27,3"
    )
    assert read(text) == DOCTORS + BEDS


def test_figures_stand_below_their_label() -> None:
    text = "2015 2016\n2017\nBác sĩ bình quân 1 vạn dân\n7,1\n7,5\n8,2\nGiường bệnh bình quân 1 vạn dân\n24,1 25,2 27,3"
    assert read(text) == DOCTORS + BEDS


def test_a_row_that_fits_no_columns_is_not_read() -> None:
    assert read(f"Năm 2015 2016 2017\n{ROWS}\nSố hộ nghèo 310 240") == DOCTORS + BEDS


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2015 2016 2017\nSố hộ nghèo 310 240",
        "Kết quả chung\nSố hộ nghèo 310 240\nSố hộ cận nghèo 12 13",
        "Đại hội nhiệm kỳ 2015 2016 2017\nToàn xã có hộ nghèo, số hộ:\n310 240 120",
    ],
)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert with_cells(text) == text


@pytest.mark.parametrize("head", ["Chỉ tiêu | 2016 | Sơ bộ 2017 / Prel. 2017", "Chỉ tiêu | 2016 | Sơ bộ 2017"])
def test_first_counts_are_of_their_year(head: str) -> None:
    assert read(f"{head}\nSố hộ nghèo | 310 | 240") == [
        ("poor_households", "level", "310 household", "2016"),
        ("poor_households", "level", "240 household", "2017"),
    ]


@pytest.mark.parametrize("unit", ["ĐVT: Tỷ đồng", "(Đơn vị tính: tỷ đồng)"])
@pytest.mark.parametrize("sign", [" ", " | "])
def test_a_unit_above_the_table_is_of_its_sums(unit: str, sign: str) -> None:
    rows = (("Chỉ tiêu", "2015", "2016", "2017"), ("Tổng thu ngân sách", "310", "345", "381"))
    text = "\n".join([unit, *(sign.join(row) for row in rows)])
    assert [row[2] for row in read(text)] == ["310000000000 VND", "345000000000 VND", "381000000000 VND"]


def test_one_head_stands_above_all_years_of_one_cell_a_line() -> None:
    text = "STT\nCHỈ TIÊU\nKẾT QUẢ ĐẠT ĐƯỢC\nNăm 2015\nNăm 2016\nNăm 2017\nI\nXã hội"
    rows = "\n".join(f"{at}\nSố hộ nghèo\n{at}10\n{at}20\n{at}30" for at in (1, 2, 3))
    assert [(row[2], row[3]) for row in read(f"{text}\n{rows}")][:3] == [
        ("110 household", "2015"),
        ("120 household", "2016"),
        ("130 household", "2017"),
    ]


@pytest.mark.parametrize("planned", ["KH 2018", "Kế hoạch năm 2018"])
def test_rows_may_lack_what_is_planned(planned: str) -> None:
    text = (
        f"Chỉ tiêu ĐVT 2016 Ước 2017 {planned}\nTỷ lệ hộ nghèo % 8.12 6.96 5.50\n"
        "1. Tỷ lệ lao động qua đào tạo % 24 25\nC. VỀ MÔI TRƯỜNG\n"
        "2. Cà phê: Diện tích Ha 14820 15960 16400\n3. Độ che phủ rừng % 61.2 62.0"
    )
    document = Document("a", text, "Các chỉ tiêu chủ yếu", "", date(2018, 1, 3), SITE)
    rows = extract(document).observations
    assert [(row.indicator, str(row.obs_value), row.time_period, row.value_kind) for row in rows] == [
        ("poor_household_rate", "8.12", "2016", "actual"),
        ("poor_household_rate", "6.96", "2017", "estimate"),
        ("poor_household_rate", "5.5", "2018", "target"),
        ("trained_labour_rate", "24", "2016", "actual"),
        ("trained_labour_rate", "25", "2017", "estimate"),
        ("perennial_area", "14820", "2016", "actual"),
        ("perennial_area", "15960", "2017", "estimate"),
        ("perennial_area", "16400", "2018", "target"),
        ("forest_cover_rate", "61.2", "2016", "actual"),
        ("forest_cover_rate", "62", "2017", "estimate"),
    ]


def test_parts_stand_below_their_whole_without_a_dash() -> None:
    text = (
        "Chỉ tiêu ĐVT 2016 2017\n1. Cơ cấu kinh tế (giá hiện hành) % 100 100\nNông nghiệp % 31.2 30.1\n"
        "Công nghiệp - Xây dựng % 30.6 31.2\nDịch vụ % 38.2 38.7\n2. Tốc độ tăng trưởng kinh tế GRDP % 7.1 7.3"
    )
    document = Document("a", text, "Các chỉ tiêu chủ yếu", "", date(2018, 1, 3), SITE)
    rows = extract(document).observations
    assert [(row.indicator, dict(row.breakdown).get("sector"), row.time_period) for row in rows] == [
        ("economic_structure", None, "2016"),
        ("economic_structure", None, "2017"),
        ("economic_structure", "agriculture", "2016"),
        ("economic_structure", "agriculture", "2017"),
        ("economic_structure", "industry_construction", "2016"),
        ("economic_structure", "industry_construction", "2017"),
        ("economic_structure", "services", "2016"),
        ("economic_structure", "services", "2017"),
        ("grdp", None, "2016"),
        ("grdp", None, "2017"),
    ]


def test_rows_tell_more_of_the_crop_above() -> None:
    text = (
        "Chỉ tiêu ĐVT 2016 2017\n- Diện tích lạc Ha 310 320\n- Năng suất Tạ/ha 21 22\n- Sản lượng Tấn 651 704\n"
        "Cà phê: Diện tích Ha 90 95\nSản lượng Tấn 180 190\nSản lượng thịt hơi Tấn 70 80"
    )
    document = Document("a", text, "Các chỉ tiêu chủ yếu", "", date(2018, 1, 3), SITE)
    rows = extract(document).observations
    assert [(row.indicator, dict(row.breakdown).get("crop")) for row in rows[::2]] == [
        ("sown_area", "peanut"),
        ("crop_yield", "peanut"),
        ("crop_output", "peanut"),
        ("perennial_area", "coffee"),
        ("crop_output", "coffee"),
        ("livestock_output", None),
    ]


def test_rows_below_years_are_broken_in_any_way() -> None:
    text = (
        "Một số chỉ tiêu\n2015 2016 2017\nBác sĩ bình quân 1 vạn dân (Người)\n7,1\n7,5\n8,2\n"
        "Giường bệnh bình quân 1 vạn dân (Giường)\nBeds per 10000 inhabitants (Bed)\n24,1 25,2 27,3\n"
        "Số hộ nghèo (Hộ)\n1.240\n…\n990"
    )
    assert read(text) == [
        *DOCTORS,
        *BEDS,
        ("poor_households", "level", "1240 household", "2015"),
        ("poor_households", "level", "990 household", "2017"),
    ]


def test_rows_of_places_that_end_with_a_grade() -> None:
    text = (
        "Số ca Covid-19 ở các địa bàn:\n\nĐơn vị Tổng F0 Khỏi bệnh Đang điều trị Cấp độ dịch\n"
        "Xã Phú Hộ 212 190 20 Cấp 2\nXã Hà Lộc 146 140 6 Cấp 1\nXã Văn Lung 98 90 7 Cấp 2"
    )
    assert [value for code, _, value, _ in read(text) if code == "covid_cases"] == [
        *("212 case", "190 case", "20 case"),
        *("146 case", "140 case", "6 case"),
        *("98 case", "90 case", "7 case"),
    ]


BROKEN_HEAD = "Chỉ tiêu\n\nĐVT\n\n6 tháng đầu năm 2018\n\n% tăng/giảm so cùng kỳ\n\n"
WHOLE_HEAD = "Chỉ tiêu ĐVT 6 tháng đầu năm 2018 % so cùng kỳ\n"


@pytest.mark.parametrize("head", [BROKEN_HEAD, WHOLE_HEAD])
def test_units_ditto_marks_and_signed_changes_below_a_head_of_one_time(head: str) -> None:
    text = (
        '1. Tổng thu ngân sách Tỷ đồng 16,2 +8,1\n  - Thu nội địa " 10,5 -3,2\n'
        "2. Chỉ số sản xuất công nghiệp % 108,2 +8,2"
    )
    assert read(head + text) == [
        ("budget_revenue", "level", "16200000000 VND", "2018-S1"),
        ("budget_revenue", "change_pct", "8.1 percent", "2018-S1"),
        ("budget_revenue", "level", "10500000000 VND", "2018-S1"),
        ("budget_revenue", "change_pct", "-3.2 percent", "2018-S1"),
        ("iip", "prior_ratio", "108.2 percent", "2018-S1"),
        ("iip", "change_pct", "8.2 percent", "2018-S1"),
    ]
