"""A request from registration to delivery, and what is refused on the way."""

from datetime import date
from typing import Any

import pytest
from temporalio.client import WorkflowExecutionStatus, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from disclosure.refusals import Refused
from disclosure.request_commands import RequestCommand
from disclosure.request_events import PeriodExtended, ReplyDelivered, RequestDecided
from disclosure.state import RequestState
from engine.errors import CommandFailedError
from projections import CaseRegister
from tests.workflows import a_request as facts
from tests.workflows.a_request import MONDAY, NAME
from tests.workflows.office import Office
from workflows import record
from workflows.disclosure_request import DisclosureRequest
from workflows.messages import CommandMessage
from workflows.names import REFUSED

TUESDAY = date(2035, 3, 6)


async def test_a_request_is_carried_from_registration_to_delivery(office: Office) -> None:
    await office.carry(facts.register(channel="online"))
    await office.carry(facts.confirm_receipt(MONDAY))
    await office.open_at(date(2035, 3, 8))
    await office.carry(facts.request_correction(date(2035, 3, 8)))
    await office.open_at(date(2035, 3, 15))
    await office.carry(facts.receive_correction(date(2035, 3, 15)))
    await office.open_at(date(2035, 3, 20))
    await office.carry(facts.extend(date(2035, 3, 20)))
    await office.open_at(date(2035, 4, 3))
    await office.carry(facts.decide(date(2035, 4, 3)))
    await office.ended()
    receipt = await office.carry(facts.deliver(date(2035, 4, 3)))

    assert office.types() == [
        "request_registered",
        "receipt_confirmed",
        "correction_requested",
        "correction_received",
        "period_extended",
        "request_decided",
        "reply_delivered",
    ]
    clock = office.event(PeriodExtended).clock
    assert clock is not None
    assert clock.due_on == date(2035, 5, 10)
    assert (receipt.version, receipt.events) == (7, ["reply_delivered"])
    office.parts.projector.catch_up(through=receipt.position)
    (row,) = office.parts.projector.fold(CaseRegister(), receipt.position).values()
    assert (row["stage"], row["outcome"]) == ("closed", "granted")
    assert (row["delivered_on"], row["flags"]) == (date(2035, 4, 3), "")
    assert office.parts.projector.verify() == []


async def test_who_gave_a_command_stands_beside_its_events(office: Office) -> None:
    await office.carry(facts.register(by="李科长"), command_id="form-1")
    (entry,) = office.entries()
    assert (entry.actor, entry.command_id) == ("李科长", "form-1")


