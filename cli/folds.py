"""Streams as the import folds them: a case and an agency behind one face."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from disclosure.agency import AgencyState, decide_agency, evolve_agency
from disclosure.agency_commands import AgencyCommand
from disclosure.deadlines import Expiry
from disclosure.event import Event
from disclosure.law import Law
from disclosure.proceeding_limits import ProceedingExpiry
from records import Entry
from workflows.case_records import CaseRecord, record_begun_by, record_for
from workflows.record import RequestRecord

AnyExpiry = Expiry | ProceedingExpiry


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

    def expiries(self) -> Sequence[AnyExpiry]:
        """Return the limits that run now, the first first."""


@dataclass(frozen=True, slots=True)
class CaseFold:
    """A case's stream; of which kind it is, its first event says, and until then its command."""

    record: CaseRecord | None = None

    @property
    def version(self) -> int:
        """Events folded so far."""
        return self.record.version if self.record is not None else 0

    def handled(self, command_id: str) -> bool:
        """Whether a command is on record."""
        return self.record is not None and command_id in self.record.handled

    @property
    def open(self) -> bool:
        """Whether the case has begun and is not closed."""
        return self.record is not None and self.record.begun and not self.record.closed

    @property
    def known(self) -> bool:
        """Whether the case has begun."""
        return self.record is not None and self.record.begun

    @property
    def is_request(self) -> bool:
        """Whether it is a request on record."""
        return isinstance(self.record, RequestRecord) and self.record.begun

    def after(self, event: Event, version: int, command_id: str) -> "CaseFold":
        """Return the fold with one more event."""
        record = self.record or record_begun_by(event)
        return CaseFold(record.after(event, version, command_id))

    def decide(self, command: Any, law: Law) -> list[Event]:
        """Decide as the case's workflow would."""
        return (self.record or record_for(command)).decide(command, law)

    def expiries(self) -> Sequence[AnyExpiry]:
        """Return the limits that run now, the first first."""
        return self.record.expiries() if self.record is not None else ()


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

    def superior_on(self, day: date) -> str | None:
        """Return the agency it stood under on a day."""
        return self.state.place.parent_on(day)

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

    def expiries(self) -> Sequence[AnyExpiry]:
        """Return no limits."""
        return ()


def blank(stream: str) -> Fold:
    """Return the fold of a stream nothing is known of."""
    return AgencyFold() if stream.startswith("agency/") else CaseFold()


def folded(stream: str, entries: Iterable[Entry]) -> Fold:
    """Fold a stream's events, oldest first."""
    fold = blank(stream)
    for entry in entries:
        fold = fold.after(entry.event, entry.version, entry.command_id)
    return fold
