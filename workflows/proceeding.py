"""The life of one proceeding (行政复议、行政诉讼), as a durable workflow.

It ends when the conclusion is final: the time to sue or to appeal has passed, or the second
instance has judged. An appeal that comes late starts it again from the log.
"""

from temporalio import workflow

with workflow.unsafe.sandbox_import_notification_policy(
    workflow.SandboxImportNotificationPolicy.SILENT
):
    # Loaded again in the sandbox on purpose: there clocks and chance are refused to it too.
    from workflows.case_workflow import CaseWorkflow

with workflow.unsafe.imports_passed_through():
    from workflows.messages import ProceedingStart
    from workflows.names import PROCEEDING
    from workflows.proceeding_record import ProceedingRecord


@workflow.defn(name=PROCEEDING)
class Proceeding(CaseWorkflow[ProceedingRecord]):
    """One reconsideration or one lawsuit, from filing until it is final."""

    noun = "案件"
    first_fact = "等待登记受理或者立案"

    @workflow.init
    def __init__(self, start: ProceedingStart) -> None:
        super().__init__(start, start.record)

    @workflow.run
    async def run(self, _start: ProceedingStart) -> None:
        """See the proceeding through."""
        await self.see_through()
