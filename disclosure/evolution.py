"""`evolve`: how each event changes the state of its request. Total, and it never refuses."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from disclosure.event import Event
from disclosure.matters import Consultation, Correction, FeeDemand, ReasonsDemand
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.receipt_date import FIELDS_OF_RECEIPT
from disclosure.request_events import (
    AgencyReplied,
    ConsultationReceived,
    ConsultationSent,
    ConsultationSilent,
    CorrectionLapsed,
    CorrectionReceived,
    CorrectionRequested,
    DueDateNear,
    FeeCharged,
    FeeLapsed,
    FeePaid,
    LimitsRecalculated,
    Overdue,
    PeriodExtended,
    ReasonsDemanded,
    ReasonsOverdue,
    ReasonsReceived,
    ReceiptConfirmed,
    RecordCorrected,
    ReplyDelivered,
    RequestArchived,
    RequestDecided,
    RequestRegistered,
    RequestReopened,
    RequestWithdrawn,
    ResultReclassified,
    ThirdPartyNotified,
    ThirdPartyReplied,
)
from disclosure.state import RequestState


def evolve(state: RequestState, event: Event) -> RequestState:
    """Return the state after `event`; one that concerns no request leaves it as it was."""
    return _EVOLVE.get(type(event), _unchanged)(state, event)


def fold(events: Iterable[Event], state: RequestState | None = None) -> RequestState:
    """Fold events, oldest first, onto a state (a request nobody has heard of, by default)."""
    state = state or RequestState()
    for event in events:
        state = evolve(state, event)
    return state


def _unchanged(state: RequestState, _event: Any) -> RequestState:
    return state


def _moved(state: RequestState, on: date) -> RequestState:
    return replace(
        state,
        latest_on=max(on, state.latest_on or on),
        first_step_on=min(on, state.first_step_on or on),
    )


# ── receipt ─────────────────────────────────────────────────────────────────────────────────────


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
    state = replace(state, received_on=event.received_on)
    return state if state.closed else replace(state, clock=event.clock)


# ── what moves the answer period ────────────────────────────────────────────────────────────────


def _correction_requested(state: RequestState, event: CorrectionRequested) -> RequestState:
    state = _moved(state, event.on)
    state = replace(state, correction_notices=state.correction_notices + 1)
    if event.lapses_on is None:
        return state
    correction = Correction(requested_on=event.on, due_on=event.due_on, lapses_on=event.lapses_on)
    return replace(state, correction=correction)


def _correction_received(state: RequestState, event: CorrectionReceived) -> RequestState:
    state = _moved(state, event.on)
    state = replace(state, corrections_received=state.corrections_received + 1)
    if not event.effective or state.correction is None:
        return state
    correction = replace(state.correction, received_on=event.on)
    return replace(state, correction=correction, clock=event.clock or state.clock)


def _period_extended(state: RequestState, event: PeriodExtended) -> RequestState:
    state = _moved(state, event.on)
    if not event.effective:
        return state
    return replace(state, extension_days=event.working_days, clock=event.clock or state.clock)


def _consultation_sent(state: RequestState, event: ConsultationSent) -> RequestState:
    consultation = Consultation(
        party_ref=event.party_ref,
        kind=event.kind,
        sent_on=event.on,
        ends_on=event.ends_on,
        received_on=event.received_on,
    )
    state = _moved(state, event.on)
    return replace(
        state,
        consultations=(*state.consultations, consultation),
        clock=event.clock or state.clock,
    )


def _consultation_received(state: RequestState, event: ConsultationReceived) -> RequestState:
    asked = state.consultation(event.party_ref)
    # What had run out counted from sending may still run, counted from a later receipt.
    silent = asked is not None and asked.silent and asked.ends_on >= event.ends_on
    state = _consulted(
        state, event.party_ref, received_on=event.on, ends_on=event.ends_on, silent=silent
    )
    return replace(state, clock=event.clock or state.clock)


def _third_party_replied(state: RequestState, event: ThirdPartyReplied) -> RequestState:
    state = _moved(state, event.on)
    state = _consulted(state, event.party_ref, answered_on=event.on, opinion=event.opinion)
    return replace(state, clock=event.clock or state.clock)


def _agency_replied(state: RequestState, event: AgencyReplied) -> RequestState:
    state = _consulted(_moved(state, event.on), event.party_ref, answered_on=event.on)
    return replace(state, clock=event.clock or state.clock)


def _consultation_silent(state: RequestState, event: ConsultationSilent) -> RequestState:
    return _consulted(state, event.party_ref, silent=True)


def _third_party_notified(state: RequestState, event: ThirdPartyNotified) -> RequestState:
    return _consulted(state, event.party_ref, notified=True)


def _consulted(state: RequestState, party_ref: str, **changes: Any) -> RequestState:
    """Change the last consultation of a party."""
    changed = state.consultation(party_ref)
    if changed is None:
        return state
    return replace(
        state,
        consultations=tuple(
            replace(each, **changes) if each is changed else each for each in state.consultations
        ),
    )


def _reasons_demanded(state: RequestState, event: ReasonsDemanded) -> RequestState:
    demand = ReasonsDemand(demanded_on=event.on, due_on=event.due_on)
    return replace(_moved(state, event.on), reasons=demand)


def _reasons_received(state: RequestState, event: ReasonsReceived) -> RequestState:
    state = _moved(state, event.on)
    if state.reasons is not None:
        demand = replace(state.reasons, received_on=event.on, accepted=event.accepted)
        state = replace(state, reasons=demand)
    return replace(
        state,
        delay_until=event.delay_until or state.delay_until,
        clock=event.clock or state.clock,
    )


def _reasons_overdue(state: RequestState, _event: ReasonsOverdue) -> RequestState:
    if state.reasons is None:
        return state
    return replace(state, reasons=replace(state.reasons, silent=True))


def _fee_charged(state: RequestState, event: FeeCharged) -> RequestState:
    demand = FeeDemand(
        amount=event.amount_yuan,
        charged_on=event.on,
        notice_received_on=event.notice_received_on,
        due_on=event.due_on,
        lapses_on=event.lapses_on,
    )
    return replace(_moved(state, event.on), fee=demand)


def _fee_paid(state: RequestState, event: FeePaid) -> RequestState:
    state = _moved(state, event.on)
    if state.fee is None:
        return state
    paid = state.fee.paid + event.amount_yuan
    complete = event.on if paid >= state.fee.amount else None
    demand = replace(state.fee, paid=paid, paid_on=complete)
    return replace(state, fee=demand, clock=event.clock or state.clock)


def _recalculated(state: RequestState, event: LimitsRecalculated) -> RequestState:
    if state.correction is not None and event.correction_lapses_on is not None:
        correction = replace(state.correction, lapses_on=event.correction_lapses_on)
        state = replace(state, correction=correction)
    if state.fee is not None and event.fee_due_on is not None:
        fee = replace(state.fee, due_on=event.fee_due_on, lapses_on=event.fee_lapses_on)
        state = replace(state, fee=fee)
    for limit in event.consultations:
        state = _consulted(state, limit.party_ref, ends_on=limit.ends_on)
    return replace(state, clock=event.clock or state.clock)


# ── limits noticed ──────────────────────────────────────────────────────────────────────────────


def _due_date_near(state: RequestState, event: DueDateNear) -> RequestState:
    return replace(state, reminded_for=event.due_on)


def _overdue(state: RequestState, event: Overdue) -> RequestState:
    return replace(state, overdue_for=event.due_on)


# ── the end, and what may follow it ─────────────────────────────────────────────────────────────


def _decided(state: RequestState, event: RequestDecided) -> RequestState:
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
        _moved(state, event.on),
        outcome=outcome,
        closed_on=event.on,
        latest_on=event.on,
        answer_due_on=due_on,
    )


def _delivered(state: RequestState, event: ReplyDelivered) -> RequestState:
    return replace(state, sent_on=state.sent_on or event.sent_on)


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


_EVOLVE: dict[type[Event], Callable[[RequestState, Any], RequestState]] = {
    RequestRegistered: _registered,
    ReceiptConfirmed: _receipt_confirmed,
    RecordCorrected: _record_corrected,
    CorrectionRequested: _correction_requested,
    CorrectionReceived: _correction_received,
    PeriodExtended: _period_extended,
    ConsultationSent: _consultation_sent,
    ConsultationReceived: _consultation_received,
    ThirdPartyReplied: _third_party_replied,
    AgencyReplied: _agency_replied,
    ConsultationSilent: _consultation_silent,
    ThirdPartyNotified: _third_party_notified,
    ReasonsDemanded: _reasons_demanded,
    ReasonsReceived: _reasons_received,
    ReasonsOverdue: _reasons_overdue,
    FeeCharged: _fee_charged,
    FeePaid: _fee_paid,
    LimitsRecalculated: _recalculated,
    DueDateNear: _due_date_near,
    Overdue: _overdue,
    RequestDecided: _decided,
    CorrectionLapsed: _correction_lapsed,
    FeeLapsed: _fee_lapsed,
    RequestWithdrawn: _withdrawn,
    ReplyDelivered: _delivered,
    ResultReclassified: _reclassified,
    RequestReopened: _reopened,
    RequestArchived: _archived,
}
