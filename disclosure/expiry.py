"""期限届满: what a limit does when it runs out. The timer only says which; the law is here."""

from disclosure.commands import Expire
from disclosure.deadlines import Expiry, expiries
from disclosure.events import CorrectionLapsed, DueDateNear, Event, Overdue
from disclosure.law import Law
from disclosure.state import RequestState


def expire(state: RequestState, command: Expire, _law: Law) -> list[Event]:
    """Return what the limit's end brings about; nothing where the limit no longer runs."""
    limit = next((limit for limit in expiries(state) if _is(limit, command)), None)
    if limit is None:
        return []
    match limit.what:
        case "correction":
            return [CorrectionLapsed(on=command.on)]
        case "reminder":
            return [DueDateNear(on=command.on, due_on=limit.due_on)]
        case "due":
            return [Overdue(on=command.on, due_on=limit.due_on)]


def _is(limit: Expiry, command: Expire) -> bool:
    return (limit.what, limit.on) == (command.what, command.on)
