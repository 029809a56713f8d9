"""Dates as Vietnamese pages print them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.parse.visible import find_dates, read_visible

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thứ Bảy, 28/12/2024, 10:30 (GMT+7)", "2024-12-28 10:30:00"),
        ("Cập nhật lúc 19:45, Thứ Bảy, 27/06/2020 (GMT+7)", "2020-06-27 19:45:00"),
        ("Cập nhật lúc19:52, Thứ Năm, 31/12/2020 (GMT+7)", "2020-12-31 19:52:00"),
        ("Cập nhật: Thứ tư, 2/12/2020 | 7:54:28 AM", "2020-12-02 07:54:28"),
        ("06/01/2021 03:27:23 PM", "2021-01-06 15:27:23"),
        ("09:47, 15/03/2021", "2021-03-15 09:47:00"),
        ("17/01/2020 - 13:48", "2020-01-17 13:48:00"),
        ("15-01-2024 13:04", "2024-01-15 13:04:00"),
        ("28-08-2025, 19:45 (GMT+7)", "2025-08-28 19:45:00"),
        ("Ngày đăng 27/02/2019 | 14:05", "2019-02-27 14:05:00"),
        ("Ngày đăng 31/07/2020 | 14:31", "2020-07-31 14:31:00"),
        ("Ngày đăng: 08/07/2024 11:38", "2024-07-08 11:38:00"),
        ("Thứ bảy - 28/12/2024 10:30", "2024-12-28 10:30:00"),
        ("Cập nhật ngày: 18/06/2020 14:19", "2020-06-18 14:19:00"),
        ("14/08/2026 - 21:20", "2026-08-14 21:20:00"),
        ("08:15 GMT+7 | 20-12-2024", "2024-12-20 08:15:00"),
        ("Thứ 4, 01/12/2021 | 11:51:00 [GMT +7]", "2021-12-01 11:51:00"),
        ("28 Tháng Mười Hai, 2024", "2024-12-28 00:00:00"),
        ("Tháng Một 22, 2021", "2021-01-22 00:00:00"),
        ("ngày 5 tháng 3 năm 2020", "2020-03-05 00:00:00"),
        ("10h30, ngày 22.01.2021", "2021-01-22 10:30:00"),
        ("9 giờ 05 phút, 22/01/2021", "2021-01-22 09:05:00"),
        ("22/01/2021 12:10:00 SA", "2021-01-22 00:10:00"),
        ("22/01/2021 12:10 CH", "2021-01-22 12:10:00"),
        ("2026-09-05T09:18:48+0700", "2026-09-05 09:18:48"),
        ("Chủ Nhật, 24 Tháng 1, 2021 08:00", "2021-01-24 08:00:00"),
    ],
)
def test_printed_forms(text: str, expected: str) -> None:
    found = read_visible(text)
    assert found is not None and found == datetime.fromisoformat(expected).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lượt xem: 1.204.337",
        "31/02/2021",
        "13/25/2021",
        "1/2",
        "12.345.2020.678",
        "22/01/21",
        # the weekday denies it: whoever wrote it swapped day and month, or it is another day's
        "Thứ Hai, 05/09/2026",
        "32/35 chỉ tiêu năm 2020",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert read_visible(text) is None


def test_ordinals_are_no_weekdays() -> None:
    assert read_visible("Kỳ họp thứ 4 diễn ra tại hội trường 22/01/2021") is not None


def test_nfd_and_odd_spaces_read_the_same() -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "Thứ\u00a0Bảy,\u00a028/12/2024,\u200b 10:30")
    assert read_visible(text) == datetime(2024, 12, 28, 10, 30, tzinfo=ZONE)


def test_labels_are_kept_apart() -> None:
    found = find_dates("Ngày đăng: 08/07/2024 11:38 - Ngày cập nhật: 09/07/2024")
    assert [(seen.moment.day, seen.timed) for seen in found] == [(8, True), (9, False)]
    assert "ngày đăng" in found[0].label and "cập nhật" in found[1].label


@given(
    st.dates(date(1998, 1, 1), date(2035, 12, 31)),
    st.times(),
    st.sampled_from(
        [
            "{w}, {d}, {t} (GMT+7)",
            "Cập nhật lúc{t}, {w}, {d}",
            "Ngày đăng {d} | {t}",
            "{t} {d}",
            "{d} - {t}",
            "{w} - {d} {t}",
        ]
    ),
    st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]),
)
def test_day_comes_first_always(day: date, time: object, form: str, order: str) -> None:
    moment = datetime.combine(day, time).replace(second=0, microsecond=0, tzinfo=None)  # type: ignore[arg-type]
    text = form.format(w=WEEKDAYS[day.weekday()], d=f"{moment:{order}}", t=f"{moment:%H:%M}")
    assert read_visible(text) == moment.replace(tzinfo=ZONE)


@given(st.text(max_size=400))
def test_any_text_gives_dates_of_the_calendar_or_none(text: str) -> None:
    for seen in find_dates(text):
        assert seen.moment.utcoffset() == timedelta(hours=7)
