"""Days that date an occasion."""

from datetime import date

import pytest

from civic_etl.extract.event_days import find_days

SEEN_FROM = date(2021, 3, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("sáng 15/3", "2021-03-15"),
        ("ngày 15-3", "2021-03-15"),
        ("chiều ngày 15.3.2020", "2020-03-15"),
        ("ngày 3 tháng 2 năm 2012", "2012-02-03"),
        ("sáng thứ năm (ngày 11/3)", "2021-03-11"),
        ("vào lúc 14 giờ 30, ngày 10 tháng 3 năm 2021", "2021-03-10"),
        ("trong 2 ngày 16, 17/3", "2021-03-17"),
        ("trong hai ngày 7 - 8/3", "2021-03-08"),
        ("từ 28 đến 30-12", "2020-12-30"),
        ("từ ngày 10-14/3/2021", "2021-03-14"),
        ("từ ngày 30/12/2020 đến ngày 02/01/2021", "2021-01-02"),
        ("xã húc động (15-3)", "2021-03-15"),
        ("hôm nay", "2021-03-20"),
        ("chiều qua", "2021-03-19"),
    ],
)
def test_the_last_day_named(text: str, day: str) -> None:
    (found,) = find_days(text, SEEN_FROM)
    assert found.last.isoformat() == day


@pytest.mark.parametrize(
    "text",
    ["13/14 tổ dân phố", "đạt 12.3%", "ngày 31/2", "số 12/3", "(18/11/1930 - 18/11/2020)", "tỷ lệ 7-8%", ""],
)
def test_what_is_no_day(text: str) -> None:
    assert find_days(text, SEEN_FROM) == []


def test_days_listed_one_by_one_are_kept_apart() -> None:
    (found,) = find_days("trong các ngày 13, 14 và 15-3", SEEN_FROM)
    assert [found.at(number).last.day for number in range(5)] == [13, 14, 15, 15, 15]


def test_a_span_has_only_its_last_day() -> None:
    (found,) = find_days("từ ngày 13 đến 15-3", SEEN_FROM)
    assert [day.day for day in found.each] == [15]


def test_without_a_reference_a_day_needs_its_year() -> None:
    assert [day.year_given for day in find_days("ngày 15/3; hôm nay", None)] == [False]
    assert [day.last for day in find_days("ngày 15/3/2020", None)] == [date(2020, 3, 15)]
