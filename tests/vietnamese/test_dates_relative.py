"""Days and periods named by their distance from the reference day."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese import parse_date, scan_dates

# a Monday
REFERENCE = date(2021, 1, 25)


def read(text: str) -> tuple[str, str] | None:
    """Start and end."""
    span = parse_date(text, REFERENCE)
    return None if span is None else (span.start.isoformat(), span.end.isoformat())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", "2021-01-25"),
        ("sáng nay (25/1)", "2021-01-25"),
        ("hôm qua", "2021-01-24"),
        ("tối qua", "2021-01-24"),
        ("hôm qua 24/1", "2021-01-24"),
        ("hôm kia", "2021-01-23"),
        ("ngày mai", "2021-01-26"),
        ("mai", "2021-01-26"),
        ("ngày kia", "2021-01-27"),
        ("3 giờ chiều mai", "2021-01-26"),
        ("hôm nay lúc 2 giờ chiều", "2021-01-25"),
        ("ba ngày trước", "2021-01-22"),
        ("cách đây 3 ngày", "2021-01-22"),
        ("2 ngày nữa", "2021-01-27"),
        ("thứ Sáu tuần trước", "2021-01-22"),
        ("thứ 5 tuần này", "2021-01-28"),
        ("T2 tuần sau", "2021-02-01"),
        ("chủ nhật vừa qua", "2021-01-24"),
        ("thứ bảy", "2021-01-30"),
        ("CN", "2021-01-31"),
        ("hom qua", "2021-01-24"),
        ("toi nay", "2021-01-25"),
        ("thu tu tuan sau", "2021-02-03"),
        ("thứ hai", "2021-01-25"),
    ],
)
def test_days(text: str, day: str) -> None:
    """A weekday alone is the coming one, today included."""
    assert read(text) == (day, day)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("tuần này", "2021-01-25", "2021-01-31"),
        ("tuần trước", "2021-01-18", "2021-01-24"),
        ("đầu tuần sau", "2021-02-01", "2021-02-02"),
        ("cuối tuần", "2021-01-30", "2021-01-31"),
        ("cuối tuần qua", "2021-01-23", "2021-01-24"),
        ("sang tuần", "2021-02-01", "2021-02-07"),
        ("tháng trước", "2020-12-01", "2020-12-31"),
        ("đầu tháng", "2021-01-01", "2021-01-10"),
        ("quý trước", "2020-10-01", "2020-12-31"),
        ("năm ngoái", "2020-01-01", "2020-12-31"),
        ("cuối năm ngoái", "2020-10-01", "2020-12-31"),
        ("đầu năm nay", "2021-01-01", "2021-03-31"),
        ("năm kia", "2019-01-01", "2019-12-31"),
        ("sang năm", "2022-01-01", "2022-12-31"),
        ("tháng 12 năm ngoái", "2020-12-01", "2020-12-31"),
        ("10 tháng năm nay", "2021-01-01", "2021-10-31"),
        ("2 ngày nay", "2021-01-24", "2021-01-25"),
        ("2 tháng vừa qua", "2020-11-01", "2020-12-31"),
        ("3 năm qua", "2018-01-01", "2020-12-31"),
        ("5 năm tới", "2022-01-01", "2026-12-31"),
    ],
)
def test_periods(text: str, start: str, end: str) -> None:
    """Weeks begin on Monday; the end of a year is its last quarter."""
    assert read(text) == (start, end)


def test_beyond_the_calendar_there_is_nothing() -> None:
    """Neither before year 1 nor after 9999."""
    assert parse_date("900 năm trước", date(500, 1, 1)) is None
    assert parse_date("900 năm sau", date(9500, 1, 1)) is None
    assert parse_date("ngày mai", date.max) is None
    # no month near has its first on a Friday, and before this one there is none
    first = parse_date("thứ sáu, ngày 1", date.min)
    assert first is not None and first.start == date.min


def test_a_moment_is_seen_as_its_day() -> None:
    """A datetime with a zone may be the reference, as a page's header gives it."""
    moment = datetime(2021, 1, 25, 23, 30, tzinfo=timezone(timedelta(hours=7)))
    for text in ("hôm qua", "ngày 22/01", "tháng 3", "tuần trước", "thứ Sáu, 22/1", "2 ngày nay"):
        assert parse_date(text, moment) == parse_date(text, REFERENCE)
        assert scan_dates(f"Xã họp {text}.", moment) == scan_dates(f"Xã họp {text}.", REFERENCE)


@given(st.integers(1, 31), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_ago_and_hence_are_the_same_distance(count: int, reference: date) -> None:
    """`3 ngày trước` and `3 ngày nữa` lie on both sides of the reference."""
    before, after = parse_date(f"{count} ngày trước", reference), parse_date(f"{count} ngày nữa", reference)
    assert before is not None and after is not None
    assert (reference - before.start).days == (after.start - reference).days == count
