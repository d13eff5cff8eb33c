"""How a request ends: decision, delivery, withdrawal (条例 Art. 33, 36-39)."""

import pytest

from disclosure.flags import Flag
from disclosure.outcomes import Outcome
from disclosure.request_commands import RequestCommand
from disclosure.request_events import ReplyDelivered, RequestDecided, RequestWithdrawn
from disclosure.state import Stage
from tests.disclosure.facts import (
    ask_correction,
    confirm,
    day,
    decide_on,
    deliver,
    extend,
    receive_correction,
    register,
    withdraw,
)
from tests.disclosure.specification import given

RECEIVED = given(register("2025-09-17"))
ANSWERED = given(register("2025-09-17"), decide_on("2025-10-20"))


def test_a_decision_records_its_result_number_and_grounds() -> None:
    RECEIVED.when(
        decide_on(
            "2025-10-20",
            "granted",
            document_number="城管公开〔2025〕7号",
            grounds="已经主动公开",
            already_public=True,
        )
    ).then(
        RequestDecided(
            on=day("2025-10-20"),
            outcome=Outcome.GRANTED,
            document_number="城管公开〔2025〕7号",
            already_public=True,
            grounds="已经主动公开",
        )
    )


def test_there_are_twenty_one_results_each_with_words_and_a_basis() -> None:
    assert len(Outcome) == 21
    assert len({outcome.label for outcome in Outcome}) == 21
    assert all(outcome.basis for outcome in Outcome)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_result_closes_the_request(outcome: Outcome) -> None:
    closed = RECEIVED.when(decide_on("2025-10-20", outcome.value)).after
    assert closed.state.stage is Stage.CLOSED
    assert (closed.state.outcome, closed.state.closed_on) == (outcome, day("2025-10-20"))
    assert closed.next_limit is None


def test_a_decision_on_the_due_date_is_in_time_and_on_the_next_day_flagged() -> None:
    RECEIVED.when(decide_on("2025-10-21")).then_flagged()
    RECEIVED.when(decide_on("2025-10-22")).then_flagged(Flag.ANSWERED_LATE)


def test_a_lapse_decided_without_any_notice_is_flagged() -> None:
    RECEIVED.when(decide_on("2025-10-20", "other.correction_lapsed")).then_flagged(
        Flag.LAPSE_WITHOUT_NOTICE
    )


def test_a_lapse_decided_after_a_notice_is_not_flagged() -> None:
    asked = RECEIVED.when(ask_correction("2025-09-18")).after
    asked.when(decide_on("2025-10-20", "other.correction_lapsed")).then_flagged()


def test_unclear_after_correction_without_a_correction_is_flagged() -> None:
    asked = RECEIVED.when(ask_correction("2025-09-18")).after
    unclear = decide_on("2025-10-20", "unable.unclear_after_correction")
    asked.when(unclear).then_flagged(Flag.UNCLEAR_WITHOUT_CORRECTION)
    corrected = asked.when(receive_correction("2025-09-20")).after
    corrected.when(unclear).then_flagged()


@pytest.mark.parametrize("outcome", ["partial", "granted"])
def test_a_second_decision_is_refused(outcome: str) -> None:
    ANSWERED.when(decide_on("2025-10-21", outcome)).then_refused("already_closed", "do")


@pytest.mark.parametrize(
    "command",
    [
        confirm("2025-10-21"),
        ask_correction("2025-10-21"),
        receive_correction("2025-10-21"),
        extend("2025-10-21"),
        withdraw("2025-10-21"),
    ],
    ids=lambda command: command.do,
)
def test_a_closed_request_takes_no_step_of_handling_any_more(command: RequestCommand) -> None:
    ANSWERED.when(command).then_refused("already_closed", "do")


def test_a_decision_before_receipt_is_refused() -> None:
    RECEIVED.when(decide_on("2025-09-16")).then_refused("impossible_order", "on")


@pytest.mark.parametrize("ending", [decide_on("2025-09-22"), withdraw("2025-09-22")])
@pytest.mark.parametrize(
    "step",
    [extend("2025-09-23"), ask_correction("2025-09-23")],
    ids=lambda command: command.do,
)
def test_an_ending_before_a_step_already_on_record_is_refused(
    ending: RequestCommand, step: RequestCommand
) -> None:
    RECEIVED.when(step).after.when(ending).then_refused("impossible_order", "on")


def test_an_ending_is_measured_by_the_latest_step_not_by_the_one_entered_last() -> None:
    entered_out_of_order = given(
        register("2025-09-17"), extend("2025-09-23"), ask_correction("2025-09-18")
    )
    entered_out_of_order.when(decide_on("2025-09-22")).then_refused("impossible_order", "on")
    assert entered_out_of_order.when(decide_on("2025-09-23")).after.state.closed


