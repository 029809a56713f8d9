"""Tables across whose rows are times or what figures are counted by, and whose columns are indicators."""

from datetime import date

import pytest

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

SITE = "tỉnh Phú Thọ"

Read = tuple[str, str, str, str]


def read(text: str, *, title: str = "Số liệu qua các năm", site: str = SITE) -> list[Read]:
    """Indicator with its categories, measure, value and period of each figure."""
    document = Document("a", text, title, "", date(2020, 3, 1), site)
    return [
        (
            ":".join([row.indicator, *(f"{key}={value}" for key, value in row.breakdown)]),
            row.measure,
            f"{row.obs_value} {row.unit_measure}",
            row.time_period,
        )
        for row in extract(document).observations
    ]


def test_years_stand_down_the_first_column() -> None:
    text = "| Năm | Lúa (ha) | Ngô (ha) |\n|---|---|---|\n| 2018 | 5.230 | 3.320 |\n| 2019 | 5.340 | 3.230 |"
    assert read(text, title="Diện tích cây trồng") == [
        ("sown_area:crop=rice", "level", "5230 ha", "2018"),
        ("sown_area:crop=maize", "level", "3320 ha", "2018"),
        ("sown_area:crop=rice", "level", "5340 ha", "2019"),
        ("sown_area:crop=maize", "level", "3230 ha", "2019"),
    ]


def test_what_is_expected_and_planned_is_told_by_the_year() -> None:
    text = "Năm | Số hộ | Tỷ lệ hộ nghèo (%)\n2018 | 1.420 | 10,5\nƯớc 2019 | 1.430 | 9,2\nKH 2020 | 1.440 | 8,1"
    document = Document("a", text, "Số hộ", "", date(2020, 3, 1), SITE)
    told = [(row.time_period, row.value_kind) for row in extract(document).observations]
    assert told[::2] == [("2018", "actual"), ("2019", "estimate"), ("2020", "target")]


def test_school_years_and_months_are_times() -> None:
    text = "| Năm học | Số trường | Số học sinh |\n| 2018-2019 | 120 | 45.800 |"
    assert read(text) == [
        ("schools", "level", "120 school", "2018-09-01/P1Y"),
        ("students", "level", "45800 person", "2018-09-01/P1Y"),
    ]
    text = "| Tháng | Số vụ | Số người chết |\n| Tháng 1/2020 | 12 | 5 |"
    assert [row[3] for row in read(text, title="Tai nạn giao thông")] == ["2020-M01", "2020-M01"]


@pytest.mark.parametrize("head", ["Lĩnh vực", "Thủ tục hành chính", "Tên thủ tục"])
def test_dossiers_by_field(head: str) -> None:
    text = f"| STT | {head} | Tiếp nhận | Đã giải quyết | Quá hạn |\n| 1 | Đất đai | 250 | 240 | 5 |\n"
    text += "| | Tổng số | 900 | 890 | 9 |"
    assert read(text, title="Kết quả giải quyết thủ tục hành chính năm 2019") == [
        ("other", "level", "250 dossier", "2019"),
        ("other", "level", "240 dossier", "2019"),
        ("other", "level", "5 dossier", "2019"),
        ("dossiers_received", "level", "900 dossier", "2019"),
        ("dossiers_resolved", "level", "890 dossier", "2019"),
        ("dossiers_resolved:result=late", "level", "9 dossier", "2019"),
    ]


def test_crops_stand_down_the_first_column() -> None:
    text = "| Cây trồng | Diện tích (ha) | Năng suất (tạ/ha) | Sản lượng (tấn) |\n| Ngô | 3.120 | 40,2 | 12.300 |"
    assert read(text, title="Kết quả năm 2019") == [
        ("sown_area:crop=maize", "level", "3120 ha", "2019"),
        ("crop_yield:crop=maize", "level", "40.2 quintal_per_ha", "2019"),
        ("crop_output:crop=maize", "level", "12300 tonne", "2019"),
    ]
    text = "| Loại cây | Kế hoạch (ha) | Thực hiện (ha) | Tỷ lệ (%) |\n| Sắn | 520 | 530 | 101,9 |"
    assert [row[:3] for row in read(text)] == [
        ("sown_area:crop=cassava", "level", "520 ha"),
        ("sown_area:crop=cassava", "level", "530 ha"),
        ("sown_area:crop=cassava", "plan_ratio", "101.9 percent"),
    ]


