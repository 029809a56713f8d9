"""Units in the cells of tables, and rows whose cells are parted by tabs."""

from datetime import date
from decimal import Decimal

import pytest

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document
from civic_etl.extract.table_units import is_unit, read_unit

MILLION, THOUSAND = Decimal(1_000_000), Decimal(1_000)


@pytest.mark.parametrize(
    ("cell", "unit", "factor"),
    [
        ("triệu đồng", "VND", MILLION),
        ("tr.đ", "VND", MILLION),
        ("trđ", "VND", MILLION),
        ("tr. đồng", "VND", MILLION),
        ("tr.đ/người/năm", "VND", MILLION),
        ("triệu đồng/ha", "VND", MILLION),
        ("ngđ", "VND", THOUSAND),
        ("ng.đ", "VND", THOUSAND),
        ("1.000 đ", "VND", THOUSAND),
        ("tỷ.đ", "VND", 1000 * MILLION),
        ("tr.usd", "USD", MILLION),
        ("tạ/ha", "quintal_per_ha", Decimal(1)),
        ("1000 tấn", "tonne", THOUSAND),
    ],
)
def test_unit_cells(cell: str, unit: str, factor: Decimal) -> None:
    assert read_unit(cell) == (unit, factor)
    assert is_unit(cell)


@pytest.mark.parametrize("cell", ["triệu", "thu ngân sách", "hộ nghèo"])
def test_labels_are_no_units(cell: str) -> None:
    assert is_unit(cell) is (cell == "triệu")


def read(text: str) -> list[tuple[str, str, str, str]]:
    document = Document("t", text, "Kết quả năm 2022", "", date(2022, 12, 20), "huyện Con Cuông, tỉnh Nghệ An")
    told = extract(document).observations
    return [(each.quote, each.indicator, str(each.obs_value.normalize()), each.value_kind) for each in told]


def test_tabs_with_an_empty_cell_end_cells_too() -> None:
    rows = [
        "TT\tChỉ tiêu\tĐVT\tKH năm 2022\tTH năm 2022\tSo sánh (%)",
        "1\tThu ngân sách trên địa bàn\tTr.đ\t480\t523\t109",
        "\tTổng đàn trâu, bò\tCon\t2.340\t2.410\t",
        "3\tTỷ lệ hộ nghèo\t%\t6,8\t\t75",
    ]
    assert read("\n".join(rows)) == [
        ("480", "budget_revenue", "4.8E+8", "target"),
        ("523", "budget_revenue", "5.23E+8", "actual"),
        ("109", "budget_revenue", "109", "actual"),
        ("2.340", "livestock_herd", "2.34E+3", "target"),
        ("2.410", "livestock_herd", "2.41E+3", "actual"),
        ("6,8", "poor_household_rate", "6.8", "target"),
        ("75", "poor_household_rate", "75", "actual"),
    ]


def test_money_that_is_shared_out_by_per_cent_is_money() -> None:
    head = "Đơn vị tính: đồng\nNội dung | Dự toán năm 2022 | Thực hiện năm 2022"
    row = "Các khoản thu phân chia theo tỷ lệ phần trăm (%) | 2.132.000.000 | 1.720.422.000"
    told = [(value, kind) for _, _, value, kind in read(f"{head}\n{row}")]
    assert told == [("2.132E+9", "target"), ("1.720422E+9", "actual")]


def test_cells_on_lines_of_their_own_with_short_units() -> None:
    head = ["TT", "Chỉ tiêu", "ĐVT", "KH năm 2022", "TH năm 2022"]
    rows = ["1|Thu ngân sách|Trđ|480|523", "2|Thu nhập bình quân|Tr.đ/người/năm|45|46,5", "3|Hộ nghèo|Hộ|45|40"]
    cells = [*head, *(cell for row in rows for cell in row.split("|"))]
    assert read("\n".join(["Các chỉ tiêu năm 2022:", "", *cells, "", "Hết."])) == [
        ("480", "budget_revenue", "4.8E+8", "target"),
        ("523", "budget_revenue", "5.23E+8", "actual"),
        ("45", "income_per_capita", "4.5E+7", "target"),
        ("46,5", "income_per_capita", "4.65E+7", "actual"),
        ("45", "poor_households", "45", "target"),
        ("40", "poor_households", "4E+1", "actual"),
    ]


