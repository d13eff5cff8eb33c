"""One time zone: where a legal day begins, and which date a moment has."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workdays import SHANGHAI, date_in_shanghai, start_of


def test_a_legal_day_begins_at_sixteen_hours_utc_of_the_day_before() -> None:
    assert start_of(date(2026, 1, 1)) == datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert start_of(date(2026, 1, 1)).tzinfo is SHANGHAI


def test_half_past_midnight_in_shanghai_is_new_year_though_utc_says_otherwise() -> None:
    assert date_in_shanghai(datetime(2025, 12, 31, 16, 30, tzinfo=UTC)) == date(2026, 1, 1)
    assert date_in_shanghai(datetime(2025, 12, 31, 15, 59, tzinfo=UTC)) == date(2025, 12, 31)


@given(st.dates(date(1950, 1, 1)))
def test_the_start_of_a_day_is_on_that_day_and_the_moment_before_is_not(day: date) -> None:
    assert date_in_shanghai(start_of(day)) == day
    before = start_of(day).astimezone(UTC) - timedelta(microseconds=1)
    assert date_in_shanghai(before) == day - timedelta(days=1)


def test_the_zone_of_the_moment_does_not_matter() -> None:
    there = datetime(2026, 6, 30, 20, tzinfo=timezone(timedelta(hours=-5)))
    assert date_in_shanghai(there) == date(2026, 7, 1)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        date_in_shanghai(datetime(2026, 1, 1))  # noqa: DTZ001 - the point of the test
