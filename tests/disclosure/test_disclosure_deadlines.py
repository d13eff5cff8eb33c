"""The answer period in dates worked out by hand (条例 Art. 33), over real holiday notices."""

from dataclasses import replace
from datetime import timedelta

import pytest

from disclosure.flags import Flag
from disclosure.law import Choices
from disclosure.request_commands import RequestCommand
from disclosure.request_events import CorrectionRequested
from tests.disclosure.facts import (
    ask_correction,
    confirm,
    day,
    decide_on,
    extend,
    receive_correction,
    register,
)
from tests.disclosure.specification import LAW, given
from workdays import published

WORKED = pytest.mark.parametrize(
    ("received", "seventh", "fifteenth", "twentieth", "fortieth"),
    [
        ("2025-09-17", "2025-09-26", "2025-10-14", "2025-10-21", "2025-11-18"),
        ("2025-12-31", "2026-01-12", "2026-01-22", "2026-01-29", "2026-03-04"),
        ("2026-02-14", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
        ("2026-02-20", "2026-03-03", "2026-03-13", "2026-03-20", "2026-04-20"),
    ],
    ids=["over-national-day", "over-new-year", "on-a-worked-saturday", "in-the-spring-festival"],
)


@WORKED
def test_due_dates_are_those_worked_out_by_hand(
    received: str, seventh: str, fifteenth: str, twentieth: str, fortieth: str
) -> None:
    request = given(register(received))
    assert request.runs_until == day(twentieth)

    request.when(extend(received)).then_runs_until(fortieth)

    request.when(ask_correction(seventh)).then_flagged()
    after_the_seventh = (day(seventh) + timedelta(days=1)).isoformat()
    request.when(ask_correction(after_the_seventh)).then_flagged(Flag.CORRECTION_NOTICE_LATE)

    (notice,) = request.when(ask_correction(received)).happened
    assert isinstance(notice, CorrectionRequested)
    assert notice.due_on == day(fifteenth)


@WORKED
def test_the_day_of_receipt_starts_the_same_clock_whichever_way_it_became_known(
    received: str, seventh: str, fifteenth: str, twentieth: str, fortieth: str
) -> None:
    del seventh, fifteenth, fortieth
    given(register("2025-01-02", "fax")).when(confirm(received)).then_runs_until(twentieth)
    corrected = given(register("2025-01-02"), ask_correction("2025-01-03"))
    corrected.when(receive_correction(received)).then_runs_until(twentieth)


def test_the_case_worker_is_reminded_three_working_days_before_the_due_date() -> None:
    limit = given(register("2025-09-17")).next_limit
    assert limit is not None
    assert (limit.what, limit.on) == ("reminder", day("2025-10-16"))


def test_the_reminder_is_a_setting() -> None:
    law = replace(LAW, choices=Choices(reminder=5))
    limit = given(register("2025-09-17"), law=law).next_limit
    assert limit is not None
    assert limit.on == day("2025-10-14")


def test_a_period_names_the_calendar_it_was_counted_with() -> None:
    running = given(register("2025-09-17")).state.clock
    assert running is not None
    assert running.calendar == published().version


def test_a_due_date_within_the_published_calendar_is_final() -> None:
    running = given(register("2025-09-17")).state.clock
    assert running is not None
    assert not running.provisional


def test_a_due_date_beyond_the_published_calendar_is_provisional() -> None:
    late = (published().published_through - timedelta(days=7)).isoformat()
    running = given(register(late)).state.clock
    assert running is not None
    assert running.provisional
    assert running.due_on > published().published_through


def test_a_lapse_beyond_the_published_calendar_is_provisional() -> None:
    late = (published().published_through - timedelta(days=7)).isoformat()
    (notice,) = given(register(late)).when(ask_correction(late)).happened
    assert isinstance(notice, CorrectionRequested)
    assert notice.provisional


OVER_THE_EDGE = (published().published_through - timedelta(days=20)).isoformat()


@pytest.mark.parametrize(
    "command",
    [ask_correction(OVER_THE_EDGE), extend(OVER_THE_EDGE), decide_on(OVER_THE_EDGE)],
    ids=lambda command: command.do,
)
def test_no_command_is_refused_because_the_calendar_ends(command: RequestCommand) -> None:
    registered = given(register(OVER_THE_EDGE), law=LAW)
    assert registered.when(command).happened
