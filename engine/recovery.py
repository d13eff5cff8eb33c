"""Bringing the engine up to the log: every open case has its workflow.

The same step serves the first start after an import, an ordinary start, a look now and then, and
the loss of the whole Temporal database: what should run is asked of the log, what runs is asked of
the engine, and only the difference is acted upon.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import structlog
from temporalio.client import Client, RPCError, RPCStatusCode
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from disclosure.proceeding_state import ProceedingStage
from disclosure.state import Stage
from engine.cases import CASE_WORKFLOWS, load_case, workflow_of
from engine.one_by_one import Handled, one_by_one
from eventstore import Projection, ProjectionStopped, Projector
from projections import Agencies, CaseRegister, Proceedings
from records import RecordLog
from workflows.case_workflow import CaseWorkflow
from workflows.names import TASK_QUEUE

_IN_FLIGHT = 16
"""More at once only makes each slower: both cores are busy at 16."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reconciliation found and did.

    Attributes:
        open: requests without a result and proceedings not yet final in the log.
        running: workflows that ran before.
        started: workflows started from the log.
        nudged: workflows of cases the log knows as closed, told to read it.
        failed: cases left aside because they cannot be read or started; the log names them.
    """

    open: int
    running: int
    started: int
    nudged: int
    failed: int = 0


async def reconcile(
    client: Client,
    log: RecordLog,
    projector: Projector,
    engine: sa.Engine,
    progress: Callable[[int, int], None] | None = None,
    *,
    at_rest: timedelta = timedelta(),
) -> Reconciled:
    """Start the workflow of every open case that has none; wake those left behind.

    Args:
        client: of the engine.
        log: what should run.
        projector: its registers are brought up to the log first.
        engine: of the registers' database.
        progress: told how many of how many workflows have been started.
        at_rest: leave cases that were written to within this time for the next round. An import
            writes a case's lines one after the other, and a limit that ran out between two of them
            would close the case before the second.

    Raises:
        CommandFailedError, RPCError: the engine is away.
        DBAPIError: the database is.
    """
    await _fold(projector)
    open_streams = await asyncio.to_thread(streams_without_result, engine)
    open_streams |= await asyncio.to_thread(streams_not_folded, log, projector)
    running = {stream async for stream in running_requests(client)}
    missing = open_streams - running - await asyncio.to_thread(streams_in_motion, log, at_rest)
    ended = running - open_streams
    starts = await start_from_log(client, log, sorted(missing), progress)
    nudges = await nudge_all(client, sorted(ended))
    result = Reconciled(
        open=len(open_streams),
        running=len(running),
        started=starts.started,
        nudged=nudges.started,
        failed=len(starts.failed) + len(nudges.failed),
    )
    _log.info("engine agrees with the log", **asdict(result))
    return result


async def _fold(projector: Projector) -> None:
    """Bring the register up to the log, as far as it goes; cancelled, stop after a batch."""
    stop = threading.Event()
    try:
        await asyncio.to_thread(projector.catch_up, stop=stop)
    except ProjectionStopped as stopped:
        _log.error("projection stopped", projection=stopped.projection, position=stopped.position)
    finally:
        stop.set()


def streams_without_result(engine: sa.Engine) -> set[str]:
    """Return the streams of all open cases."""
    with engine.connect() as connection:
        return {
            stream
            for register, last_stage in _REGISTERS
            for stream in connection.scalars(
                sa.select(register.table.c.stream).where(register.table.c.stage != last_stage)
            )
        }


def streams_not_folded(log: RecordLog, projector: Projector) -> set[str]:
    """Return the streams of cases of which the log holds more than their register.

    There are some where an event stops a register: what came after it must run all the same.
    """
    return {
        event.stream
        for register, _ in _REGISTERS
        for event in log.store.read_log(projector.checkpoint(register.name), types=register.types)
    }


def streams_in_motion(log: RecordLog, within: timedelta) -> set[str]:
    """Return the streams that were written to within a time."""
    if not within:
        return set()
    at_rest = log.store.positions_recorded_by(datetime.now(UTC) - within)
    return {event.stream for event in log.store.read_log(at_rest)}


_REGISTERS: tuple[tuple[Projection, str], ...] = (
    (CaseRegister(), Stage.CLOSED.value),
    (Proceedings(), ProceedingStage.FINAL.value),
)
"""The registers of cases, each with the stage in which a case needs no workflow any more."""


def registered_agencies(engine: sa.Engine) -> list[str]:
    """Return the ids of all agencies."""
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(Agencies.table.c.agency).order_by("agency")))


async def running_requests(client: Client) -> AsyncIterator[str]:
    """Yield the ids of all case workflows that run."""
    types = " OR ".join(f"WorkflowType = '{name}'" for name in CASE_WORKFLOWS)
    query = f"({types}) AND ExecutionStatus = 'Running'"
    async for execution in client.list_workflows(query):
        yield execution.id


async def start_from_log(
    client: Client,
    log: RecordLog,
    streams: Collection[str],
    progress: Callable[[int, int], None] | None = None,
) -> Handled:
    """Start these cases' workflows with the state folded from the log.

    One that runs already is told to read the log instead; what is closed, or never began, needs
    none. One that cannot be read or started is among `failed` of what is returned, and holds up no
    other.

    Raises:
        CommandFailedError: the engine is away.
        DBAPIError: the database is.
    """

    async def start(stream: str) -> bool:
        record = await asyncio.to_thread(load_case, log, stream)
        if record is None or not record.begun or record.closed:
            return False
        run, start_message = workflow_of(stream, record)
        await client.start_workflow(
            run,
            start_message,
            id=stream,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal="log_advanced",
        )
        return True

    return await one_by_one(streams, start, at_once=_IN_FLIGHT, progress=progress)


async def nudge_all(client: Client, streams: Collection[str]) -> Handled:
    """Tell running workflows to read the log."""

    async def tell(stream: str) -> bool:
        await nudge(client, stream)
        return True

    return await one_by_one(streams, tell, at_once=_IN_FLIGHT)


async def nudge(client: Client, stream: str) -> None:
    """Tell a running workflow to read the log; one that has ended needs no telling."""
    try:
        await client.get_workflow_handle(stream).signal(CaseWorkflow.log_advanced)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
