"""Bringing the engine up to the log: what is missing is started, what has ended is told so."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from temporalio.client import WorkflowExecutionStatus

from disclosure.outcomes import Outcome
from disclosure.request_commands import Decide, Register
from engine.recovery import Reconciled, reconcile, running_requests
from records import Write
from tests.folding import load_record
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY
from tests.workflows.office import PATIENCE, Office, until
from workdays import date_in_shanghai
from workflows.law_in_force import current_law

TODAY = date_in_shanghai(datetime.now(UTC))


def imported(served: Office, case: str, received: date = TODAY, *, decided: bool = False) -> str:
    """Write a request to the log as an import does; return its stream."""
    stream = f"case/{AGENCY}/{case}"
    if not served.entries(stream):
        _write(served, stream, facts.register(received, case=case))
    if decided:
        _write(served, stream, facts.decide(TODAY, Outcome.GRANTED, case=case))
    return stream


def _write(served: Office, stream: str, command: Register | Decide) -> None:
    record = load_record(served.parts.log, stream)
    events = record.decide(command, current_law())
    served.parts.log.write(Write(stream, record.version, f"import:{record.version}", "", events))


async def reconciled(served: Office) -> Reconciled:
    """Bring the engine up to the log."""
    parts = served.parts
    return await reconcile(served.client, parts.log, parts.projector, parts.engine)


async def listed(served: Office, *streams: str) -> None:
    """Wait until the engine's list, which lags behind, shows just these workflows running."""
    async with asyncio.timeout(PATIENCE):
        while {stream async for stream in running_requests(served.client)} != set(streams):  # noqa: ASYNC110 - the list lags behind
            await asyncio.sleep(0.05)


async def test_open_requests_are_started_and_closed_ones_are_not(served: Office) -> None:
    open_one, closed_one = imported(served, "1"), imported(served, "2", decided=True)
    assert await reconciled(served) == Reconciled(open=1, running=0, started=1, nudged=0)
    await listed(served, open_one)
    receipt = await served.carry(facts.decide(TODAY, case="1"))
    assert receipt.version == 2
    assert served.types(closed_one) == ["request_registered", "request_decided"]


async def test_what_runs_already_is_left_alone(served: Office) -> None:
    await served.carry(facts.register(TODAY, case="1"))
    running = f"case/{AGENCY}/1"
    await listed(served, running)
    before = (await served.request(running).describe()).run_id
    assert await reconciled(served) == Reconciled(open=1, running=1, started=0, nudged=0)
    after = await served.request(running).describe()
    assert (after.run_id, after.status) == (before, WorkflowExecutionStatus.RUNNING)


async def test_a_workflow_whose_request_was_closed_in_the_log_is_told_and_ends(
    served: Office,
) -> None:
    await served.carry(facts.register(TODAY, case="1"))
    stream = f"case/{AGENCY}/1"
    await listed(served, stream)
    imported(served, "1", decided=True)
    assert await reconciled(served) == Reconciled(open=0, running=1, started=0, nudged=1)
    async with asyncio.timeout(PATIENCE):
        await served.request(stream).result()
    assert served.types(stream) == ["request_registered", "request_decided"]


async def test_a_limit_that_passed_before_the_start_runs_out_at_once_with_its_own_date(
    served: Office,
) -> None:
    stream = imported(served, "1", date(2025, 9, 17))
    await reconciled(served)
    await until(lambda: len(served.types(stream)) == 3)
    assert [(entry.event.type, entry.event.on) for entry in served.entries(stream)[1:]] == [
        ("due_date_near", date(2025, 10, 16)),
        ("overdue", date(2025, 10, 22)),
    ]


async def test_all_is_counted_in_one_round_and_nothing_is_left_for_a_second(
    served: Office,
) -> None:
    await served.carry(facts.register(TODAY, case="running"))
    await served.carry(facts.register(TODAY, case="closed-behind"))
    imported(served, "closed-behind", decided=True)
    imported(served, "closed", decided=True)
    missing = [imported(served, f"missing-{n}") for n in range(5)]
    running = f"case/{AGENCY}/running"
    await listed(served, running, f"case/{AGENCY}/closed-behind")

    told: list[tuple[int, int]] = []
    parts = served.parts
    first = await reconcile(
        served.client,
        parts.log,
        parts.projector,
        parts.engine,
        lambda done, total: told.append((done, total)),
    )
    assert first == Reconciled(open=6, running=2, started=5, nudged=1)
    assert told == [(n, 5) for n in range(1, 6)]
    await listed(served, running, *missing)
    assert await reconciled(served) == Reconciled(open=6, running=6, started=0, nudged=0)


async def test_what_is_being_written_to_is_left_for_a_later_round(served: Office) -> None:
    stream = imported(served, "1")
    parts = served.parts

    async def round_after(rest: timedelta) -> Reconciled:
        return await reconcile(
            served.client, parts.log, parts.projector, parts.engine, at_rest=rest
        )

    assert (await round_after(timedelta(hours=1))).started == 0
    assert served.types(stream) == ["request_registered"]
    await asyncio.sleep(0.1)
    assert (await round_after(timedelta(milliseconds=50))).started == 1
