"""A proceeding as its workflow remembers it: the state, and how far the log was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure.case_kinds import of_another_kind
from disclosure.commands import CaseCommand
from disclosure.event import Event
from disclosure.law import Law
from disclosure.proceeding_commands import ProceedingCommand
from disclosure.proceeding_limits import ProceedingExpiry
from disclosure.proceeding_state import ProceedingState, evolve_proceeding, proceeding_expiries
from disclosure.proceedings import decide_proceeding


@dataclass(frozen=True, slots=True)
class ProceedingRecord:
    """The fold of one proceeding's stream.

    Attributes:
        state: the proceeding.
        version: events folded so far.
        handled: the commands on record, each with the version of its last event.
    """

    state: ProceedingState = field(default_factory=ProceedingState)
    version: int = 0
    handled: dict[str, int] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether it has been filed."""
        return self.state.filed_on is not None

    @property
    def closed(self) -> bool:
        """Whether its conclusion is final."""
        return self.state.final

    def after(self, event: Event, version: int, command_id: str) -> "ProceedingRecord":
        """Return the record with one more event."""
        return ProceedingRecord(
            state=evolve_proceeding(self.state, event),
            version=version,
            handled={**self.handled, command_id: version},
        )

    def decide(self, command: CaseCommand, law: Law) -> list[Event]:
        """Return what a command makes happen.

        Raises:
            Refused: when it cannot be true, or the stream is a request's.
        """
        if not isinstance(command, ProceedingCommand) or (self.version and not self.begun):
            raise of_another_kind(command)
        return decide_proceeding(self.state, command, law)

    def expiries(self) -> Sequence[ProceedingExpiry]:
        """Return the limits that run and have not run out before, the first first."""
        limits = proceeding_expiries(self.state)
        return [each for each in limits if each.command_id not in self.handled]
