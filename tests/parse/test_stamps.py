"""Times written for machines."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.parse.stamps import read_epoch, read_month_first, read_stamp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-05T09:18:48+0700", "2026-09-05T02:18:48"),
        ("2021-01-22T08:00:00+07:00", "2021-01-22T01:00:00"),
        ("2021-01-22T01:00:00Z", "2021-01-22T01:00:00"),
        ("2021-12-01T04:51:00.000000Z", "2021-12-01T04:51:00"),
        ("2021-12-01 11:51:00", "2021-12-01T04:51:00"),
        ("2021-01-22T08:00:00.123+07:00", "2021-01-22T01:00:00"),
        ("2009-01-21", "2009-01-20T17:00:00"),
        ("2021-1-5T8:05", "2021-01-05T01:05:00"),
    ],
)
def test_iso_and_its_slips(text: str, expected: str) -> None:
    found = read_stamp(text)
    assert found is not None and found.astimezone(UTC) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "9/5/2026 10:17:01 PM", "2021-02-30", "2021-01-22T25:00", "21/01/2009", "now"])
def test_what_is_no_stamp(text: str) -> None:
    assert read_stamp(text) is None


def test_month_first_is_the_us_form_only() -> None:
    found = read_month_first("9/5/2026 10:17:01 PM")
    assert found is not None and found.isoformat() == "2026-09-05T22:17:01+07:00"
    for text in ("05/09/2026 22:17", "05/09/2026", "13/1/2026 10:00:00 AM", "9/5/2026 13:00:00 PM"):
        assert read_month_first(text) is None


@given(st.integers(10**9, 2 * 10**9))
def test_epoch_in_seconds_and_milliseconds(seconds: int) -> None:
    assert read_epoch(str(seconds)) == read_epoch(f"{seconds}000") == datetime.fromtimestamp(seconds, UTC)


def test_what_is_no_epoch() -> None:
    assert read_epoch("1234") is None and read_epoch("22/01/2021") is None
