"""The composition root: from the parts to engine, client, worker, projector, and a way to stop.

Everything is made here and in `engine.parts` once and handed down.
"""

__all__ = ["Parts", "connect", "engine_for", "open_parts", "serve", "work_until_stopped"]

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import structlog
from temporalio.client import Client
from temporalio.common import WorkerDeploymentVersion
from temporalio.envconfig import ClientConfig
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkerDeploymentConfig
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.annual_report import AnnualReportActivities
from activities.item_counting import ItemCounting
from activities.report_assembly import PROGRAM
from activities.request_log import RequestLogActivities
from activities.rollup import RollupActivities
from activities.rollup_assembly import RollupAssembly
from engine.calendar_watch import following_calendar
from engine.folder import SERVE, EngineHeldError, EngineNote
from engine.keeping_up import Showing, keeping_engine, keeping_projections, unseen
from engine.parts import Parts, open_parts
from engine.publication_watch import following_publications
from engine.report_watch import following_reports
from engine.reports import assembler_of
from engine.rollup_sources import sources_of
from engine.server import EmbeddedServer, embedded_server
from engine.stopping import stopping
from vault.codec import data_converter
from workflows.annual_report import AnnualReport
from workflows.disclosure_request import DisclosureRequest
from workflows.names import TASK_QUEUE
from workflows.proceeding import Proceeding
from workflows.rollup import Rollup
from workflows.turn_of_the_year import TurnOfTheYear

PASSED_THROUGH = (
    "disclosure",
    "workdays",
    "workflows.annual_report_messages",
    "workflows.case_records",
    "workflows.law_in_force",
    "workflows.messages",
    "workflows.names",
    "workflows.proceeding_record",
    "workflows.record",
    "workflows.refusals",
    "workflows.rollup_messages",
    "workflows.report_record",
    "pydantic",
    "msgspec",
    "structlog",
)
"""Modules the workflow sandbox shares with us: pure, or harmless where they are not.

The workflows themselves are not among them: in them the sandbox refuses clocks and chance."""

BUILD = WorkerDeploymentConfig(
    version=WorkerDeploymentVersion("gongkai", PROGRAM), use_worker_versioning=False
)
"""What a worker says of itself. Left to itself the SDK hashes the code of every module it finds, a
third of a second at each start (measured), for a name that nobody could trace to a release."""

Pages = Callable[[Client], AbstractAsyncContextManager["asyncio.Task[None]"]]
"""Serves the web pages by a client while its block runs; the task is the serving."""

_log = structlog.get_logger(__name__)


async def connect(parts: Parts, address: str | None = None) -> Client:
    """Connect to an embedded engine's address, or to the cluster `TEMPORAL_*` names."""
    converter = data_converter(parts.keyring)
    if address is not None:
        return await Client.connect(address, data_converter=converter)
    return await Client.connect(
        **ClientConfig.load_client_connect_config(), data_converter=converter
    )


def activities_of(parts: Parts) -> Sequence[Callable[..., Any]]:
    """Return the activities with their parts in place."""
    requests = RequestLogActivities(parts.log, parts.reply_numbers)
    reports = AnnualReportActivities(
        log=parts.log,
        projector=parts.projector,
        assembler=assembler_of(parts),
        files=parts.files,
    )
    rollups = RollupActivities(
        log=parts.log, assembly=RollupAssembly(sources_of(parts), parts.law), files=parts.files
    )
    return [
        requests.append_events,
        requests.events_since,
        ItemCounting(parts.items).count_items,
        reports.open_report,
        reports.assemble_report,
        reports.write_section,
        rollups.look,
        rollups.open_rollup,
        rollups.note_missed,
        rollups.assemble_rollup,
        rollups.publish_rollup,
    ]


