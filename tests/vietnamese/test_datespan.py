"""The arithmetic of calendar units."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_etl.vietnamese.datespan import DateSpan, Grain, day, months, nearest_year, unit, units

GRAINS: list[Grain] = ["day", "week", "month", "quarter", "half", "year"]
DATES = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DATES, st.sampled_from(GRAINS), st.integers(-40, 40))
def test_units_tile_the_calendar(at: date, grain: Grain, shift: int) -> None:
    """A unit begins the day after the one before it ends."""
    this, following = unit(grain, at, shift), unit(grain, at, shift + 1)
    assert this.start <= this.end
    assert this.end + timedelta(days=1) == following.start
    assert unit(grain, at).start <= at <= unit(grain, at).end


@given(DATES, st.sampled_from(GRAINS))
def test_a_span_of_units_is_their_sum(at: date, grain: Grain) -> None:
    """From the start of the first to the end of the last."""
    assert units(grain, at, -2, 1) == DateSpan(unit(grain, at, -2).start, unit(grain, at, 1).end, "span")


@given(DATES, st.integers(1, 12), st.integers(1, 28))
def test_the_nearest_year_is_not_far_ahead(reference: date, month: int, of_month: int) -> None:
    """At most 92 days after the reference, and then as late as can be."""
    found = date(nearest_year(reference, month, of_month), month, of_month)
    assert found - reference <= timedelta(days=92) < date(found.year + 1, month, of_month) - reference


def test_what_the_calendar_lacks() -> None:
    """No such day, no such months, no such year."""
    assert day(2021, 2, 29) is None
    assert months(2021, 0, 1, "month") is None
    with pytest.raises(OverflowError):
        unit("year", date.max, 1)