def test_a_sign_before_the_first_cell_ends_an_empty_one() -> None:
    rows = [
        "STT | Chỉ tiêu | ĐVT | KH năm 2022 | TH năm 2022",
        "1 | Tổng đàn bò | Con | 230 | 241",
        "| Tổng đàn lợn | Con | 560 | 571",
    ]
    assert [(quote, kind) for quote, _, _, kind in read("\n".join(rows))] == [
        ("230", "target"),
        ("241", "actual"),
        ("560", "target"),
        ("571", "actual"),
    ]


def test_all_figures_of_a_row_are_of_what_its_first_is() -> None:
    rows = [
        "Chỉ tiêu | 2020 | 2021 | 2022",
        "Dân số (người) | 570 | 580 | 590",
        "Sản lượng lương thực (tấn) | 43 | 44 | 45",
    ]
    assert {indicator for _, indicator, _, _ in read("\n".join(rows))} == {"population", "food_output"}


@pytest.mark.parametrize("marks", [("", ""), ("| ", " |")])
def test_a_head_of_two_rows(marks: tuple[str, str]) -> None:
    rows = [
        "STT | Chỉ tiêu | ĐVT | TH năm 2021 | TH năm 2022 | So sánh (%) | ",
        " | | | | | Cùng kỳ | Kế hoạch",
        "1 | Tổng đàn bò | Con | 230 | 241 | 104,8 | 98",
        "2 | Tổng đàn lợn | Con | 560 | 571 | 102 | 99",
    ]
    lines = [f"{marks[0]}{row}{marks[1]}".strip() for row in rows]
    if marks[0]:
        lines.insert(1, "|---|---|---|---|---|---|---|")
    document = Document(
        "t", "\n".join(lines), "Kết quả năm 2022", "", date(2022, 12, 20), "huyện Con Cuông, tỉnh Nghệ An"
    )
    told = [(each.quote, each.measure, each.time_period) for each in extract(document).observations]
    assert told[:4] == [
        ("230", "level", "2021"),
        ("241", "level", "2022"),
        ("104,8", "prior_ratio", "2022"),
        ("98", "plan_ratio", "2022"),
    ]


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("Kế hoạch năm", "2022"),
        ("DT giao đầu năm", "2022"),
        ("Dự toán năm 2022", "2022"),
        ("KH 9 tháng", "2022-01-01/P9M"),
    ],
)
def test_the_plan_of_a_year_in_a_report_of_months(head: str, period: str) -> None:
    text = f"Chỉ tiêu | ĐVT | {head} | TH 9 tháng\nThu ngân sách | tr.đ | 480 | 323\nChi ngân sách | tr.đ | 470 | 310"
    document = Document(
        "t", text, "Thu ngân sách 9 tháng năm 2022", "", date(2022, 10, 5), "huyện Con Cuông, tỉnh Nghệ An"
    )
    assert [each.time_period for each in extract(document).observations] == [period, "2022-01-01/P9M"] * 2


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Bảng tổng hợp hộ nghèo đến 31/12/2021", "2021-12-31"),
        ("Số liệu hộ nghèo cuối năm 2021", "2021"),
        ("Bảng tổng hợp", "2022-01-05"),
    ],
)
def test_the_day_of_the_line_above_a_table(line: str, period: str) -> None:
    rows = f"{line}\n\nĐơn vị | Tổng số hộ | Hộ nghèo\nXã Bản Qua | 189 | 12\nXã Mường Hum | 67 | 15"
    document = Document(
        "t", f"Tin của huyện.\n\n{rows}", "Hộ nghèo", "", date(2022, 1, 5), "huyện Bát Xát, tỉnh Lào Cai"
    )
    assert {each.time_period for each in extract(document).observations} == {period}


