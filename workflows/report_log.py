"""A report's stream as its workflow holds it: what was read of it, and how it is written to.

What the log answers is folded, not what was just decided: the answer is kept in the history, so a
replay under other rules comes to the same state.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError

with workflow.unsafe.imports_passed_through():
    from disclosure.event import Event
    from disclosure.report_state import ReportState
    from workflows.annual_report_messages import ReportOpening
    from workflows.messages import AppendEvents, EventMessage, ReadSince, StreamEnd
    from workflows.names import APPEND_EVENTS, EVENTS_SINCE, LOG_BEHIND, OPEN_REPORT
    from workflows.report_record import ReportRecord

WITHOUT_LIMIT = RetryPolicy(maximum_interval=timedelta(seconds=30))
SHORT = timedelta(seconds=30)


class ReportLog:
    """The stream of one year's report."""

    def __init__(self, stream: str) -> None:
        self._stream = stream
        self._record = ReportRecord()
        self._read = False
        self.behind = False

    @property
    def state(self) -> ReportState:
        """The report as far as the log was read."""
        return self._record.state

    @property
    def version(self) -> int:
        """Events folded so far."""
        return self._record.version

    def holds(self, command_id: str) -> bool:
        """Tell whether a command is on record."""
        return command_id in self._record.handled

    async def read_once(self) -> None:
        """Read the stream, unless that was done before."""
        if not self._read:
            await self.catch_up()
            self._read = True

    async def catch_up(self) -> None:
        """Read what the stream holds beyond."""
        await self._ask(EVENTS_SINCE, ReadSince(stream=self._stream, version=self.version))

    async def open(self, opening: ReportOpening) -> None:
        """Take the year's slot, or learn who has taken it."""
        await self._ask(OPEN_REPORT, opening)

    async def append(self, command_id: str, actor: str, events: Sequence[Event]) -> int:
        """Append events and fold what the log then holds; return the log position."""
        end = await self._ask(
            APPEND_EVENTS,
            AppendEvents(
                stream=self._stream,
                expected_version=self.version,
                command_id=command_id,
                actor=actor,
                events=[EventMessage.of(event) for event in events],
            ),
        )
        return end.position

    async def _ask(self, activity: str, question: Any) -> StreamEnd:
        try:
            end: StreamEnd = await workflow.execute_activity(
                activity,
                question,
                result_type=StreamEnd,
                start_to_close_timeout=SHORT,
                retry_policy=WITHOUT_LIMIT,
            )
        except ActivityError as error:
            if isinstance(error.cause, ApplicationError) and error.cause.type == LOG_BEHIND:
                self.behind = True
            raise
        for message in end.events:
            self._record = self._record.after(message.event(), message.version, message.command_id)
        return end
