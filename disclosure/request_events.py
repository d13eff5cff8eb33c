"""What happens in the life of a request (依申请公开), from receipt to delivery."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from disclosure.event import Clock, Event, personal
from disclosure.matters import Identity
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.request_commands import Channel, DeliveryMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalParticulars:
    """Who asked, as far as it identifies a person."""

    name: str | None = None
    id_number: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRegistered(Event):
    """登记. `received_on` and `clock` are None until receipt is confirmed (条例 Art. 31).

    `applicant_ref` is the same for the same applicant of an agency, and says nothing else;
    `identified_by` tells whether it was made from a number or, for want of one, from a name.
    """

    type: ClassVar[str] = "request_registered"

    channel: Channel
    applicant_type: ApplicantType
    signed_on: date | None = None
    confirmed_on: date | None = None
    received_on: date | None = None
    clock: Clock | None = None
    applicant_ref: str = ""
    identified_by: Identity | None = None
    applicant: PersonalParticulars | None = personal()
    description: str | None = personal()
    form: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptConfirmed(Event):
    """确认收到: `on` is the received date; the clock starts."""

    type: ClassVar[str] = "receipt_confirmed"

    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequested(Event):
    """告知补正.

    Attributes:
        due_on: limit the applicant was given.
        lapses_on: legal date on which the request is deemed abandoned if nothing comes: the first
            working day after limit and mail in transit. None where the notice has no such effect.
        provisional: whether `lapses_on` lies beyond the published calendar.
    """

    type: ClassVar[str] = "correction_requested"

    due_on: date
    lapses_on: date | None
    provisional: bool = False
    calendar: str
    points: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionReceived(Event):
    """收到补正.

    Attributes:
        effective: False where the text answers a notice without legal effect.
        clock: the period that starts anew; None where it does not run, or not for this.
    """

    type: ClassVar[str] = "correction_received"

    effective: bool = True
    clock: Clock | None
    description: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionLapsed(Event):
    """逾期不补正, deemed abandoned (条例 Art. 30)."""

    type: ClassVar[str] = "correction_lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodExtended(Event):
    """延期. `clock` is None where the period does not run or the extension has no effect."""

    type: ClassVar[str] = "period_extended"

    working_days: int
    approved_by: str
    effective: bool
    clock: Clock | None
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDateNear(Event):
    """临期提醒: the due date is close."""

    type: ClassVar[str] = "due_date_near"

    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue(Event):
    """逾期: the period ended at 24:00 of `due_on` with no decision on record."""

    type: ClassVar[str] = "overdue"

    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDecided(Event):
    """答复: the one result of the request."""

    type: ClassVar[str] = "request_decided"

    outcome: Outcome
    document_number: str | None = None
    already_public: bool | None = None
    grounds: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDelivered(Event):
    """送达."""

    type: ClassVar[str] = "reply_delivered"

    method: DeliveryMethod
    posted_on: date | None = None
    signed_on: date | None = None

    @property
    def sent_on(self) -> date:
        """The day that decides whether it was in time: of posting by mail, else of signature.

        A letter whose posting nobody entered was posted on the day of the entry at the latest.
        """
        if self.posted_on is not None:
            return self.posted_on
        return self.on if self.method == "mail" else self.signed_on or self.on


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn(Event):
    """撤回."""

    type: ClassVar[str] = "request_withdrawn"

    reason: str | None = personal()
