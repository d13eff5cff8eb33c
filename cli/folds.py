"""Streams as the import folds them: a request and an agency behind one face."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from disclosure.agency import AgencyState, decide_agency, evolve_agency
from disclosure.agency_commands import AgencyCommand
from disclosure.deadlines import Expiry, expiries
from disclosure.event import Event
from disclosure.law import Law
from records import Entry
from workflows.record import RequestRecord


class Fold(Protocol):
    """The fold of one stream, and what its next command would make happen."""

    @property
    def version(self) -> int:
        """Events folded so far."""

    def handled(self, command_id: str) -> bool:
        """Whether a command is on record."""

    @property
    def open(self) -> bool:
        """Whether a workflow must watch over it."""

    @property
    def known(self) -> bool:
        """Whether it has its first event."""

    def after(self, event: Event, version: int, command_id: str) -> "Fold":
        """Return the fold with one more event."""

    def decide(self, command: Any, law: Law) -> list[Event]:
        """Return what a command makes happen, or raise `Refused`."""

    def expiries(self) -> Sequence[Expiry]:
        """Return the limits that run now, the first first."""


@dataclass(frozen=True, slots=True)
class RequestFold:
    """A request's stream."""

    record: RequestRecord = field(default_factory=RequestRecord)

    @property
    def version(self) -> int:
        """Events folded so far."""
        return self.record.version

    def handled(self, command_id: str) -> bool:
        """Whether a command is on record."""
        return command_id in self.record.handled

    @property
    def open(self) -> bool:
        """Whether the request has been registered and has no result yet."""
        return self.known and not self.record.state.closed

    @property
    def known(self) -> bool:
        """Whether the request has been registered."""
        return self.record.state.submitted_on is not None

    def after(self, event: Event, version: int, command_id: str) -> "RequestFold":
        """Return the fold with one more event."""
        return RequestFold(self.record.after(event, version, command_id))

    def decide(self, command: Any, law: Law) -> list[Event]:
        """Decide as the request's workflow would."""
        return self.record.decide(command, law)

    def expiries(self) -> Sequence[Expiry]:
        """Return the limits that run now, the first first."""
        return sorted(expiries(self.record.state))


@dataclass(frozen=True, slots=True)
class AgencyFold:
    """An agency's stream; nothing in it runs out."""

    state: AgencyState = field(default_factory=AgencyState)
    version: int = 0
    commands: frozenset[str] = frozenset()

    def handled(self, command_id: str) -> bool:
        """Whether a command is on record."""
        return command_id in self.commands

    @property
    def open(self) -> bool:
        """No workflow watches over an agency."""
        return False

    @property
    def known(self) -> bool:
        """Whether the agency is registered."""
        return self.state.name is not None

    def after(self, event: Event, version: int, command_id: str) -> "AgencyFold":
        """Return the fold with one more event."""
        return AgencyFold(evolve_agency(self.state, event), version, self.commands | {command_id})

    def decide(self, command: AgencyCommand, _law: Law) -> list[Event]:
        """Decide about the agency."""
        return decide_agency(self.state, command)

    def expiries(self) -> Sequence[Expiry]:
        """Return no limits."""
        return ()


def blank(stream: str) -> Fold:
    """Return the fold of a stream nothing is known of."""
    return AgencyFold() if stream.startswith("agency/") else RequestFold()


def folded(stream: str, entries: Iterable[Entry]) -> Fold:
    """Fold a stream's events, oldest first."""
    fold = blank(stream)
    for entry in entries:
        fold = fold.after(entry.event, entry.version, entry.command_id)
    return fold
