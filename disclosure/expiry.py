"""期限届满: what a limit does when it runs out. The timer only says which; the law is here."""

from disclosure.deadlines import Expiry, expiries
from disclosure.event import Event
from disclosure.law import Law
from disclosure.matter_events import ConsultationSilent, FeeLapsed, ReasonsOverdue
from disclosure.request_commands import Expire
from disclosure.request_events import CorrectionLapsed, DueDateNear, Overdue
from disclosure.state import RequestState


def expire(state: RequestState, command: Expire, _law: Law) -> list[Event]:
    """Return what the limit's end brings about; nothing where the limit no longer runs."""
    limit = next((limit for limit in expiries(state) if _is(limit, command)), None)
    if limit is None:
        return []
    match limit.what:
        case "correction":
            return [CorrectionLapsed(on=command.on)]
        case "fee":
            return [FeeLapsed(on=command.on)]
        case "consultation":
            return _silence(state, limit)
        case "reasons":
            return [ReasonsOverdue(on=command.on)]
        case "reminder":
            return [DueDateNear(on=command.on, due_on=limit.due_on)]
        case "due":
            return [Overdue(on=command.on, due_on=limit.due_on)]


def _silence(state: RequestState, limit: Expiry) -> list[Event]:
    """沉默: a third party's leaves the decision to the agency, an agency's is consent."""
    asked = state.consultation(limit.party_ref)
    if asked is None:
        return []
    return [ConsultationSilent(on=limit.on, kind=asked.kind, party_ref=limit.party_ref)]


def _is(limit: Expiry, command: Expire) -> bool:
    return (limit.what, limit.on, limit.party_ref) == (
        command.what,
        command.on,
        command.party_ref,
    )
