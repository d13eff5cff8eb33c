"""`evolve` for what moves the answer period, and for limits that have been noticed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from disclosure.amendment_events import LimitsRecalculated
from disclosure.event import Event
from disclosure.evolution_step import Evolve, moved
from disclosure.matter_events import (
    AgencyReplied,
    ConsultationReceived,
    ConsultationSent,
    ConsultationSilent,
    FeeCharged,
    FeePaid,
    ReasonsDemanded,
    ReasonsOverdue,
    ReasonsReceived,
    ThirdPartyNotified,
    ThirdPartyReplied,
)
from disclosure.matters import Consultation, Correction, FeeDemand, ReasonsDemand
from disclosure.request_events import (
    CorrectionReceived,
    CorrectionRequested,
    DueDateNear,
    Overdue,
    PeriodExtended,
)
from disclosure.state import RequestState
from disclosure.timeliness import remembering, remembering_extension


def _correction_requested(state: RequestState, event: CorrectionRequested) -> RequestState:
    state = moved(remembering(state, "correction_notice", event.on), event.on)
    state = replace(state, correction_notices=state.correction_notices + 1)
    if event.lapses_on is None:
        return state
    correction = Correction(requested_on=event.on, due_on=event.due_on, lapses_on=event.lapses_on)
    return replace(state, correction=correction)


def _correction_received(state: RequestState, event: CorrectionReceived) -> RequestState:
    state = moved(state, event.on)
    state = replace(state, corrections_received=state.corrections_received + 1)
    if not event.effective or state.correction is None:
        return state
    correction = replace(state.correction, received_on=event.on)
    return replace(state, correction=correction, clock=event.clock or state.clock)


def _period_extended(state: RequestState, event: PeriodExtended) -> RequestState:
    state = moved(remembering_extension(state, event), event.on)
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
    state = moved(state, event.on)
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
    state = moved(state, event.on)
    state = _consulted(state, event.party_ref, answered_on=event.on, opinion=event.opinion)
    return replace(state, clock=event.clock or state.clock)


def _agency_replied(state: RequestState, event: AgencyReplied) -> RequestState:
    state = _consulted(moved(state, event.on), event.party_ref, answered_on=event.on)
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
    return replace(moved(state, event.on), reasons=demand)


def _reasons_received(state: RequestState, event: ReasonsReceived) -> RequestState:
    state = moved(state, event.on)
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
    state = remembering(state, "fee_notice", event.on)
    return replace(moved(state, event.on), fee=demand)


def _fee_paid(state: RequestState, event: FeePaid) -> RequestState:
    state = moved(state, event.on)
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


def _due_date_near(state: RequestState, event: DueDateNear) -> RequestState:
    return replace(state, reminded_due_dates=(*state.reminded_due_dates, event.due_on))


def _overdue(state: RequestState, event: Overdue) -> RequestState:
    return replace(state, passed_due_dates=(*state.passed_due_dates, event.due_on))


PERIOD: Mapping[type[Event], Evolve] = {
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
}
"""How each of these events changes the state."""
