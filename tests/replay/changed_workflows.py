"""Workflows changed in ways that break what is under way: each must fail the replay."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from disclosure.event import Event
    from workflows.annual_report import AnnualReport
    from workflows.annual_report_messages import ReportOpening, ReportStart
    from workflows.disclosure_request import DisclosureRequest
    from workflows.messages import RequestStart
    from workflows.names import ANNUAL_REPORT, DISCLOSURE_REQUEST


@workflow.defn(name=DISCLOSURE_REQUEST)
class PausesBeforeWriting(DisclosureRequest):
    """Sleeps before each write."""

    @workflow.init
    def __init__(self, start: RequestStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: RequestStart) -> None:
        """See the request through."""
        await super().run(start)

    async def _append(self, command_id: str, actor: str, events: list[Event]) -> int:
        await workflow.sleep(timedelta(seconds=1))
        return await super()._append(command_id, actor, events)


@workflow.defn(name=DISCLOSURE_REQUEST)
class ForgetsItsLimits(DisclosureRequest):
    """Waits for commands alone: nothing runs out by itself any more."""

    @workflow.init
    def __init__(self, start: RequestStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: RequestStart) -> None:
        """See the request through."""
        await super().run(start)

    async def _change_or_expiry(self) -> None:
        seen = self._record.version
        await workflow.wait_condition(lambda: self._record.version != seen)


@workflow.defn(name=DISCLOSURE_REQUEST)
class LooksBeforeItDecides(DisclosureRequest):
    """Asks the log for news before each command."""

    @workflow.init
    def __init__(self, start: RequestStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: RequestStart) -> None:
        """See the request through."""
        await super().run(start)

    async def _append(self, command_id: str, actor: str, events: list[Event]) -> int:
        await self._catch_up()
        return await super()._append(command_id, actor, events)


@workflow.defn(name=ANNUAL_REPORT)
class OpensTheReportTwice(AnnualReport):
    """Takes the year's slot once more whenever it makes sure of it."""

    @workflow.init
    def __init__(self, start: ReportStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: ReportStart) -> None:
        """See the report through."""
        await super().run(start)

    async def _take_up(self) -> None:
        await super()._take_up()
        opening = ReportOpening(agency=self._agency, year=self._year, on=self._today())
        await self._log.open(opening)
