"""The workflow and its stream: conflicts, a log that is away, a log from an older day."""

import asyncio
import dataclasses
from datetime import date, timedelta
from time import monotonic

import pytest
from temporalio.client import (
    WorkflowExecutionStatus,
    WorkflowFailureError,
    WorkflowUpdateHandle,
    WorkflowUpdateStage,
)
from temporalio.exceptions import ApplicationError

from disclosure.event import Event
from disclosure.flags import Flag
from disclosure.outcomes import Outcome
from disclosure.refusals import Refused
from disclosure.request_events import PeriodExtended, RequestDecided
from engine.errors import CommandFailedError
from engine.recovery import nudge
from records import Write
from tests.folding import load_record
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, CASE, MONDAY, STREAM
from tests.workflows.awkward_logs import CrowdedLog, LogAway, SilentLog, SlowLog
from tests.workflows.office import PATIENCE, Office, until
from worker import Parts, running_worker
from workflows.disclosure_request import DisclosureRequest
from workflows.law_in_force import current_law
from workflows.messages import CommandMessage, CommandReceipt, RequestStart
from workflows.names import LOG_BEHIND, TASK_QUEUE
from workflows.record import RequestRecord

DECISION = RequestDecided(on=MONDAY, outcome=Outcome.NOT_HELD)


def written_by_others(parts: Parts, event: Event, command_id: str = "import:1") -> None:
    """Append to the request's stream past its workflow, as a bulk import may."""
    version = parts.store.stream_version(STREAM)
    parts.log.write(Write(STREAM, version, command_id, "", [event]))


def extension(parts: Parts) -> PeriodExtended:
    """Return an extension of twenty working days as the decider would make it."""
    (event,) = load_record(parts.log, STREAM).decide(facts.extend(MONDAY), current_law())
    assert isinstance(event, PeriodExtended)
    return event


# ── written behind the workflow's back ──────────────────────────────────────────────────────────


async def test_in_a_conflict_the_workflow_learns_what_others_wrote_and_decides_again(
    office: Office,
) -> None:
    await office.carry(facts.register())
    written_by_others(office.parts, extension(office.parts))
    receipt = await office.carry(facts.extend(MONDAY), command_id="form-2")

    first, theirs, ours = office.entries()
    assert (receipt.version, receipt.events) == (3, ["period_extended"])
    assert (first.version, theirs.command_id, ours.command_id) == (1, "import:1", "form-2")
    assert isinstance(theirs.event, PeriodExtended)
    assert theirs.event.effective
    assert isinstance(ours.event, PeriodExtended)
    assert ours.event.flags == (Flag.EXTENSION_REPEATED,)
    assert ours.event.clock is None
    assert list(office.parts.store.verify()) == []


async def test_a_command_others_have_made_impossible_is_refused_and_the_workflow_ends(
    office: Office,
) -> None:
    await office.carry(facts.register())
    written_by_others(office.parts, DECISION)
    with pytest.raises(Refused) as refused:
        await office.carry(facts.extend(MONDAY))
    assert refused.value.code == "already_closed"
    await office.ended()
    assert office.types() == ["request_registered", "request_decided"]


async def test_a_command_that_always_comes_second_is_told_to_try_again_later(
    desk: Office,
) -> None:
    extended: list[Event] = []

    def write_one() -> None:
        written_by_others(desk.parts, extended[0], f"import:{len(desk.entries())}")

    crowded = CrowdedLog(desk.parts, [lambda: None, write_one, write_one])
    async with running_worker(dataclasses.replace(desk.parts, log=crowded), desk.client):
        await desk.carry(facts.register())
        extended.append(extension(desk.parts))
        with pytest.raises(Refused) as refused:
            await desk.carry(facts.extend(MONDAY))
        assert (refused.value.code, refused.value.field) == ("busy", "do")
        receipt = await desk.carry(facts.decide(MONDAY))
    assert receipt.version == 4
    assert desk.types() == [
        "request_registered",
        "period_extended",
        "period_extended",
        "request_decided",
    ]


