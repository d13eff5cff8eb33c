"""Offices on real servers: one time-skipping server a test, one development server a test."""

import dataclasses
import shutil
import sysconfig
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import SandboxImportNotificationPolicy

import worker
from disclosure.events import AgencyRegistered
from engine.server import embedded_server
from engine.settings import Settings
from records import Write
from tests.workflows.a_request import AGENCY
from tests.workflows.office import OPENING, Office
from vault.codec import data_converter
from worker import Parts, connect, open_parts, running_worker

MASTER_KEY = "test:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="


def program(name: str) -> str:
    """Return a server's program, which its package puts beside this Python."""
    found = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert found, f"{name} is not installed"
    return found


@pytest.fixture(autouse=True)
def _strict_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every import into the sandbox that nobody has passed through on purpose."""
    runner = worker.sandbox()
    strict = dataclasses.replace(
        runner,
        restrictions=runner.restrictions.with_import_notification_policy(
            SandboxImportNotificationPolicy.RAISE_ON_UNINTENTIONAL_PASSTHROUGH
            | SandboxImportNotificationPolicy.WARN_ON_DYNAMIC_IMPORT
        ),
    )

    def strict_sandbox() -> SandboxedWorkflowRunner:
        return strict

    monkeypatch.setattr(worker, "sandbox", strict_sandbox)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """Open a new data folder in which one agency is registered."""
    settings = Settings(data=tmp_path, master_key=MASTER_KEY, database_synchronous="NORMAL")
    with open_parts(settings) as parts:
        registered = AgencyRegistered(on=date(2019, 1, 1), name="保定市商务局")
        parts.log.write(Write(f"agency/{AGENCY}", 0, "register", "", [registered]))
        yield parts


@pytest.fixture
async def desk(parts: Parts) -> AsyncIterator[Office]:
    """Give an office on a time-skipping server of its own, whose worker a test runs itself."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=program("temporal-test-server"),
        data_converter=data_converter(parts.keyring),
    ) as environment:
        office = Office(environment, parts)
        await office.pass_until(OPENING)
        yield office


@pytest.fixture
async def office(desk: Office) -> AsyncIterator[Office]:
    """Give an office on a time-skipping server, with a worker."""
    async with running_worker(desk.parts, desk.client):
        yield desk


@pytest.fixture
async def served(parts: Parts) -> AsyncIterator[Office]:
    """Give an office on the embedded development server, whose clock is the real one."""
    async with embedded_server(parts.folder.temporal_database, parts.folder.engine_log) as server:
        client = await connect(parts, server.address)
        async with running_worker(parts, client):
            yield Office(WorkflowEnvironment.from_client(client), parts)
