"""The answer period as a function of its facts, in dates counted by hand (条例 Art. 30, 32-34).

Working days after 17 September 2025, the day itself not counted. 28 September (a Sunday) and 11
October (a Saturday) are worked, 1 to 8 October are the National Day holiday:

     1  18 September    11  9 October     21  22 October    31  5 November    41  19 November
     2  19 September    12 10 October     22  23 October    32  6 November    42  20 November
     3  22 September    13 11 October     23  24 October    33  7 November    43  21 November
     4  23 September    14 13 October     24  27 October    34 10 November    44  24 November
     5  24 September    15 14 October     25  28 October    35 11 November    45  25 November
     6  25 September    16 15 October     26  29 October    36 12 November    46  26 November
     7  26 September    17 16 October     27  30 October    37 13 November    47  27 November
     8  28 September    18 17 October     28  31 October    38 14 November    48  28 November
     9  29 September    19 20 October     29   3 November   39 17 November    49   1 December
    10  30 September    20 21 October     30   4 November   40 18 November    50   2 December
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import workdays
from disclosure.answer_period import Facts, Pause, Period, answer_period, counted_period
from tests.disclosure.facts import day

CALENDAR = workdays.published()
RECEIVED = Facts(day("2025-09-17"))


def asked(sent_on: str, ends_on: str) -> Pause:
    return Pause(day(sent_on), day(ends_on))


def due(facts: Facts) -> date:
    return answer_period(facts, CALENDAR).due_on


@pytest.mark.parametrize(
    ("received", "seventh", "fifteenth", "twentieth", "fortieth"),
    [
        ("2025-09-17", "2025-09-26", "2025-10-14", "2025-10-21", "2025-11-18"),
        ("2025-12-31", "2026-01-12", "2026-01-22", "2026-01-29", "2026-03-04"),
        ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
        ("2026-02-20", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
    ],
    ids=["over-national-day", "over-new-year", "on-a-worked-saturday", "in-the-spring-festival"],
)
def test_working_days_after_receipt_end_on_the_days_counted_by_hand(
    received: str, seventh: str, fifteenth: str, twentieth: str, fortieth: str
) -> None:
    facts = Facts(day(received))
    for days, last_day in ((7, seventh), (15, fifteenth), (20, twentieth), (40, fortieth)):
        counted = counted_period(facts, CALENDAR, days)
        assert counted == Period(day(last_day), provisional=False)
    assert due(facts) == day(twentieth)
    assert due(replace(facts, extension=20)) == day(fortieth)


@pytest.mark.parametrize(
    ("facts", "last_day"),
    [
        pytest.param(
            replace(RECEIVED, corrected_on=[day("2025-10-09")]),
            "2025-11-05",
            id="corrected: 11 + 20",
        ),
        pytest.param(
            replace(RECEIVED, pauses=[asked("2025-09-22", "2025-09-28")]),
            "2025-10-28",
            id="consulted: 20 + 5",
        ),
        pytest.param(replace(RECEIVED, extension=10), "2025-11-04", id="extended: 20 + 10"),
        pytest.param(
            replace(RECEIVED, paid_on=[day("2025-10-15")]), "2025-11-12", id="paid: 16 + 20"
        ),
        pytest.param(
            replace(RECEIVED, reopened_on=[day("2025-10-27")]),
            "2025-11-24",
            id="reopened: 24 + 20",
        ),
    ],
)
def test_each_operation_alone_moves_the_period_in_its_own_way(facts: Facts, last_day: str) -> None:
    assert due(facts) == day(last_day)


def test_a_restart_a_pause_and_an_extension_together() -> None:
    # From the 3rd; 20 + 10 days; the 6th to the 10th are left out: the 38th.
    facts = replace(
        RECEIVED,
        corrected_on=[day("2025-09-22")],
        pauses=[asked("2025-09-24", "2025-09-30")],
        extension=10,
    )
    assert due(facts) == day("2025-11-14")


def test_all_four_operations_together() -> None:
    # Paid on the 16th, which leaves nothing of what went before but the extension; the 20th to
    # the 23rd are left out: 16 + 20 + 10 + 4.
    facts = replace(
        RECEIVED,
        corrected_on=[day("2025-09-22")],
        pauses=[asked("2025-09-24", "2025-09-30"), asked("2025-10-20", "2025-10-24")],
        extension=10,
        paid_on=[day("2025-10-15")],
    )
    assert due(facts) == day("2025-12-02")


@pytest.mark.parametrize(
    ("pauses", "last_day"),
    [
        pytest.param(
            [asked("2025-09-22", "2025-09-28"), asked("2025-09-24", "2025-09-30")],
            "2025-10-30",
            id="overlapping: 4th to 10th are 7 days, not 10",
        ),
        pytest.param(
            [asked("2025-09-22", "2025-09-25"), asked("2025-09-25", "2025-09-29")],
            "2025-10-29",
            id="touching: 4th to 9th",
        ),
        pytest.param(
            [asked("2025-09-22", "2025-09-25"), asked("2025-09-26", "2025-09-29")],
            "2025-10-28",
            id="with a day between: the 7th counts",
        ),
        pytest.param(
            [asked("2025-09-22", "2025-10-10"), asked("2025-09-24", "2025-09-26")],
            "2025-11-03",
            id="one inside another: 4th to 12th",
        ),
        pytest.param(
            [asked("2025-09-22", "2025-09-28")] * 2, "2025-10-28", id="the same days twice: 5"
        ),
        pytest.param(
            [
                asked("2025-09-18", "2025-09-24"),
                asked("2025-09-23", "2025-09-29"),
                asked("2025-09-28", "2025-10-11"),
            ],
            "2025-11-06",
            id="a chain: 2nd to 13th",
        ),
    ],
)
def test_several_consultations_pause_for_the_union_of_their_days_never_the_sum(
    pauses: list[Pause], last_day: str
) -> None:
    assert due(replace(RECEIVED, pauses=pauses)) == day(last_day)


@pytest.mark.parametrize(
    ("pause", "last_day"),
    [
        pytest.param(asked("2025-09-17", "2025-09-19"), "2025-10-23", id="from the first day: 2"),
        pytest.param(asked("2025-09-30", "2025-10-09"), "2025-10-22", id="over the holiday: 1"),
        pytest.param(asked("2025-10-01", "2025-10-08"), "2025-10-21", id="in the holiday: none"),
        pytest.param(asked("2025-09-27", "2025-09-28"), "2025-10-22", id="a worked Sunday: 1"),
        pytest.param(asked("2025-09-22", "2025-09-22"), "2025-10-21", id="answered at once: none"),
        pytest.param(asked("2025-10-20", "2025-10-24"), "2025-10-27", id="at the end: 4"),
        pytest.param(asked("2025-10-21", "2025-11-07"), "2025-10-21", id="on the last day: none"),
        pytest.param(asked("2025-10-22", "2025-11-07"), "2025-10-21", id="when it is over: none"),
    ],
)
def test_a_consultation_takes_out_the_working_days_after_sending_up_to_its_end(
    pause: Pause, last_day: str
) -> None:
    assert due(replace(RECEIVED, pauses=[pause])) == day(last_day)


def test_a_consultation_that_ended_before_a_restart_leaves_the_new_period_whole() -> None:
    early = asked("2025-09-18", "2025-09-24")
    restarted = replace(RECEIVED, corrected_on=[day("2025-09-26")], pauses=[early])
    assert due(restarted) == day("2025-10-30")  # 7 + 20


def test_a_consultation_over_a_restart_takes_out_only_the_days_after_it() -> None:
    # Restarted on the 8th; of the 6th to the 12th only the 9th to the 12th are lost.
    over = asked("2025-09-24", "2025-10-10")
    restarted = replace(RECEIVED, corrected_on=[day("2025-09-28")], pauses=[over])
    assert due(restarted) == day("2025-11-06")


def test_an_extension_is_added_on_top_of_a_pause() -> None:
    pause = asked("2025-09-22", "2025-09-28")
    assert due(replace(RECEIVED, pauses=[pause], extension=10)) == day("2025-11-11")  # 20 + 5 + 10


def test_a_consultation_in_the_added_days_pauses_them() -> None:
    late = asked("2025-10-24", "2025-10-30")
    assert due(replace(RECEIVED, pauses=[late])) == day("2025-10-21")
    assert due(replace(RECEIVED, pauses=[late], extension=10)) == day("2025-11-10")  # 20 + 10 + 4


@pytest.mark.parametrize(
    ("paid_on", "last_day"),
    [
        pytest.param("2025-09-30", "2025-11-04", id="before the holiday: from 9 October"),
        pytest.param("2025-10-18", "2025-11-14", id="on a Saturday: from Monday, the 19th"),
    ],
)
def test_a_payment_restarts_the_period_with_the_working_day_after_it(
    paid_on: str, last_day: str
) -> None:
    assert due(replace(RECEIVED, paid_on=[day(paid_on)])) == day(last_day)


@pytest.mark.parametrize(
    ("corrected_on", "paid_on"), [("2025-09-22", "2025-10-15"), ("2025-10-15", "2025-09-22")]
)
def test_of_several_restarts_the_latest_counts(corrected_on: str, paid_on: str) -> None:
    facts = replace(RECEIVED, corrected_on=[day(corrected_on)], paid_on=[day(paid_on)])
    assert due(facts) == day("2025-11-12")


def published_through_2026() -> workdays.Calendar:
    """Return the calendar as it is while the notice of 2027 has not appeared."""
    notices = Path(workdays.__file__).parent / "notices"
    return workdays.load(sorted(notices.glob("202[0-6]-*.json")))


@pytest.mark.parametrize(
    ("received", "last_day", "provisional"),
    [
        ("2026-12-02", "2026-12-30", False),
        ("2026-12-03", "2026-12-31", False),
        ("2026-12-04", "2027-01-01", True),
        ("2026-12-10", "2027-01-07", True),
        ("2027-03-01", "2027-03-29", True),
    ],
)
def test_beyond_the_published_calendar_monday_to_friday_count_and_the_date_is_provisional(
    received: str, last_day: str, *, provisional: bool
) -> None:
    period = answer_period(Facts(day(received)), published_through_2026())
    assert period == Period(day(last_day), provisional)


def test_a_pause_can_carry_a_period_beyond_the_published_calendar() -> None:
    facts = Facts(day("2026-12-02"))
    paused = replace(facts, pauses=[asked("2026-12-07", "2026-12-11")])
    period = answer_period(paused, published_through_2026())
    # Four days out of December: 31 December, then 1, 4 and 5 January 2027.
    assert period == Period(day("2027-01-05"), provisional=True)