async def test_told_that_the_log_advanced_a_workflow_follows_it_to_the_end(
    office: Office,
) -> None:
    await office.carry(facts.register())
    written_by_others(office.parts, DECISION)
    await nudge(office.client, STREAM)
    await office.ended()
    assert office.types() == ["request_registered", "request_decided"]


async def test_told_that_the_log_advanced_a_workflow_moves_its_timers(office: Office) -> None:
    await office.carry(facts.register())
    written_by_others(office.parts, extension(office.parts))
    await nudge(office.client, STREAM)
    await office.open_at(date(2035, 4, 10))
    await office.carry(facts.decide(date(2035, 4, 10)))
    assert office.types() == ["request_registered", "period_extended", "request_decided"]
    assert office.entries()[-1].event.flags == ()


async def test_a_timer_that_goes_off_over_a_newer_log_finds_nothing_to_do(
    office: Office,
) -> None:
    await office.carry(facts.register())
    written_by_others(office.parts, DECISION)
    await office.open_at(date(2035, 12, 3))
    await office.ended()
    assert office.types() == ["request_registered", "request_decided"]


async def test_a_timer_that_always_comes_second_tries_again_and_the_request_goes_on(
    desk: Office,
) -> None:
    repeated: list[Event] = []

    def write_one() -> None:
        written_by_others(desk.parts, repeated[0], f"import:{len(desk.entries())}")

    crowded = CrowdedLog(desk.parts, [lambda: None, lambda: None, write_one, write_one])
    async with running_worker(dataclasses.replace(desk.parts, log=crowded), desk.client):
        await desk.carry(facts.register())
        await desk.carry(facts.extend(MONDAY))
        repeated.append(extension(desk.parts))
        await desk.open_at(date(2035, 4, 26))
        await until(lambda: "due_date_near" in desk.types())
        await desk.carry(facts.decide(date(2035, 4, 26)))
    assert desk.types() == [
        "request_registered",
        *["period_extended"] * 3,
        "due_date_near",
        "request_decided",
    ]


# ── the log is away, or slow ────────────────────────────────────────────────────────────────────


async def test_a_write_that_fails_is_repeated_until_it_lands_once(desk: Office) -> None:
    away = LogAway(desk.parts, failures=3)
    async with running_worker(dataclasses.replace(desk.parts, log=away), desk.client):
        command = asyncio.create_task(desk.carry(facts.register(), command_id="form-1"))
        while not command.done():
            await desk.environment.sleep(timedelta(seconds=1))
        receipt = await command
    assert away.failures == 0
    assert receipt.version == 1
    assert desk.types() == ["request_registered"]


async def test_a_write_whose_answer_was_lost_is_not_written_twice(desk: Office) -> None:
    away = LogAway(desk.parts, failures=0, lost_answers=2)
    async with running_worker(dataclasses.replace(desk.parts, log=away), desk.client):
        command = asyncio.create_task(desk.carry(facts.register()))
        while not command.done():
            await desk.environment.sleep(timedelta(seconds=1))
        receipt = await command
    assert (receipt.version, receipt.position) == (1, desk.parts.store.head())
    assert desk.types() == ["request_registered"]


async def test_an_answer_that_never_comes_keeps_a_request_for_seconds_only(desk: Office) -> None:
    silent = SilentLog(desk.parts)
    async with running_worker(dataclasses.replace(desk.parts, log=silent), desk.client):
        try:
            receipt = await desk.carry(facts.register())
        finally:
            silent.let_go.set()
    assert (receipt.version, silent.writes) == (1, 2)
    assert desk.types() == ["request_registered"]


async def test_who_gives_up_waiting_for_a_command_is_let_go_at_once(desk: Office) -> None:
    slow = SlowLog(desk.parts)
    async with running_worker(dataclasses.replace(desk.parts, log=slow), desk.client):
        begun = monotonic()
        command = asyncio.create_task(desk.carry(facts.register()))
        await until(slow.reached.is_set)
        command.cancel()
        with pytest.raises(asyncio.CancelledError):
            await command
        assert monotonic() - begun < PATIENCE / 2
        slow.let_through.set()
        await until(lambda: desk.types() == ["request_registered"])


