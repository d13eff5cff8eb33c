"""Where one run of a request's workflow begins and ends, and what it hands on to the next."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from disclosure.refusals import Refused
from disclosure.request_events import RequestDecided
from tests.folding import load_record
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, CASE, MONDAY, STREAM
from tests.workflows.office import Office
from tests.workflows.servers import program
from vault.codec import data_converter
from workdays import date_in_shanghai
from worker import Parts, running_worker
from workflows.disclosure_request import DisclosureRequest
from workflows.messages import RequestStart
from workflows.names import TASK_QUEUE


async def run_of(office: Office) -> str:
    """Return the id of the latest run."""
    return (await office.request().describe()).run_id


async def test_the_registration_arrives_with_the_start_and_is_not_overwritten_by_it(
    office: Office,
) -> None:
    receipt = await office.carry(facts.register())
    assert receipt.version == 1
    history = await office.request().fetch_history()
    kinds = [event.event_type for event in history.events]
    accepted = kinds.index(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
    assert EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED in kinds[:accepted]
    assert kinds[:accepted].count(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) == 1
    await office.carry(facts.decide(MONDAY))
    assert office.types() == ["request_registered", "request_decided"]


async def test_a_closed_request_is_taken_up_from_the_log_and_let_go_again(
    office: Office,
) -> None:
    await office.carry(facts.register())
    await office.carry(facts.decide(MONDAY))
    await office.ended()
    first = await run_of(office)
    receipt = await office.carry(facts.deliver(MONDAY))
    await office.ended()
    assert receipt.version == 3
    assert await run_of(office) != first
    assert await office.status() is WorkflowExecutionStatus.COMPLETED
    assert office.types() == ["request_registered", "request_decided", "reply_delivered"]


async def test_an_open_request_is_taken_up_from_the_log_with_its_limits(office: Office) -> None:
    await office.carry(facts.register())
    await office.request().terminate("the engine lost it")
    await office.client.start_workflow(
        DisclosureRequest.run,
        RequestStart(agency=AGENCY, case=CASE, record=load_record(office.parts.log, STREAM)),
        id=STREAM,
        task_queue=TASK_QUEUE,
    )
    await office.open_at(date(2035, 3, 29))
    await office.carry(facts.decide(date(2035, 3, 29)))
    assert office.types() == ["request_registered", "due_date_near", "request_decided"]


async def test_a_workflow_that_nobody_registers_ends_after_ten_minutes(office: Office) -> None:
    await office.client.start_workflow(
        DisclosureRequest.run,
        RequestStart(agency=AGENCY, case=CASE),
        id=STREAM,
        task_queue=TASK_QUEUE,
    )
    began = await office.environment.get_current_time()
    await office.pass_until(began + timedelta(minutes=9))
    assert await office.status() is WorkflowExecutionStatus.RUNNING
    await office.pass_until(began + timedelta(minutes=11))
    await office.ended()
    assert await office.status() is WorkflowExecutionStatus.COMPLETED
    assert office.types() == []


async def test_a_refused_registration_leaves_no_workflow_behind(office: Office) -> None:
    with pytest.raises(Refused):
        await office.carry(facts.register(date(2035, 3, 6)))
    await office.pass_until(await office.environment.get_current_time() + timedelta(minutes=11))
    await office.ended()
    assert office.types() == []


# ── continue-as-new ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def short_runs(parts: Parts) -> AsyncIterator[Office]:
    """Give an office on a server that suggests a new run after thirty events of history."""
    async with (
        await WorkflowEnvironment.start_local(
            dev_server_existing_path=program("temporal"),
            dev_server_log_level="error",
            dev_server_extra_args=[
                "--dynamic-config-value",
                "limit.historyCount.suggestContinueAsNew=30",
            ],
            data_converter=data_converter(parts.keyring),
        ) as environment,
        running_worker(parts, environment.client),
    ):
        yield Office(environment, parts)


async def test_a_long_life_goes_on_in_a_new_run_with_everything_it_knew(
    short_runs: Office,
) -> None:
    today = date_in_shanghai(datetime.now(UTC))
    await short_runs.carry(facts.register(today), command_id="form-0")
    first = await run_of(short_runs)
    for n in range(1, 13):
        receipt = await short_runs.carry(facts.extend(today), command_id=f"form-{n}")
        assert receipt.version == n + 1
    assert await run_of(short_runs) != first
    history = await short_runs.client.get_workflow_handle(STREAM, run_id=first).fetch_history()
    last = history.events[-1].event_type
    assert last == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW
    again = await short_runs.carry(facts.extend(today), command_id="form-3")
    assert (again.version, again.already_recorded) == (4, True)

    await short_runs.carry(facts.decide(today))
    await short_runs.ended()
    assert short_runs.types() == [
        "request_registered",
        *["period_extended"] * 12,
        "request_decided",
    ]
    assert short_runs.event(RequestDecided).on == today


async def test_commands_that_come_while_a_run_hands_over_are_all_carried_out_once(
    short_runs: Office,
) -> None:
    today = date_in_shanghai(datetime.now(UTC))
    await short_runs.carry(facts.register(today))
    first = await run_of(short_runs)
    for wave in range(4):
        await asyncio.gather(
            *(
                short_runs.carry(facts.extend(today), command_id=f"form-{wave}-{n}")
                for n in range(6)
            )
        )
    assert await run_of(short_runs) != first
    commands = [entry.command_id for entry in short_runs.entries()[1:]]
    assert sorted(commands) == [f"form-{wave}-{n}" for wave in range(4) for n in range(6)]


async def test_refusals_alone_lead_to_a_new_run_too(short_runs: Office) -> None:
    today = date_in_shanghai(datetime.now(UTC))
    await short_runs.carry(facts.register(today))
    first = await run_of(short_runs)
    for _ in range(15):
        with pytest.raises(Refused):
            await short_runs.carry(facts.deliver(today))
    assert await run_of(short_runs) != first
    await short_runs.carry(facts.decide(today))
    assert short_runs.types() == ["request_registered", "request_decided"]