def test_an_ending_on_the_day_of_the_last_step_is_possible() -> None:
    extended = RECEIVED.when(extend("2025-09-23")).after
    assert extended.when(decide_on("2025-09-23")).after.state.closed


def test_a_delivery_keeps_both_dates() -> None:
    ANSWERED.when(
        deliver("2025-10-20", "mail", posted_on="2025-10-21", signed_on="2025-10-24")
    ).then(
        ReplyDelivered(
            on=day("2025-10-20"),
            method="mail",
            posted_on=day("2025-10-21"),
            signed_on=day("2025-10-24"),
        )
    )


def test_a_reply_by_mail_is_in_time_by_the_day_of_posting_however_late_it_is_signed() -> None:
    ANSWERED.when(
        deliver("2025-10-30", "mail", posted_on="2025-10-21", signed_on="2025-10-30")
    ).then_flagged()


def test_a_reply_posted_after_the_due_date_is_flagged_though_decided_in_time() -> None:
    ANSWERED.when(deliver("2025-10-22", "mail", posted_on="2025-10-22")).then_flagged(
        Flag.ANSWERED_LATE
    )


def test_a_reply_handed_over_is_in_time_by_the_day_of_signature() -> None:
    ANSWERED.when(deliver("2025-10-21", signed_on="2025-10-21")).then_flagged()
    ANSWERED.when(deliver("2025-10-22", signed_on="2025-10-22")).then_flagged(Flag.ANSWERED_LATE)


def test_a_delivery_without_further_dates_is_judged_by_its_own() -> None:
    ANSWERED.when(deliver("2025-10-21", "online")).then_flagged()
    by_mail = ANSWERED.when(deliver("2025-10-21", "mail", signed_on="2025-10-24"))
    by_mail.then_flagged()
    assert by_mail.after.state.sent_on == day("2025-10-21")
    ANSWERED.when(deliver("2025-10-22", "online")).then_flagged(Flag.ANSWERED_LATE)


def test_a_second_delivery_is_flagged_and_the_first_decides_on_time() -> None:
    sent = ANSWERED.when(deliver("2025-10-21", "online")).after
    again = sent.when(deliver("2025-11-03", "mail", posted_on="2025-11-03"))
    again.then_flagged(Flag.DELIVERED_AGAIN)
    assert again.after.state.sent_on == day("2025-10-21")


def test_a_reply_is_delivered_only_once_there_is_one() -> None:
    RECEIVED.when(deliver("2025-10-20")).then_refused("not_decided", "do")


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"on": "2025-10-19"}, "on"),
        ({"on": "2025-10-20", "posted_on": "2025-10-19"}, "posted_on"),
        ({"on": "2025-10-20", "signed_on": "2025-10-19"}, "signed_on"),
        ({"on": "2025-10-20", "posted_on": "2025-10-22", "signed_on": "2025-10-21"}, "signed_on"),
    ],
)
def test_a_reply_is_not_sent_before_it_is_made_nor_signed_before_it_is_sent(
    dates: dict[str, str], field: str
) -> None:
    ANSWERED.when(deliver(**dates)).then_refused("impossible_order", field)


def test_a_withdrawal_ends_the_request_on_its_day_as_other() -> None:
    RECEIVED.when(withdraw("2025-09-30")).then(
        RequestWithdrawn(on=day("2025-09-30"), reason="已经从网站得到")
    )
    closed = RECEIVED.when(withdraw("2025-09-30")).after.state
    assert (closed.outcome, closed.closed_on) == (Outcome.OTHER, day("2025-09-30"))


def test_a_request_may_be_withdrawn_before_it_was_ever_received() -> None:
    unconfirmed = given(register("2025-09-12", "online"))
    withdrawn = unconfirmed.when(withdraw("2025-09-13")).after
    assert withdrawn.state.closed
    assert withdrawn.state.received_on is None
    withdrawn.when(confirm("2025-09-14")).then_refused("already_closed", "do")


def test_a_withdrawal_before_submission_is_refused() -> None:
    given(register("2025-09-12", "online")).when(withdraw("2025-09-11")).then_refused(
        "impossible_order", "on"
    )


def test_a_refusal_names_the_day_and_result_the_request_was_closed_with() -> None:
    again = ANSWERED.when(decide_on("2025-10-21"))
    assert "2025-10-20" in str(again.answer)
    assert "予以公开" in str(again.answer)