async def test_of_two_commands_at_once_the_second_is_decided_on_what_the_first_made(
    desk: Office,
) -> None:
    slow = SlowLog(desk.parts)
    slow.let_through.set()
    async with running_worker(dataclasses.replace(desk.parts, log=slow), desk.client):
        await desk.carry(facts.register())
        slow.let_through.clear()
        slow.reached.clear()
        first = await _sent(desk, "form-2")
        await until(slow.reached.is_set)
        second = await _sent(desk, "form-3")
        slow.let_through.set()
        async with asyncio.timeout(PATIENCE):
            assert (await first.result()).version == 2
            assert (await second.result()).version == 3
    flags = [entry.event.flags for entry in desk.entries()]
    assert flags == [(), (), (Flag.EXTENSION_REPEATED,)]


async def test_of_two_decisions_at_once_one_stands(office: Office) -> None:
    await office.carry(facts.register())
    answers = await asyncio.gather(
        office.carry(facts.decide(MONDAY, Outcome.GRANTED)),
        office.carry(facts.decide(MONDAY, Outcome.PARTIAL)),
        return_exceptions=True,
    )
    (refused,) = [answer for answer in answers if isinstance(answer, Refused)]
    assert refused.code == "already_closed"
    assert office.types() == ["request_registered", "request_decided"]


async def _sent(desk: Office, command_id: str) -> WorkflowUpdateHandle[CommandReceipt]:
    return await desk.request().start_update(
        DisclosureRequest.carry_out,
        CommandMessage(command_id=command_id, command=facts.extend(MONDAY)),
        id=command_id,
        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
    )


# ── the log is older than the workflow ──────────────────────────────────────────────────────────


async def started_ahead_of_the_log(office: Office) -> None:
    """Start the request's workflow with one event more than the log holds."""
    registration = RequestRecord().decide(facts.register(), current_law())
    office.parts.log.write(Write(STREAM, 0, "form-1", "", registration))
    ahead = load_record(office.parts.log, STREAM).after(extension(office.parts), 2, "form-2")
    await office.client.start_workflow(
        DisclosureRequest.run,
        RequestStart(agency=AGENCY, case=CASE, record=ahead),
        id=STREAM,
        task_queue=TASK_QUEUE,
    )


def said_log_behind(failure: BaseException | None) -> bool:
    """Tell whether a failure, or what caused it, is the one that stops such a workflow."""
    while failure is not None:
        if isinstance(failure, ApplicationError) and failure.type == LOG_BEHIND:
            return True
        failure = failure.__cause__
    return False


async def test_a_workflow_that_knows_more_than_the_log_stops_and_says_so(office: Office) -> None:
    await started_ahead_of_the_log(office)
    with pytest.raises(CommandFailedError) as failed:
        await office.carry(facts.decide(MONDAY))
    with pytest.raises(WorkflowFailureError) as stopped:
        await office.ended()
    assert said_log_behind(stopped.value)
    assert isinstance(stopped.value.cause, ApplicationError)
    assert "旧备份" in stopped.value.cause.message
    assert "旧备份" in str(failed.value)
    assert office.types() == ["request_registered"]


async def test_a_timer_over_a_log_from_an_older_day_stops_the_workflow_too(
    office: Office,
) -> None:
    await started_ahead_of_the_log(office)
    await office.open_at(date(2035, 12, 3))
    with pytest.raises(WorkflowFailureError) as stopped:
        await office.ended()
    assert said_log_behind(stopped.value)
    assert office.types() == ["request_registered"]


async def test_after_the_stop_the_next_command_goes_on_from_the_log(office: Office) -> None:
    await started_ahead_of_the_log(office)
    with pytest.raises(CommandFailedError):
        await office.carry(facts.decide(MONDAY))
    with pytest.raises(WorkflowFailureError):
        await office.ended()
    assert await office.status() is WorkflowExecutionStatus.FAILED
    await office.carry(facts.decide(MONDAY))
    assert office.types() == ["request_registered", "request_decided"]
