"""`evolve` for the end of a request, and for what may follow it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from disclosure.amendment_events import RequestArchived, RequestReopened, ResultReclassified
from disclosure.event import Event
from disclosure.evolution_step import Evolve, moved
from disclosure.matter_events import FeeLapsed
from disclosure.outcomes import Outcome
from disclosure.request_events import (
    CorrectionLapsed,
    ReplyDelivered,
    RequestDecided,
    RequestWithdrawn,
)
from disclosure.result_flags import REPLY_FLAGS, UNREASONED_FLAGS
from disclosure.state import Ending, RequestState
from disclosure.timed_facts import TimedFact
from disclosure.timeliness import remembering


def _decided(state: RequestState, event: RequestDecided) -> RequestState:
    if not event.outcome.is_lapse:
        state = remembering(state, "answer", event.on)
    state = replace(state, reasoned=UNREASONED_FLAGS.isdisjoint(event.flags))
    return _closed(state, event, event.outcome, "answer")


def _correction_lapsed(state: RequestState, event: CorrectionLapsed) -> RequestState:
    return _closed(state, event, Outcome.CORRECTION_LAPSED, "lapse")


def _fee_lapsed(state: RequestState, event: FeeLapsed) -> RequestState:
    return _closed(state, event, Outcome.FEE_LAPSED, "lapse")


def _withdrawn(state: RequestState, event: RequestWithdrawn) -> RequestState:
    return _closed(state, event, Outcome.OTHER, "withdrawal")


def _closed(state: RequestState, event: Event, outcome: Outcome, ended_by: Ending) -> RequestState:
    due_on = state.clock.due_on if state.clock and not outcome.is_lapse else None
    return replace(
        moved(state, event.on),
        outcome=outcome,
        ended_by=ended_by,
        closed_on=event.on,
        latest_on=event.on,
        answer_due_on=due_on,
    )


def _delivered(state: RequestState, event: ReplyDelivered) -> RequestState:
    if state.sent_on is not None:
        return state
    due_on = state.reply_due_on
    if state.outcome is not None and not state.outcome.is_lapse:
        state = remembering(state, "delivery", event.sent_on)
    return replace(state, sent_on=event.sent_on, answer_due_on=due_on)


def _reclassified(state: RequestState, event: ResultReclassified) -> RequestState:
    lapsed = state.outcome is not None and state.outcome.is_lapse
    state = replace(state, outcome=event.outcome)
    if event.outcome.is_lapse:
        return replace(state, answer_due_on=None, timed_facts=_without_replies(state))
    return _answered_after_all(state) if lapsed else state


def _answered_after_all(state: RequestState) -> RequestState:
    """Judge what was no lapse by the period that ran; a limit that ran out is no answer."""
    if state.ended_by == "lapse" and state.sent_on is None:
        return state
    due_on = state.reply_due_on
    if state.ended_by == "answer" and state.closed_on is not None:
        state = remembering(state, "answer", state.closed_on)
    if state.sent_on is not None:
        state = remembering(state, "delivery", state.sent_on)
    return replace(state, answer_due_on=due_on)


def _without_replies(state: RequestState) -> tuple[TimedFact, ...]:
    return tuple(each for each in state.timed_facts if not each.is_reply)


def _reopened(state: RequestState, event: RequestReopened) -> RequestState:
    waits = _lapsed_matter(state, event.voided)
    state = replace(
        state,
        outcome=None,
        ended_by=None,
        reasoned=True,
        closed_on=None,
        answer_due_on=None,
        sent_on=None,
        archived=False,
        timed_facts=_without_replies(state),
        # An event of an older program does not say what it lifts.
        flags=tuple(flag for flag in state.flags if flag not in REPLY_FLAGS),
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