def sandbox() -> SandboxedWorkflowRunner:
    """Return the sandbox with our own rooms passed through."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )


@asynccontextmanager
async def running_worker(parts: Parts, client: Client) -> AsyncIterator[Worker]:
    """Run a worker while the block runs; at the end it finishes what it has begun."""
    with ThreadPoolExecutor(max_workers=8, thread_name_prefix="activity") as threads:
        worker = Worker(
            client,
            task_queue=TASK_QUEUE,
            workflows=[DisclosureRequest, Proceeding, AnnualReport, TurnOfTheYear, Rollup],
            activities=activities_of(parts),
            activity_executor=threads,
            workflow_runner=sandbox() if parts.settings.sandbox else UnsandboxedWorkflowRunner(),
            deployment_config=BUILD,
            graceful_shutdown_timeout=timedelta(seconds=parts.settings.shutdown_seconds),
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        )
        async with worker:
            yield worker


async def work_until_stopped(
    parts: Parts,
    client: Client,
    ready: Callable[[], Awaitable[None]],
    server: EmbeddedServer | None = None,
    showing: Showing = unseen,
    *,
    pages: Pages | None = None,
) -> None:
    """Run worker and projector until a signal, and keep the engine up to the log beside them.

    Ready is told as soon as commands are carried out: with very many open requests the first
    comparison of engine and log takes minutes, and a command brings its own request along.

    The pages, where there are any, are the last to begin and the first to end: what they ask for
    has a worker.

    A projection that must not go on, or an embedded server that has ended, ends it loudly.
    """
    async with (
        stopping(parts.settings.shutdown_seconds) as stop,
        running_worker(parts, client),
        keeping_projections(parts) as projecting,
        AsyncExitStack() as stack,
    ):
        serving = [await stack.enter_async_context(pages(client))] if pages else []
        await ready()
        async with (
            keeping_engine(parts, client, showing),
            following_calendar(parts, client),
            following_reports(parts, client),
            following_publications(parts, client),
        ):
            watched: list[asyncio.Task[Any]] = [
                asyncio.create_task(stop.wait()),
                projecting,
                *serving,
            ]
            if server is not None:
                watched.append(asyncio.create_task(server.ended()))
            done, pending = await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            for task in pending - {projecting, *serving}:
                task.cancel()
            _log.info("stopping")
        for task in done:
            task.result()


async def serve(
    parts: Parts,
    ready: Callable[[EngineNote], None],
    waiting: Callable[[EngineNote], bool],
    showing: Showing = unseen,
    pages: Pages | None = None,
) -> None:
    """Run the embedded system: engine, worker, pages and Temporal's own pages, until a signal.

    Args:
        parts: the parts.
        ready: told when commands are carried out.
        waiting: see `engine_for`.
        showing: shows how far the first comparison of engine and log has come.
        pages: serves the web pages beside the worker.

    Raises:
        EngineHeldError: another `serve` runs on this data folder.
    """
    async with AsyncExitStack() as stack:
        announce = await _take_engine(parts, stack, SERVE, waiting)
        server = await stack.enter_async_context(
            embedded_server(
                parts.folder.temporal_database,
                parts.folder.engine_log,
                port=parts.settings.temporal_port,
                ui_port=parts.settings.temporal_ui_port,
            )
        )
        client = await connect(parts, server.address)

        async def tell() -> None:
            note = EngineNote(os.getpid(), SERVE, server.address, server.ui)
            announce(note)
            ready(note)

        await work_until_stopped(parts, client, tell, server, showing, pages=pages)


@asynccontextmanager
async def engine_for(
    parts: Parts,
    role: str,
    waiting: Callable[[EngineNote], bool],
    *,
    with_worker: bool = True,
) -> AsyncIterator[Client]:
    """Give a client on an engine with a worker: the one that runs, or one for this work alone.

    Args:
        parts: the parts; the settings say whether the engine is embedded or a cluster.
        role: what the engine would be started for.
        waiting: asked while an engine that starts, or one for other work, holds the folder; True
            waits longer.
        with_worker: whether an engine started for this work alone needs a worker too.
    """
    if parts.settings.engine == "cluster":
        yield await connect(parts)
        return
    async with AsyncExitStack() as stack:
        try:
            announce = await _take_engine(parts, stack, role, waiting)
        except EngineHeldError as held:
            if not held.holder.serves:
                raise
            yield await connect(parts, held.holder.address)
            return
        server = await stack.enter_async_context(
            embedded_server(parts.folder.temporal_database, parts.folder.engine_log)
        )
        client = await connect(parts, server.address)
        announce(EngineNote(os.getpid(), role, server.address))
        if with_worker:
            await stack.enter_async_context(running_worker(parts, client))
        yield client


async def _take_engine(
    parts: Parts, stack: AsyncExitStack, role: str, waiting: Callable[[EngineNote], bool]
) -> Callable[[EngineNote], None]:
    """Hold the folder's engine, waiting for one that will go away or is about to serve."""
    while True:
        try:
            return stack.enter_context(parts.folder.hold_engine(role))
        except EngineHeldError as held:
            if held.holder.serves or not waiting(held.holder):
                raise
        await asyncio.sleep(_LOOK_AGAIN)


_LOOK_AGAIN = 0.1
"""Seconds between looks at an engine somebody else holds."""
