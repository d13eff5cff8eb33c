"""The composition root: from settings to the parts, the client, the worker and a way to stop.

Everything is made here once and handed down; no other module reads settings or opens a database.
"""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.worker import UnsandboxedWorkflowRunner, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.annual_report import AnnualReportActivities
from activities.figures import FigureReader
from activities.file_store import FileStore
from activities.request_log import RequestLogActivities
from disclosure.law import Law
from engine.folder import DataFolder, EngineNote
from engine.recovery import reconcile, registered_agencies
from engine.schedules import schedule_annual_reports
from engine.server import embedded_server
from engine.settings import Settings
from eventstore import EventStore, Projector, migrate, open_engine
from eventstore.schema import data_keys
from projections import all_projections
from records import RecordLog, decode
from vault import Fingerprints, KeyRing, Vault
from vault.codec import data_converter
from workdays import published
from workflows.annual_report import AnnualReport
from workflows.disclosure_request import DisclosureRequest
from workflows.law_in_force import current_law, use_law
from workflows.names import TASK_QUEUE

PASSED_THROUGH = ("disclosure", "workdays", "workflows", "pydantic", "msgspec", "structlog")
"""Modules the workflow sandbox shares with us: pure, or harmless where they are not."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the system is made of, without an engine."""

    settings: Settings
    folder: DataFolder
    engine: sa.Engine
    store: EventStore
    keyring: KeyRing
    vault: Vault
    log: RecordLog
    projector: Projector
    figures: FigureReader
    files: FileStore
    fingerprints: Fingerprints


@contextmanager
def open_parts(settings: Settings) -> Iterator[Parts]:
    """Open the data folder and the log, migrating the database if it is older.

    A first start makes folder, database and master key. Where a log exists its key must too: a
    fresh one would only hide the loss.

    Raises:
        FolderError, KeyRingBroken, SchemaOutdated: with a message for the operator.
    """
    folder = DataFolder(settings.data).make()
    url = settings.database_url
    engine = open_engine(
        url.get_secret_value() if url else folder.log_url,
        synchronous=settings.database_synchronous,
    )
    try:
        migrate(engine)
        store = EventStore(engine)
        keyring = (
            KeyRing.from_text(settings.master_key.get_secret_value())
            if settings.master_key
            else KeyRing.in_folder(folder.keys, create=store.head() == 0)
        )
        vault = Vault(engine, data_keys, keyring)
        projector = Projector(store, all_projections(), decode)
        use_law(Law(calendar=published(), choices=settings.choices))
        yield Parts(
            settings=settings,
            folder=folder,
            engine=engine,
            store=store,
            keyring=keyring,
            vault=vault,
            log=RecordLog(store, vault),
            projector=projector,
            figures=FigureReader(store, engine, projector),
            files=FileStore(folder.files),
            fingerprints=Fingerprints(keyring),
        )
    finally:
        engine.dispose()


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
    requests = RequestLogActivities(parts.log)
    reports = AnnualReportActivities(
        log=parts.log,
        projector=parts.projector,
        figures=parts.figures,
        files=parts.files,
        law=current_law,
    )
    return [
        requests.append_events,
        requests.events_since,
        reports.open_report,
        reports.log_position,
        reports.await_projections,
        reports.assemble_report,
        reports.publish_report,
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
            workflows=[DisclosureRequest, AnnualReport],
            activities=activities_of(parts),
            activity_executor=threads,
            workflow_runner=sandbox() if parts.settings.sandbox else UnsandboxedWorkflowRunner(),
            graceful_shutdown_timeout=timedelta(seconds=parts.settings.shutdown_seconds),
            sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
        )
        async with worker:
            yield worker


@asynccontextmanager
async def running_projector(parts: Parts) -> AsyncIterator[asyncio.Task[None]]:
    """Keep the projections current while the block runs; the task ends when one cannot go on."""
    stop = threading.Event()
    task = asyncio.create_task(asyncio.to_thread(parts.projector.run, stop))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.wait([task])


@asynccontextmanager
async def stopping() -> AsyncIterator[asyncio.Event]:
    """Give an event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def bring_up_to_date(
    parts: Parts, client: Client, progress: Callable[[int, int], None] | None = None
) -> None:
    """Start from the log what should run and does not, and make the schedules."""
    await reconcile(client, parts.log, parts.projector, parts.engine, progress)
    agencies = await asyncio.to_thread(registered_agencies, parts.engine)
    made = await schedule_annual_reports(client, agencies)
    _log.info("schedules", agencies=len(agencies), made=made)


async def work_until_stopped(
    parts: Parts, client: Client, ready: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Run worker and projector until a signal; a projection that cannot go on ends it loudly."""
    async with (
        stopping() as stop,
        running_worker(parts, client),
        running_projector(parts) as projecting,
    ):
        await bring_up_to_date(parts, client)
        if ready is not None:
            await ready()
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([stopped, projecting], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if projecting.done():
            projecting.result()
        _log.info("stopping")


async def serve(parts: Parts, ready: Callable[[EngineNote], None]) -> None:
    """Run the embedded system: engine, worker and Temporal's own pages, until a signal."""
    with parts.folder.hold_engine("serve") as announce:
        async with embedded_server(
            parts.folder.temporal_database,
            parts.folder.engine_log,
            port=parts.settings.temporal_port,
            ui_port=parts.settings.temporal_ui_port,
        ) as server:
            client = await connect(parts, server.address)

            async def tell() -> None:
                note = EngineNote(os.getpid(), "serve", server.address, server.ui)
                announce(note)
                ready(note)

            await work_until_stopped(parts, client, tell)


@asynccontextmanager
async def engine_for(
    parts: Parts, role: str, waiting: Callable[[EngineNote], bool]
) -> AsyncIterator[Client]:
    """Give a client on an engine with a worker: the one that runs, or one for this work alone.

    Args:
        parts: the parts; the settings say whether the engine is embedded or a cluster.
        role: what the engine would be started for.
        waiting: asked while another short-lived engine holds the folder; True waits longer.
    """
    if parts.settings.engine == "cluster":
        yield await connect(parts)
        return
    holder = parts.folder.engine_holder()
    if holder is not None and holder.role == "serve" and holder.address:
        yield await connect(parts, holder.address)
        return
    with parts.folder.hold_engine(role, wait=waiting) as announce:
        async with embedded_server(
            parts.folder.temporal_database, parts.folder.engine_log
        ) as server:
            client = await connect(parts, server.address)
            announce(EngineNote(os.getpid(), role, server.address))
            async with running_worker(parts, client):
                yield client
