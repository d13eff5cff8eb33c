"""期限届满: what a limit does when it runs out. The timer only says which; the law is here."""

from disclosure.commands import Expire
from disclosure.deadlines import Expiry, expiries
from disclosure.events import CorrectionLapsed, DueDateNear, Event, Overdue
from disclosure.law import Law
from disclosure.state import RequestState


def expire(state: RequestState, command: Expire, _law: Law) -> list[Event]:
    """Return what the limit's end brings about; nothing where the limit no longer runs."""
    if Expiry(command.on, command.what) not in set(expiries(state)):
        return []
    clock = state.running_clock
    match command.what:
        case "correction":
            return [CorrectionLapsed(on=command.on)]
        case "reminder" if clock is not None:
            return [DueDateNear(on=command.on, due_on=clock.due_on)]
        case "due" if clock is not None:
            return [Overdue(on=command.on, due_on=clock.due_on)]
        case _:
            return []
