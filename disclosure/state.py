"""One request as its events have made it: values only, nothing here decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from disclosure.event import Clock
from disclosure.flags import Flag
from disclosure.matters import Consultation, Correction, FeeDemand, Identity, ReasonsDemand
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.request_commands import Channel
from disclosure.timed_facts import TimedFact

Ending = Literal["answer", "withdrawal", "lapse"]
"""What a request ended by: a decision (whatever its result), the applicant, or a limit."""


class Stage(StrEnum):
    """Where a request stands (条例 Art. 45: 登记、审核、办理、答复、归档)."""

    UNREGISTERED = "unregistered"
    AWAITING_RECEIPT = "awaiting_receipt"
    IN_PROGRESS = "in_progress"
    AWAITING_CORRECTION = "awaiting_correction"
    CONSULTING = "consulting"
    AWAITING_PAYMENT = "awaiting_payment"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The stage as officials write it."""
        return {
            Stage.UNREGISTERED: "未登记",
            Stage.AWAITING_RECEIPT: "待确认收到",
            Stage.IN_PROGRESS: "办理中",
            Stage.AWAITING_CORRECTION: "待补正",
            Stage.CONSULTING: "征询意见中",
            Stage.AWAITING_PAYMENT: "待缴费",
            Stage.CLOSED: "已办结",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestState:
    """What must be known to decide what may come next. Dates are legal dates.

    Attributes:
        submitted_on, signed_on, confirmed_on: what the received date follows from.
        identified_by: what the applicant is recognised by, None where by nothing.
        clock: the answer period as last worked out; it stands still while a correction or a
            payment is awaited.
        delay_until: the later date the agency set on accepting reasons (条例 Art. 35).
        reopened_on: the last day on which a given result was made void.
        latest_on: latest legal date of a fact that moved the request; no decision or withdrawal
            precedes it. (A lapse may: it takes effect on its own day, whenever it is noticed.)
        first_step_on: earliest legal date of such a fact; it was received by then.
        reminded_due_dates: the due dates the reminder was given for.
        passed_due_dates: the due dates that were found to have passed.
        ended_by: what ended it, also where its result was put right afterwards.
        reasoned: whether the decision says why; True where that is not known.
        answer_due_on: the due date the answer is judged by, once it is given; None for a lapse, and
            where a limit ended the request, its result was put right and nothing was sent yet.
        sent_on: first day the reply left the agency; it decides whether it was in time.
        timed_facts: what is judged again where the received date is put right.
        flags: those that stand, in the order they were earned.
    """

    submitted_on: date | None = None
    signed_on: date | None = None
    confirmed_on: date | None = None
    received_on: date | None = None
    channel: Channel | None = None
    applicant_type: ApplicantType | None = None
    identified_by: Identity | None = None
    clock: Clock | None = None
    correction: Correction | None = None
    correction_notices: int = 0
    corrections_received: int = 0
    extension_days: int = 0
    consultations: tuple[Consultation, ...] = ()
    reasons: ReasonsDemand | None = None
    delay_until: date | None = None
    fee: FeeDemand | None = None
    reopened_on: date | None = None
    latest_on: date | None = None
    first_step_on: date | None = None
    reminded_due_dates: tuple[date, ...] = ()
    passed_due_dates: tuple[date, ...] = ()
    outcome: Outcome | None = None
    ended_by: Ending | None = None
    reasoned: bool = True
    closed_on: date | None = None
    answer_due_on: date | None = None
    sent_on: date | None = None
    archived: bool = False
    timed_facts: tuple[TimedFact, ...] = ()
    flags: tuple[Flag, ...] = ()

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
        if self.awaits_payment:
            return Stage.AWAITING_PAYMENT
        if any(consultation.pending for consultation in self.consultations):
            return Stage.CONSULTING
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
    def awaits_payment(self) -> bool:
        """Whether the period stands still until the applicant has paid."""
        return self.fee is not None and self.fee.pending

    @property
    def running_clock(self) -> Clock | None:
        """The answer period, if it runs now."""
        waits = self.closed or self.awaits_correction or self.awaits_payment
        return None if waits else self.clock

    @property
    def overdue(self) -> bool:
        """逾期: open, and noticed to be past the due date; closed, answered after it."""
        if self.closed_on is not None:
            return self.answer_due_on is not None and self.closed_on > self.answer_due_on
        clock = self.running_clock
        return clock is not None and clock.due_on in self.passed_due_dates

    @property
    def reply_due_on(self) -> date | None:
        """The due date the first delivery of a reply is judged by, None for a lapse."""
        if self.outcome is None or self.outcome.is_lapse:
            return None
        return self.answer_due_on or (self.clock.due_on if self.clock else None)

    @property
    def replied_late(self) -> bool:
        """Whether an answer or its first delivery came after the due date held against it."""
        due = self.answer_due_on
        return due is not None and any(fact.is_reply and fact.on > due for fact in self.timed_facts)

    def period_ended_by(self, on: date) -> bool:
        """Whether the answer period runs and ended before `on`."""
        clock = self.running_clock
        return clock is not None and on > clock.due_on

    def last_consultations(self) -> Iterator[Consultation]:
        """Yield the last consultation of each party: the one a reply belongs to."""
        for each in self.consultations:
            if self.consultation(each.party_ref) is each:
                yield each

    def consultation(self, party_ref: str) -> Consultation | None:
        """Return the last consultation of a party, None where it was never asked."""
        asked = [each for each in self.consultations if each.party_ref == party_ref]
        return asked[-1] if asked else None
