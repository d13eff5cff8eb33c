"""The annual report of one agency and one year (政府信息公开工作年度报告), as a durable workflow.

It takes the year's slot in the log, waits until the projections have passed that place, and has
the report assembled, checked and written from figures at exactly one log position.
"""

from datetime import datetime, timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from workdays import date_in_shanghai
    from workflows.messages import ReportRequest, ReportResult, ReportStart
    from workflows.names import (
        ANNUAL_REPORT,
        ASSEMBLE_REPORT,
        AWAIT_PROJECTIONS,
        LOG_POSITION,
        OPEN_REPORT,
        PUBLISH_REPORT,
    )

_SCHEDULED_AT = SearchAttributeKey.for_datetime("TemporalScheduledStartTime")
_RETRY = RetryPolicy(maximum_interval=timedelta(minutes=1))
_SHORT = timedelta(seconds=30)
_LONG = timedelta(minutes=30)
_SILENT_FOR = timedelta(seconds=10)
"""How long a worker may be silent over a long step before another takes it over."""


@workflow.defn(name=ANNUAL_REPORT)
class AnnualReport:
    """One run assembles the report once; running again finds the slot taken and adds nothing."""

    @workflow.run
    async def run(self, start: ReportStart) -> ReportResult:
        """Assemble the year's report, and publish it where that was asked for."""
        year = start.year or year_before(self._scheduled_at())
        request = ReportRequest(agency=start.agency, year=year, position=0)
        await workflow.execute_activity(
            OPEN_REPORT, request, start_to_close_timeout=_SHORT, retry_policy=_RETRY
        )
        position = await workflow.execute_activity(
            LOG_POSITION, result_type=int, start_to_close_timeout=_SHORT, retry_policy=_RETRY
        )
        await workflow.execute_activity(
            AWAIT_PROJECTIONS,
            position,
            start_to_close_timeout=_LONG,
            heartbeat_timeout=_SILENT_FOR,
            retry_policy=_RETRY,
        )
        request = request.model_copy(update={"position": position})
        draft: ReportResult = await workflow.execute_activity(
            ASSEMBLE_REPORT,
            request,
            result_type=ReportResult,
            start_to_close_timeout=_LONG,
            heartbeat_timeout=_SILENT_FOR,
            retry_policy=_RETRY,
        )
        if not start.publish:
            return draft
        published: ReportResult = await workflow.execute_activity(
            PUBLISH_REPORT,
            args=[draft, start.approved_by],
            result_type=ReportResult,
            start_to_close_timeout=_SHORT,
            retry_policy=_RETRY,
        )
        return published

    def _scheduled_at(self) -> datetime:
        at = workflow.info().typed_search_attributes.get(_SCHEDULED_AT)
        if at is None:
            raise ApplicationError("未指明报告年度，也不是按计划启动", non_retryable=True)
        return at


def year_before(scheduled_at: datetime) -> int:
    """Return the year a report started at the turn of the year is about.

    The year is read in Shanghai: 1 January 00:30 there is still 31 December in UTC.
    """
    return date_in_shanghai(scheduled_at).year - 1
