"""Dates and periods of the calendar, as a whole text names them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese import DateSpan, parse_date, spell

# a Monday
REFERENCE = date(2021, 1, 25)


def read(text: str) -> tuple[str, str, str] | None:
    """Start, end and grain."""
    span = parse_date(text, REFERENCE)
    return None if span is None else (span.start.isoformat(), span.end.isoformat(), span.grain)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 22/01", "2021-01-22"),
        ("22-1", "2021-01-22"),
        ("22.1.2021", "2021-01-22"),
        ("22/1/21", "2021-01-22"),
        ("2021-01-22", "2021-01-22"),
        ("2021/01/22", "2021-01-22"),
        ("2021-01-22T07:30:00+07:00", "2021-01-22"),
        ("ngày 3 tháng 2 năm 2012", "2012-02-03"),
        ("ngày 03 tháng 02 năm 2012", "2012-02-03"),
        ("mùng 3 tháng 2, 2012", "2012-02-03"),
        ("3 tháng hai năm ngoái", "2020-02-03"),
        ("chiều 10-1", "2021-01-10"),
        ("rạng sáng 10/1", "2021-01-10"),
        ("tính đến 30.9", "2020-09-30"),
        ("đến hết ngày 31/12/2020", "2020-12-31"),
        ("Thứ Sáu, 22/01/2021, 14:05 (GMT+7)", "2021-01-22"),
        ("14h30 ngày 22/1/2021", "2021-01-22"),
        ("22/1 lúc 7 giờ sáng", "2021-01-22"),
        ("Ngày đăng: 22/01/2021", "2021-01-22"),
        ("Cập nhật lúc 08:15, 22-01-2021", "2021-01-22"),
        ("hai mươi hai tháng một", "2021-01-22"),
        ("hai tư tháng bảy năm hai nghìn mười ba", "2013-07-24"),
        ("ngày năm tháng năm năm hai không hai mươi", "2020-05-05"),
        ("5/9/1890", "1890-09-05"),
        ("ngày Quốc khánh 2/9/2020", "2020-09-02"),
        ("ngày Nhà giáo Việt Nam", "2020-11-20"),
        ("Tháng Một 22, 2021", "2021-01-22"),
        ("22 Th1, 2021", "2021-01-22"),
        ("22 01 2021", "2021-01-22"),
        ("22/1 (thứ Sáu)", "2021-01-22"),
        ("thứ Sáu (22/1)", "2021-01-22"),
        ("từ 7h30 ngày 22/1", "2021-01-22"),
        ("08:00 AM 22/01/2021", "2021-01-22"),
        ("Xuất bản: 22/01/2021 - 8h", "2021-01-22"),
        ("Ngày: 22-01-2021", "2021-01-22"),
        ("Bắc Kạn, ngày 22 tháng 01 năm 2021", "2021-01-22"),
        ("ngay 22 thang 1 nam 2021", "2021-01-22"),
        ("thứ Sáu ngày hai mươi hai", "2021-01-22"),
        ("ngày 5", "2021-01-05"),
        ("ngày 5 tháng trước", "2020-12-05"),
    ],
)
def test_days(text: str, day: str) -> None:
    """The day comes before the month; labels, clocks and parts of the day change nothing."""
    assert read(text) == (day, day, "day")


@pytest.mark.parametrize(
    ("text", "start", "end", "grain"),
    [
        ("tháng 9/2020", "2020-09-01", "2020-09-30", "month"),
        ("tháng 9-2020", "2020-09-01", "2020-09-30", "month"),
        ("9/2020", "2020-09-01", "2020-09-30", "month"),
        ("tháng chín năm 2020", "2020-09-01", "2020-09-30", "month"),
        ("tháng năm năm hai không hai mươi", "2020-05-01", "2020-05-31", "month"),
        ("T9/2020", "2020-09-01", "2020-09-30", "month"),
        ("tháng 1-6/2020", "2020-01-01", "2020-06-30", "span"),
        ("1/1-31/12/2020", "2020-01-01", "2020-12-31", "span"),
        ("cuối quý III/2020", "2020-09-01", "2020-09-30", "month"),
        ("5 năm (2016-2020)", "2016-01-01", "2020-12-31", "span"),
        ("9 tháng/2020", "2020-01-01", "2020-09-30", "span"),
        ("6 thang dau nam 2020", "2020-01-01", "2020-06-30", "half"),
        ("tháng 2", "2021-02-01", "2021-02-28", "month"),
        ("tháng 11", "2020-11-01", "2020-11-30", "month"),
        ("quý III/2020", "2020-07-01", "2020-09-30", "quarter"),
        ("quý 3 năm 2020", "2020-07-01", "2020-09-30", "quarter"),
        ("Q3/2020", "2020-07-01", "2020-09-30", "quarter"),
        ("quý đầu năm 2020", "2020-01-01", "2020-03-31", "quarter"),
        ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30", "half"),
        ("sáu tháng cuối năm 2020", "2020-07-01", "2020-12-31", "half"),
        ("nửa đầu năm 2020", "2020-01-01", "2020-06-30", "half"),
        ("9 tháng năm 2020", "2020-01-01", "2020-09-30", "span"),
        ("9 tháng đầu năm", "2021-01-01", "2021-09-30", "span"),
        ("hai quý đầu năm 2020", "2020-01-01", "2020-06-30", "half"),
        ("năm 2020", "2020-01-01", "2020-12-31", "year"),
        ("cả năm 2020", "2020-01-01", "2020-12-31", "year"),
        ("năm một chín tám sáu", "1986-01-01", "1986-12-31", "year"),
        ("giai đoạn 2016-2020", "2016-01-01", "2020-12-31", "span"),
        ("từ năm 2016 đến năm 2020", "2016-01-01", "2020-12-31", "span"),
        ("nhiệm kỳ 2020-2025", "2020-01-01", "2024-12-31", "span"),
        ("năm học 2022-2023", "2022-09-01", "2023-08-31", "span"),
        ("đầu năm 2018", "2018-01-01", "2018-03-31", "quarter"),
        ("giữa tháng 3/2020", "2020-03-11", "2020-03-20", "span"),
        ("10 ngày đầu tháng 1", "2021-01-01", "2021-01-10", "span"),
        ("tuần đầu tiên của tháng 9 năm 2020", "2020-09-07", "2020-09-13", "week"),
        ("26,27/12/2017", "2017-12-26", "2017-12-27", "span"),
        ("các ngày 26 và 27/12/2017", "2017-12-26", "2017-12-27", "span"),
        ("từ 5-8/1", "2021-01-05", "2021-01-08", "span"),
        ("từ ngày 28/12 đến 3/1/2021", "2020-12-28", "2021-01-03", "span"),
        ("từ ngày 10 đến ngày 15 tháng 1", "2021-01-10", "2021-01-15", "span"),
        ("từ tháng hai năm hai nghìn mười tám đến tháng 3 năm 2019", "2018-02-01", "2019-03-31", "span"),
    ],
)
def test_periods(text: str, start: str, end: str, grain: str) -> None:
    """Months, quarters, halves, years, terms and spans of days."""
    assert read(text) == (start, end, grain)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "30/2/2021",
        "ngày 32 tháng 1",
        "tháng 13",
        "quý V",
        "0/5/2021",
        "tháng Giêng",
        "Tết Nguyên đán",
        "mùng 1 Tết",
        "rằm tháng 7 âm lịch",
        "15/8 (âm lịch)",
        "9 đồng",
        "từ 2020 đến 2016",
        "ngày 14/4 hằng năm",
        "x" * 300,
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Days that the calendar lacks, and lunar dates, which are only named."""
    assert read(text) is None


