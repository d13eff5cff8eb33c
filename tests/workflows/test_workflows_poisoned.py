"""A request that cannot be taken up is left aside, named, and holds up no other."""

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from structlog.testing import capture_logs
from temporalio.testing import WorkflowEnvironment

from engine.errors import CommandFailedError
from engine.recovery import Reconciled, reconcile, start_from_log
from engine.server import embedded_server
from eventstore import NewEvent
from records import Write
from tests.folding import load_record
from tests.workflows import a_request as facts
from tests.workflows.a_request import AGENCY, personal_texts
from tests.workflows.office import PATIENCE, Office
from workdays import date_in_shanghai
from worker import Parts, connect
from workflows.law_in_force import current_law

TODAY = date_in_shanghai(datetime.now(UTC))
LONG = "2035-" + "9" * 1000
"""A reference no engine takes for a name: Temporal's limit is 1,000 bytes."""


def on_record(office: Office, case: str, received: date = TODAY) -> str:
    """Write a registration to the log; return its stream."""
    stream = f"case/{AGENCY}/{case}"
    events = load_record(office.parts.log, stream).decide(
        facts.register(received, case=case), current_law()
    )
    office.parts.log.write(Write(stream, 0, "import:1", "", events))
    return stream


def from_a_later_program(office: Office, stream: str, kind: str, schema: int) -> None:
    """Add an event to a stream that this program cannot read."""
    version = office.parts.store.stream_version(stream)
    event = NewEvent(uuid4(), kind, schema, TODAY, "", "later", b'{"new":"\xe7\x8e\x8b"}', None)
    office.parts.store.append(stream, version, [event])


async def reconciled(office: Office) -> Reconciled:
    """Bring the engine up to the log."""
    parts = office.parts
    async with asyncio.timeout(PATIENCE):
        return await reconcile(office.client, parts.log, parts.projector, parts.engine)


async def runs(office: Office, stream: str) -> bool:
    """Tell whether a request can be carried on."""
    extension = facts.extend(TODAY).model_copy(update={"case": stream.rpartition("/")[2]})
    return (await office.carry(extension)).events == ["period_extended"]


async def test_a_stream_no_program_of_this_age_can_read_holds_up_no_other(served: Office) -> None:
    before, poisoned, after = (on_record(served, case) for case in ("1", "2", "3"))
    from_a_later_program(served, poisoned, "of_a_later_program", 1)
    with capture_logs() as logged:
        found = await reconciled(served)
    assert found == Reconciled(open=3, running=0, started=2, nudged=0, failed=1)
    assert [entry.get("name") for entry in logged if entry["log_level"] == "error"] == [poisoned]
    assert await runs(served, before)
    assert await runs(served, after)


async def test_an_event_that_stops_the_statistics_holds_up_no_request(served: Office) -> None:
    before, poisoned = on_record(served, "1"), on_record(served, "2")
    served.parts.projector.catch_up()
    from_a_later_program(served, poisoned, "request_registered", 99)
    after = on_record(served, "3")
    found = await reconciled(served)
    assert found == Reconciled(open=3, running=0, started=2, nudged=0, failed=1)
    assert await runs(served, before)
    assert await runs(served, after)


async def test_a_name_the_engine_does_not_take_holds_up_no_other(served: Office) -> None:
    too_long, other = on_record(served, LONG), on_record(served, "9")
    with capture_logs() as logged:
        found = await reconciled(served)
    assert found == Reconciled(open=2, running=0, started=1, nudged=0, failed=1)
    assert [text for text in personal_texts() if text in str(logged)] == []
    again = await start_from_log(served.client, served.parts.log, [too_long, other])
    assert (again.started, again.failed) == (1, [too_long])
    assert await runs(served, other)


async def test_of_what_is_closed_in_the_log_no_workflow_is_started(served: Office) -> None:
    stream = on_record(served, "1")
    decided = load_record(served.parts.log, stream).decide(
        facts.decide(TODAY, case="1"), current_law()
    )
    served.parts.log.write(Write(stream, 1, "import:2", "", decided))
    started = await start_from_log(served.client, served.parts.log, [stream])
    assert (started.started, started.failed) == (0, [])


async def test_an_engine_that_is_away_is_said_once_and_not_stream_by_stream(parts: Parts) -> None:
    folder = parts.folder
    async with embedded_server(folder.temporal_database, folder.engine_log) as server:
        office = Office(
            WorkflowEnvironment.from_client(await connect(parts, server.address)), parts
        )
        streams = [on_record(office, str(n)) for n in range(40)]
        server.process.kill()
        await server.process.wait()
        with capture_logs() as logged, pytest.raises(CommandFailedError, match="引擎没有应答"):
            await start_from_log(office.client, parts.log, streams)
    assert [entry for entry in logged if entry["log_level"] == "error"] == []
