"""Replies get their numbers as they are decided: in order, once, and none for what was refused."""

import asyncio

import pytest
from temporalio.exceptions import ApplicationError

from activities.request_log import RequestLogActivities
from disclosure.addresses import agency_stream, numbers_stream
from disclosure.agency_events import AgencyConfigured
from disclosure.numbering import DocumentKind
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_commands import Decide
from disclosure.request_events import RequestDecided
from records import Write
from records.document_numbers import DocumentNumbers
from tests.folding import load_record
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, CASE, MONDAY, STREAM
from tests.workflows.office import Office
from worker import Parts
from workflows.law_in_force import current_law
from workflows.messages import AppendEvents, EventMessage
from workflows.names import FAULT, LOG_BEHIND, REFUSED
from workflows.record import RequestRecord

NUMBERS = numbers_stream(AGENCY, "reply", 2035)


@pytest.fixture
def coded(office: Office) -> Office:
    """Give an office whose agency has a document code."""
    configured = AgencyConfigured(on=MONDAY, document_code="保商公开")
    office.parts.log.write(Write(agency_stream(AGENCY), 1, "configure", "", [configured]))
    return office


@pytest.fixture
def registered(parts: Parts) -> Parts:
    """Give the parts alone, with a document code and one request on record."""
    configured = AgencyConfigured(on=MONDAY, document_code="保商公开")
    parts.log.write(Write(agency_stream(AGENCY), 1, "configure", "", [configured]))
    events = RequestRecord().decide(facts.register(), current_law())
    parts.log.write(Write(STREAM, 0, "register", "", events))
    return parts


def bringing(document_number: str) -> Decide:
    """Return a decision that brings its number."""
    return facts.decide(MONDAY).model_copy(update={"document_number": document_number})


def asking(
    *,
    expected_version: int = 1,
    command_id: str = "decision",
    outcome: Outcome = Outcome.GRANTED,
    document_number: str | None = None,
) -> AppendEvents:
    """Return the request to append a decision."""
    decided = RequestDecided(
        on=MONDAY, outcome=outcome, document_number=document_number, grounds=""
    )
    return AppendEvents(
        stream=STREAM,
        expected_version=expected_version,
        command_id=command_id,
        events=[EventMessage.of(decided)],
    )


def failure_of(parts: Parts, asked: AppendEvents) -> str | None:
    """Return the kind of failure a request to append ends with, for good."""
    with pytest.raises(ApplicationError) as failed:
        RequestLogActivities(parts.log, parts.reply_numbers).append_events(asked)
    assert failed.value.non_retryable
    return failed.value.type


def numbers_of(parts: Parts) -> list[str]:
    """Return what happened to the numbers of replies."""
    return [entry.event.type for entry in parts.log.read(NUMBERS)]


def number_of(office: Office, stream: str = STREAM) -> str | None:
    """Return the number of a request's reply."""
    (decided,) = [
        entry.event for entry in office.entries(stream) if isinstance(entry.event, RequestDecided)
    ]
    return decided.document_number


async def test_a_decision_without_a_number_is_given_the_next_one(coded: Office) -> None:
    await coded.carry(facts.register())
    await coded.carry(facts.decide(MONDAY), command_id="decision")
    await coded.carry(facts.decide(MONDAY), command_id="decision")
    assert number_of(coded) == "保商公开〔2035〕1号"
    assert coded.types(NUMBERS) == ["document_numbered"]


async def test_a_decision_that_brings_its_number_keeps_it(coded: Office) -> None:
    await coded.carry(facts.register())
    numbered = facts.decide(MONDAY).model_copy(update={"document_number": "旧〔2035〕9号"})
    await coded.carry(numbered)
    assert number_of(coded) == "旧〔2035〕9号"
    assert coded.types(NUMBERS) == []


async def test_an_agency_without_a_code_gives_no_numbers(office: Office) -> None:
    await office.carry(facts.register())
    await office.carry(facts.decide(MONDAY))
    assert number_of(office) is None


async def test_many_decisions_at_once_get_numbers_without_a_gap(coded: Office) -> None:
    cases = [f"2035-{n}" for n in range(1, 7)]
    for case in cases:
        await coded.carry(facts.register(case=case))
    await asyncio.gather(*(coded.carry(facts.decide(MONDAY, case=case)) for case in cases))
    numbers = {number_of(coded, f"case/{AGENCY}/{case}") for case in cases}
    assert numbers == {f"保商公开〔2035〕{n}号" for n in range(1, 7)}


