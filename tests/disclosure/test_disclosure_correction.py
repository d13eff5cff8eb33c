"""补正: one notice with effect, what an answer to it does, what a second one is worth (Art. 30)."""

from dataclasses import replace

import pytest

from disclosure.flags import Flag
from disclosure.law import Choices
from disclosure.request_events import CorrectionReceived, CorrectionRequested
from disclosure.state import Stage
from tests.disclosure.facts import (
    ask_correction,
    day,
    decide_on,
    expire,
    extend,
    receive_correction,
    register,
)
from tests.disclosure.specification import LAW, Given, clock, given

RECEIVED = given(register("2025-09-17"))
ASKED = given(register("2025-09-17"), ask_correction("2025-09-22", due_on="2025-10-10"))


def notice_of(request: Given) -> CorrectionRequested:
    last = request.events[-1]
    assert isinstance(last, CorrectionRequested)
    return last


def test_a_notice_with_a_date_sets_that_limit_and_lapses_after_three_days_of_mail() -> None:
    RECEIVED.when(ask_correction("2025-09-22", due_on="2025-10-10")).then(
        CorrectionRequested(
            on=day("2025-09-22"),
            due_on=day("2025-10-10"),
            # 11 October is worked, 12 a Sunday: 11, 13, 14 for the mail, then the 15th.
            lapses_on=day("2025-10-15"),
            calendar=LAW.calendar.version,
            points="所需信息的年度不明确",
        )
    )


def test_a_limit_in_working_days_counts_from_the_day_after_the_notice() -> None:
    asked = RECEIVED.when(ask_correction("2025-09-22", working_days=10)).after
    # 28 September is a worked Sunday; 1 to 8 October is holiday; 11 October is worked.
    assert notice_of(asked).due_on == day("2025-10-11")


def test_a_notice_without_a_limit_gives_fifteen_working_days() -> None:
    assert notice_of(RECEIVED.when(ask_correction("2025-09-17")).after).due_on == day("2025-10-14")


def test_the_default_limit_is_a_setting() -> None:
    law = replace(LAW, choices=Choices(correction_limit=7))
    asked = given(register("2025-09-17"), ask_correction("2025-09-17"), law=law)
    assert notice_of(asked).due_on == day("2025-09-26")


@pytest.mark.parametrize(("allowed", "lapses_on"), [(0, "2025-10-11"), (1, "2025-10-13")])
def test_the_allowance_for_mail_is_a_setting_and_may_be_nothing(
    allowed: int, lapses_on: str
) -> None:
    law = replace(LAW, choices=Choices(mail_in_transit=allowed))
    asked = given(
        register("2025-09-17"), ask_correction("2025-09-22", due_on="2025-10-10"), law=law
    )
    assert notice_of(asked).lapses_on == day(lapses_on)


def test_a_limit_given_both_ways_is_refused() -> None:
    command = ask_correction("2025-09-22", due_on="2025-10-10", working_days=10)
    RECEIVED.when(command).then_refused("contradiction", "working_days")


def test_a_limit_before_the_notice_is_refused() -> None:
    command = ask_correction("2025-09-22", due_on="2025-09-21")
    RECEIVED.when(command).then_refused("impossible_order", "due_on")


@pytest.mark.parametrize("working_days", [-1, 0, 251, 10**9])
def test_a_limit_that_is_no_reasonable_number_of_days_is_refused(working_days: int) -> None:
    command = ask_correction("2025-09-22", working_days=working_days)
    RECEIVED.when(command).then_refused("out_of_range", "working_days")


@pytest.mark.parametrize("due_on", ["2028-09-22", "9999-12-31"])
def test_a_limit_dated_years_ahead_is_a_slip_of_the_pen_and_refused(due_on: str) -> None:
    RECEIVED.when(ask_correction("2025-09-22", due_on=due_on)).then_refused(
        "out_of_range", "due_on"
    )


def test_a_notice_before_receipt_is_refused() -> None:
    RECEIVED.when(ask_correction("2025-09-16")).then_refused("impossible_order", "on")


def test_a_notice_after_seven_working_days_is_flagged_and_has_its_effect() -> None:
    late = RECEIVED.when(ask_correction("2025-09-28"))
    late.then_flagged(Flag.CORRECTION_NOTICE_LATE)
    assert late.after.state.stage is Stage.AWAITING_CORRECTION


def test_while_a_correction_is_awaited_the_period_stands_still() -> None:
    assert ASKED.state.stage is Stage.AWAITING_CORRECTION
    assert ASKED.runs_until is None
    limit = ASKED.next_limit
    assert limit is not None
    assert (limit.what, limit.on) == ("correction", day("2025-10-15"))


def test_the_corrected_text_restarts_the_full_period_and_leaves_the_received_date() -> None:
    answered = ASKED.when(receive_correction("2025-10-09"))
    answered.then(
        CorrectionReceived(
            on=day("2025-10-09"),
            clock=clock("2025-11-05", "2025-10-31"),
            description="2024 年度",
        )
    )
    assert answered.after.state.received_on == day("2025-09-17")
    assert answered.after.state.stage is Stage.IN_PROGRESS


