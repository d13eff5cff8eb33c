"""The annual report of one agency and one year (政府信息公开工作年度报告), as a durable workflow.

It takes the year's slot in the log, keeps a draft that follows the log, carries out what people
decide about it, reminds of the day it must be out by and records when that was missed. It ends when
a version is published; an amendment starts it again. All it knows is read from the log.
"""

import asyncio
import contextlib
from datetime import date, datetime, timedelta

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.sandbox_import_notification_policy(
    workflow.SandboxImportNotificationPolicy.SILENT
):
    # Loaded again in the sandbox on purpose: there clocks and chance are refused to it too.
    from workflows.report_log import SHORT, WITHOUT_LIMIT, ReportLog

with workflow.unsafe.imports_passed_through():
    from disclosure.addresses import report_stream
    from disclosure.agency_commands import WriteSection
    from disclosure.command import refuse_the_future
    from disclosure.refusals import Refused
    from disclosure.report_commands import ApproveReport, ExpireReport, ReportCommand, WithDraft
    from disclosure.report_decider import decide_report, require_order, require_writable
    from workdays import date_in_shanghai, start_of
    from workflows.annual_report_messages import (
        ReportCommandMessage,
        ReportOpening,
        ReportReceipt,
        ReportRequest,
        ReportResult,
        ReportStart,
        SectionMessage,
    )
    from workflows.names import ANNUAL_REPORT, ASSEMBLE_REPORT, LOG_BEHIND, REFUSED, WRITE_SECTION
    from workflows.refusals import answers_refusals

_LONG = timedelta(minutes=30)
_SILENT_FOR = timedelta(seconds=10)
"""How long a worker may be silent over a long step before another takes it over."""

_NOTHING_OPEN_FOR = timedelta(minutes=10)
"""How long a workflow without an open report waits for whoever started it to ask."""


