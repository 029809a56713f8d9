"""Tables across places: a row is a unit or a part of one, a column an indicator."""

from datetime import date

import pytest

from civic_etl.extract.flat_rows import with_cells
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

BINH_LIEU = "huyện Bình Liêu, tỉnh Quảng Ninh"
HUC_DONG, DONG_VAN = f"xã Húc Động, {BINH_LIEU}", f"xã Đồng Văn, {BINH_LIEU}"

Read = tuple[str, str, str, str, str]


def read(text: str, *, site: str = BINH_LIEU, title: str = "Kết quả năm 2018") -> list[Read]:
    """Place, part of it, indicator with its categories, measure and value of each figure."""
    document = Document("a", text, title, "", date(2018, 12, 25), site)
    return [
        (
            row.ref_area.name,
            row.sub_area,
            ":".join([row.indicator, *(f"{key}={value}" for key, value in row.breakdown)]),
            row.measure,
            f"{row.obs_value} {row.unit_measure}",
        )
        for row in extract(document).observations
    ]


REVIEW = [
    (HUC_DONG, "", "households", "level", "1286 household"),
    (HUC_DONG, "", "poor_households", "level", "97 household"),
    (HUC_DONG, "", "poor_household_rate", "share", "7.54 percent"),
    (DONG_VAN, "", "households", "level", "1034 household"),
    (DONG_VAN, "", "poor_households", "level", "402 household"),
    (DONG_VAN, "", "poor_household_rate", "share", "38.88 percent"),
    (BINH_LIEU, "", "households", "level", "2320 household"),
    (BINH_LIEU, "", "poor_households", "level", "499 household"),
    (BINH_LIEU, "", "poor_household_rate", "share", "21.51 percent"),
]
HEAD = ("TT", "Xã, thị trấn", "Tổng số hộ", "Số hộ nghèo", "Tỷ lệ %")
ROWS = (("1", "Xã Húc Động", "1.286", "97", "7,54"), ("2", "Đồng Văn", "1.034", "402", "38,88"))
TOTAL = ("Tổng cộng", "2.320", "499", "21,51")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n".join(" | ".join(row) for row in (HEAD, *ROWS, (TOTAL[0], "", *TOTAL[1:]))), id="cells"),
        pytest.param("\n".join(" ".join(row) for row in (HEAD, *ROWS, TOTAL)), id="one row a line"),
        pytest.param("\n".join(cell for row in (HEAD, *ROWS, TOTAL) for cell in row), id="one cell a line"),
    ],
)
def test_a_review_of_poor_households_by_commune(text: str) -> None:
    assert read(text) == REVIEW


def test_villages_are_parts_and_the_sum_is_of_the_commune() -> None:
    text = "| Thôn | Số hộ | Hộ nghèo |\n| Nà Ếch | 86 | 7 |\n| Thôn Pắc Pò | 34 | 2 |\n| Toàn xã | 120 | 9 |"
    assert read(text, site=HUC_DONG)[::2] == [
        (HUC_DONG, "thôn Nà Ếch", "households", "level", "86 household"),
        (HUC_DONG, "Thôn Pắc Pò", "households", "level", "34 household"),
        (HUC_DONG, "", "households", "level", "120 household"),
    ]


def test_places_with_numbers_for_names_keep_them() -> None:
    text = "TT Tổ dân phố Số hộ Hộ nghèo\n1 Tổ 1 86 7\n2 Tổ 2 34 2\n3 Tổ 3 41 -"
    assert read(text, site=HUC_DONG)[:3] == [
        (HUC_DONG, "Tổ 1", "households", "level", "86 household"),
        (HUC_DONG, "Tổ 1", "poor_households", "level", "7 household"),
        (HUC_DONG, "Tổ 2", "households", "level", "34 household"),
    ]


def test_units_stand_in_the_heads_and_a_crop_goes_on() -> None:
    text = "| Tên xã | Diện tích lúa (ha) | Năng suất (tạ/ha) | Sản lượng (tấn) |\n| Húc Động | 120 | 50,2 | 602,4 |"
    assert read(text) == [
        (HUC_DONG, "", "sown_area:crop=rice", "level", "120 ha"),
        (HUC_DONG, "", "crop_yield:crop=rice", "level", "50.2 quintal_per_ha"),
        (HUC_DONG, "", "crop_output:crop=rice", "level", "602.4 tonne"),
    ]


def test_columns_of_plan_and_result_are_of_what_the_caption_names() -> None:
    text = (
        "Thu ngân sách các xã năm 2018 (ĐVT: triệu đồng)\nSTT Đơn vị Dự toán Thực hiện % so dự toán\n"
        "1 Húc Động 1.200 700 58,3\n2 Đồng Văn 900 500 55,6\nCộng 2.100 1.200 57,1"
    )
    assert read(text)[:3] == [
        (HUC_DONG, "", "budget_revenue", "level", "1200000000 VND"),
        (HUC_DONG, "", "budget_revenue", "level", "700000000 VND"),
        (HUC_DONG, "", "budget_revenue", "plan_ratio", "58.3 percent"),
    ]


