"""期限届满: what a limit does by itself, and that it does it once."""

import pytest

from disclosure.outcomes import Outcome
from disclosure.request_commands import Expire, RequestCommand
from disclosure.request_events import CorrectionLapsed, DueDateNear, Overdue
from disclosure.state import Stage
from tests.disclosure.facts import (
    ask_correction,
    day,
    decide_on,
    expire,
    extend,
    receive_correction,
    register,
    withdraw,
)
from tests.disclosure.specification import given

RECEIVED = given(register("2025-09-17"))
ASKED = given(register("2025-09-17"), ask_correction("2025-09-22", due_on="2025-10-10"))
REMINDER = expire("reminder", "2025-10-16")
DUE = expire("due", "2025-10-22")
LAPSE = expire("correction", "2025-10-15")


def test_the_reminder_is_recorded_with_the_due_date_it_is_for() -> None:
    RECEIVED.when(REMINDER).then(DueDateNear(on=day("2025-10-16"), due_on=day("2025-10-21")))


def test_the_reminder_is_given_once_for_a_due_date() -> None:
    reminded = RECEIVED.when(REMINDER).after
    reminded.when(REMINDER).then_nothing()
    limit = reminded.next_limit
    assert limit is not None
    assert (limit.what, limit.on) == ("due", day("2025-10-22"))


def test_a_new_due_date_has_a_reminder_of_its_own() -> None:
    extended = RECEIVED.when(REMINDER).after.when(extend("2025-10-20")).after
    extended.when(REMINDER).then_nothing()
    extended.when(expire("reminder", "2025-11-13")).then(
        DueDateNear(on=day("2025-11-13"), due_on=day("2025-11-18"))
    )


def test_the_due_date_has_passed_with_the_beginning_of_the_next_day() -> None:
    RECEIVED.when(expire("due", "2025-10-21")).then_nothing()
    RECEIVED.when(DUE).then(Overdue(on=day("2025-10-22"), due_on=day("2025-10-21")))


def test_overdue_is_said_once_for_a_due_date_and_nothing_runs_after_it() -> None:
    overdue = RECEIVED.when(DUE).after
    overdue.when(DUE).then_nothing()
    overdue.when(REMINDER).then_nothing()
    assert overdue.next_limit is None


def test_an_overdue_request_stays_open_and_may_be_answered() -> None:
    overdue = RECEIVED.when(DUE).after
    assert overdue.state.stage is Stage.IN_PROGRESS
    assert overdue.when(decide_on("2025-10-23")).after.state.closed


def test_a_correction_that_does_not_come_closes_the_request_on_the_lapse_date() -> None:
    ASKED.when(LAPSE).then(CorrectionLapsed(on=day("2025-10-15")))
    lapsed = ASKED.when(LAPSE).after.state
    assert (lapsed.outcome, lapsed.closed_on) == (Outcome.CORRECTION_LAPSED, day("2025-10-15"))


def test_a_corrected_text_takes_the_lapse_away() -> None:
    corrected = ASKED.when(receive_correction("2025-10-13")).after
    corrected.when(LAPSE).then_nothing()


def test_limits_that_ran_before_a_correction_was_asked_do_nothing_while_it_is_awaited() -> None:
    ASKED.when(REMINDER).then_nothing()
    ASKED.when(DUE).then_nothing()


def test_a_limit_moved_by_an_extension_does_nothing_on_its_old_day() -> None:
    extended = RECEIVED.when(extend("2025-09-18")).after
    extended.when(REMINDER).then_nothing()
    extended.when(DUE).then_nothing()


@pytest.mark.parametrize("closing", [decide_on("2025-09-30"), withdraw("2025-09-30")])
@pytest.mark.parametrize("limit", [REMINDER, DUE, LAPSE], ids=lambda limit: limit.what)
def test_a_closed_request_has_no_limits(closing: RequestCommand, limit: Expire) -> None:
    closed = RECEIVED.when(closing).after
    closed.when(limit).then_nothing()
    assert closed.next_limit is None


@pytest.mark.parametrize("limit", [REMINDER, DUE, LAPSE], ids=lambda limit: limit.what)
def test_an_unconfirmed_request_has_no_limits(limit: Expire) -> None:
    given(register("2025-09-17", "online")).when(limit).then_nothing()


def test_a_limit_that_runs_out_has_the_same_id_whoever_notices_it() -> None:
    limit = ASKED.next_limit
    assert limit is not None
    assert limit.command_id == "expire:correction:2025-10-10"
    assert limit.command(LAPSE.agency, LAPSE.case) == LAPSE
