"""Carrying a step to a year's annual report, by whoever asks for it: command line or web.

As with cases there is one path: the workflow is started from the log with the step as its first
update, or, where it runs already, only gets the update.
"""

import asyncio
from contextlib import suppress
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from temporalio.client import (
    Client,
    RPCError,
    WithStartWorkflowOperation,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.report_assembly import ReportAssembler
from disclosure.addresses import agency_stream, report_stream
from disclosure.agency import fold_agency
from disclosure.agency_commands import WriteSection
from disclosure.refusals import Refused
from disclosure.report_commands import ReleaseReport, ReportCommand, SubmitReport
from disclosure.report_decider import require_order
from engine.attempts import answered
from engine.parts import Parts
from records import RecordLog
from workflows.annual_report import AnnualReport
from workflows.annual_report_messages import (
    ReportCommandMessage,
    ReportReceipt,
    ReportResult,
    ReportStart,
)
from workflows.law_in_force import current_law
from workflows.messages import ReportFile
from workflows.names import TASK_QUEUE
from workflows.report_record import ReportRecord

_AT_HAND = 0.1
"""Seconds for what is there already."""


def assembler_of(parts: Parts) -> ReportAssembler:
    """Return what puts reports together from these parts."""
    return ReportAssembler(parts.log, parts.figures, parts.files, current_law)


def load_report(log: RecordLog, agency: str, year: int) -> ReportRecord:
    """Fold a report's stream from the log."""
    record = ReportRecord()
    for entry in log.read(report_stream(agency, year)):
        record = record.after(entry.event, entry.version, entry.command_id)
    return record


async def carry_report(
    client: Client,
    log: RecordLog,
    command_id: str,
    command: ReportCommand | WriteSection,
    *,
    seen: int | None = None,
    seen_text: str | None = None,
) -> ReportReceipt:
    """Carry a step to a report, or a text to one of its sections; return what became of it.

    Sending the same id again is harmless, so a lost answer is asked for again.

    Args:
        client: of an engine with a worker.
        log: from which the workflow starts.
        command_id: what makes a repeated step recognisable.
        command: the step.
        seen: version of the report its sender had before them, where somebody looked: if others
            were faster, the step is refused.
        seen_text: the same of a section's text, by its `text_mark`.

    Raises:
        Refused: it is out of order, or the draft speaks against it, or others were faster.
        CommandFailedError: the engine or the log could not take it.
    """
    await asyncio.to_thread(must_be_in_order, log, command)
    message = ReportCommandMessage(
        command_id=command_id, command=command, seen=seen, seen_text=seen_text
    )
    update_id = f"{command_id}:{uuid4().hex}"
    return await answered(lambda: _once(client, command.agency, command.year, update_id, message))


async def draft_report(client: Client, log: RecordLog, agency: str, year: int) -> ReportResult:
    """Have a year's draft made from the log as it now stands, files and all.

    A year that still runs gets its draft too, and takes no slot in the log.

    Raises:
        Refused: it cannot be made; the sentence says why.
        CommandFailedError: the engine or the log is away.
    """
    await asyncio.to_thread(_must_have_the_year, log, agency, year)
    update_id = f"draft:{uuid4().hex}"
    return await answered(lambda: _once(client, agency, year, update_id))


async def release_report(
    client: Client, log: RecordLog, command_id: str, command: ReleaseReport
) -> ReportResult:
    """Publish a year's report at once, and return it as the public gets it.

    Publishing the same figures and words again adds nothing and gives what was published.

    Raises:
        Refused: it cannot be published; the sentence says why.
        CommandFailedError: the engine or the log is away.
    """
    receipt = await carry_report(client, log, command_id, command)
    published = receipt.draft
    if published is None or not published.files:
        # An older program published it and named no files: these say the same.
        made = await draft_report(client, log, command.agency, command.year)
        return made.model_copy(update={"version": published.version if published else made.version})
    return ReportResult(
        agency=command.agency,
        year=command.year,
        version=published.version,
        position=published.log_position,
        digest=published.digest,
        errors=published.errors,
        warnings=published.warnings,
        files=[ReportFile(**asdict(file)) for file in published.files],
        content_digest=published.content_digest,
        rule_set=published.rule_set,
        calendar=published.calendar,
        program=published.program,
    )


async def _once(
    client: Client,
    agency: str,
    year: int,
    update_id: str,
    message: ReportCommandMessage | None = None,
) -> Any:
    """Send a command, or, without one, ask for the draft."""
    start = WithStartWorkflowOperation(
        AnnualReport.run,
        ReportStart(agency=agency, year=year),
        id=report_stream(agency, year),
        task_queue=TASK_QUEUE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
    )
    try:
        return await client.execute_update_with_start_workflow(
            AnnualReport.draft if message is None else AnnualReport.carry_out,
            args=[] if message is None else [message],
            id=update_id,
            start_workflow_operation=start,
        )
    except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
        # The handle fails with the update, and asyncio prints what nobody took notice of.
        with suppress(Exception, asyncio.CancelledError):
            await asyncio.wait_for(start.workflow_handle(), _AT_HAND)
        raise


def must_be_in_order(log: RecordLog, command: ReportCommand | WriteSection) -> None:
    """Refuse, before any engine is asked, what the log already shows to be out of order.

    Raises:
        Refused: with what must come first.
    """
    _must_have_the_year(log, command.agency, command.year)
    # These take the slot of a year that has ended; the others need one that is taken.
    if not isinstance(command, SubmitReport | ReleaseReport | WriteSection):
        require_order(load_report(log, command.agency, command.year).state, command)


def _must_have_the_year(log: RecordLog, agency: str, year: int) -> None:
    entries = log.read(agency_stream(agency))
    if not entries:
        raise Refused("unknown_agency", "agency", "机关尚未登记，请先登记机关（register_agency）")
    fold_agency(entry.event for entry in entries).place.require_year(year)
