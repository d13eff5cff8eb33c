"""While a process lives, engine and projections are brought up to the log again and again."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from uuid import uuid4

from structlog.testing import capture_logs
from temporalio.client import Client

from disclosure.addresses import case_stream
from disclosure.agency_events import AgencyRegistered
from engine.commands import carry
from engine.keeping_up import keeping_engine, keeping_projections
from engine.recovery import running_requests
from engine.schedules import schedule_id
from engine.server import EmbeddedServer, embedded_server
from eventstore import NewEvent
from records import Write
from tests.recovery.lives import AGENCY, ask, days_ago, put_on_record, register
from worker import Parts, connect, running_worker

PATIENCE = 60


def hasty(parts: Parts) -> Parts:
    """Give the parts with a setting that nobody could wait for in a test."""
    settings = parts.settings.model_copy(update={"reconcile_seconds": 1})
    return dataclasses.replace(parts, settings=settings)


def engine(parts: Parts, port: int = 0) -> AbstractAsyncContextManager[EmbeddedServer]:
    return embedded_server(parts.folder.temporal_database, parts.folder.engine_log, port=port)


@asynccontextmanager
async def kept(parts: Parts, client: Client) -> AsyncIterator[asyncio.Task[None]]:
    """Run what `gongkai serve` runs beside its worker; give what keeps the projections."""
    async with (
        asyncio.timeout(PATIENCE),
        keeping_projections(parts) as projecting,
        keeping_engine(hasty(parts), client),
    ):
        yield projecting


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    while not await condition():  # noqa: ASYNC110 - what is awaited happens elsewhere
        await asyncio.sleep(0.1)


async def runs(client: Client, case: str) -> bool:
    return case_stream(AGENCY, case) in {stream async for stream in running_requests(client)}


async def test_what_others_wrote_to_the_log_later_is_taken_up_without_a_new_start(
    parts: Parts,
) -> None:
    put_on_record(parts, register("在办-1", days_ago(3)))
    async with engine(parts) as server:
        client = await connect(parts, server.address)
        async with kept(parts, client):
            await until(lambda: runs(client, "在办-1"))
            put_on_record(parts, register("暂缓-1", days_ago(3)))
            other = AgencyRegistered(on=date(2019, 5, 15), name="保定市档案局")
            parts.log.write(Write("agency/archives", 0, "register", "", [other]))
            await until(lambda: runs(client, "暂缓-1"))

            async def scheduled() -> bool:
                ids = {entry.id async for entry in await client.list_schedules()}
                return ids == {schedule_id(AGENCY), schedule_id("archives")}

            await until(scheduled)


async def test_an_engine_that_goes_away_is_waited_for_and_then_brought_up(parts: Parts) -> None:
    async with engine(parts) as first:
        client = await connect(parts, first.address)
        port = int(first.address.rpartition(":")[2])
        with capture_logs() as logged:
            async with kept(parts, client):
                first.process.kill()
                await first.process.wait()
                put_on_record(parts, register("在办-1", days_ago(3)))

                async def noticed() -> bool:
                    return any("tried again" in entry["event"] for entry in logged)

                await until(noticed)
                async with engine(parts, port):
                    await until(lambda: runs(client, "在办-1"))


async def test_requests_go_on_where_an_event_stops_the_statistics(parts: Parts) -> None:
    put_on_record(parts, register("在办-1", days_ago(3)), register("在办-2", days_ago(3)))
    parts.projector.catch_up()
    later = NewEvent(uuid4(), "request_decided", 99, days_ago(0), "", "later", b"{}", None)
    parts.store.append(case_stream(AGENCY, "在办-2"), 1, [later])
    async with engine(parts) as server:
        client = await connect(parts, server.address)
        async with running_worker(parts, client), kept(parts, client) as projecting:
            await until(lambda: runs(client, "在办-1"))
            await carry(client, parts.log, "form:2", ask("在办-1", days_ago(0), days_ago(-30)))
            assert not projecting.done()
    assert [entry.event.type for entry in parts.log.read(case_stream(AGENCY, "在办-1"))] == [
        "request_registered",
        "correction_requested",
    ]