def test_a_column_of_units_stands_behind_the_indicators() -> None:
    text = (
        "TT Chỉ tiêu ĐVT Kế hoạch Thực hiện\n1 Thu ngân sách Triệu đồng 1.200 1.350\n2 Tỷ lệ hộ nghèo % 5,2 4,8\n"
        "3 Kết nạp đảng viên đảng viên 12 13"
    )
    assert [row[2:] for row in read(text)] == [
        ("budget_revenue", "level", "1200000000 VND"),
        ("budget_revenue", "level", "1350000000 VND"),
        ("poor_household_rate", "share", "5.2 percent"),
        ("poor_household_rate", "share", "4.8 percent"),
        ("party_members_admitted", "level", "12 party_member"),
        ("party_members_admitted", "level", "13 party_member"),
    ]


def test_rows_that_name_no_place_are_no_facts_of_one() -> None:
    text = "| Đơn vị | Số hộ | Hộ nghèo |\n| Chi nhánh Hoa Sen | 86 | 7 |\n| Húc Động | 34 | 2 |"
    assert {place for place, *_ in read(text)} == {HUC_DONG}


@pytest.mark.parametrize(
    "text",
    [
        "Xã có ba thôn.\nThôn Một 12 34\nThôn Hai 15 36\nThôn Ba 17 38",
        "TT Xã Số hộ Hộ nghèo\n1 Húc Động 12 34\n2 Đồng Văn 15 36 40\n3 Lục Hồn 17 38",
        "TT Xã Số hộ Hộ nghèo\n1 Húc Động 12 34\n2 Đồng Văn 15 36",
    ],
)
def test_lines_that_are_no_table_stay_as_they_are(text: str) -> None:
    assert with_cells(text) == text


def test_rows_carry_their_number_before_their_name() -> None:
    text = "Thôn | Số hộ | Hộ nghèo\n1. Khe Mằn | 130 | 12\n2. Tân Sơn | 30 | 4"
    assert [row[1:] for row in read(text, site=HUC_DONG)] == [
        ("thôn Khe Mằn", "households", "level", "130 household"),
        ("thôn Khe Mằn", "poor_households", "level", "12 household"),
        ("thôn Tân Sơn", "households", "level", "30 household"),
        ("thôn Tân Sơn", "poor_households", "level", "4 household"),
    ]


def test_a_row_with_more_cells_than_its_head_is_not_read() -> None:
    text = "STT | Thôn | Số hộ | Hộ nghèo\n1 | Thôn Khe Mằn | 130 | 12 | 5\n2 | Thôn Tân Sơn | 30 | 4"
    assert {row[1] for row in read(text, site=HUC_DONG)} == {"Thôn Tân Sơn"}


@pytest.mark.parametrize(
    ("head", "row", "last"),
    [
        ("Số hộ nghèo | Giảm so với năm trước (hộ)", "120 | 12", ("poor_households", "change", "-12 household")),
        ("Số hộ | Tăng", "1.200 | -20", ("households", "change", "-20 household")),
        (
            "Thu ngân sách (triệu đồng) | Chênh lệch (triệu đồng)",
            "1.200 | -200",
            ("budget_revenue", "change", "-200000000 VND"),
        ),
        ("Tỷ lệ hộ nghèo (%) | Giảm (%)", "12 | 1,2", ("poor_household_rate", "change", "-1.2 percentage_point")),
    ],
)
def test_a_column_tells_how_the_one_before_it_moved(head: str, row: str, last: tuple[str, str, str]) -> None:
    assert read(f"Xã | {head}\nXã Húc Động | {row}")[-1][2:] == last


def test_parts_of_a_sum_are_in_its_unit() -> None:
    text = "Chỉ tiêu | Kế hoạch | Thực hiện\nTổng thu ngân sách (tỷ đồng) | 100 | 120\n- Thu nội địa | 80 | 90"
    assert [row[4] for row in read(text)] == [f"{value}000000000 VND" for value in (100, 120, 80, 90)]


def test_columns_before_a_table_across_places_are_not_of_what_follows_it() -> None:
    text = "Chỉ tiêu | Kế hoạch | Thực hiện\nSố hộ nghèo | 10 | 12\n\nNăm sau:\n\nXã | Hộ | Hộ nghèo\n{}"
    document = Document(
        "a",
        text.format("Xã Húc Động | 120 | 12\n\nTiếp theo\n\nXã Đồng Văn | 110 | 11"),
        "",
        "",
        date(2018, 12, 25),
        BINH_LIEU,
    )
    assert [row.value_kind for row in extract(document).observations if row.quote in {"110", "11"}] != [
        "target",
        "actual",
    ]


