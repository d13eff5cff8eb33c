"""Offices on real servers: one server a test, in a sandbox that refuses what slips through."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment

import worker
from engine.server import embedded_server
from tests.workflows.office import Office
from tests.workflows.servers import (
    new_data_folder,
    strict_sandbox,
    time_skipping_office,
)
from worker import Parts, connect, running_worker


@pytest.fixture(autouse=True)
def _strict_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = strict_sandbox()
    monkeypatch.setattr(worker, "sandbox", lambda: runner)


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[Parts]:
    """Open a new data folder in which one agency is registered."""
    with new_data_folder(tmp_path) as parts:
        yield parts


@pytest.fixture
async def desk(parts: Parts) -> AsyncIterator[Office]:
    """Give an office on a time-skipping server, whose worker the test runs itself."""
    async with time_skipping_office(parts) as office:
        yield office


@pytest.fixture
async def office(desk: Office) -> AsyncIterator[Office]:
    """Give an office on a time-skipping server, with a worker."""
    async with running_worker(desk.parts, desk.client):
        yield desk


@pytest.fixture
async def served(parts: Parts) -> AsyncIterator[Office]:
    """Give an office on the embedded development server, whose clock is the real one."""
    folder = parts.folder
    async with embedded_server(folder.temporal_database, folder.engine_log) as server:
        client = await connect(parts, server.address)
        async with running_worker(parts, client):
            yield Office(WorkflowEnvironment.from_client(client), parts)
