"""An agency's office: its log, a worker that runs, and the hands of the server's clock."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time
from itertools import count
from typing import Any, TypeVar

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowExecutionStatus, WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from disclosure.commands import CaseCommand
from disclosure.event import Event
from engine.commands import carry
from records import Entry
from tests.workflows.a_request import STREAM
from workdays import SHANGHAI
from worker import Parts
from workflows.messages import CommandReceipt

E = TypeVar("E", bound=Event)

PATIENCE = 20
"""Seconds a test waits for what must come, on a busy machine."""


class Office:
    """Commands go in, the log comes out."""

    def __init__(self, environment: WorkflowEnvironment, parts: Parts) -> None:
        self.environment = environment
        self.client = environment.client
        self.parts = parts
        self._commands = count(1)

    async def carry(self, command: CaseCommand, command_id: str | None = None) -> CommandReceipt:
        """Carry a command as web and command line do, under an id of its own unless told."""
        command_id = command_id or f"command-{next(self._commands)}"
        async with asyncio.timeout(PATIENCE):
            return await carry(self.client, self.parts.log, command_id, command)

    async def open_at(self, day: date, hour: int = 9) -> None:
        """Move the server's clock on to an hour of a day in Shanghai."""
        await self.pass_until(datetime.combine(day, time(hour), SHANGHAI))

    async def pass_until(self, instant: datetime) -> None:
        """Move the server's clock on; every timer on the way goes off."""
        left = instant - await self.environment.get_current_time()
        await self.environment.sleep(left)

    def request(self, stream: str = STREAM) -> WorkflowHandle[Any, Any]:
        """Return the handle of the request's workflow, whichever run is the latest."""
        return self.client.get_workflow_handle(stream)

    async def status(self) -> WorkflowExecutionStatus | None:
        """Return how the request's latest run stands."""
        return (await self.request().describe()).status

    async def ended(self) -> None:
        """Return when the request's workflow has ended by itself, without moving the clock."""
        with self.environment.auto_time_skipping_disabled():
            async with asyncio.timeout(PATIENCE):
                await self.request().result()

    def entries(self, stream: str = STREAM) -> list[Entry]:
        """Return what the log holds of the request."""
        return self.parts.log.read(stream)

    def types(self, stream: str = STREAM) -> list[str]:
        """Return the types of the request's events."""
        return [entry.event.type for entry in self.entries(stream)]

    def event(self, kind: type[E]) -> E:
        """Return the one event of a kind."""
        (event,) = [entry.event for entry in self.entries() if isinstance(entry.event, kind)]
        return event

    async def instants(self, kind: "EventType.ValueType") -> list[datetime]:
        """Return when events of one kind stand in the latest run's history, in Shanghai."""
        history = await self.request().fetch_history()
        return [
            event.event_time.ToDatetime(SHANGHAI)
            for event in history.events
            if event.event_type == kind
        ]


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what must come."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - what is awaited happens in other threads
            await asyncio.sleep(0.02)