def test_the_numbers_of_rows_are_no_column_where_the_head_has_none() -> None:
    text = "Chỉ tiêu Kế hoạch Thực hiện\n1 Số hộ nghèo 30 25\n2 Đàn lợn 300 340\n3 Đàn bò 50 60"
    document = Document("a", text, "", "", date(2018, 12, 25), BINH_LIEU)
    assert [(row.quote, row.value_kind) for row in extract(document).observations] == [
        ("30", "target"),
        ("25", "actual"),
        ("300", "target"),
        ("340", "actual"),
        ("50", "target"),
        ("60", "actual"),
    ]


@pytest.mark.parametrize("caption", ["Tỷ lệ hộ nghèo các xã (%)", "Tỷ lệ hộ nghèo chia theo xã"])
def test_columns_of_years_are_of_what_the_caption_names(caption: str) -> None:
    text = f"{caption}\nXã | Năm 2016 | Năm 2017\nHúc Động | 9,5 | 7,5\nĐồng Văn | 39,5 | 38,5"
    assert [row[2:] for row in read(text)] == [
        ("poor_household_rate", "share", f"{value} percent") for value in ("9.5", "7.5", "39.5", "38.5")
    ]


def test_a_second_column_called_as_the_labels_is_aimed_at() -> None:
    text = "Chỉ tiêu | ĐVT | Chỉ tiêu | Thực hiện\nSố hộ nghèo | hộ | 130 | 120"
    document = Document("a", text, "Kết quả năm 2017", "", date(2018, 1, 25), BINH_LIEU)
    assert [(str(row.obs_value), row.value_kind) for row in extract(document).observations] == [
        ("130", "target"),
        ("120", "actual"),
    ]


TOWNS = ["TỔNG SỐ 12.080 12.400", "Thị trấn Bình Liêu 1.060 1.080", "Xã Húc Động 1.601 1.643", "Đồng Văn 961 983"]


@pytest.mark.parametrize("caption", ["Dân số trung bình phân theo xã", "12. Dân số chia theo đơn vị hành chính"])
def test_the_caption_names_what_rows_of_places_below_years_are_of(caption: str) -> None:
    text = "\n".join([caption, "ĐVT: Người", "2016 Sơ bộ 2017", *TOWNS])
    assert read(text, title="Niên giám") == [
        (place, "", "population", "level", f"{value} person")
        for place, *values in (
            (BINH_LIEU, 12080, 12400),
            (f"thị trấn Bình Liêu, {BINH_LIEU}", 1060, 1080),
            (HUC_DONG, 1601, 1643),
            (DONG_VAN, 961, 983),
        )
        for value in values
    ]


def test_rows_of_places_stand_below_their_indicator() -> None:
    text = (
        "| Chỉ tiêu | ĐVT | 2016 | 2017 |\n| Diện tích lúa | ha | 120 | 130 |\n| Húc Động | ha | 20 | 30 |\n"
        "| Diện tích ngô | ha | 90 | 95 |\n| Đồng Văn | ha | 12 | 15 |\n| Số hộ nghèo | hộ | 499 | 310 |"
    )
    assert [(place, code, value) for place, _, code, _, value in read(text)][::2] == [
        (BINH_LIEU, "sown_area:crop=rice", "120 ha"),
        (HUC_DONG, "sown_area:crop=rice", "20 ha"),
        (BINH_LIEU, "sown_area:crop=maize", "90 ha"),
        (DONG_VAN, "sown_area:crop=maize", "12 ha"),
        (BINH_LIEU, "poor_households", "499 household"),
    ]


def test_a_name_of_several_units_is_that_of_one_below_the_own() -> None:
    text = "| Huyện, thành phố | Số hộ | Hộ nghèo |\n| Mai Sơn | 860 | 70 |"
    assert [row[0] for row in read(text, site="tỉnh Sơn La")] == ["huyện Mai Sơn, tỉnh Sơn La"] * 2


def test_what_stands_above_the_years_of_places_is_their_indicator() -> None:
    head = ["TT", "Xã, thị trấn", "Tỷ lệ bao phủ bảo hiểm y tế", "Năm 2016", "Năm 2017"]
    rows = ["1", "Húc Động", "91,6%", "92,4%", "2", "Đồng Văn", "91,2%", "92,2%", "3", "Lục Hồn", "97%", "98%"]
    told = read("\n\n".join([*head, *rows]), title="Chỉ tiêu giao các xã")
    assert [row[2] for row in told] == ["health_insurance_rate"] * 6
    assert told[0] == (HUC_DONG, "", "health_insurance_rate", "share", "91.6 percent")