async def test_a_decision_that_meets_what_others_wrote_uses_up_no_number(coded: Office) -> None:
    await coded.carry(facts.register())
    extended = load_record(coded.parts.log, STREAM).decide(facts.extend(MONDAY), current_law())
    coded.parts.log.write(Write(STREAM, 1, "import:1", "", extended))
    await coded.carry(facts.decide(MONDAY))
    assert coded.types() == ["request_registered", "period_extended", "request_decided"]
    assert number_of(coded) == "保商公开〔2035〕1号"
    assert coded.types(NUMBERS) == ["document_numbered"]


async def test_a_number_of_the_agencys_own_that_is_brought_is_not_given_again(
    coded: Office,
) -> None:
    await coded.carry(facts.register())
    await coded.carry(facts.register(case="2035-18"))
    await coded.carry(bringing("保商公开〔2035〕1号"))
    assert coded.types(NUMBERS) == ["document_numbered"]
    await coded.carry(facts.decide(MONDAY, case="2035-18"))
    assert number_of(coded, f"case/{AGENCY}/2035-18") == "保商公开〔2035〕2号"


async def test_a_number_that_cannot_be_the_decisions_is_refused_and_the_case_goes_on(
    coded: Office,
) -> None:
    await coded.carry(facts.register())
    await coded.carry(facts.register(case="2035-18"))
    await coded.carry(facts.decide(MONDAY, case="2035-18"))
    for number, code in (("1号", "number_taken"), ("3号", "number_gap")):
        with pytest.raises(Refused) as refused:
            await coded.carry(bringing(f"保商公开〔2035〕{number}"))
        assert (refused.value.code, refused.value.field) == (code, "document_number")
    assert coded.types() == ["request_registered"]
    await coded.carry(bringing("保商公开〔2035〕2号"))
    assert number_of(coded) == "保商公开〔2035〕2号"


async def test_a_number_that_was_brought_stays_with_its_case_when_others_wrote_first(
    coded: Office,
) -> None:
    await coded.carry(facts.register())
    extended = load_record(coded.parts.log, STREAM).decide(facts.extend(MONDAY), current_law())
    append = RequestLogActivities(coded.parts.log, coded.parts.reply_numbers).append_events
    decided = asking(document_number="保商公开〔2035〕1号")
    coded.parts.reply_numbers.numbered(decided, [decided.events[0].event()])
    coded.parts.log.write(Write(STREAM, 1, "import:1", "", extended))
    append(decided)
    await coded.carry(bringing("保商公开〔2035〕1号"))
    assert coded.types(NUMBERS) == ["document_numbered"]
    assert number_of(coded) == "保商公开〔2035〕1号"


def test_a_number_given_in_vain_is_void_when_the_personal_data_were_erased(
    registered: Parts,
) -> None:
    registered.vault.erase(STREAM)
    assert failure_of(registered, asking()) == REFUSED
    assert numbers_of(registered) == ["document_numbered", "document_number_voided"]


def test_a_number_given_in_vain_is_void_when_the_log_is_behind(registered: Parts) -> None:
    asked = asking(expected_version=5)
    # As it was given before the log was restored from an older day.
    DocumentNumbers(registered.log).give(
        AGENCY,
        DocumentKind.REPLY,
        document_code="保商公开",
        case=CASE,
        on=MONDAY,
        command_id=f"{STREAM}@5:{asked.command_id}",
    )
    assert failure_of(registered, asked) == LOG_BEHIND
    assert numbers_of(registered) == ["document_numbered", "document_number_voided"]


def test_a_number_given_in_vain_is_void_when_the_command_is_on_record_as_another(
    registered: Parts,
) -> None:
    assert failure_of(registered, asking(command_id="register")) == FAULT
    assert numbers_of(registered) == ["document_numbered", "document_number_voided"]


def test_a_number_in_use_stays_when_its_decision_comes_again_with_another_content(
    registered: Parts,
) -> None:
    activities = RequestLogActivities(registered.log, registered.reply_numbers)
    activities.append_events(asking())
    assert failure_of(registered, asking(outcome=Outcome.NOT_HELD)) == FAULT
    assert numbers_of(registered) == ["document_numbered"]
