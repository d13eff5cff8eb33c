"""What happens in the life of a request (依申请公开)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from disclosure.event import Clock, Event, personal
from disclosure.flags import Flag
from disclosure.matters import ConsultationKind, Identity
from disclosure.outcomes import ApplicantType, Outcome
from disclosure.request_commands import Channel, DeliveryMethod, FeeMode, ThirdPartyOpinion


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationSent(Event):
    """征询发出: the period stands still until the answer, or until `ends_on`."""

    type: ClassVar[str] = "consultation_sent"

    kind: ConsultationKind
    party_ref: str
    received_on: date | None = None
    ends_on: date
    clock: Clock | None
    party: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationReceived(Event):
    """被征询方收到: its 15 working days are counted from `on`.

    `lifted` are flags that no longer hold: an answer thought late was in time.
    """

    type: ClassVar[str] = "consultation_received"

    party_ref: str
    ends_on: date
    clock: Clock | None
    lifted: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyReplied(Event):
    """第三方答复."""

    type: ClassVar[str] = "third_party_replied"

    party_ref: str
    opinion: ThirdPartyOpinion
    clock: Clock | None
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyReplied(Event):
    """共同制作机关答复."""

    type: ClassVar[str] = "agency_replied"

    party_ref: str
    clock: Clock | None
    opinion: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationSilent(Event):
    """逾期未答复: a third party's silence is neither yes nor no, an agency's is consent."""

    type: ClassVar[str] = "consultation_silent"

    kind: ConsultationKind
    party_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyNotified(Event):
    """告知第三方决定公开的内容和理由 (条例 Art. 32).

    `lifted` are flags that no longer hold: the letter has followed the decision.
    """

    type: ClassVar[str] = "third_party_notified"

    party_ref: str
    lifted: tuple[Flag, ...] = ()
    content: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsDemanded(Event):
    """要求说明理由 (条例 Art. 35)."""

    type: ClassVar[str] = "reasons_demanded"

    due_on: date
    facts: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsReceived(Event):
    """收到理由. `clock` is None where the period stays as it was."""

    type: ClassVar[str] = "reasons_received"

    accepted: bool
    delay_until: date | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsOverdue(Event):
    """逾期未说明理由: what follows from it is the agency's decision."""

    type: ClassVar[str] = "reasons_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeCharged(Event):
    """收费通知送达 (国办函〔2020〕109号 Art. 6).

    Attributes:
        items_before: the applicant's earlier items of the month, as counted that day.
        amount_yuan: what is to be paid; 0 where it all lies in the free band.
        lapses_on: None where nothing is to be paid.
    """

    type: ClassVar[str] = "fee_charged"

    mode: FeeMode
    quantity: int
    items_before: int | None = None
    amount_yuan: Decimal
    notice_received_on: date
    due_on: date
    lapses_on: date | None
    provisional: bool = False
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePaid(Event):
    """缴费. `clock` is the period that starts anew; None while a part is still owed."""

    type: ClassVar[str] = "fee_paid"

    amount_yuan: Decimal
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLapsed(Event):
    """逾期未缴费, deemed abandoned (国办函〔2020〕109号 Art. 6)."""

    type: ClassVar[str] = "fee_lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationLimit:
    """The last of a consulted party's working days, as it is now."""

    party_ref: str
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsRecalculated(Event):
    """期限重新计算: a holiday notice has been loaded; None and empty where nothing changes.

    Attributes:
        flags: what is late by the new calendar and was not by the old.
        lifted: flags that no longer hold.
        calendar: version of the calendar now counted with.
    """

    type: ClassVar[str] = "limits_recalculated"

    clock: Clock | None = None
    correction_lapses_on: date | None = None
    fee_due_on: date | None = None
    fee_lapses_on: date | None = None
    consultations: tuple[ConsultationLimit, ...] = ()
    lifted: tuple[Flag, ...] = ()
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReclassified(Event):
    """更正办理结果: the result counts as `outcome` from the day it was given."""

    type: ClassVar[str] = "result_reclassified"

    previous: Outcome
    outcome: Outcome
    approved_by: str
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCorrected(Event):
    """更正登记.

    Attributes:
        field: of the registration.
        value: the right one; personal ones stand in `personal_value`.
        received_on: the received date as it is now.
        clock: the period as it is now; None for a request that is closed or not received.
        applicant_ref: the applicant's pseudonym as it is now; None where it stays.
        lifted: flags that no longer hold under the corrected received date.
    """

    type: ClassVar[str] = "record_corrected"

    field: str
    value: str | None = None
    received_on: date | None = None
    clock: Clock | None = None
    applicant_ref: str | None = None
    lifted: tuple[Flag, ...] = ()
    approved_by: str
    personal_value: str | None = personal()
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReopened(Event):
    """恢复办理: the result is void; `clock` is None while something else is awaited."""

    type: ClassVar[str] = "request_reopened"

    voided: Outcome
    clock: Clock | None
    approved_by: str
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestArchived(Event):
    """归档."""

    type: ClassVar[str] = "request_archived"

    volume: str
    retention_years: int