@pytest.mark.parametrize(
    ("command", "code", "field"),
    [
        (facts.register(), "duplicate_case", "case"),
        (facts.confirm_receipt(MONDAY), "already_received", "do"),
        (facts.receive_correction(MONDAY), "not_asked", "do"),
        (facts.deliver(MONDAY), "not_decided", "do"),
        (facts.extend(MONDAY, working_days=21), "out_of_range", "working_days"),
        (facts.decide(date(2035, 3, 2)), "impossible_order", "on"),
        (facts.decide(TUESDAY), "in_the_future", "on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_refusal_names_its_code_and_field_and_the_request_goes_on(
    office: Office, command: RequestCommand, code: str, field: str
) -> None:
    await office.carry(facts.register())
    with pytest.raises(Refused) as refused:
        await office.carry(command)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert NAME not in refused.value.message
    await office.carry(facts.decide(MONDAY))
    assert office.types() == ["request_registered", "request_decided"]


async def test_a_closed_request_refuses_what_comes_too_late_and_still_takes_its_delivery(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(facts.decide(MONDAY))
    await office.ended()
    with pytest.raises(Refused) as refused:
        await office.carry(facts.extend(MONDAY))
    assert (refused.value.code, refused.value.field) == ("already_closed", "do")
    await office.carry(facts.deliver(MONDAY))
    assert office.event(ReplyDelivered).posted_on == MONDAY


async def test_a_case_nobody_registered_is_refused_and_can_be_registered_after(
    office: Office,
) -> None:
    with pytest.raises(Refused) as refused:
        await office.carry(facts.decide(MONDAY))
    assert (refused.value.code, refused.value.field) == ("unknown_case", "case")
    assert office.types() == []
    await office.carry(facts.register())
    assert office.types() == ["request_registered"]


async def test_a_case_of_an_agency_nobody_registered_is_refused_without_a_workflow(
    office: Office,
) -> None:
    stray = facts.register().model_copy(update={"agency": "nobody"})
    with pytest.raises(Refused) as refused:
        await office.carry(stray)
    assert (refused.value.code, refused.value.field) == ("unknown_agency", "agency")
    with pytest.raises(RPCError) as missing:
        await office.request(f"case/nobody/{facts.CASE}").describe()
    assert missing.value.status is RPCStatusCode.NOT_FOUND


async def test_what_was_in_the_future_is_accepted_when_its_day_has_come(office: Office) -> None:
    with pytest.raises(Refused):
        await office.carry(facts.register(TUESDAY))
    await office.open_at(TUESDAY, hour=0)
    await office.carry(facts.register(TUESDAY))
    assert office.types() == ["request_registered"]


async def test_a_mistake_of_the_program_fails_one_command_and_nothing_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.carry(facts.register())

    def mistaken(_state: RequestState, command: RequestCommand, _law: Any) -> Any:
        raise ValueError(f"{NAME}: {command.note}")

    with monkeypatch.context() as planted:
        planted.setattr(record, "decide", mistaken)
        with pytest.raises(CommandFailedError) as failed:
            await office.carry(facts.decide(MONDAY))
    assert "ValueError" in str(failed.value)
    assert NAME not in str(failed.value)
    await office.carry(facts.decide(MONDAY))
    assert office.types() == ["request_registered", "request_decided"]


async def test_the_same_command_twice_has_one_effect(office: Office) -> None:
    first = await office.carry(facts.register(), command_id="form-1")
    again = await office.carry(facts.register(), command_id="form-1")
    assert again.version == first.version
    assert again.already_recorded
    assert office.types() == ["request_registered"]


async def test_what_was_refused_is_accepted_in_the_same_words_once_it_is_true(
    office: Office,
) -> None:
    await office.carry(facts.register())
    with pytest.raises(Refused):
        await office.carry(facts.deliver(MONDAY), command_id="form-3")
    await office.carry(facts.decide(MONDAY))
    receipt = await office.carry(facts.deliver(MONDAY), command_id="form-3")
    assert receipt.events == ["reply_delivered"]


async def test_a_command_sent_again_after_the_end_is_found_on_record(office: Office) -> None:
    await office.carry(facts.register())
    first = await office.carry(facts.decide(MONDAY), command_id="form-2")
    await office.ended()
    again = await office.carry(facts.decide(MONDAY), command_id="form-2")
    assert again.version == first.version
    assert again.already_recorded
    assert office.types() == ["request_registered", "request_decided"]


async def test_a_command_of_another_case_is_turned_away_at_the_door(office: Office) -> None:
    await office.carry(facts.register())
    stray = CommandMessage(command_id="stray", command=facts.decide(MONDAY, case="another"))
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await office.request().execute_update(DisclosureRequest.carry_out, stray, id="stray")
    cause = failed.value.cause
    assert isinstance(cause, ApplicationError)
    assert (cause.type, *cause.details) == (REFUSED, "misdirected", "case")
    await office.carry(facts.decide(MONDAY))
    assert office.types() == ["request_registered", "request_decided"]


async def test_a_message_that_cannot_be_read_is_refused_and_jams_nothing(office: Office) -> None:
    await office.carry(facts.register())
    with pytest.raises(WorkflowUpdateFailedError):
        await office.request().execute_update("carry_out", {"command_id": "x"}, id="garbled")
    await office.carry(facts.decide(MONDAY))
    assert office.event(RequestDecided).on == MONDAY


async def test_an_open_request_keeps_its_workflow_and_a_closed_one_lets_it_go(
    office: Office,
) -> None:
    await office.carry(facts.register())
    assert await office.status() is WorkflowExecutionStatus.RUNNING
    await office.carry(facts.withdraw(MONDAY))
    await office.ended()
    assert await office.status() is WorkflowExecutionStatus.COMPLETED