@pytest.mark.parametrize("title", ["Tỷ lệ bao phủ bảo hiểm y tế các huyện", "Bao phủ BHYT của các huyện, thành phố"])
def test_the_title_names_what_years_stand_for(title: str) -> None:
    text = "| Huyện | Năm 2018 | Năm 2019 |\n| Thanh Ba | 91,6% | 92,4% |"
    assert read(text, title=title) == [
        ("health_insurance_rate", "share", "91.6 percent", "2018"),
        ("health_insurance_rate", "share", "92.4 percent", "2019"),
    ]


def test_a_table_of_indicators_is_none_across() -> None:
    text = "| Chỉ tiêu | 2018 | 2019 |\n| Số hộ nghèo | 120 | 110 |"
    assert read(text) == [
        ("poor_households", "level", "120 household", "2018"),
        ("poor_households", "level", "110 household", "2019"),
    ]


def test_rows_with_units_of_their_own_are_indicators() -> None:
    text = "2. Sản xuất vụ đông\n| Cây trồng | ĐVT | Kế hoạch | Thực hiện |\n| Ngô | Ha | 5.214 | 4.873 |"
    assert [row[:3] for row in read(text)] == [
        ("sown_area:crop=maize:season=winter", "level", "5214 ha"),
        ("sown_area:crop=maize:season=winter", "level", "4873 ha"),
    ]


def test_rows_of_years_without_signs_between_their_cells() -> None:
    text = "Năm Dân số (người) Số hộ\n2016 1.208.000 280.000\n2017 1.220.000 282.000\n2018 1.240.000 285.000"
    assert read(text)[::2] == [
        ("population", "level", "1208000 person", "2016"),
        ("population", "level", "1220000 person", "2017"),
        ("population", "level", "1240000 person", "2018"),
    ]


@pytest.mark.parametrize("head", ["Loại vật nuôi", "Vật nuôi", "Chỉ tiêu"])
def test_two_columns_with_one_cell_a_line(head: str) -> None:
    text = "\n\n".join([head, "Số lượng năm 2019 (con)", "Trâu", "12.500", "Bò", "33.100", "Lợn", "112.500"])
    assert read(text, title="Chăn nuôi") == [
        ("livestock_herd:species=buffalo", "level", "12500 head", "2019"),
        ("livestock_herd:species=cattle", "level", "33100 head", "2019"),
        ("livestock_herd:species=pig", "level", "112500 head", "2019"),
    ]


def test_a_table_without_a_title() -> None:
    text = "| Huyện | Năm 2018 | Năm 2019 |\n| Thanh Ba | 91,6% | 92,4% |"
    assert [row[0] for row in read(text, title="")] == ["other", "other"]


def test_years_above_three_columns_are_no_pairs() -> None:
    head = ["NĂM", "CHỈ TIÊU", "2016", "2017", "2018", "2019"]
    rows = ["Số hộ", "270", "271", "266", "265", "Số hộ nghèo", "29", "28", "30", "31", "Số thôn", "5", "5", "6", "6"]
    assert [row[2:] for row in read("\n".join([*head, *rows]))][:4] == [
        ("270 household", "2016"),
        ("271 household", "2017"),
        ("266 household", "2018"),
        ("265 household", "2019"),
    ]


def test_a_label_that_no_category_expresses_tells_a_part() -> None:
    cells = ["Lĩnh vực", "Tiếp nhận", "Đã giải quyết", "Trễ hạn", "Đất đai", "1.204", "1.190", "14"]
    cells += ["Hộ tịch", "618", "617", "0", "Xây dựng", "97", "95", "3", "Chứng thực", "310", "308", "2"]
    cells += ["Tổng cộng", "2.229", "2.210", "19"]
    text = "Năm 2018, Bộ phận Một cửa phục vụ tốt.\n\n" + "\n".join(cells) + "\n\nNăm 2019, phấn đấu giảm nghèo 2%."
    found = read(text, title="Kết quả giải quyết thủ tục hành chính năm 2018")
    found = [row for row in found if row[2].endswith("dossier")]
    assert {row[0] for row in found[:12]} == {"other"}
    assert [row[2] for row in found[5:12]] == [
        *("0 dossier", "97 dossier", "95 dossier", "3 dossier"),
        *("310 dossier", "308 dossier", "2 dossier"),
    ]
    assert found[12:] == [
        ("dossiers_received", "level", "2229 dossier", "2018"),
        ("dossiers_resolved", "level", "2210 dossier", "2018"),
        ("dossiers_resolved:result=late", "level", "19 dossier", "2018"),
    ]
    assert {row[3] for row in found} == {"2018"}