def test_the_area_beside_the_people_is_that_of_the_place() -> None:
    text = "| STT | Xã | Diện tích (ha) | Dân số (người) |\n| 1 | Húc Động | 5.120 | 3.400 |"
    assert read(text) == [
        (HUC_DONG, "", "natural_area", "level", "5120 ha"),
        (HUC_DONG, "", "population", "level", "3400 person"),
    ]


def test_years_stand_in_a_second_line_of_the_head() -> None:
    text = "| Xã | Số hộ | Hộ nghèo |\n| | 2016 | 2017 | Năm 2016 | Năm 2017 |\n| Húc Động | 86 | 87 | 7 | 6 |"
    document = Document("a", text, "Kết quả", "", date(2018, 12, 25), BINH_LIEU)
    assert [(row.indicator, int(row.obs_value), row.time_period) for row in extract(document).observations] == [
        ("households", 86, "2016"),
        ("households", 87, "2017"),
        ("poor_households", 7, "2016"),
        ("poor_households", 6, "2017"),
    ]


def test_a_head_of_places_without_a_cell_for_the_numbers_of_rows() -> None:
    """Found by fuzzing: "đơn vị" is the head of places and of what is counted in."""
    rows = "1 | Xã Húc Động | 97 hộ nghèo | 86 hộ nghèo\n2 | Xã Đồng Văn | 402 hộ nghèo | 398 hộ nghèo\n"
    figures = read(f"Đơn vị | Năm 2017 | Năm 2018\n{rows}")
    assert [(place, code, value) for place, _, code, _, value in figures] == [
        (HUC_DONG, "poor_households", "97 household"),
        (HUC_DONG, "poor_households", "86 household"),
        (DONG_VAN, "poor_households", "402 household"),
        (DONG_VAN, "poor_households", "398 household"),
    ]


@pytest.mark.parametrize(
    "between", [pytest.param("", id="nothing between"), pytest.param("Dengue cases by commune\n", id="in English")]
)
def test_a_list_of_places_below_a_caption(between: str) -> None:
    text = (
        "Chỉ tiêu 2016 2017\nTỷ lệ hộ nghèo (%) 7,1 6,4\nTỷ lệ tham gia bảo hiểm y tế (%) 88 90\n"
        f"12. Số ca sốt xuất huyết chia theo xã, thị trấn\n{between}Tổng số 41\nXã Húc Động 12\nXã Đồng Văn 29"
    )
    code = "disease_cases:disease=dengue"
    assert read(text)[4:] == [
        (BINH_LIEU, "", code, "level", "41 case"),
        (HUC_DONG, "", code, "level", "12 case"),
        (DONG_VAN, "", code, "level", "29 case"),
    ]


def test_prose_that_speaks_of_parts_by_place_is_no_list() -> None:
    text = "Kết quả tính theo xã được công bố.\nNăm 2018 giảm 120 hộ nghèo.\nĐến nay còn 97 hộ nghèo.\nXã đạt 12"
    assert [row[1:] for row in read(text)] == [
        ("", "poor_households", "change", "-120 household"),
        ("", "poor_households", "level", "97 household"),
    ]


def test_what_a_bare_noun_counts_is_told_by_the_caption() -> None:
    text = "Một số xã có nhiều sản phẩm OCOP (tính đến 20/11/2018):\n\n"
    text += "TT | Xã | Số sản phẩm | Trong đó 4 sao\n1 | Húc Động | 6 | 1\n2 | Đồng Văn | 5 | -"
    assert read(text) == [
        (HUC_DONG, "", "ocop_products", "level", "6 product"),
        (HUC_DONG, "", "ocop_products:stars=4", "level", "1 product"),
        (DONG_VAN, "", "ocop_products", "level", "5 product"),
    ]


def test_a_table_is_of_the_crop_of_its_numbered_item_and_its_plan_of_the_year() -> None:
    text = "2. Lúa hè thu 2018: Đến ngày 15/7 toàn huyện xuống giống 640 ha.\n\nTiến độ một số xã:\n\n"
    text += "Xã | Kế hoạch (ha) | Xuống giống (ha)\nHúc Động | 130 | 112\nĐồng Văn | 90 | 85"
    document = Document("a", text, "Tiến độ sản xuất đến ngày 15/7/2018", "", date(2018, 7, 17), BINH_LIEU)
    rows = [row for row in extract(document).observations if "xã" in row.ref_area.name]
    assert {(row.indicator, row.breakdown) for row in rows} == {
        ("sown_area", (("crop", "rice"), ("season", "summer_autumn")))
    }
    assert [(row.time_period, row.value_kind) for row in rows] == [("2018", "target"), ("2018-07-15", "actual")] * 2
