"""Dates and periods in running text."""

from datetime import date

import pytest

from civic_etl.vietnamese import fold, scan_dates
from civic_etl.vietnamese.date_patterns import COMPILED, PATTERNS

REFERENCE = date(2021, 1, 25)


def found(text: str) -> list[tuple[str, str | None]]:
    """Each date as written, with its first day."""
    return [
        (text[start:end], span.start.isoformat() if span else None) for start, end, span in scan_dates(text, REFERENCE)
    ]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Ngày 22/01, UBND phường tổ chức hội nghị.", [("Ngày 22/01", "2021-01-22")]),
        ("Chiều 10-1, tại trụ sở", [("Chiều 10-1", "2021-01-10")]),
        ("khai mạc ngày 3 tháng 2 năm 2012 tại xã", [("ngày 3 tháng 2 năm 2012", "2012-02-03")]),
        ("Trong 6 tháng đầu năm 2020, xã đã", [("6 tháng đầu năm 2020", "2020-01-01")]),
        ("quý III/2020 và tháng 9/2020", [("quý III/2020", "2020-07-01"), ("tháng 9/2020", "2020-09-01")]),
        ("so với cuối năm ngoái, hôm qua", [("cuối năm ngoái", "2020-10-01"), ("hôm qua", "2021-01-24")]),
        ("Sáng nay (25/1), Đảng ủy", [("Sáng nay", "2021-01-25"), ("25/1", "2021-01-25")]),
        ("giai đoạn 2016-2020 đạt", [("giai đoạn 2016-2020", "2016-01-01")]),
        ("11 tháng năm 2020 ước đạt", [("11 tháng năm 2020", "2020-01-01")]),
        ("họp ngày 30/2/2021", [("ngày 30/2/2021", None)]),
        ("rằm ngày 15 tháng 8 âm lịch", [("ngày 15 tháng 8", None)]),
        ("mục 1.10.30 của quy định", [("1.10.30", None)]),
        ("sáng 22.1.21 tại xã", [("22.1.21", "2021-01-22")]),
    ],
)
def test_dates_of_the_press(text: str, dates: list[tuple[str, str | None]]) -> None:
    """A date that cannot be resolved is still a date, and no number."""
    assert found(text) == dates


@pytest.mark.parametrize(
    "text", ["13/14 tổ dân phố", "đạt 22.1 triệu", "1250 hộ", "có 1975 người", "thứ 3 toàn tỉnh", "2/3 số hộ", "1-2"]
)
def test_fractions_and_counts_are_no_dates(text: str) -> None:
    """Without a cue a pair of numbers is not a day and a month."""
    assert found(text) == []


EXAMPLES = {
    "iso": "2020-05-03",
    "school_year": "niên khóa 2020-2021",
    "term": "nhiệm kỳ 2020-2025",
    "day_list": "26 và 27/12/2020",
    "dmy": "3/5/2020",
    "long_day": "mùng ba tháng năm",
    "first_of": "tuần đầu tiên của tháng 5",
    "days_of_month": "mười ngày đầu tháng 5",
    "months_of_year": "chín tháng đầu năm",
    "quarters_of_year": "quý cuối năm 2020",
    "half": "nửa đầu năm 2020",
    "months": "tháng 1-6/2020",
    "month_short": "T9/2020",
    "month": "thg 5/2020",
    "quarter": "Q3/2020",
    "part_of_quarter": "cuối quý II/2020",
    "weekday_of": "chúa nhật tuần trước",
    "weekend": "cuối tuần qua",
    "part_of": "giữa tháng 5",
    "part_of_year": "đầu năm 2020",
    "count_back": "cách đây hai năm",
    "count_point": "ba ngày trước",
    "count_span": "5 năm qua",
    "year_range": "những năm 2016-2020",
    "year": "năm 2020",
    "named_day": "rạng sáng hôm qua",
    "unit_shift": "quý trước",
    "fixed": "giáng sinh",
}


@pytest.mark.parametrize("name", PATTERNS)
def test_every_form_is_found_in_running_text(name: str) -> None:
    """At the beginning, inside and at the end of a sentence, and the form is the one that resolves it."""
    example = EXAMPLES[name]
    for text in (f"{example} xã họp", f"Xã họp {example}, có", f"Xã họp {example}", f"({example})"):
        (only,) = found(text)
        assert only[0] == example
        assert only[1] is not None
    match = COMPILED[name].fullmatch(fold(example))
    assert match is not None