@workflow.defn(name=ANNUAL_REPORT)
class AnnualReport:
    """One agency's report about one year, from its slot in the log until it is published."""

    @workflow.init
    def __init__(self, start: ReportStart) -> None:
        self._start = start
        self._agency, self._year = start.agency, start.year or 0
        self._log = ReportLog(report_stream(self._agency, self._year))
        self._draft: ReportResult | None = None
        self._lock = asyncio.Lock()
        self._asked = False
        self._stale = True
        self._reminded: set[int] = set()

    @workflow.run
    async def run(self, _start: ReportStart) -> None:
        """See the report through to its publication."""
        await self._begin()
        await self._under_way_or_asked()
        while not await self._finished():
            await self._keep_the_day()
            await self._follow_the_log()
            await self._change_or_midnight()
            self._stop_if_ahead_of_the_log()
            if workflow.info().is_continue_as_new_suggested():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(self._start)

    @workflow.update
    @answers_refusals
    async def carry_out(self, message: ReportCommandMessage) -> ReportReceipt:
        """Carry out one command, once, however often it is sent."""
        try:
            async with self._lock:
                await self._take_up()
                if isinstance(message.command, WriteSection):
                    return await self._write(message.command, message)
                return await self._carry_out(message.command_id, message.command, message.seen)
        finally:
            self._asked = True

    @carry_out.validator
    def _addressed_here(self, message: ReportCommandMessage) -> None:
        if (message.command.agency, message.command.year) != (self._agency, self._year):
            raise ApplicationError("该操作不属于这一年度报告", "misdirected", "year", type=REFUSED)

    @workflow.update
    @answers_refusals
    async def draft(self) -> ReportResult:
        """Make the draft anew from the log as it now stands."""
        try:
            async with self._lock:
                await self._take_up()
                self._draft = await self._assembled()
                self._stale = False
                return self._draft
        finally:
            self._asked = True

    @workflow.query
    def latest_draft(self) -> ReportResult | None:
        """Return the draft as it was last made."""
        return self._draft

    @workflow.signal
    async def log_advanced(self) -> None:
        """Learn that the log holds more of this agency, or of this report."""
        async with self._lock:
            await self._log.catch_up()
        self._stale = True

    async def _begin(self) -> None:
        async with self._lock:
            try:
                await self._take_up()
            except ActivityError:
                # There is no report of such a year; whoever asks for it is told why.
                workflow.logger.warning("no report of %s about %s", self._agency, self._year)

    async def _take_up(self) -> None:
        """Read the report's stream, and take the slot of a year that has ended."""
        await self._log.read_once()
        if not self._log.version and self._today() > date(self._year, 12, 31):
            on = self._start.opened_on or self._today()
            await self._log.open(ReportOpening(agency=self._agency, year=self._year, on=on))

    async def _under_way_or_asked(self) -> None:
        def something() -> bool:
            return self._asked or self._log.state.under_way

        with contextlib.suppress(TimeoutError):
            await workflow.wait_condition(something, timeout=_NOTHING_OPEN_FOR)

    async def _finished(self) -> bool:
        """Tell whether nothing is open, once what is being carried out is through."""
        if self._log.state.under_way:
            return False
        await workflow.wait_condition(workflow.all_handlers_finished)
        return not self._log.state.under_way

    async def _keep_the_day(self) -> None:
        """Remind of the last day to publish, or record that it has passed."""
        due = self._log.state.deadline
        if due is None:
            return
        left = (due - self._today()).days
        if left < 0:
            await self._miss(due)
            return
        passed = {days for days in self._start.reminders if left <= days} - self._reminded
        if passed:
            self._reminded |= passed
            workflow.logger.warning(
                "annual report of %s about %s is due in %s days", self._agency, self._year, left
            )

    async def _miss(self, due: date) -> None:
        command = ExpireReport(agency=self._agency, year=self._year, on=self._today(), due_on=due)
        async with self._lock:
            with contextlib.suppress(Refused):
                await self._carry_out(f"expire:publication:{due}", command)

    async def _follow_the_log(self) -> None:
        """Bring the draft up to the log; the same content makes no new files."""
        async with self._lock:
            if not self._stale:
                return
            self._stale = False
            at_hand = self._draft.content_digest if self._draft is not None else ""
            try:
                made = await self._assembled(unless=at_hand)
            except ActivityError:
                # Whoever asks for the draft is told why; here it must not end the report.
                workflow.logger.warning("no draft could be made of the report")
                return
            if made.content_digest != at_hand:
                self._draft = made

    async def _change_or_midnight(self) -> None:
        seen = self._log.version

        def changed() -> bool:
            return (
                self._log.version != seen
                or self._stale
                or self._log.behind
                or workflow.info().is_continue_as_new_suggested()
            )

        midnight = start_of(self._today() + timedelta(days=1))
        try:
            await workflow.wait_condition(
                changed, timeout=midnight - workflow.now(), timeout_summary="次日核对草稿和期限"
            )
        except TimeoutError:
            self._stale = True

    def _stop_if_ahead_of_the_log(self) -> None:
        if self._log.behind:
            raise ApplicationError(
                "事件日志早于年度报告的编制进程（日志可能由旧备份恢复），编制已停止",
                type=LOG_BEHIND,
                non_retryable=True,
            )

    async def _write(self, command: WriteSection, message: ReportCommandMessage) -> ReportReceipt:
        refuse_the_future(command, self._today())
        require_writable(self._log.state, command)
        position: int = await workflow.execute_activity(
            WRITE_SECTION,
            SectionMessage(
                command_id=message.command_id, command=command, seen_text=message.seen_text
            ),
            result_type=int,
            start_to_close_timeout=SHORT,
            retry_policy=WITHOUT_LIMIT,
        )
        self._stale = True
        return self._receipt(position, ["section_written"])

    async def _carry_out(
        self, command_id: str, command: ReportCommand, seen: int | None = None
    ) -> ReportReceipt:
        """Decide and append; if others wrote in between, learn of it and decide again, once.

        Who said which version they saw is refused instead: what they saw no longer holds.
        """
        refuse_the_future(command, self._today())
        if seen is not None and seen > self._log.version:
            await self._log.catch_up()  # others wrote, and word of it is still on its way
        for _ in range(2):
            if self._log.holds(command_id):
                return self._receipt(already_recorded=True)
            # The slot, taken for whoever asks first, is nobody's step: 0 and 1 are the same report.
            if seen is not None and max(seen, 1) != max(self._log.version, 1):
                raise Refused("stale", "do", "该年度报告在您查看之后已有变化，请核对后重新提交")
            require_order(self._log.state, command)
            events = decide_report(self._log.state, await self._completed(command))
            if not events:
                return self._receipt()
            position = await self._log.append(command_id, command.by, events)
            if self._log.holds(command_id):
                return self._receipt(position, [event.type for event in events])
        raise Refused("busy", "do", "该年度报告正在被他人修改，请稍后重试")

    async def _completed(self, command: ReportCommand) -> ReportCommand:
        """Give a command the draft it is judged by."""
        if not isinstance(command, WithDraft):
            return command
        submitted = self._log.state.submitted
        made = await self._assembled(
            render=not isinstance(command, ApproveReport),
            against=submitted.source if submitted is not None else "",
        )
        return command.model_copy(update={"draft": made.at_hand()})

    async def _assembled(
        self, *, render: bool = True, unless: str = "", against: str = ""
    ) -> ReportResult:
        made: ReportResult = await workflow.execute_activity(
            ASSEMBLE_REPORT,
            ReportRequest(
                agency=self._agency, year=self._year, render=render, unless=unless, against=against
            ),
            result_type=ReportResult,
            start_to_close_timeout=_LONG,
            heartbeat_timeout=_SILENT_FOR,
            retry_policy=WITHOUT_LIMIT,
        )
        return made

    def _receipt(
        self, position: int = 0, events: list[str] | None = None, *, already_recorded: bool = False
    ) -> ReportReceipt:
        state = self._log.state
        return ReportReceipt(
            version=self._log.version,
            position=position,
            events=events or [],
            already_recorded=already_recorded,
            stage=state.stage.value,
            draft=state.submitted or state.published,
        )

    def _today(self) -> date:
        now: datetime = workflow.now()
        return date_in_shanghai(now)
