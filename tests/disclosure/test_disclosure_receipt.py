"""When a request counts as received, by the way it came (条例 Art. 31)."""

import pytest

from disclosure.outcomes import ApplicantType
from disclosure.request_commands import RequestCommand
from disclosure.request_events import PersonalParticulars, ReceiptConfirmed, RequestRegistered
from disclosure.state import Stage
from tests.disclosure.facts import (
    DESCRIPTION,
    ask_correction,
    confirm,
    day,
    decide_on,
    extend,
    receive_correction,
    register,
    withdraw,
)
from tests.disclosure.specification import clock, given, invented_pseudonym

NEEDS_CONFIRMATION = ("ordinary_mail", "online", "fax")


@pytest.mark.parametrize("channel", ["in_person", "oral"])
def test_what_is_handed_in_or_taken_down_is_received_on_the_day_of_submission(
    channel: str,
) -> None:
    request = given(register("2025-09-17", channel))
    assert request.state.received_on == day("2025-09-17")
    assert request.runs_until == day("2025-10-21")


def test_registered_mail_is_received_on_the_day_the_agency_signs() -> None:
    request = given(register("2025-09-12", "registered_mail", signed_on="2025-09-17"))
    assert request.state.received_on == day("2025-09-17")
    assert request.state.submitted_on == day("2025-09-12")
    assert request.runs_until == day("2025-10-21")


def test_registered_mail_without_the_day_of_signature_is_refused() -> None:
    given().when(register("2025-09-12", "registered_mail")).then_refused("missing", "signed_on")


@pytest.mark.parametrize("channel", NEEDS_CONFIRMATION)
def test_letter_web_and_fax_are_received_on_the_day_both_sides_confirm(channel: str) -> None:
    request = given(register("2025-09-12", channel, confirmed_on="2025-09-17"))
    assert request.state.received_on == day("2025-09-17")
    assert request.runs_until == day("2025-10-21")


@pytest.mark.parametrize("channel", NEEDS_CONFIRMATION)
def test_without_confirmation_there_is_no_received_date_no_clock_and_no_limit(
    channel: str,
) -> None:
    request = given(register("2025-09-12", channel))
    assert request.state.received_on is None
    assert request.state.stage is Stage.AWAITING_RECEIPT
    assert request.runs_until is None
    assert request.next_limit is None


@pytest.mark.parametrize("channel", NEEDS_CONFIRMATION)
def test_a_later_confirmation_is_the_received_date_and_starts_the_clock(channel: str) -> None:
    given(register("2025-09-12", channel)).when(confirm("2025-09-17")).then(
        ReceiptConfirmed(on=day("2025-09-17"), clock=clock("2025-10-21", "2025-10-16"))
    )


def test_a_registration_records_who_asked_what_and_until_when_to_answer() -> None:
    given().when(register("2025-09-17", form="电子邮件")).then(
        RequestRegistered(
            on=day("2025-09-17"),
            channel="in_person",
            applicant_type=ApplicantType.NATURAL_PERSON,
            received_on=day("2025-09-17"),
            clock=clock("2025-10-21", "2025-10-16"),
            applicant_ref=invented_pseudonym("applicant\nchengguan\n(虚构)甲"),
            identified_by="name",
            applicant=PersonalParticulars(name="（虚构）甲", phone="00000000000"),
            description=DESCRIPTION,
            form="电子邮件",
        )
    )


@pytest.mark.parametrize(
    ("channel", "field"), [("registered_mail", "signed_on"), ("online", "confirmed_on")]
)
def test_receipt_before_submission_is_refused(channel: str, field: str) -> None:
    given().when(register("2025-09-12", channel, **{field: "2025-09-11"})).then_refused(
        "impossible_order", field
    )


def test_a_confirmation_before_submission_is_refused() -> None:
    given(register("2025-09-12", "online")).when(confirm("2025-09-11")).then_refused(
        "impossible_order", "on"
    )


def test_a_received_request_is_not_confirmed_again() -> None:
    received = given(register("2025-09-12", "fax", confirmed_on="2025-09-15"))
    received.when(confirm("2025-09-16")).then_refused("already_received", "do")


def test_a_case_is_registered_once() -> None:
    given(register("2025-09-12")).when(register("2025-09-12")).then_refused(
        "duplicate_case", "case"
    )


@pytest.mark.parametrize("description", ["", "  \n\t", "　"])
def test_a_request_for_nothing_is_refused(description: str) -> None:
    given().when(register("2025-09-12", description=description)).then_refused(
        "empty", "description"
    )


@pytest.mark.parametrize(
    "command",
    [confirm("2025-09-17"), extend("2025-09-17"), decide_on("2025-09-17"), withdraw("2025-09-17")],
    ids=lambda command: command.do,
)
def test_nothing_happens_to_a_case_that_was_never_registered(command: RequestCommand) -> None:
    given().when(command).then_refused("unknown_case", "case")


@pytest.mark.parametrize(
    "command",
    [
        ask_correction("2025-09-17"),
        receive_correction("2025-09-17"),
        extend("2025-09-17"),
        decide_on("2025-09-17"),
    ],
    ids=lambda command: command.do,
)
def test_before_receipt_no_step_of_handling_is_possible(command: RequestCommand) -> None:
    unconfirmed = given(register("2025-09-12", "online"))
    unconfirmed.when(command).then_refused("not_received", "do")
