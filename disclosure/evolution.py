"""`evolve`: how each event changes the state of its request. Total, and it never refuses."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from disclosure.amendment_events import RecordCorrected
from disclosure.event import Event
from disclosure.evolution_of_end import END
from disclosure.evolution_of_period import PERIOD
from disclosure.evolution_step import Evolve, judged_by_period
from disclosure.outcomes import ApplicantType
from disclosure.receipt_date import FIELDS_OF_RECEIPT
from disclosure.request_events import ReceiptConfirmed, RequestRegistered
from disclosure.state import RequestState


def evolve(state: RequestState, event: Event) -> RequestState:
    """Return the state after `event`; one that concerns no request leaves it as it was."""
    step = _EVOLVE.get(type(event))
    return state if step is None else _flagged(step(state, event), event)


def fold(events: Iterable[Event], state: RequestState | None = None) -> RequestState:
    """Fold events, oldest first, onto a state (a request nobody has heard of, by default)."""
    state = state or RequestState()
    for event in events:
        state = evolve(state, event)
    return state


def _flagged(state: RequestState, event: Event) -> RequestState:
    lifted = getattr(event, "lifted", ())
    if not event.flags and not lifted:
        return state
    standing = (flag for flag in state.flags if flag not in lifted)
    return replace(state, flags=tuple(dict.fromkeys((*standing, *event.flags))))


def _registered(state: RequestState, event: RequestRegistered) -> RequestState:
    return replace(
        state,
        submitted_on=event.on,
        signed_on=event.signed_on,
        confirmed_on=event.confirmed_on,
        received_on=event.received_on,
        channel=event.channel,
        applicant_type=event.applicant_type,
        identified_by=event.identified_by,
        clock=event.clock,
        latest_on=event.received_on or event.on,
    )


def _receipt_confirmed(state: RequestState, event: ReceiptConfirmed) -> RequestState:
    return replace(
        state,
        confirmed_on=event.on,
        received_on=event.on,
        clock=event.clock,
        latest_on=event.on,
    )


def _record_corrected(state: RequestState, event: RecordCorrected) -> RequestState:
    if event.field == "applicant.type":
        return replace(state, applicant_type=ApplicantType(event.value or ""))
    if event.applicant_ref is not None:
        by_number = event.field == "applicant.id_number"
        return replace(state, identified_by="id_number" if by_number else "name")
    if event.field not in FIELDS_OF_RECEIPT or event.value is None:
        return state
    value: Any = event.value if event.field == "channel" else date.fromisoformat(event.value)
    state = replace(state, **{FIELDS_OF_RECEIPT[event.field]: value})
    return _received_anew(state, event)


def _received_anew(state: RequestState, event: RecordCorrected) -> RequestState:
    """Let everything follow that the corrected received date brings, as the event has it."""
    judged = state.closed and judged_by_period(state)
    arrived = event.received_on or state.submitted_on
    days = event.extension_days
    return replace(
        state,
        received_on=event.received_on,
        latest_on=state.latest_on if state.first_step_on else arrived,
        clock=event.clock,
        extension_days=state.extension_days if days is None else days,
        answer_due_on=event.clock.due_on if judged and event.clock else state.answer_due_on,
    )


_RECEIPT: Mapping[type[Event], Evolve] = {
    RequestRegistered: _registered,
    ReceiptConfirmed: _receipt_confirmed,
    RecordCorrected: _record_corrected,
}

_EVOLVE: Mapping[type[Event], Evolve] = {**_RECEIPT, **PERIOD, **END}
