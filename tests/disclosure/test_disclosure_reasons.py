"""说明理由: asked for when requests are too many; accepted or not, and what follows (条例 Art. 35).

Received on 17 September 2025, answered by 21 October.
"""

import pytest

from disclosure.flags import Flag
from disclosure.matter_events import ReasonsDemanded, ReasonsOverdue, ReasonsReceived
from disclosure.state import Stage
from tests.disclosure.facts import (
    charge,
    day,
    decide_on,
    demand_reasons,
    expire,
    extend,
    receive_reasons,
    register,
)
from tests.disclosure.specification import Given, clock, given

RECEIVED = given(register("2025-09-17"))
ASKED = given(register("2025-09-17"), demand_reasons("2025-09-22", "2025-10-10"))
OVERDUE = ASKED.when(expire("reasons", "2025-10-11")).after


def test_asking_for_reasons_leaves_the_period_running() -> None:
    asked = RECEIVED.when(demand_reasons("2025-09-22", "2025-10-10"))
    asked.then(
        ReasonsDemanded(
            on=day("2025-09-22"), due_on=day("2025-10-10"), facts="一个月内就同类事项申请五十件"
        )
    )
    asked.then_runs_until("2025-10-21")
    assert asked.after.state.stage is Stage.IN_PROGRESS


def test_reasons_are_asked_for_after_receipt_with_a_limit_that_lies_ahead() -> None:
    RECEIVED.when(demand_reasons("2025-09-16", "2025-10-10")).then_refused("impossible_order", "on")
    RECEIVED.when(demand_reasons("2025-09-22", "2025-09-21")).then_refused(
        "impossible_order", "due_on"
    )
    unconfirmed = given(register("2025-09-17", "online"))
    unconfirmed.when(demand_reasons("2025-09-22", "2025-10-10")).then_refused("not_received", "do")
    answered = RECEIVED.when(decide_on("2025-09-20")).after
    answered.when(demand_reasons("2025-09-22", "2025-10-10")).then_refused("already_closed", "do")


def test_reasons_are_not_asked_for_again_while_they_are_awaited() -> None:
    ASKED.when(demand_reasons("2025-09-23", "2025-10-10")).then_refused("already_asked", "do")
    assert OVERDUE.when(demand_reasons("2025-10-11", "2025-10-20")).happened


def test_reasons_that_are_not_accepted_leave_the_period_as_it_is() -> None:
    refused = ASKED.when(receive_reasons("2025-10-09", accepted=False))
    refused.then(ReasonsReceived(on=day("2025-10-09"), accepted=False))
    refused.then_runs_until("2025-10-21")


def test_accepted_reasons_alone_leave_the_period_as_it_is() -> None:
    ASKED.when(receive_reasons("2025-10-09")).then_runs_until("2025-10-21")


def test_accepted_reasons_may_set_a_later_day_without_a_cap() -> None:
    accepted = ASKED.when(receive_reasons("2025-10-09", delay_until="2026-12-31"))
    accepted.then_flagged()
    accepted.then_runs_until("2026-12-31")
    accepted.after.when(decide_on("2026-12-31")).then_flagged()


def test_the_reminder_comes_three_working_days_before_the_later_day() -> None:
    # 31 December is a Wednesday: the 30th, the 29th, Friday the 26th.
    accepted = ASKED.when(receive_reasons("2025-10-09", delay_until="2025-12-31"))
    accepted.then(
        ReasonsReceived(
            on=day("2025-10-09"),
            accepted=True,
            delay_until=day("2025-12-31"),
            clock=clock("2025-12-31", "2025-12-26"),
        )
    )


def test_a_later_day_set_while_a_payment_is_awaited_is_the_day_an_answer_is_judged_by() -> None:
    charged = ASKED.when(charge("2025-09-23", pages=100)).after
    delayed = charged.when(receive_reasons("2025-10-09", delay_until="2025-12-31")).after
    delayed.when(decide_on("2025-12-31")).then_flagged()
    delayed.when(decide_on("2026-01-04")).then_flagged(Flag.ANSWERED_LATE)


def test_a_day_before_the_end_of_the_period_does_not_shorten_it() -> None:
    accepted = ASKED.when(receive_reasons("2025-10-09", delay_until="2025-10-15"))
    accepted.then_runs_until("2025-10-21")


def test_a_later_day_is_separate_from_the_extension_which_may_still_follow() -> None:
    delayed = ASKED.when(receive_reasons("2025-10-09", delay_until="2025-10-31")).after
    extended = delayed.when(extend("2025-10-31", 20))
    extended.then_flagged()
    extended.then_runs_until("2025-11-18")


def test_reasons_that_were_not_accepted_set_no_later_day() -> None:
    contradiction = receive_reasons("2025-10-09", accepted=False, delay_until="2025-12-31")
    ASKED.when(contradiction).then_refused("contradiction", "delay_until")
    ASKED.when(receive_reasons("2025-10-09", delay_until="2025-10-08")).then_refused(
        "impossible_order", "delay_until"
    )


def test_reasons_nobody_asked_for_or_given_twice_or_too_early_are_refused() -> None:
    RECEIVED.when(receive_reasons("2025-10-09")).then_refused("not_asked", "do")
    ASKED.when(receive_reasons("2025-09-21")).then_refused("impossible_order", "on")
    given_once = ASKED.when(receive_reasons("2025-10-09")).after
    given_once.when(receive_reasons("2025-10-10")).then_refused("not_asked", "do")


def test_reasons_that_do_not_come_are_noticed_the_day_after_the_limit_and_once() -> None:
    ASKED.when(expire("reasons", "2025-10-10")).then_nothing()
    ASKED.when(expire("reasons", "2025-10-11")).then(ReasonsOverdue(on=day("2025-10-11")))
    OVERDUE.when(expire("reasons", "2025-10-11")).then_nothing()
    assert not OVERDUE.state.closed
    assert OVERDUE.runs_until == day("2025-10-21")


@pytest.mark.parametrize("asked", [ASKED, OVERDUE], ids=["unnoticed", "noticed"])
def test_reasons_after_the_limit_are_recorded_and_flagged(asked: Given) -> None:
    late = asked.when(receive_reasons("2025-10-11", delay_until="2025-12-31"))
    late.then_flagged(Flag.REASONS_LATE)
    late.then_runs_until("2025-12-31")


def test_refusing_to_process_needs_reasons_asked_for_and_not_given_or_not_accepted() -> None:
    excessive = decide_on("2025-10-20", "not_processed.excessive")
    RECEIVED.when(excessive).then_flagged(Flag.EXCESSIVE_WITHOUT_REASONS)
    ASKED.when(receive_reasons("2025-10-09", accepted=False)).after.when(excessive).then_flagged()
    OVERDUE.when(excessive).then_flagged()


def test_refusing_to_process_although_the_reasons_were_accepted_is_flagged() -> None:
    """Art. 35 lets the agency refuse only where the reasons are not sound."""
    accepted = ASKED.when(receive_reasons("2025-10-09")).after
    refused = accepted.when(decide_on("2025-10-20", "not_processed.excessive"))
    assert [event.flags for event in refused.happened] != [()]


def test_asked_too_often_the_agency_may_instead_charge_a_fee() -> None:
    assert OVERDUE.when(charge("2025-10-20", pages=100)).after.state.stage is Stage.AWAITING_PAYMENT
