"""The frame of every case's workflow: one lock, one append, timers that are commands.

It is the only one that decides for its case while that is open: a command comes in as an update, is
decided under the lock, appended to the log once, and then folded. Limits that run out are commands
it gives itself. When the case is closed the workflow ends; a command that may still come starts it
again from the log.

What is decided and what runs out is the record's business, see `workflows.case_records`. The order
in which the engine is asked for things here is part of every history: changing it breaks replay.
"""

import asyncio
import contextlib
from datetime import date, datetime, timedelta
from typing import ClassVar, Generic

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from disclosure.addresses import case_stream
    from disclosure.command import refuse_the_future
    from disclosure.commands import CaseCommand
    from disclosure.deadlines import Expiry
    from disclosure.event import Event
    from disclosure.proceeding_limits import ProceedingExpiry
    from disclosure.refusals import Refused
    from workdays import date_in_shanghai, start_of
    from workflows.case_records import RecordT
    from workflows.law_in_force import current_law
    from workflows.messages import (
        AppendEvents,
        CaseStart,
        CommandMessage,
        CommandReceipt,
        EventMessage,
        ReadSince,
        StreamEnd,
    )
    from workflows.names import APPEND_EVENTS, EVENTS_SINCE, LOG_BEHIND, REFUSED
    from workflows.refusals import answers_refusals

_UNBEGUN_FOR = timedelta(minutes=10)
"""How long a workflow waits for the fact that started it. The engine keeps an update it has only
admitted in memory; if it dies just then, nobody would ever bring that fact."""

_ONE_WRITE = timedelta(seconds=10)
"""How long one attempt to write may take. Attempts are repeated without limit."""

WITHOUT_LIMIT = RetryPolicy(maximum_interval=timedelta(seconds=30))