def test_a_restart_keeps_an_extension_made_before_it() -> None:
    request = given(
        register("2025-09-17"),
        extend("2025-09-18", 10),
        ask_correction("2025-09-22"),
    )
    request.when(receive_correction("2025-10-09")).then_runs_until("2025-11-19")


def test_an_extension_while_a_correction_is_awaited_adds_to_the_period_that_follows() -> None:
    request = ASKED.when(extend("2025-09-23", 10)).after
    assert request.runs_until is None
    request.when(receive_correction("2025-10-09")).then_runs_until("2025-11-19")


def test_an_extension_after_a_restart_adds_to_the_restarted_period() -> None:
    request = ASKED.when(receive_correction("2025-10-09")).after
    request.when(extend("2025-11-05", 10)).then_runs_until("2025-11-19")


def test_a_corrected_text_after_the_limit_is_flagged_and_restarts_the_period() -> None:
    late = ASKED.when(receive_correction("2025-10-13"))
    late.then_flagged(Flag.CORRECTION_RECEIVED_LATE)
    late.then_runs_until("2025-11-10")


def test_a_corrected_text_on_the_last_day_is_in_time() -> None:
    ASKED.when(receive_correction("2025-10-10")).then_flagged()


def test_a_corrected_text_before_the_notice_is_refused() -> None:
    ASKED.when(receive_correction("2025-09-21")).then_refused("impossible_order", "on")


def test_a_corrected_text_nobody_asked_for_is_refused() -> None:
    RECEIVED.when(receive_correction("2025-09-22")).then_refused("not_asked", "do")


def test_one_notice_is_answered_once() -> None:
    answered = ASKED.when(receive_correction("2025-09-29")).after
    answered.when(receive_correction("2025-09-30")).then_refused("not_asked", "do")


def test_a_second_notice_after_the_corrected_text_neither_stops_the_clock_nor_lapses() -> None:
    running = ASKED.when(receive_correction("2025-10-09")).after
    again = running.when(ask_correction("2025-10-13"))
    again.then_flagged(Flag.CORRECTION_NOTICE_LATE, Flag.CORRECTION_NOTICE_REPEATED)
    again.then_runs_until("2025-11-05")
    assert notice_of(again.after).lapses_on is None
    limit = again.after.next_limit
    assert limit is not None
    assert limit.what == "reminder"


def test_a_second_notice_before_the_corrected_text_leaves_the_first_limit_standing() -> None:
    again = ASKED.when(ask_correction("2025-09-23", due_on="2025-11-28"))
    again.then_flagged(Flag.CORRECTION_NOTICE_REPEATED)
    limit = again.after.next_limit
    assert limit is not None
    assert (limit.what, limit.on) == ("correction", day("2025-10-15"))


def test_the_answer_to_a_second_notice_is_kept_and_does_not_restart_the_period() -> None:
    running = ASKED.when(receive_correction("2025-10-09")).after
    again = running.when(ask_correction("2025-10-13")).after
    again.when(receive_correction("2025-10-20")).then(
        CorrectionReceived(
            on=day("2025-10-20"), effective=False, clock=None, description="2024 年度"
        )
    )
    again.when(receive_correction("2025-10-20")).then_runs_until("2025-11-05")


@pytest.mark.parametrize(
    ("limit", "lapses_on"),
    [
        ("2025-09-25", "2025-09-30"),  # 26, 28 (worked Sunday), 29 for the mail
        ("2025-09-26", "2025-10-09"),  # 28, 29, 30, then the holiday until 8 October
        ("2025-10-01", "2025-10-13"),  # a limit in the holiday: 9, 10, 11 (worked Saturday)
    ],
)
def test_the_lapse_takes_effect_on_the_first_working_day_after_limit_and_mail(
    limit: str, lapses_on: str
) -> None:
    asked = RECEIVED.when(ask_correction("2025-09-18", due_on=limit)).after
    assert notice_of(asked).lapses_on == day(lapses_on)


def test_an_answer_without_the_corrected_text_is_judged_by_the_period_that_ran_before() -> None:
    assert RECEIVED.runs_until == day("2025-10-21")
    ASKED.when(decide_on("2025-10-21")).then_flagged()
    ASKED.when(decide_on("2025-10-22")).then_flagged(Flag.ANSWERED_LATE)


def test_a_lapse_entered_by_hand_is_no_late_answer() -> None:
    ASKED.when(decide_on("2026-03-02", "other.correction_lapsed")).then_flagged()


def test_a_notice_after_the_period_ended_does_not_make_the_answer_timely() -> None:
    overdue = given(register("2025-09-17"), expire("due", "2025-10-22"))
    asked = overdue.when(ask_correction("2025-10-23")).after
    asked.when(decide_on("2025-10-24")).then_flagged(Flag.ANSWERED_LATE)


def test_the_lapse_leaves_no_answer_period_behind_to_be_late_against() -> None:
    lapsed = ASKED.when(expire("correction", "2025-10-15")).after
    assert lapsed.state.answer_due_on is None
