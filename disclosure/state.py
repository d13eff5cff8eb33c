"""One request as its events have made it: `evolve` folds, nothing here decides."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from disclosure.commands import Channel
from disclosure.events import (
    Clock,
    CorrectionLapsed,
    CorrectionReceived,
    CorrectionRequested,
    DueDateNear,
    Event,
    Overdue,
    PeriodExtended,
    ReceiptConfirmed,
    ReplyDelivered,
    RequestDecided,
    RequestRegistered,
    RequestWithdrawn,
)
from disclosure.outcomes import ApplicantType, Outcome


class Stage(StrEnum):
    """Where a request stands (条例 Art. 45: 登记、审核、办理、答复、归档)."""

    UNREGISTERED = "unregistered"
    AWAITING_RECEIPT = "awaiting_receipt"
    IN_PROGRESS = "in_progress"
    AWAITING_CORRECTION = "awaiting_correction"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage as officials write it."""
        return {
            Stage.UNREGISTERED: "未登记",
            Stage.AWAITING_RECEIPT: "待确认收到",
            Stage.IN_PROGRESS: "办理中",
            Stage.AWAITING_CORRECTION: "待补正",
            Stage.CLOSED: "已办结",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The one correction notice with legal effect (补正)."""

    requested_on: date
    due_on: date
    lapses_on: date
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """What must be known to decide what may come next. Dates are legal dates.

    Attributes:
        clock: the answer period as last worked out; it stands still while a correction is awaited.
        latest_on: latest legal date of a fact that moved the request; no decision or withdrawal
            precedes it. (A lapse may: it takes effect on its own day, whenever it is noticed.)
        reminded_for: the due date the reminder was given for.
        overdue_for: the due date that was found to have passed.
        answer_due_on: the due date that ran when the request was closed, None where none did.
        sent_on: first day the reply left the agency; it decides whether it was in time.
    """

    submitted_on: date | None = None
    received_on: date | None = None
    channel: Channel | None = None
    applicant_type: ApplicantType | None = None
    clock: Clock | None = None
    correction: Correction | None = None
    correction_notices: int = 0
    corrections_received: int = 0
    extension_days: int = 0
    latest_on: date | None = None
    reminded_for: date | None = None
    overdue_for: date | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None
    answer_due_on: date | None = None
    sent_on: date | None = None

    @property
    def stage(self) -> Stage:
        """Where the request stands."""
        if self.submitted_on is None:
            return Stage.UNREGISTERED
        if self.closed_on is not None:
            return Stage.CLOSED
        if self.received_on is None:
            return Stage.AWAITING_RECEIPT
        if self.awaits_correction:
            return Stage.AWAITING_CORRECTION
        return Stage.IN_PROGRESS

    @property
    def closed(self) -> bool:
        """Whether the request has its result."""
        return self.closed_on is not None

    @property
    def awaits_correction(self) -> bool:
        """Whether the period stands still until the applicant has corrected."""
        return self.correction is not None and self.correction.received_on is None

    @property
    def running_clock(self) -> Clock | None:
        """The answer period, if it runs now."""
        return None if self.closed or self.awaits_correction else self.clock


def evolve(state: RequestState, event: Event) -> RequestState:
    """Return the state after `event`. Total: an event that changes nothing leaves it as it was."""
    return _EVOLVE.get(type(event), _unchanged)(state, event)


def fold(events: Iterable[Event], state: RequestState | None = None) -> RequestState:
    """Fold events, oldest first, onto a state (a request nobody has heard of, by default)."""
    state = state or RequestState()
    for event in events:
        state = evolve(state, event)
    return state


def _unchanged(state: RequestState, _event: Any) -> RequestState:
    return state


def _registered(state: RequestState, event: RequestRegistered) -> RequestState:
    return replace(
        state,
        submitted_on=event.on,
        received_on=event.received_on,
        channel=event.channel,
        applicant_type=event.applicant_type,
        clock=event.clock,
        latest_on=event.received_on or event.on,
    )


def _receipt_confirmed(state: RequestState, event: ReceiptConfirmed) -> RequestState:
    return replace(state, received_on=event.on, clock=event.clock, latest_on=event.on)


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
    if event.clock is None or state.correction is None:
        return state
    correction = replace(state.correction, received_on=event.on)
    return replace(state, correction=correction, clock=event.clock)


def _period_extended(state: RequestState, event: PeriodExtended) -> RequestState:
    state = _moved(state, event.on)
    if not event.effective:
        return state
    return replace(state, extension_days=event.working_days, clock=event.clock or state.clock)


def _due_date_near(state: RequestState, event: DueDateNear) -> RequestState:
    return replace(state, reminded_for=event.due_on)


def _overdue(state: RequestState, event: Overdue) -> RequestState:
    return replace(state, overdue_for=event.due_on)


def _decided(state: RequestState, event: RequestDecided) -> RequestState:
    return _closed(state, event, event.outcome)


def _lapsed(state: RequestState, event: CorrectionLapsed) -> RequestState:
    return _closed(state, event, Outcome.CORRECTION_LAPSED)


def _withdrawn(state: RequestState, event: RequestWithdrawn) -> RequestState:
    return _closed(state, event, Outcome.OTHER)


def _closed(state: RequestState, event: Event, outcome: Outcome) -> RequestState:
    running = state.running_clock
    return replace(
        state,
        outcome=outcome,
        closed_on=event.on,
        latest_on=event.on,
        answer_due_on=running.due_on if running else None,
    )


def _delivered(state: RequestState, event: ReplyDelivered) -> RequestState:
    return replace(state, sent_on=state.sent_on or event.posted_on or event.signed_on or event.on)


def _moved(state: RequestState, on: date) -> RequestState:
    return replace(state, latest_on=max(on, state.latest_on or on))


_EVOLVE: dict[type[Event], Callable[[RequestState, Any], RequestState]] = {
    RequestRegistered: _registered,
    ReceiptConfirmed: _receipt_confirmed,
    CorrectionRequested: _correction_requested,
    CorrectionReceived: _correction_received,
    CorrectionLapsed: _lapsed,
    PeriodExtended: _period_extended,
    DueDateNear: _due_date_near,
    Overdue: _overdue,
    RequestDecided: _decided,
    ReplyDelivered: _delivered,
    RequestWithdrawn: _withdrawn,
}
