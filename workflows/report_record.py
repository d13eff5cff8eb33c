"""An annual report as its workflow remembers it: the state, and how far the log was read."""

from dataclasses import dataclass, field

from disclosure.event import Event
from disclosure.report_state import ReportState, evolve_report


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """The fold of one report's stream.

    Attributes:
        state: the report.
        version: events folded so far.
        handled: the commands on record, each with the version of its last event.
    """

    state: ReportState = field(default_factory=ReportState)
    version: int = 0
    handled: dict[str, int] = field(default_factory=dict)

    def after(self, event: Event, version: int, command_id: str) -> "ReportRecord":
        """Return the record with one more event."""
        return ReportRecord(
            state=evolve_report(self.state, event),
            version=version,
            handled={**self.handled, command_id: version},
        )
