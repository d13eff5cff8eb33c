"""Keeping open reports up to the log: started where they do not run, told where there is news.

A report under way follows the log of its agency. Its workflow is told at most once in a while, how
ever much an import writes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.agency_fold import SOURCE_TYPES
from disclosure.addresses import agency_of, report_stream
from engine.errors import CommandFailedError
from engine.one_by_one import Handled, one_by_one
from engine.parts import Parts
from engine.recovery import nudge_all
from projections.report_register import reports_under_way
from workflows.annual_report import AnnualReport
from workflows.annual_report_messages import ReportStart
from workflows.names import ANNUAL_REPORT, TASK_QUEUE

_EVERY = 15.0
"""Seconds between looks at the log, and so the least time between two drafts of a report."""

_IN_FLIGHT = 16

_log = structlog.get_logger(__name__)

Report = tuple[str, int]
"""Agency and year."""


@asynccontextmanager
async def following_reports(
    parts: Parts, client: Client, every: float = _EVERY
) -> AsyncIterator[None]:
    """Tell open reports of what the log learns about their agencies, while the block runs."""
    task = asyncio.create_task(_follow(parts, client, every))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _follow(parts: Parts, client: Client, every: float) -> None:
    seen = await asyncio.to_thread(_head, parts)
    while True:
        await asyncio.sleep(every)
        try:
            head = await asyncio.to_thread(parts.store.head)
            if seen is not None and head > seen:
                agencies = await asyncio.to_thread(agencies_with_news, parts, seen, head)
                open_reports = await asyncio.to_thread(open_in_the_log, parts.engine)
                await tell(client, [each for each in open_reports if each[0] in agencies])
            seen = head
        except (DBAPIError, CommandFailedError) as error:
            _log.warning("reports not followed for now", kind=type(error).__name__)
        except Exception:  # noqa: BLE001 - the worker goes on whatever it is
            _log.exception("reports not followed for now")


def _head(parts: Parts) -> int | None:
    try:
        return parts.store.head()
    except DBAPIError:
        return None  # the first look that succeeds begins there


def agencies_with_news(parts: Parts, after: int, through: int) -> set[str]:
    """Return the agencies of which the log learned something that enters a report."""
    news = parts.store.read_log(after, types=SOURCE_TYPES, through_position=through)
    return {agency_of(event.stream) for event in news}


def open_in_the_log(engine: sa.Engine) -> list[Report]:
    """Return the reports that are open and not published, as far as the register was folded."""
    with engine.connect() as connection:
        return [(row.agency, row.year) for row in connection.execute(reports_under_way())]


async def tell(client: Client, reports: list[Report]) -> Handled:
    """Tell reports to read the log; one whose workflow does not run is started from it.

    Raises:
        CommandFailedError: the engine is away.
    """
    by_stream = {report_stream(*report): report for report in reports}

    async def one(stream: str) -> bool:
        agency, year = by_stream[stream]
        await client.start_workflow(
            AnnualReport.run,
            ReportStart(agency=agency, year=year),
            id=stream,
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            start_signal="log_advanced",
        )
        return True

    return await one_by_one(list(by_stream), one, at_once=_IN_FLIGHT)


async def reconcile_reports(parts: Parts, client: Client) -> Handled:
    """Start the workflow of every open report that has none; wake those of the others.

    The register is taken as it was folded last: cases are reconciled before.

    Raises:
        CommandFailedError, RPCError: the engine is away.
        DBAPIError: the database is.
    """
    open_reports = await asyncio.to_thread(open_in_the_log, parts.engine)
    wanted = {report_stream(*each): each for each in open_reports}
    query = f"WorkflowType = '{ANNUAL_REPORT}' AND ExecutionStatus = 'Running'"
    running = {execution.id async for execution in client.list_workflows(query)}
    handled = await tell(client, [wanted[stream] for stream in wanted.keys() - running])
    await nudge_all(client, sorted(running - wanted.keys()))
    _log.info("reports", open=len(wanted), running=len(running), started=handled.started)
    return handled