def test_schools_by_their_level_and_by_how_many_pupils_they_grew() -> None:
    text = "Năm học 2018 - 2019, quy mô cụ thể như sau:\n\n"
    text += "Bậc học | Số lớp | Số học sinh | Tăng, giảm so với năm học trước (học sinh)\n"
    text += "Mầm non | 148 | 4.215 | +262\nTiểu học | 318 | 8.706 | -41"
    assert read(text, title="Ngành giáo dục huyện") == [
        ("classes:level=preschool", "level", "148 class", "2018-09-01/P1Y"),
        ("students:level=preschool", "level", "4215 person", "2018-09-01/P1Y"),
        ("students:level=preschool", "change", "262 person", "2018-09-01/P1Y"),
        ("classes:level=primary", "level", "318 class", "2018-09-01/P1Y"),
        ("students:level=primary", "level", "8706 person", "2018-09-01/P1Y"),
        ("students:level=primary", "change", "-41 person", "2018-09-01/P1Y"),
    ]


def test_plan_and_result_of_what_the_caption_names_with_its_category() -> None:
    text = "4. BHXH tự nguyện theo xã\n"
    text += "| Xã, thị trấn | Chỉ tiêu năm (người) | Đến 31/7/2019 | Tỷ lệ % |\n| TT Hạ Hòa | 70 | 56 | 80,0 |"
    assert read(text, site="huyện Hạ Hòa, tỉnh Phú Thọ") == [
        ("social_insurance_participants:kind=voluntary", "level", "70 person", "2020"),
        ("social_insurance_participants:kind=voluntary", "level", "56 person", "2019-07-31"),
        ("social_insurance_participants:kind=voluntary", "plan_ratio", "80 percent", "2019-07-31"),
    ]


def test_what_was_so_a_year_ago_is_of_the_day_that_the_caption_tells() -> None:
    text = "TIẾN ĐỘ SẢN XUẤT ĐẾN 15/2/2020\n"
    text += "| Chỉ tiêu | ĐVT | Thực hiện cùng kỳ năm trước | Thực hiện kỳ này |\n| Lúa xuân | Ha | 412 | 398 |"
    assert [row[2:] for row in read(text, title="Tình hình kinh tế - xã hội tháng 2 năm 2020")] == [
        ("412 ha", "2019-02-15"),
        ("398 ha", "2020-02-15"),
    ]


def test_unions_are_bodies_of_the_place() -> None:
    text = "Kết quả ủy thác qua các tổ chức hội đến 15/2/2020\n"
    text += "Đơn vị | Số tổ TK&VV | Dư nợ (triệu đồng) | Tỷ lệ nợ quá hạn (%)\n"
    text += "Hội Nông dân | 128 | 118.320 | 0,12\nHội Phụ nữ | 141 | 132.075 | 0,08"
    told = read(text, title="Đòn bẩy từ đồng vốn chính sách", site="huyện Hạ Hòa, tỉnh Phú Thọ")
    assert [row for row in told if row[0].startswith("policy_credit")] == [
        ("policy_credit:channel=farmers", "level", "118320000000 VND", "2020-02-15"),
        ("policy_credit:channel=women", "level", "132075000000 VND", "2020-02-15"),
    ]


def test_sectors_stand_down_the_first_column() -> None:
    text = "Khu vực | Cơ cấu theo giá hiện hành (%) | Tốc độ tăng GRDP so cùng kỳ (%)\n"
    text += "Nông, lâm nghiệp và thủy sản | 8,51 | 3,52\nDịch vụ | 23,14 | 6,90"
    assert read(text, title="Kinh tế - xã hội năm 2019") == [
        ("economic_structure:sector=agriculture", "share", "8.51 percent", "2019"),
        ("grdp:sector=agriculture", "change_pct", "3.52 percent", "2019"),
        ("economic_structure:sector=services", "share", "23.14 percent", "2019"),
        ("grdp:sector=services", "change_pct", "6.9 percent", "2019"),
    ]
