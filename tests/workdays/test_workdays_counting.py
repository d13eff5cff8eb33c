"""How days are counted, whatever the notices: laws that hold for every calendar and date."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workdays import Calendar, Due, published

CALENDAR = published()
LAST = CALENDAR.published_through
DATES = st.one_of(
    st.dates(date(2018, 6, 1), date(2027, 6, 30)),
    st.dates(date(1, 1, 8), date(9990, 12, 31)),
)


def plainly_after(calendar: Calendar, start: date, n: int) -> date:
    """Count one day at a time, as a clerk with a wall calendar does."""
    day = start
    while n:
        day += timedelta(days=1)
        n -= calendar.is_workday(day)
    return day


@given(DATES, st.integers(1, 300))
@example(date(2026, 12, 31), 1)
@example(date(2018, 12, 28), 1)
def test_the_nth_day_is_the_one_a_clerk_finds_counting_day_by_day(start: date, n: int) -> None:
    assert CALENDAR.after(start, n).day == plainly_after(CALENDAR, start, n)


@given(DATES, st.integers(1, 2000))
def test_counting_back_gives_the_number_counted(start: date, n: int) -> None:
    assert CALENDAR.count(start, CALENDAR.after(start, n).day) == n


@given(DATES, st.integers(1, 500))
def test_one_working_day_more_is_always_later(start: date, n: int) -> None:
    assert CALENDAR.after(start, n).day < CALENDAR.after(start, n + 1).day


@given(DATES, st.integers(1, 60))
def test_a_later_start_never_ends_earlier(start: date, n: int) -> None:
    assert CALENDAR.after(start, n).day <= CALENDAR.after(start + timedelta(days=1), n).day


@given(DATES, st.integers(1, 60), st.integers(1, 60))
def test_two_periods_in_a_row_are_as_long_as_one(start: date, n: int, m: int) -> None:
    assert CALENDAR.after(CALENDAR.after(start, n).day, m).day == CALENDAR.after(start, n + m).day


@given(DATES)
def test_rolling_forward_twice_changes_nothing(day: date) -> None:
    rolled = CALENDAR.on_or_after(day).day
    assert CALENDAR.is_workday(rolled)
    assert CALENDAR.on_or_after(rolled).day == rolled
    assert CALENDAR.count(day, rolled) == (0 if rolled == day else 1)


@given(DATES)
def test_the_day_found_is_a_working_day_and_so_says_its_sentence(day: date) -> None:
    found = CALENDAR.day(CALENDAR.after(day, 1).day)
    assert found.is_workday
    assert found.sentence


@given(DATES, DATES)
def test_counting_up_to_an_earlier_day_gives_nothing(one: date, other: date) -> None:
    assert CALENDAR.count(max(one, other), min(one, other)) == 0


@given(DATES, st.integers(1, 300))
def test_a_due_date_is_provisional_exactly_when_an_unpublished_day_was_counted(
    start: date, n: int
) -> None:
    due = CALENDAR.after(start, n)
    counted = (start + timedelta(days=1), due.day)
    assert due.provisional == any(CALENDAR.day(day).provisional for day in counted)


def test_the_last_published_day_is_not_provisional_and_the_next_is() -> None:
    assert CALENDAR.on_or_after(LAST) == Due(LAST, provisional=False)
    assert CALENDAR.after(LAST, 1) == Due(date(2027, 1, 1), provisional=True)
    assert not CALENDAR.day(LAST).provisional
    assert CALENDAR.day(LAST + timedelta(days=1)).provisional


def test_days_before_the_first_notice_are_provisional_and_plain() -> None:
    national_day = CALENDAR.day(date(2018, 10, 1))
    assert (national_day.kind, national_day.provisional) == ("workday", True)
    assert CALENDAR.after(date(2018, 12, 20), 3) == Due(date(2018, 12, 25), provisional=True)


def test_the_start_of_the_published_days_alone_does_not_make_a_count_provisional() -> None:
    assert CALENDAR.after(date(2018, 12, 28), 1) == Due(date(2018, 12, 29), provisional=False)
    assert CALENDAR.after(date(2018, 12, 27), 1) == Due(date(2018, 12, 28), provisional=True)


def test_far_dates_are_reached_without_walking_there() -> None:
    assert CALENDAR.on_or_after(date(9999, 12, 31)).day == date(9999, 12, 31)
    assert CALENDAR.after(date(2026, 1, 1), 2_000_000).day.year > 9600
    assert CALENDAR.after(date(1, 1, 1), 1).day == date(1, 1, 2)
    assert CALENDAR.workdays_in_year(9999) == 261


def test_a_due_date_beyond_the_last_date_is_an_error() -> None:
    with pytest.raises(OverflowError, match="9999-12-31"):
        CALENDAR.after(date(9999, 12, 31), 1)


@pytest.mark.parametrize("n", [0, -1])
def test_a_period_of_no_working_days_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        CALENDAR.after(date(2026, 1, 5), n)
