"""A request as its workflow remembers it: the state, and how far the log was read."""

from dataclasses import dataclass, field

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

    def after(self, event: Event, version: int, command_id: str) -> "RequestRecord":
        """Return the record with one more event."""
        return RequestRecord(
            state=evolve(self.state, event),
            version=version,
            handled={**self.handled, command_id: version},
        )

    def decide(self, command: RequestCommand, law: Law) -> list[Event]:
        """Return what a command makes happen.

        Raises:
            Refused: when it cannot be true.
        """
        return decide(self.state, command, law)
