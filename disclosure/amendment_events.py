"""What is said of a request afterwards: limits, result and record set right; reopened, archived."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from disclosure.event import Clock, Event, personal
from disclosure.flags import Flag
from disclosure.outcomes import Outcome


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
    """更正办理结果: the result counts as `outcome` from the day it was given.

    `flags` and `lifted` say what the right result lacks and the wrong one did not, and the other
    way round.
    """

    type: ClassVar[str] = "result_reclassified"

    previous: Outcome
    outcome: Outcome
    lifted: tuple[Flag, ...] = ()
    approved_by: str
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCorrected(Event):
    """更正登记.

    Attributes:
        field: of the registration.
        value: the right one; personal ones stand in `personal_value`.
        received_on: the received date as it is now.
        clock: the period as it is now, for a closed request the one it is judged by; None for one
            that is not received.
        extension_days: working days the extension on record now adds, 0 where it comes too late
            under the corrected received date; None where that stays.
        overdue_lifted: the due date that was noted as passed and is no longer the last day.
        applicant_ref: the applicant's pseudonym as it is now; None where it stays.
        flags, lifted: what is late under the corrected received date and was not, and what no
            longer is.
    """

    type: ClassVar[str] = "record_corrected"

    field: str
    value: str | None = None
    received_on: date | None = None
    clock: Clock | None = None
    extension_days: int | None = None
    overdue_lifted: date | None = None
    applicant_ref: str | None = None
    lifted: tuple[Flag, ...] = ()
    approved_by: str
    personal_value: str | None = personal()
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReopened(Event):
    """恢复办理: the result is void, and `lifted` are its flags.

    `clock` is None while something else is awaited.
    """

    type: ClassVar[str] = "request_reopened"

    voided: Outcome
    clock: Clock | None
    lifted: tuple[Flag, ...] = ()
    approved_by: str
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestArchived(Event):
    """归档."""

    type: ClassVar[str] = "request_archived"

    volume: str
    retention_years: int
