"""What is waited for beside a request: who is consulted (条例 Art. 32, 34), reasons, fees."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from disclosure.event import Clock, Event, personal
from disclosure.flags import Flag
from disclosure.matters import ConsultationKind
from disclosure.request_commands import FeeMode, ThirdPartyOpinion


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
