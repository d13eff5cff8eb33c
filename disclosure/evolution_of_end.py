"""`evolve` for the end of a request, and for what may follow it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from disclosure.amendment_events import RequestArchived, RequestReopened, ResultReclassified
from disclosure.event import Event
from disclosure.evolution_step import Evolve, judged_by_period, moved
from disclosure.matter_events import FeeLapsed
from disclosure.outcomes import Outcome
from disclosure.request_events import (
    CorrectionLapsed,
    ReplyDelivered,
    RequestDecided,
    RequestWithdrawn,
)
from disclosure.state import RequestState
from disclosure.timeliness import remembering


def _decided(state: RequestState, event: RequestDecided) -> RequestState:
    if not event.outcome.is_lapse:
        state = remembering(state, "answer", event.on)
    return _closed(state, event, event.outcome)


def _correction_lapsed(state: RequestState, event: CorrectionLapsed) -> RequestState:
    return _closed(state, event, Outcome.CORRECTION_LAPSED)


def _fee_lapsed(state: RequestState, event: FeeLapsed) -> RequestState:
    return _closed(state, event, Outcome.FEE_LAPSED)


def _withdrawn(state: RequestState, event: RequestWithdrawn) -> RequestState:
    return _closed(state, event, Outcome.OTHER)


def _closed(state: RequestState, event: Event, outcome: Outcome) -> RequestState:
    due_on = state.clock.due_on if state.clock and not outcome.is_lapse else None
    return replace(
        moved(state, event.on),
        outcome=outcome,
        closed_on=event.on,
        latest_on=event.on,
        answer_due_on=due_on,
    )


def _delivered(state: RequestState, event: ReplyDelivered) -> RequestState:
    if state.sent_on is not None:
        return state
    if judged_by_period(state):
        state = remembering(state, "delivery", event.sent_on)
    return replace(state, sent_on=event.sent_on)


def _reclassified(state: RequestState, event: ResultReclassified) -> RequestState:
    return replace(state, outcome=event.outcome)


def _reopened(state: RequestState, event: RequestReopened) -> RequestState:
    waits = _lapsed_matter(state, event.voided)
    state = replace(
        state,
        outcome=None,
        closed_on=None,
        answer_due_on=None,
        sent_on=None,
        archived=False,
        timed_facts=tuple(each for each in state.timed_facts if not each.is_reply),
        latest_on=waits or event.on,
    )
    correction, fee = state.correction, state.fee
    if waits is not None:
        # The text or the payment that came to light may be older than this day; silence no longer
        # ends the request.
        return replace(
            state,
            correction=replace(correction, lapses_on=None) if correction else None,
            fee=replace(fee, lapses_on=None) if fee else None,
        )
    # Answered although something was still awaited: the agency did without it.
    return replace(
        state,
        correction=None if state.awaits_correction else correction,
        fee=None if state.awaits_payment else fee,
        reopened_on=event.on,
        clock=event.clock,
    )


def _lapsed_matter(state: RequestState, voided: Outcome) -> date | None:
    """Return when that was asked for which did not come, None where nothing lapsed."""
    if voided is Outcome.CORRECTION_LAPSED and state.correction and state.awaits_correction:
        return state.correction.requested_on
    if voided is Outcome.FEE_LAPSED and state.fee and state.awaits_payment:
        return state.fee.charged_on
    return None


def _archived(state: RequestState, _event: RequestArchived) -> RequestState:
    return replace(state, archived=True)


END: Mapping[type[Event], Evolve] = {
    RequestDecided: _decided,
    CorrectionLapsed: _correction_lapsed,
    FeeLapsed: _fee_lapsed,
    RequestWithdrawn: _withdrawn,
    ReplyDelivered: _delivered,
    ResultReclassified: _reclassified,
    RequestReopened: _reopened,
    RequestArchived: _archived,
}
"""How each of these events changes the state."""
