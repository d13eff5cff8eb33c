"""Bringing the engine up to the log: every open request has its workflow.

The same step serves the first start after an import, an ordinary start, and the loss of the whole
Temporal database: what should run is asked of the log, what runs is asked of the engine, and only
the difference is acted upon.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from temporalio.client import Client, RPCError, RPCStatusCode
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from disclosure.addresses import agency_of, case_of
from disclosure.state import Stage
from engine.commands import load_record
from eventstore import Projector
from projections import Agencies, CaseRegister
from records import RecordLog
from workflows.disclosure_request import DisclosureRequest
from workflows.messages import RequestStart
from workflows.names import DISCLOSURE_REQUEST, TASK_QUEUE

_IN_FLIGHT = 16
"""More at once only makes each slower: both cores are busy at 16."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reconciliation found and did.

    Attributes:
        open: requests without a result in the log.
        running: workflows that ran before.
        started: workflows started from the log.
        nudged: workflows of requests the log knows as closed, told to read it.
    """

    open: int
    running: int
    started: int
    nudged: int


async def reconcile(
    client: Client,
    log: RecordLog,
    projector: Projector,
    engine: sa.Engine,
    progress: Callable[[int, int], None] | None = None,
) -> Reconciled:
    """Start the workflow of every open request that has none; wake those left behind."""
    await asyncio.to_thread(projector.catch_up)
    open_streams = await asyncio.to_thread(streams_without_result, engine)
    running = {stream async for stream in running_requests(client)}
    missing = open_streams - running
    ended = running - open_streams
    await start_from_log(client, log, sorted(missing), progress)
    for stream in sorted(ended):
        await nudge(client, stream)
    result = Reconciled(len(open_streams), len(running), len(missing), len(ended))
    _log.info(
        "engine agrees with the log",
        open=result.open,
        running=result.running,
        started=result.started,
        nudged=result.nudged,
    )
    return result


def streams_without_result(engine: sa.Engine) -> set[str]:
    """Return the streams of all open requests."""
    register = CaseRegister.table
    with engine.connect() as connection:
        return set(
            connection.scalars(
                sa.select(register.c.stream).where(register.c.stage != Stage.CLOSED.value)
            )
        )


def registered_agencies(engine: sa.Engine) -> list[str]:
    """Return the ids of all agencies."""
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(Agencies.table.c.agency).order_by("agency")))


async def running_requests(client: Client) -> AsyncIterator[str]:
    """Yield the ids of all request workflows that run."""
    query = f"WorkflowType = '{DISCLOSURE_REQUEST}' AND ExecutionStatus = 'Running'"
    async for execution in client.list_workflows(query):
        yield execution.id


async def start_from_log(
    client: Client,
    log: RecordLog,
    streams: Collection[str],
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Start these requests' workflows with the state folded from the log.

    One that runs already is told to read the log instead.
    """
    done = 0
    gate = asyncio.Semaphore(_IN_FLIGHT)

    async def start(stream: str) -> None:
        nonlocal done
        async with gate:
            record = await asyncio.to_thread(load_record, log, stream)
            await client.start_workflow(
                DisclosureRequest.run,
                RequestStart(agency=agency_of(stream), case=case_of(stream), record=record),
                id=stream,
                task_queue=TASK_QUEUE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                start_signal="log_advanced",
            )
        done += 1
        if progress is not None:
            progress(done, len(streams))

    await _all(start(stream) for stream in streams)


async def nudge(client: Client, stream: str) -> None:
    """Tell a running workflow to read the log; one that has ended needs no telling."""
    try:
        await client.get_workflow_handle(stream).signal(DisclosureRequest.log_advanced)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise


async def _all(tasks: Iterable[object]) -> None:
    async with asyncio.TaskGroup() as group:
        for task in tasks:
            group.create_task(task)  # type: ignore[arg-type]
