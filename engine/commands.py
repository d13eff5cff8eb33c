"""Carrying a command to the workflow of its case.

One path for every command: the workflow is started from the log with the command as its first
update, or, where it runs already, only gets the update. So a new case, an open one, a closed
one that must be taken up again, and one whose engine lost its database are the same case.
"""

import asyncio
from contextlib import suppress
from uuid import uuid4

from temporalio.client import (
    Client,
    RPCError,
    WithStartWorkflowOperation,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from disclosure.addresses import agency_stream, case_stream
from disclosure.case_kinds import BEGINNINGS
from disclosure.commands import CaseCommand
from disclosure.proceedings import request_of, unknown_request
from disclosure.refusals import Refused
from engine.attempts import answered
from engine.cases import load_case, workflow_of
from records import RecordLog
from workflows.case_records import record_for
from workflows.case_workflow import CaseWorkflow
from workflows.law_in_force import current_law
from workflows.messages import CommandMessage, CommandReceipt
from workflows.names import TASK_QUEUE
from workflows.record import RequestRecord

_AT_HAND = 0.1
"""Seconds for what is there already."""


async def carry(
    client: Client,
    log: RecordLog,
    command_id: str,
    command: CaseCommand,
    *,
    seen: int | None = None,
) -> CommandReceipt:
    """Carry a command to its case and return what became of it.

    Sending the same id again is harmless, so a lost answer is asked for again.

    Args:
        client: of the engine.
        log: the log.
        command_id: makes a repetition harmless.
        command: what is said to have happened.
        seen: the version of the case its sender had before them; another one is refused (`stale`).

    Raises:
        Refused: the command cannot be true.
        CommandFailedError: the engine or the log could not take it; nothing was recorded, or it
            will be found recorded when it is sent again.
    """
    # One id for all attempts of this call, another for the next call: the engine would answer the
    # same id as it did the first time, and what was refused yesterday may be true today. What is on
    # record the workflow knows by the command's own id.
    update_id = f"{command_id}:{uuid4().hex}"
    message = CommandMessage(command_id=command_id, command=command, seen=seen)
    return await answered(lambda: _carry_once(client, log, update_id, message))


async def _carry_once(
    client: Client, log: RecordLog, update_id: str, message: CommandMessage
) -> CommandReceipt:
    command = message.command
    stream = case_stream(command.agency, command.case)
    record = await asyncio.to_thread(load_case, log, stream)
    if record is None:
        record = record_for(command)
        await asyncio.to_thread(_must_be_able_to_begin, log, command)
        if not isinstance(command, BEGINNINGS):
            # Refused here: a workflow started for it would keep the reference for its own kind.
            record.decide(command, current_law())
    run, start_message = workflow_of(stream, record)
    start = WithStartWorkflowOperation(
        run,
        start_message,
        id=stream,
        task_queue=TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )
    try:
        return await client.execute_update_with_start_workflow(
            CaseWorkflow.carry_out,
            message,
            id=update_id,
            start_workflow_operation=start,
        )
    except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
        # The handle fails with the update, and asyncio prints what nobody took notice of.
        with suppress(Exception, asyncio.CancelledError):
            await asyncio.wait_for(start.workflow_handle(), _AT_HAND)
        raise


def _must_be_able_to_begin(log: RecordLog, command: CaseCommand) -> None:
    """Refuse a case whose agency, or whose request, is not on record."""
    if not log.store.stream_version(agency_stream(command.agency)):
        raise Refused("unknown_agency", "agency", "机关尚未登记，请先登记机关（register_agency）")
    about = request_of(command)
    if about is not None and not isinstance(load_case(log, about), RequestRecord):
        raise unknown_request()
