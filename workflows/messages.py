"""What crosses the wire. Permissive on purpose: types, and a default for every later field.

A model made stricter breaks the replay of what was accepted before; what a value may be is the
decider's business. No message is printed or logged.
"""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from disclosure.commands import AnyCaseCommand
from disclosure.event import Event
from disclosure.events import EVENTS
from workflows.proceeding_record import ProceedingRecord
from workflows.record import RequestRecord


class Message(BaseModel):
    """Base of all messages: input values never show up in errors."""

    model_config = ConfigDict(hide_input_in_errors=True)


class EventMessage(Message):
    """An event on its way to the log or back. `personal` is empty on the way back."""

    type: str
    on: date
    data: dict[str, Any] = Field(default_factory=dict)
    personal: dict[str, Any] = Field(default_factory=dict)
    version: int = 0
    command_id: str = ""

    @classmethod
    def of(cls, event: Event) -> "EventMessage":
        """Take an event apart."""
        clear, personal = event.parts()
        return cls(type=event.type, on=event.on, data=clear, personal=personal)

    def event(self) -> Event:
        """Put the event together again."""
        return EVENTS[self.type].from_parts(self.on, self.data, self.personal)


class AppendEvents(Message):
    """Ask the log for one command's events to follow `expected_version`."""

    stream: str
    expected_version: int
    command_id: str
    actor: str = ""
    events: list[EventMessage]


class StreamEnd(Message):
    """Everything a stream holds beyond a version the asker knows.

    After an append these are the events just written, unless others came in between.

    Attributes:
        position: log position of the last of them, 0 when there is none.
    """

    events: list[EventMessage] = Field(default_factory=list)
    position: int = 0


class ReadSince(Message):
    """Ask what a stream holds beyond a version."""

    stream: str
    version: int


class CaseStart(Message):
    """Start a case's workflow; its record is empty for a new case, else folded from the log."""

    agency: str
    case: str


class RequestStart(CaseStart):
    """Start a request's workflow."""

    record: RequestRecord = Field(default_factory=RequestRecord)


class ProceedingStart(CaseStart):
    """Start a proceeding's workflow."""

    record: ProceedingRecord = Field(default_factory=ProceedingRecord)


class CommandMessage(Message):
    """One command and the id that makes its repetition harmless.

    Attributes:
        seen: version of the case its sender had before them; None where nobody looked.
    """

    command_id: str
    command: AnyCaseCommand
    seen: int | None = None


class CommandReceipt(Message):
    """What became of a command.

    Attributes:
        version: of the request's stream, after the command.
        position: log position a reader must wait for to see it; 0 when it was recorded before.
        events: types of the events it made.
        already_recorded: the same command had been carried out before.
    """

    version: int
    position: int = 0
    events: list[str] = Field(default_factory=list)
    already_recorded: bool = False


class ReportFile(Message):
    """A finished file in the file store; documents themselves never travel through Temporal."""

    name: str
    sha256: str
    size: int
