"""What can be pending in a request: a correction, consultations, reasons asked for, a fee.

Values only; who may make them and what follows from them is decided elsewhere. Parties stand here
by a pseudonym, never by name.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

ConsultationKind = Literal["third_party", "agency"]

Identity = Literal["id_number", "name"]
"""What an applicant is recognised by."""

OBJECTIONS = frozenset({"partly", "object"})
"""Opinions of a third party against whose wish a full disclosure is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The one correction notice with legal effect (补正, 条例 Art. 30).

    `lapses_on` is None where silence no longer ends the request: it has been reopened.
    """

    requested_on: date
    due_on: date
    lapses_on: date | None
    received_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A third party or a co-making agency that was asked (征询, 条例 Art. 32, 34).

    Attributes:
        ends_on: last of its 15 working days, from its receipt or, while that is unknown, from
            sending.
        answered_on: day of its answer.
        opinion: of a third party: agree, partly or object.
        silent: its time ran out without an answer.
        notified: it was told what is disclosed over its objection.
    """

    party_ref: str
    kind: ConsultationKind
    sent_on: date
    ends_on: date
    received_on: date | None = None
    answered_on: date | None = None
    opinion: str | None = None
    silent: bool = False
    notified: bool = False

    @property
    def pending(self) -> bool:
        """Whether an answer may still come in time."""
        return self.answered_on is None and not self.silent

    @property
    def paused_through(self) -> date:
        """Last day on which the answer period stands still for it."""
        return self.ends_on if self.answered_on is None else min(self.answered_on, self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsDemand:
    """Reasons asked for (要求说明理由, 条例 Art. 35); the period keeps running."""

    demanded_on: date
    due_on: date
    received_on: date | None = None
    accepted: bool | None = None
    silent: bool = False

    @property
    def pending(self) -> bool:
        """Whether reasons are still awaited."""
        return self.received_on is None and not self.silent


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeDemand:
    """A fee asked for (信息处理费, 国办函〔2020〕109号).

    Attributes:
        amount: yuan.
        charged_on: day the notice went out.
        notice_received_on: day the applicant received the notice.
        due_on: 20th working day after the applicant received the notice.
        lapses_on: legal date on which the request is deemed abandoned if it stays unpaid; None
            where it no longer is: nothing is due, or the request was reopened.
        paid: yuan so far.
        paid_on: day it was paid in full.
    """

    amount: Decimal
    charged_on: date
    notice_received_on: date
    due_on: date
    lapses_on: date | None
    paid: Decimal = Decimal(0)
    paid_on: date | None = None

    @property
    def is_free(self) -> bool:
        """Whether it asks for nothing (Art. 4, 5), and so stands in the way of no other."""
        return not self.amount

    @property
    def pending(self) -> bool:
        """Whether the request waits for payment."""
        return self.paid_on is None and not self.is_free
