"""What the heads of columns say: parts of a year, who set a plan, units, and what ratios are held against."""

from datetime import date

import pytest

from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

SITE = "tỉnh Phú Thọ"


def read(head: str, row: str, *, day: date = date(2020, 12, 10)) -> list[tuple[str, str, str, str, str]]:
    """Categories, measure, value, period and kind of each figure of a row below a head."""
    document = Document("a", f"{head}\n{row}\n{row}", "Tình hình kinh tế", "", day, SITE)
    told = extract(document).observations
    return [
        (
            ":".join(f"{key}={value}" for key, value in each.breakdown),
            each.measure,
            f"{each.obs_value} {each.unit_measure}",
            each.time_period,
            each.value_kind,
        )
        for each in told[: len(told) // 2]
    ]


def test_parts_of_a_year_are_of_the_year_of_the_article() -> None:
    head = "| Nội dung | Dự toán năm 2020 | Thực hiện 9 tháng | Ước cả năm | Dự toán 2021 |"
    told = read(head, "| Thu ngân sách (tỷ đồng) | 412 | 350 | 461 | 490 |")
    assert [row[3:] for row in told] == [
        ("2020", "target"),
        ("2020-01-01/P9M", "actual"),
        ("2020", "estimate"),
        ("2021", "target"),
    ]


def test_a_ratio_told_as_a_quotient_is_of_its_first_half() -> None:
    head = "| Chỉ tiêu | KH năm 2020 | TH 9 tháng năm 2020 | Ước TH năm 2020 | 9 tháng/KH 2020 (%) | Ước TH/KH (%) |"
    told = read(head, "| Thu ngân sách (tỷ đồng) | 412 | 350 | 461 | 84,9 | 111,9 |")
    assert [(row[1], *row[3:]) for row in told] == [
        ("level", "2020", "target"),
        ("level", "2020-01-01/P9M", "actual"),
        ("level", "2020", "estimate"),
        ("plan_ratio", "2020-01-01/P9M", "actual"),
        ("plan_ratio", "2020", "estimate"),
    ]


@pytest.mark.parametrize(
    ("head", "setter"),
    [
        ("Dự toán Trung ương giao", "central"),
        ("Dự toán HĐND tỉnh giao", "province"),
        ("HĐND giao", "province"),
        ("Dự toán", ""),
    ],
)
def test_who_set_a_plan_stands_in_the_head(head: str, setter: str) -> None:
    plan = f"plan={setter}" if setter else ""
    told = read(
        f"| Nội dung | {head} | Thực hiện năm 2020 | % so với {head} |",
        "| Thu ngân sách (tỷ đồng) | 412 | 461 | 111,9 |",
    )
    assert [row[:2] for row in told] == [(plan, "level"), ("", "level"), (plan, "plan_ratio")]


def test_the_unit_and_what_a_ratio_is_against_stand_in_the_head() -> None:
    head = "| Chỉ tiêu | Tháng 3/2020 (tỷ đồng) | So với tháng trước (%) | So với cùng kỳ (%) |"
    assert read(head, "| Thu ngân sách | 410 | 98,3 | 104,5 |", day=date(2020, 4, 1)) == [
        ("", "level", "410000000000 VND", "2020-M03", "actual"),
        ("base=previous_month", "prior_ratio", "98.3 percent", "2020-M03", "actual"),
        ("", "prior_ratio", "104.5 percent", "2020-M03", "actual"),
    ]


def test_a_bare_comparison_beside_a_plan_and_what_was_done_is_of_that_plan() -> None:
    head = "| Chỉ tiêu | KH 2019 | ƯTH 2019 | So sánh (%) |"
    assert [row[1:] for row in read(head, "| Thu ngân sách (tỷ đồng) | 412 | 461 | 111,9 |")] == [
        ("level", "412000000000 VND", "2019", "target"),
        ("level", "461000000000 VND", "2019", "estimate"),
        ("plan_ratio", "111.9 percent", "2019", "estimate"),
    ]


def test_a_bare_comparison_of_two_years_is_with_the_year_before() -> None:
    head = "| Chỉ tiêu | Năm 2018 | Năm 2019 | So sánh (%) |"
    measures = [row[1] for row in read(head, "| Thu ngân sách (tỷ đồng) | 412 | 461 | 111,9 |")]
    assert measures == ["level", "level", "prior_ratio"]


def test_brackets_in_a_cell_tell_a_part_of_its_figure_and_nothing_of_the_whole() -> None:
    head = "| Chỉ tiêu | KH 2020 | TH 2020 |"
    row = "| Thu ngân sách (tỷ đồng) | 960 | 1.342 tỷ (trong đó có 310 tỷ đồng thu nội địa) |"
    assert [told[0] for told in read(head, row)] == ["", "", "source=domestic"]
