"""A request as its workflow remembers it: the state, and how far the log was read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from disclosure.case_kinds import of_another_kind
from disclosure.commands import CaseCommand
from disclosure.deadlines import Expiry, expiries
from disclosure.decider import decide
from disclosure.event import Event
from disclosure.evolution import evolve
from disclosure.law import Law
from disclosure.request_commands import RequestCommand
from disclosure.state import RequestState


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """The fold of one stream.

    Attributes:
        state: the request.
        version: events folded so far.
        handled: the commands on record, each with the version of its last event.
    """

    state: RequestState = field(default_factory=RequestState)
    version: int = 0
    handled: dict[str, int] = field(default_factory=dict)

    @property
    def begun(self) -> bool:
        """Whether it has been registered."""
        return self.state.submitted_on is not None

    @property
    def closed(self) -> bool:
        """Whether it has its result."""
        return self.state.closed

    def after(self, event: Event, version: int, command_id: str) -> "RequestRecord":
        """Return the record with one more event."""
        return RequestRecord(
            state=evolve(self.state, event),
            version=version,
            handled={**self.handled, command_id: version},
        )

    def decide(self, command: CaseCommand, law: Law) -> list[Event]:
        """Return what a command makes happen.

        Raises:
            Refused: when it cannot be true, or the stream is a proceeding's.
        """
        if not isinstance(command, RequestCommand) or (self.version and not self.begun):
            raise of_another_kind(command)
        return decide(self.state, command, law)

    def expiries(self) -> Sequence[Expiry]:
        """Return the limits that run and have not run out before, the first first."""
        return sorted(each for each in expiries(self.state) if each.command_id not in self.handled)
