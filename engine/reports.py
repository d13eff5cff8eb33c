"""Having a year's report made, by whoever asks for it: command line or web."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from temporalio.client import Client, RPCError, WorkflowFailureError, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError, FailureError, WorkflowAlreadyStartedError

from disclosure.addresses import report_stream
from engine.errors import CommandFailedError
from workflows.annual_report import AnnualReport
from workflows.messages import ReportResult, ReportStart
from workflows.names import TASK_QUEUE


async def make_report(
    client: Client, start: ReportStart, waiting: Callable[[], None] = lambda: None
) -> ReportResult:
    """Run the year-end workflow and return the report.

    There is one run at a time for an agency and year. One that runs already, asked for by somebody
    else or left behind by a command that was killed, is never ended: it goes on as soon as there is
    a worker, is waited for, and then comes our own. What it asked for may differ from what we ask
    for, and where nothing differs the second run says the same and adds nothing.

    Args:
        client: of an engine with a worker.
        start: with its year.
        waiting: told once when another run is waited for.

    Raises:
        CommandFailedError: the report could not be made; the sentence says why.
    """
    try:
        run = await _started(client, start, waiting)
        return await run.result()
    except WorkflowFailureError as failure:
        raise CommandFailedError(_reason(failure)) from None
    except RPCError as error:
        raise CommandFailedError("引擎没有应答，请稍后重试") from error


async def _started(
    client: Client, start: ReportStart, waiting: Callable[[], None]
) -> WorkflowHandle[Any, ReportResult]:
    name = report_stream(start.agency, start.year or 0)
    told = False
    while True:
        try:
            return await client.start_workflow(
                AnnualReport.run,
                start,
                id=name,
                task_queue=TASK_QUEUE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
            )
        except WorkflowAlreadyStartedError as other:
            if not told:
                waiting()
                told = True
            # How it ends is told to those who asked for it.
            with suppress(WorkflowFailureError):
                await client.get_workflow_handle(name, run_id=other.run_id).result()


def _reason(failure: WorkflowFailureError) -> str:
    cause: BaseException | None = failure.cause
    while isinstance(cause, FailureError):
        if isinstance(cause, ApplicationError):
            return cause.message
        cause = cause.cause
    return "年度报告未能完成，请查看日志"
