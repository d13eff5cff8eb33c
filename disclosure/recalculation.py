"""期限重新计算: a holiday notice has been loaded, and what still runs is worked out again.

Due dates beyond the published calendar are provisional (plain Monday to Friday), and a notice may
be amended in mid-year. Only open requests are worked out again; a closed one keeps its dates. What
the new calendar makes late, or no longer late, changes with it and is said.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from disclosure.amendment_events import ConsultationLimit, LimitsRecalculated
from disclosure.charging import payment_limit
from disclosure.consultation import consultation_ends_on
from disclosure.correction import lapse_of
from disclosure.deadlines import period_clock
from disclosure.event import Event
from disclosure.evolution import evolve, fold
from disclosure.flags import Flag, in_order
from disclosure.law import Law
from disclosure.matter_events import (
    AgencyReplied,
    ConsultationReceived,
    FeePaid,
    ThirdPartyReplied,
)
from disclosure.state import RequestState
from disclosure.timeliness import late_by_calendar

CALENDAR_FLAGS = frozenset(
    {
        Flag.CORRECTION_NOTICE_LATE,
        Flag.FEE_NOTICE_LATE,
        Flag.FEE_PAID_LATE,
        Flag.REPLY_AFTER_LIMIT,
    }
)
"""Flags of an open request that follow the calendar.

An extension told too late is none of them: what was told to the applicant stays.
"""


def recalculated(events: Iterable[Event], on: date, law: Law) -> list[LimitsRecalculated]:
    """Return what changes in a request under the calendar of `law`; nothing where nothing does.

    Args:
        events: the request's whole stream, oldest first.
        on: legal date of the recalculation.
        law: with the calendar that is in force from now on.
    """
    events = list(events)
    state = fold(events)
    if state.closed or state.received_on is None:
        return []
    again = retimed(state, law)
    raised, lifted = _changed_flags(events, law)
    event = LimitsRecalculated(
        on=on,
        flags=raised,
        lifted=lifted,
        clock=again.clock if _moves(state, again) else None,
        correction_lapses_on=_new_correction_lapse(state, again),
        fee_due_on=_new_fee_due(state, again),
        fee_lapses_on=_new_fee_lapse(state, again),
        consultations=tuple(_new_consultation_limits(state, again)),
        calendar=law.calendar.version,
    )
    nothing = LimitsRecalculated(on=on, calendar=event.calendar)
    return [] if event == nothing else [event]


def retimed(state: RequestState, law: Law) -> RequestState:
    """Return the state with every limit that still runs counted by the calendar of `law`."""
    correction, fee = state.correction, state.fee
    if correction is not None and correction.received_on is None and correction.lapses_on:
        lapses_on = lapse_of(correction.due_on, law).day
        correction = replace(correction, lapses_on=lapses_on)
    if fee is not None and fee.pending and fee.lapses_on:
        due, lapse = payment_limit(fee.notice_received_on, law)
        fee = replace(fee, due_on=due.day, lapses_on=lapse.day)
    consultations = tuple(
        replace(each, ends_on=consultation_ends_on(each.received_on or each.sent_on, law))
        if each.pending
        else each
        for each in state.consultations
    )
    state = replace(state, correction=correction, fee=fee, consultations=consultations)
    return replace(state, clock=period_clock(state, law))


def _moves(state: RequestState, again: RequestState) -> bool:
    """Tell whether the period ends on another day, or is no longer (or newly) provisional."""
    before, after = state.clock, again.clock
    if before is None or after is None:
        return before is not after
    return replace(before, calendar=after.calendar) != after


def _new_correction_lapse(state: RequestState, again: RequestState) -> date | None:
    before, after = state.correction, again.correction
    return after.lapses_on if after and before != after else None


def _new_fee_due(state: RequestState, again: RequestState) -> date | None:
    return again.fee.due_on if again.fee and state.fee != again.fee else None


def _new_fee_lapse(state: RequestState, again: RequestState) -> date | None:
    return again.fee.lapses_on if again.fee and state.fee != again.fee else None


def _new_consultation_limits(
    state: RequestState, again: RequestState
) -> Iterable[ConsultationLimit]:
    for before, after in zip(state.consultations, again.consultations, strict=True):
        if before != after:
            yield ConsultationLimit(party_ref=after.party_ref, ends_on=after.ends_on)


def _changed_flags(events: Iterable[Event], law: Law) -> tuple[tuple[Flag, ...], tuple[Flag, ...]]:
    """Return the flags that hold by this calendar and did not, and those that no longer do."""
    held: set[Flag] = set()
    state = RequestState()
    for event in events:
        if isinstance(event, ConsultationReceived):  # the reply came in time, as is learned now
            held -= set(event.lifted)
        held |= _late(state, event)
        state = retimed(evolve(state, event), law)
    held |= late_by_calendar(state, law)
    known = set(state.flags)
    return in_order(CALENDAR_FLAGS & (held - known)), in_order(CALENDAR_FLAGS & (known - held))


def _late(state: RequestState, event: Event) -> set[Flag]:
    """Judge what another had to do by the limits as they were before it."""
    match event:
        case FeePaid() if state.fee is not None and event.on > state.fee.due_on:
            return {Flag.FEE_PAID_LATE}
        case ThirdPartyReplied() | AgencyReplied():
            asked = state.consultation(event.party_ref)
            late = asked is not None and event.on > asked.ends_on
            return {Flag.REPLY_AFTER_LIMIT} if late else set()
        case _:
            return set()
