"""What an office of the tests stands on: a data folder, a server, the project's own sandbox."""

import dataclasses
import shutil
import sysconfig
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date, datetime, time
from pathlib import Path

from temporalio.converter import DataConverter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import SandboxImportNotificationPolicy

from disclosure.agency_events import AgencyRegistered
from engine.settings import Settings
from records import Write
from tests.databases import as_after_a_first_start
from tests.workflows.a_request import AGENCY, MONDAY
from tests.workflows.office import Office
from vault.codec import data_converter
from workdays import SHANGHAI
from worker import Parts, open_parts, sandbox

MASTER_KEY = "test:MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="
"""Invented, and never to change: the golden histories are encrypted under it."""

OPENING = datetime.combine(MONDAY, time(9), SHANGHAI)
"""The instant at which everything begins on the time-skipping server."""


def program(name: str) -> str:
    """Return a server's program, which its package puts beside this Python."""
    found = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert found, f"{name} is not installed"
    return found


def strict_sandbox() -> SandboxedWorkflowRunner:
    """Return the project's sandbox, refusing every import that nobody passed through."""
    runner = sandbox()
    return dataclasses.replace(
        runner,
        restrictions=runner.restrictions.with_import_notification_policy(
            SandboxImportNotificationPolicy.RAISE_ON_UNINTENTIONAL_PASSTHROUGH
            | SandboxImportNotificationPolicy.WARN_ON_DYNAMIC_IMPORT
        ),
    )


@contextmanager
def new_data_folder(path: Path) -> Iterator[Parts]:
    """Open a new data folder in which one agency is registered."""
    settings = Settings.model_validate(
        {
            "data": as_after_a_first_start(path),
            "master_key": MASTER_KEY,
            "database_synchronous": "NORMAL",
        }
    )
    with open_parts(settings) as parts:
        registered = AgencyRegistered(on=date(2019, 1, 1), name="保定市商务局")
        parts.log.write(Write(f"agency/{AGENCY}", 0, "register", "", [registered]))
        yield parts


@asynccontextmanager
async def time_skipping_office(
    parts: Parts, converter: DataConverter | None = None
) -> AsyncIterator[Office]:
    """Run a time-skipping server and move its clock to the opening hour.

    Args:
        parts: the office's.
        converter: another than the project's own, for who records histories.
    """
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=program("temporal-test-server"),
        data_converter=converter or data_converter(parts.keyring),
        identity="office",
    ) as environment:
        office = Office(environment, parts)
        await office.pass_until(OPENING)
        yield office
