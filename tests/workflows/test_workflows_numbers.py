"""Replies get their numbers as they are decided: in order, once, and none for what was refused."""

import asyncio

import pytest

from disclosure.addresses import agency_stream, numbers_stream
from disclosure.agency_events import AgencyConfigured
from disclosure.request_events import RequestDecided
from engine.commands import load_record
from records import Write
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, MONDAY, STREAM
from tests.workflows.office import Office
from workflows.law_in_force import current_law

NUMBERS = numbers_stream(AGENCY, "reply", 2035)


@pytest.fixture
def coded(office: Office) -> Office:
    """Give an office whose agency has a document code."""
    configured = AgencyConfigured(on=MONDAY, document_code="保商公开")
    office.parts.log.write(Write(agency_stream(AGENCY), 1, "configure", "", [configured]))
    return office


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