def test_a_column_of_what_was_carried_out_is_told_in_short_below_a_heading_of_the_next_year() -> None:
    rows = ["Chỉ tiêu | ĐVT | TH 2021 | KH 2022", "Tổng đàn bò | con | 230 | 241"]
    text = "\n".join(["Phần thứ hai", "KẾ HOẠCH NĂM 2022", *rows])
    document = Document(
        "t", text, "Kết quả năm 2021, kế hoạch năm 2022", "", date(2021, 12, 20), "huyện Con Cuông, tỉnh Nghệ An"
    )
    told = [(each.quote, each.time_period, each.value_kind) for each in extract(document).observations]
    assert told == [("230", "2021", "actual"), ("241", "2022", "target")]


def told(text: str) -> list[tuple[str, str, str, str, str]]:
    document = Document("t", text, "Kết quả năm 2022", "", date(2022, 12, 20), "huyện Con Cuông, tỉnh Nghệ An")
    return [
        (
            each.quote,
            each.indicator,
            each.measure,
            f"{each.obs_value.normalize():f} {each.unit_measure}",
            each.value_kind,
        )
        for each in extract(document).observations
    ]


def test_rows_that_end_with_a_word_and_units_that_are_those_above() -> None:
    head = ["TT", "Chỉ tiêu", "ĐVT", "KH năm 2022", "TH năm 2022", "Tỷ lệ TH/KH (%)"]
    rows = [
        "1|Tổng đàn bò|con|2.300|2.410|104,8",
        '- Tổng đàn lợn|"|5.600|5.710|102',
        "2|Thu ngân sách|triệu đồng|480|523|109",
        "3|Tỷ lệ hộ nghèo|%|Giảm 1-1,5|Giảm 1,2 (còn 3,4)|Đạt",
        "4|Tỷ lệ che phủ rừng|%|> 52|51,8|Không đạt",
        "5|Diện tích cây bưởi|ha|30|32|106,7",
    ]
    cells = [*head, *(cell for row in rows for cell in row.split("|"))]
    found = told("\n".join(["Các chỉ tiêu năm 2022:", "", *cells, "", "Hết."]))
    assert found[3:6] == [
        ("5.600", "livestock_herd", "level", "5600 head", "target"),
        ("5.710", "livestock_herd", "level", "5710 head", "actual"),
        ("102", "livestock_herd", "plan_ratio", "102 percent", "actual"),
    ]
    assert found[9:14] == [
        ("1-1,5", "poor_household_rate", "change", "-1 percentage_point", "target"),
        ("1,2", "poor_household_rate", "change", "-1.2 percentage_point", "actual"),
        ("3,4", "poor_household_rate", "share", "3.4 percent", "actual"),
        ("> 52", "forest_cover_rate", "share", "52 percent", "target"),
        ("51,8", "forest_cover_rate", "share", "51.8 percent", "actual"),
    ]
    assert [indicator for _, indicator, *_ in found[14:]] == ["perennial_area"] * 3


def test_a_unit_that_is_that_of_the_row_above() -> None:
    rows = [
        "TT | Chỉ tiêu | ĐVT | KH năm 2022 | TH năm 2022",
        "1 | Thu ngân sách | triệu đồng | 480 | 520 (tăng 12%)",
        '2 | Chi ngân sách | " | 400 | 410',
    ]
    assert told("\n".join(rows)) == [
        ("480", "budget_revenue", "level", "480000000 VND", "target"),
        ("520", "budget_revenue", "level", "520000000 VND", "actual"),
        ("12%", "budget_revenue", "change_pct", "12 percent", "actual"),
        ("400", "budget_expenditure", "level", "400000000 VND", "target"),
        ("410", "budget_expenditure", "level", "410000000 VND", "actual"),
    ]


def test_a_sum_that_names_no_currency_is_in_that_of_its_row() -> None:
    rows = [
        "TT | Chỉ tiêu | ĐVT | KH năm 2022 | TH năm 2022",
        "1 | Kim ngạch xuất khẩu | USD | 420 triệu | 505 triệu",
        "2 | Thu ngân sách | triệu đồng | 480 | 520",
    ]
    assert [row[3] for row in told("\n".join(rows))] == [
        "420000000 USD",
        "505000000 USD",
        "480000000 VND",
        "520000000 VND",
    ]
