"""The life of one disclosure request (依申请公开), as a durable workflow.

When the request has its result the workflow ends; a command that may still come (delivery, a
correction of the record) starts it again from the log. How it works is in `case_workflow`.
"""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.sandbox_import_notification_policy(
    workflow.SandboxImportNotificationPolicy.SILENT
):
    # Loaded again in the sandbox on purpose: there clocks and chance are refused to it too.
    from workflows.case_workflow import WITHOUT_LIMIT, CaseWorkflow

with workflow.unsafe.imports_passed_through():
    from disclosure.commands import CaseCommand
    from disclosure.request_commands import ChargeFee
    from workflows.messages import RequestStart
    from workflows.names import COUNT_ITEMS, DISCLOSURE_REQUEST
    from workflows.record import RequestRecord

_ONE_COUNT = timedelta(minutes=5)
"""How long one attempt to count items may take: the projections catch up first."""


@workflow.defn(name=DISCLOSURE_REQUEST)
class DisclosureRequest(CaseWorkflow[RequestRecord]):
    """One request, from receipt to its result."""

    noun = "申请"
    first_fact = "等待登记"

    @workflow.init
    def __init__(self, start: RequestStart) -> None:
        super().__init__(start, start.record)

    @workflow.run
    async def run(self, _start: RequestStart) -> None:
        """See the request through."""
        await self.see_through()

    async def _completed(self, command: CaseCommand) -> CaseCommand:
        """Count the applicant's earlier items where a fee by items is charged; once, for good."""
        if not isinstance(command, ChargeFee) or not command.needs_count:
            return command
        before = await workflow.execute_activity(
            COUNT_ITEMS,
            self._stream,
            result_type=int,
            start_to_close_timeout=_ONE_COUNT,
            retry_policy=WITHOUT_LIMIT,
        )
        return command.model_copy(update={"items_before": before})
