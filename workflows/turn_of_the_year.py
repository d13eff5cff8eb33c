"""What the yearly Schedule starts: at the turn of the year the report of the old year is taken up.

Its own workflow, because a schedule cannot know the year its report's workflow is named after.
"""

from datetime import datetime

from temporalio import workflow
from temporalio.common import SearchAttributeKey, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

with workflow.unsafe.imports_passed_through():
    from disclosure.addresses import report_stream
    from workdays import date_in_shanghai
    from workflows.annual_report_messages import ReportStart
    from workflows.names import ANNUAL_REPORT, TURN_OF_THE_YEAR

_SCHEDULED_AT = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")


@workflow.defn(name=TURN_OF_THE_YEAR)
class TurnOfTheYear:
    """Start the report about the year before the scheduled instant's, unless it runs already."""

    @workflow.run
    async def run(self, start: ReportStart) -> ReportStart:
        """Start it, and say with what."""
        at = workflow.info().typed_search_attributes.get(_SCHEDULED_AT)
        if at is None:
            raise ApplicationError("未指明报告年度，也不是按计划启动", non_retryable=True)
        report = start.model_copy(
            update={"year": year_before(at), "opened_on": date_in_shanghai(at)}
        )
        try:
            await workflow.start_child_workflow(
                ANNUAL_REPORT,
                report,
                id=report_stream(report.agency, year_before(at)),
                parent_close_policy=ParentClosePolicy.ABANDON,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            )
        except WorkflowAlreadyStartedError:
            workflow.logger.info("the report of the year is under way already")
        return report


def year_before(scheduled_at: datetime) -> int:
    """Return the year a report started at the turn of the year is about.

    The year is read in Shanghai: 1 January 00:30 there is still 31 December in UTC.
    """
    return date_in_shanghai(scheduled_at).year - 1
