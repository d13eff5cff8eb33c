"""The shipped notices: checked against the law's worked dates and two independent tables."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from workdays import Calendar, Due, published

CHINA = holidays.country_holidays("CN", years=range(2018, 2027))
EVERY_DAY = [
    date(2018, 12, 29) + timedelta(days=n)
    for n in range((date(2026, 12, 31) - date(2018, 12, 29)).days + 1)
]


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return published()


@pytest.mark.parametrize(
    ("received", "dues"),
    [
        ("2025-09-17", {7: "2025-09-26", 15: "2025-10-14", 20: "2025-10-21", 40: "2025-11-18"}),
        ("2025-12-31", {7: "2026-01-12", 15: "2026-01-22", 20: "2026-01-29", 40: "2026-03-04"}),
        ("2026-02-14", {7: "2026-03-03", 15: "2026-03-13", 20: "2026-03-20", 40: "2026-04-20"}),
        ("2026-02-20", {7: "2026-03-03", 15: "2026-03-13", 20: "2026-03-20", 40: "2026-04-20"}),
    ],
)
def test_periods_end_on_the_worked_dates_of_the_law(
    calendar: Calendar, received: str, dues: dict[int, str]
) -> None:
    for working_days, due in dues.items():
        assert calendar.after(date.fromisoformat(received), working_days) == Due(
            date.fromisoformat(due), provisional=False
        )


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_years_have_the_working_days_the_law_sheet_counts(
    calendar: Calendar, year: int, days: int
) -> None:
    assert calendar.workdays_in_year(year) == days


def test_chinesecalendar_agrees_on_every_published_day(calendar: Calendar) -> None:
    differing = [d for d in EVERY_DAY if calendar.is_workday(d) != chinese_calendar.is_workday(d)]
    assert differing == []


def test_holidays_agrees_on_every_published_day(calendar: Calendar) -> None:
    differing = [d for d in EVERY_DAY if calendar.is_workday(d) != CHINA.is_working_day(d)]
    assert differing == []


def test_the_weekend_days_worked_are_those_of_chinesecalendar(calendar: Calendar) -> None:
    ours = {d for d in EVERY_DAY if calendar.day(d).kind == "adjusted_workday"}
    theirs = {d for d in chinese_calendar.constants.workdays if d in set(EVERY_DAY)}
    assert ours == theirs


def test_both_tables_know_each_day_off_that_falls_in_the_week(calendar: Calendar) -> None:
    off = [d for d in EVERY_DAY if d.weekday() < 5 and calendar.day(d).kind == "holiday"]
    assert [d for d in off if d not in chinese_calendar.constants.holidays or d not in CHINA] == []


def test_labour_day_of_2019_follows_the_amendment_of_march(calendar: Calendar) -> None:
    notice = "国办发明电〔2019〕3号"
    for day in (date(2019, 5, 1), date(2019, 5, 2), date(2019, 5, 3), date(2019, 5, 4)):
        assert (calendar.day(day).kind, calendar.day(day).notice) == ("holiday", notice)
    for day in (date(2019, 4, 28), date(2019, 5, 5)):
        assert (calendar.day(day).kind, calendar.day(day).notice) == ("adjusted_workday", notice)


def test_spring_festival_of_2020_is_extended_and_its_swapped_saturday_is_off(
    calendar: Calendar,
) -> None:
    assert calendar.day(date(2020, 1, 30)).notice == "国办发明电〔2019〕16号"
    for day in (date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)):
        assert calendar.day(day).kind == "holiday"
        assert calendar.day(day).notice == "国办发明电〔2020〕1号"
    assert calendar.day(date(2020, 1, 19)).kind == "adjusted_workday"
    assert calendar.on_or_after(date(2020, 1, 24)).day == date(2020, 2, 3)


def test_new_years_notices_reach_into_the_year_before(calendar: Calendar) -> None:
    assert calendar.published_from == date(2018, 12, 29)
    assert calendar.day(date(2018, 12, 29)).kind == "adjusted_workday"
    assert calendar.day(date(2018, 12, 31)).kind == "holiday"
    assert calendar.day(date(2022, 12, 31)).notice == "国办发明电〔2022〕16号"


def test_the_eve_of_2024_is_a_working_day_despite_the_encouragement_to_rest(
    calendar: Calendar,
) -> None:
    assert calendar.is_workday(date(2024, 2, 9))


def test_each_day_is_said_in_a_sentence_with_its_notice(calendar: Calendar) -> None:
    said = {
        date(2025, 10, 6): "国庆节、中秋节放假（国办发明电〔2024〕12号）",
        date(2026, 2, 14): "春节调休上班（国办发明电〔2025〕7号）",
        date(2026, 3, 6): "星期五，工作日",
        date(2026, 3, 8): "星期日，休息日",
        date(2027, 10, 1): "星期五，工作日（放假安排未公布，暂按周一至周五计）",
    }
    assert {day: calendar.day(day).sentence for day in said} == said


def test_the_version_names_the_years_and_does_not_change_between_calls(
    calendar: Calendar,
) -> None:
    assert calendar.version.startswith("cn-2019-2026-")
    assert calendar.published_through == date(2026, 12, 31)
    assert published() is calendar