class CaseWorkflow(Generic[RecordT]):
    """One case, from its first fact to its end.

    A subclass is a workflow: it has the `init` and `run` the engine wants to see in it, and says
    what its kind of case is called.
    """

    noun: ClassVar[str]
    first_fact: ClassVar[str]

    def __init__(self, start: CaseStart, record: RecordT) -> None:
        self._start = start
        self._stream = case_stream(start.agency, start.case)
        self._record: RecordT = record
        self._lock = asyncio.Lock()
        self._behind = False

    async def see_through(self) -> None:
        """Wait for commands, and let each limit run out in its time, until the case is closed."""
        if not await self._begun():
            return
        while not self._record.closed:
            await self._change_or_expiry()
            self._stop_if_ahead_of_the_log()
            if _run_is_long():
                await workflow.wait_condition(workflow.all_handlers_finished)
                workflow.continue_as_new(self._start.model_copy(update={"record": self._record}))
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    @answers_refusals
    async def carry_out(self, message: CommandMessage) -> CommandReceipt:
        """Carry out one command, once, however often it is sent."""
        async with self._lock:
            return await self._carry_out(message.command_id, message.command, message.seen)

    @carry_out.validator
    def _addressed_here(self, message: CommandMessage) -> None:
        if case_stream(message.command.agency, message.command.case) != self._stream:
            raise ApplicationError(
                f"该操作不属于这一{self.noun}", "misdirected", "case", type=REFUSED
            )

    @workflow.signal
    async def log_advanced(self) -> None:
        """Learn that others (a bulk import) have written to this case's stream."""
        async with self._lock:
            await self._catch_up()

    async def _begun(self) -> bool:
        def begun() -> bool:
            return self._record.begun

        if not begun():
            with contextlib.suppress(TimeoutError):
                await workflow.wait_condition(
                    begun, timeout=_UNBEGUN_FOR, timeout_summary=self.first_fact
                )
        await workflow.wait_condition(workflow.all_handlers_finished)
        return begun()

    async def _change_or_expiry(self) -> None:
        seen = self._record.version
        expiry = next(iter(self._record.expiries()), None)

        def changed() -> bool:
            return self._record.version != seen or self._behind or _run_is_long()

        if expiry is None:
            await workflow.wait_condition(changed)
            return
        left = max(start_of(expiry.on) - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(changed, timeout=left, timeout_summary=expiry.label)
        except TimeoutError:
            await self._let_run_out(expiry)
            # Nothing came of it: without a change it would run out again at once, for ever.
            await workflow.wait_condition(changed)

    def _stop_if_ahead_of_the_log(self) -> None:
        if self._behind:
            raise ApplicationError(
                f"事件日志早于该{self.noun}的办理进程（日志可能由旧备份恢复），办理已停止",
                type=LOG_BEHIND,
                non_retryable=True,
            )

    async def _let_run_out(self, expiry: Expiry | ProceedingExpiry) -> None:
        command = expiry.command(self._start.agency, self._start.case)
        # Refused where others came first each time: what then runs out is looked at afresh.
        async with self._lock:
            with contextlib.suppress(Refused):
                await self._carry_out(expiry.command_id, command)

    async def _carry_out(
        self, command_id: str, command: CaseCommand, seen: int | None = None
    ) -> CommandReceipt:
        """Decide and append; if others wrote in between, learn of it and decide again, once.

        Who said which version they saw is refused instead: what they saw no longer holds.
        """
        refuse_the_future(command, self._today())
        if seen is not None and seen > self._record.version:
            await self._catch_up()  # others wrote, and word of it is still on its way
        for _ in range(2):
            if command_id in self._record.handled:
                return CommandReceipt(
                    version=self._record.handled[command_id], already_recorded=True
                )
            if seen is not None and seen != self._record.version:
                raise Refused("stale", "do", f"该{self.noun}在您查看之后已有变化，请核对后重新提交")
            command = await self._completed(command)
            events = self._record.decide(command, current_law())
            if not events:
                return CommandReceipt(version=self._record.version)
            position = await self._append(command_id, command.by, events)
            if command_id in self._record.handled:
                return CommandReceipt(
                    version=self._record.handled[command_id],
                    position=position,
                    events=[event.type for event in events],
                )
        raise Refused("busy", "do", f"该{self.noun}正在被他人修改，请稍后重试")

    async def _completed(self, command: CaseCommand) -> CaseCommand:
        """Fill in what the system must find out before a command can be decided."""
        return command

    async def _append(self, command_id: str, actor: str, events: list[Event]) -> int:
        """Append events and fold what the log then holds; return the log position.

        The answer of the log is folded, not what was just decided: it is kept in the history, so a
        replay under another calendar comes to the same state.
        """
        end = await self._ask_log(
            APPEND_EVENTS,
            AppendEvents(
                stream=self._stream,
                expected_version=self._record.version,
                command_id=command_id,
                actor=actor,
                events=[EventMessage.of(event) for event in events],
            ),
        )
        self._fold(end)
        return end.position

    async def _catch_up(self) -> None:
        asked = ReadSince(stream=self._stream, version=self._record.version)
        self._fold(await self._ask_log(EVENTS_SINCE, asked))

    async def _ask_log(self, activity: str, question: AppendEvents | ReadSince) -> StreamEnd:
        try:
            end: StreamEnd = await workflow.execute_activity(
                activity,
                question,
                result_type=StreamEnd,
                start_to_close_timeout=_ONE_WRITE,
                retry_policy=WITHOUT_LIMIT,
            )
        except ActivityError as error:
            if isinstance(error.cause, ApplicationError) and error.cause.type == LOG_BEHIND:
                self._behind = True
            raise
        return end

    def _fold(self, end: StreamEnd) -> None:
        for message in end.events:
            self._record = self._record.after(message.event(), message.version, message.command_id)

    def _today(self) -> date:
        now: datetime = workflow.now()
        return date_in_shanghai(now)


def _run_is_long() -> bool:
    """Tell whether the engine wants a new run; commands that were refused fill a history too."""
    return workflow.info().is_continue_as_new_suggested()
