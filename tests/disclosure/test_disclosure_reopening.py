"""恢复办理 and 归档: a request opened again after each kind of close, and put away.

条例 Art. 30, 45; 国办函〔2020〕109号 Art. 6. Received on 17 September 2025, answered by 21 October.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from disclosure.amendment_events import RequestArchived, RequestReopened
from disclosure.flags import Flag
from disclosure.outcomes import Outcome
from disclosure.request_commands import RequestCommand
from disclosure.sentences import sentence
from disclosure.state import Stage
from tests.disclosure.facts import (
    archive,
    ask_correction,
    charge,
    confirm,
    correct_record,
    day,
    decide_on,
    deliver,
    expire,
    pay,
    receive_correction,
    reclassify,
    register,
    reopen,
    withdraw,
)
from tests.disclosure.specification import Given, clock, given

OPEN = given(register("2025-09-17"))
ANSWERED = given(register("2025-09-17"), decide_on("2025-10-20", "unable.not_held"))
WITHDRAWN = given(register("2025-09-17"), withdraw("2025-10-13"))
LAPSED = given(
    register("2025-09-17"),
    ask_correction("2025-09-22", due_on="2025-10-10"),
    expire("correction", "2025-10-15"),
)
UNPAID = given(
    register("2025-09-17"),
    charge("2025-09-22", 101, received="2025-09-24"),
    expire("fee", "2025-10-29"),
)
CLOSED = pytest.mark.parametrize(
    "closed",
    [ANSWERED, WITHDRAWN, LAPSED, UNPAID],
    ids=["answered", "withdrawn", "correction-lapsed", "fee-lapsed"],
)


@CLOSED
def test_reopening_makes_the_result_void_and_names_it(closed: Given) -> None:
    opened = closed.when(reopen("2025-11-03"))
    (event,) = opened.happened
    assert isinstance(event, RequestReopened)
    assert event.voided is closed.state.outcome
    assert not opened.after.state.closed
    assert opened.after.state.outcome is None
    assert opened.after.events[:-1] == closed.events


@pytest.mark.parametrize("closed", [ANSWERED, WITHDRAWN], ids=["answered", "withdrawn"])
def test_after_an_answer_or_a_withdrawal_the_full_period_runs_from_the_reopening(
    closed: Given,
) -> None:
    # Reopened on the 24th working day after receipt: until the 44th.
    opened = closed.when(reopen("2025-10-27"))
    (event,) = opened.happened
    assert isinstance(event, RequestReopened)
    assert event.clock == clock("2025-11-24", "2025-11-19")
    opened.then_runs_until("2025-11-24")
    assert opened.after.state.stage is Stage.IN_PROGRESS


def test_what_was_late_before_the_reopening_does_not_make_the_new_answer_late() -> None:
    opened = given(register("2025-09-17"), decide_on("2025-11-03"), reopen("2025-11-10"))
    answer = opened.when(decide_on("2025-12-08"))
    answer.then_flagged()
    answer.after.when(deliver("2025-12-08")).then_flagged()
    opened.when(decide_on("2025-12-09")).then_flagged(Flag.ANSWERED_LATE)


def test_after_a_lapsed_correction_the_text_that_was_posted_in_time_is_awaited() -> None:
    opened = LAPSED.when(reopen("2025-10-20")).after
    assert opened.state.stage is Stage.AWAITING_CORRECTION
    assert opened.next_limit is None
    # Posted in time, received on the 12th working day: until the 32nd.
    received = opened.when(receive_correction("2025-10-10"))
    received.then_flagged()
    received.then_runs_until("2025-11-06")


def test_after_a_lapsed_fee_the_payment_that_was_made_in_time_is_awaited() -> None:
    opened = UNPAID.when(reopen("2025-11-03")).after
    assert opened.state.stage is Stage.AWAITING_PAYMENT
    assert opened.next_limit is None
    paid = opened.when(pay("2025-10-28", "720"))
    paid.then_flagged()
    paid.then_runs_until("2025-11-25")  # the 25th + 20


def test_after_a_lapsed_fee_no_answer_precedes_the_notice() -> None:
    opened = UNPAID.when(reopen("2025-11-03")).after
    for ending in (decide_on("2025-09-19"), withdraw("2025-09-19")):
        opened.when(ending).then_refused("impossible_order", "on")


def test_a_request_withdrawn_before_receipt_awaits_its_confirmation_again() -> None:
    withdrawn = given(register("2025-09-15", "online"), withdraw("2025-09-16"))
    opened = withdrawn.when(reopen("2025-09-18")).after
    assert opened.state.stage is Stage.AWAITING_RECEIPT
    opened.when(confirm("2025-09-22")).then_runs_until("2025-10-24")


@CLOSED
def test_a_reopened_request_is_answered_anew_as_any_other(closed: Given) -> None:
    opened = closed.when(reopen("2025-11-03")).after
    answered = opened.when(decide_on("2025-11-05")).after
    assert answered.state.outcome is Outcome.GRANTED
    assert answered.state.closed_on == day("2025-11-05")
    assert answered.when(reopen("2025-11-06")).happened


def test_only_a_closed_request_is_reopened_and_not_before_it_was_closed() -> None:
    OPEN.when(reopen("2025-10-20")).then_refused("not_closed", "do")
    ANSWERED.when(reopen("2025-10-19")).then_refused("impossible_order", "on")


@pytest.mark.parametrize("field", ["reason", "approved_by"])
@pytest.mark.parametrize(
    "amend",
    [
        lambda **said: reopen("2025-11-03", **said),
        lambda **said: reclassify("2025-11-03", "granted", **said),
        lambda **said: correct_record("2025-11-03", "applicant.type", "research", **said),
    ],
    ids=["reopen", "reclassify", "correct_record"],
)
def test_whoever_amends_says_why_and_who_approved_it(
    amend: Callable[..., RequestCommand], field: str
) -> None:
    for nothing in ("", " ", "　"):
        ANSWERED.when(amend(**{field: nothing})).then_refused("empty", field)


# ── archive ─────────────────────────────────────────────────────────────────────────────────────


def test_a_closed_request_is_put_away_with_volume_and_years() -> None:
    ANSWERED.when(archive("2026-01-05", "2025-永-1", 30)).then(
        RequestArchived(on=day("2026-01-05"), volume="2025-永-1", retention_years=30)
    )


@CLOSED
def test_a_request_is_put_away_once_unless_it_is_opened_again(closed: Given) -> None:
    archived = closed.when(archive("2026-01-05")).after
    assert archived.state.archived
    archived.when(archive("2026-01-06")).then_refused("already_archived", "do")
    opened = archived.when(reopen("2026-01-06")).after
    assert not opened.state.archived
    again = opened.when(decide_on("2026-01-07")).after
    assert again.when(archive("2026-01-08")).after.state.archived


@pytest.mark.parametrize(
    ("volume", "years", "field", "code"),
    [
        ("", 10, "volume", "empty"),
        (" ", 10, "volume", "empty"),
        ("2025-1", 0, "retention_years", "out_of_range"),
        ("2025-1", -10, "retention_years", "out_of_range"),
        ("2025-1", 101, "retention_years", "out_of_range"),
    ],
)
def test_a_volume_without_name_or_with_years_that_cannot_be_is_refused(
    volume: str, years: int, field: str, code: str
) -> None:
    ANSWERED.when(archive("2026-01-05", volume, years)).then_refused(code, field)


def test_an_open_request_is_not_put_away_nor_a_closed_one_before_its_close() -> None:
    OPEN.when(archive("2025-10-20")).then_refused("not_closed", "do")
    ANSWERED.when(archive("2025-10-19")).then_refused("impossible_order", "on")


ANSWERED_WITHOUT_TEXT = given(
    register("2025-09-17"),
    ask_correction("2025-09-22", due_on="2025-10-10"),
    decide_on("2025-10-13"),
)
ANSWERED_UNPAID = given(
    register("2025-09-17"), charge("2025-09-22", 101), decide_on("2025-10-13", "unable.not_held")
)


@pytest.mark.parametrize(
    "closed", [ANSWERED_WITHOUT_TEXT, ANSWERED_UNPAID], ids=["without-text", "unpaid"]
)
def test_reopened_after_an_answer_that_did_without_it_nothing_awaited_runs_out_any_more(
    closed: Given,
) -> None:
    opened = closed.when(reopen("2026-11-03"))
    opened.then_runs_until("2026-12-01")
    assert opened.after.state.stage is Stage.IN_PROGRESS
    limit = opened.after.next_limit
    assert limit is not None
    assert limit.what == "reminder"


def test_a_lapse_entered_for_a_request_that_was_corrected_gives_a_full_period_when_reopened() -> (
    None
):
    corrected = given(
        register("2025-09-17"),
        ask_correction("2025-09-22", due_on="2025-10-10"),
        receive_correction("2025-10-09"),
        decide_on("2025-10-13"),
        reclassify("2025-10-14", "other.correction_lapsed"),
    )
    corrected.when(reopen("2026-11-03")).then_runs_until("2026-12-01")


def test_what_was_wrong_with_a_void_result_is_history_and_the_new_one_is_judged_by_itself() -> None:
    late = given(
        register("2025-09-17"),
        ask_correction("2025-09-29"),
        receive_correction("2025-09-30"),
        decide_on("2025-11-05", "not_processed.excessive"),
        deliver("2025-11-05"),
        deliver("2025-11-06"),
    )
    assert late.state.flags == (
        Flag.CORRECTION_NOTICE_LATE,
        Flag.ANSWERED_LATE,
        Flag.EXCESSIVE_WITHOUT_REASONS,
        Flag.DELIVERED_AGAIN,
    )
    opened = late.when(reopen("2025-11-10"))
    assert opened.after.state.flags == (Flag.CORRECTION_NOTICE_LATE,)
    (event,) = opened.happened
    assert isinstance(event, RequestReopened)
    assert "不再认定“答复晚于法定期限届满日”" in sentence(event)
    answered = opened.after.when(decide_on("2025-11-11")).after.when(deliver("2025-11-11")).after
    assert answered.state.flags == (Flag.CORRECTION_NOTICE_LATE,)
    corrected = answered.when(correct_record("2025-11-12", "on", "2025-09-16")).after
    assert corrected.state.flags == (Flag.CORRECTION_NOTICE_LATE,)


def test_a_reopening_written_before_it_named_what_it_lifts_lifts_it_all_the_same() -> None:
    late = given(register("2025-09-17"), decide_on("2025-11-05"))
    (event,) = late.when(reopen("2025-11-10")).happened
    assert isinstance(event, RequestReopened)
    assert event.lifted == (Flag.ANSWERED_LATE,)
    assert given(*late.events, replace(event, lifted=())).state.flags == ()