def test_a_weekday_picks_the_year() -> None:
    """22 January was a Wednesday in 2020, a Friday in 2021."""
    assert read("thứ Tư, 22/1") == ("2020-01-22", "2020-01-22", "day")
    assert read("thứ Sáu, ngày 22 tháng 1") == ("2021-01-22", "2021-01-22", "day")


def test_a_day_without_a_year_is_the_latest_or_soon_to_come() -> None:
    """Up to 92 days ahead; further away it was last year."""
    assert parse_date("20/4", REFERENCE) == DateSpan(date(2021, 4, 20), date(2021, 4, 20), "day")
    assert parse_date("20/5", REFERENCE) == DateSpan(date(2020, 5, 20), date(2020, 5, 20), "day")
    assert parse_date("29/2", date(2021, 1, 25)) == DateSpan(date(2020, 2, 29), date(2020, 2, 29), "day")


DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
FORMS = st.sampled_from(
    [
        "{d}/{m}/{y}",
        "{d:02}/{m:02}/{y}",
        "{d}-{m}-{y}",
        "{d}.{m}.{y}",
        "{y}-{m:02}-{d:02}",
        "ngày {d} tháng {m} năm {y}",
        "{d} tháng {m}, {y}",
        "mùng {d}/{m}/{y}",
        "sáng ngày {d}/{m}/{y}",
        "{words} tháng {month} năm {y}",
    ]
)


@given(DAYS, FORMS, st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_every_form_of_a_day_is_read_back(day: date, form: str, reference: date) -> None:
    """With its year a day is the same from wherever it is seen."""
    month = "tư" if day.month == 4 else spell(day.month)
    if month == "năm" and "{month}" in form:
        # "chín tháng năm năm 2020" is spoken, "chín tháng năm 2020" are nine months
        month = "5"
    text = form.format(d=day.day, m=day.month, y=day.year, words=spell(day.day), month=month)
    assert parse_date(text, reference) == DateSpan(day, day, "day")


@given(DAYS, st.integers(-270, 90))
def test_a_day_without_its_year_is_read_back(day: date, distance: int) -> None:
    """Seen from up to nine months later or three months earlier."""
    reference = day - timedelta(days=distance)
    if (day.month, day.day) != (2, 29):
        assert parse_date(f"ngày {day.day}/{day.month}", reference) == DateSpan(day, day, "day")


@given(st.integers(1, 12), st.integers(1950, 2080))
def test_every_month_and_quarter_is_read_back(month: int, year: int) -> None:
    """In the forms of the press."""
    texts = [f"tháng {month}/{year}", f"tháng {month} năm {year}", f"tháng {month}-{year}", f"{month}/{year}"]
    spans = {parse_date(text, REFERENCE) for text in texts}
    (span,) = spans
    assert span is not None and (span.start, span.grain) == (date(year, month, 1), "month")
    quarter = (month + 2) // 3
    roman = ("I", "II", "III", "IV")[quarter - 1]
    texts = [f"quý {roman}/{year}", f"quý {quarter} năm {year}", f"Quý {roman} - {year}"]
    (whole,) = {parse_date(text, REFERENCE) for text in texts}
    assert whole is not None and whole.start <= span.start <= span.end <= whole.end
