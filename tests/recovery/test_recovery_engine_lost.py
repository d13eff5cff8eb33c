"""The Temporal database is gone while requests are open: the log brings everything back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, RPCError, RPCStatusCode

from disclosure.addresses import case_stream
from disclosure.request_events import CorrectionLapsed, Overdue
from engine.commands import carry
from engine.keeping_up import bring_up_to_date
from engine.recovery import Reconciled, reconcile, running_requests
from engine.schedules import schedule_id
from engine.server import embedded_server
from tests.recovery.lives import AGENCY, ask, days_ago, decide, put_on_record, register
from worker import Parts, connect, running_worker

OPEN = ["在办-1", "待补正-1"]
CLOSED = "已办结-1"
LAPSED, OVERDUE = "逾期未补正-1", "逾期未答复-1"
PATIENCE = 60


@asynccontextmanager
async def system(parts: Parts) -> AsyncIterator[Client]:
    """Run engine and worker as `gongkai serve` does, without bringing anything up to date."""
    async with (
        asyncio.timeout(PATIENCE),
        embedded_server(parts.folder.temporal_database, parts.folder.engine_log) as server,
    ):
        client = await connect(parts, server.address)
        async with running_worker(parts, client):
            yield client


async def brought_up(parts: Parts, client: Client) -> Reconciled:
    """Compare engine and log, and mend the difference."""
    return await reconcile(client, parts.log, parts.projector, parts.engine)


async def running(client: Client) -> list[str]:
    return sorted([stream async for stream in running_requests(client)])


async def timers(client: Client, case: str) -> int:
    history = await client.get_workflow_handle(case_stream(AGENCY, case)).fetch_history()
    return sum(event.event_type == EventType.EVENT_TYPE_TIMER_STARTED for event in history.events)


def types(parts: Parts, case: str) -> list[str]:
    return [entry.event.type for entry in parts.log.read(case_stream(AGENCY, case))]


async def until_types(parts: Parts, case: str, expected: list[str]) -> None:
    while types(parts, case) != expected:  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.05)


async def test_open_requests_run_again_from_the_log_and_passed_limits_fire_at_once(
    parts: Parts,
) -> None:
    streams = sorted(case_stream(AGENCY, case) for case in OPEN)
    async with system(parts) as client:
        for case in (*OPEN, CLOSED):
            await carry(client, parts.log, "form:1", register(case, days_ago(3)))
        await carry(client, parts.log, "form:2", ask(OPEN[1], days_ago(2), days_ago(-40)))
        await carry(client, parts.log, "form:2", decide(CLOSED, days_ago(1)))
        await client.get_workflow_handle(case_stream(AGENCY, CLOSED)).result()
        await bring_up_to_date(parts, client)
        assert await running(client) == streams

    # 2025-03-28 is a Friday: with three days in the post the limit ends on 04-02, a Wednesday.
    # The twentieth working day after 2025-03-03 is 03-31.
    put_on_record(
        parts,
        register(LAPSED, date(2025, 3, 3)),
        ask(LAPSED, date(2025, 3, 5), date(2025, 3, 28)),
        register(OVERDUE, date(2025, 3, 3)),
    )
    for file in parts.folder.path.glob("temporal.db*"):
        file.unlink()

    async with system(parts) as client:
        found = await brought_up(parts, client)
        assert found == Reconciled(open=4, running=0, started=4, nudged=0)
        await until_types(
            parts, LAPSED, ["request_registered", "correction_requested", "correction_lapsed"]
        )
        await client.get_workflow_handle(case_stream(AGENCY, LAPSED)).result()
        await until_types(parts, OVERDUE, ["request_registered", "due_date_near", "overdue"])
        lapsed = parts.log.read(case_stream(AGENCY, LAPSED))[-1].event
        overdue = parts.log.read(case_stream(AGENCY, OVERDUE))[-1].event
        assert isinstance(lapsed, CorrectionLapsed)
        assert lapsed.on == date(2025, 4, 3)
        assert isinstance(overdue, Overdue)
        assert (overdue.on, overdue.due_on) == (date(2025, 4, 1), date(2025, 3, 31))

        assert await running(client) == sorted([*streams, case_stream(AGENCY, OVERDUE)])
        assert [await timers(client, case) for case in OPEN] == [1, 1]
        with pytest.raises(RPCError) as never_started:
            await client.get_workflow_handle(case_stream(AGENCY, CLOSED)).describe()
        assert never_started.value.status is RPCStatusCode.NOT_FOUND

        await bring_up_to_date(parts, client)
        assert await brought_up(parts, client) == Reconciled(open=3, running=3, started=0, nudged=0)
        assert [entry.id async for entry in await client.list_schedules()] == [schedule_id(AGENCY)]
        for case in (*OPEN, OVERDUE):
            await carry(client, parts.log, "form:9", decide(case, days_ago(0)))

    assert list(parts.store.verify()) == []
    parts.projector.catch_up()
    assert parts.projector.verify() == []


async def test_a_command_to_an_engine_that_lost_everything_finds_its_request_in_the_log(
    parts: Parts,
) -> None:
    put_on_record(parts, register(OPEN[0], days_ago(3)))
    async with system(parts) as client:
        receipt = await carry(client, parts.log, "form:2", decide(OPEN[0], days_ago(1)))
        assert (receipt.version, receipt.events) == (2, ["request_decided"])


async def test_a_command_on_record_is_known_again_though_the_engine_is_new(parts: Parts) -> None:
    async with system(parts) as client:
        first = await carry(client, parts.log, "form:1", register(OPEN[0], days_ago(3)))
        again = await carry(client, parts.log, "form:1", register(OPEN[0], days_ago(3)))
        assert (first.already_recorded, again.already_recorded) == (False, True)
    for file in parts.folder.path.glob("temporal.db*"):
        file.unlink()
    async with system(parts) as client:
        again = await carry(client, parts.log, "form:1", register(OPEN[0], days_ago(3)))
        assert (again.already_recorded, again.version) == (True, 1)
    assert types(parts, OPEN[0]) == ["request_registered"]
