"""What happened: the events of a request and of an agency, as they stand in the log.

An event is a frozen dataclass of legal facts. Fields made with `personal()` name or may name
people; they never enter the log in clear, but sealed beside it (个人信息保护法 Art. 51), and are
None whenever an event is read without the key. Everything that was worked out (due dates, the
calendar used) is part of the event and is never worked out again.

Changing an event: add a field with a default, or raise `schema` and register an upcaster.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

import msgspec

from disclosure.commands import Channel, DecisionKind, DeliveryMethod, DocumentKind, SectionName
from disclosure.flags import Flag
from disclosure.outcomes import ApplicantType, Outcome


def personal() -> Any:
    """Mark a field as personal data: sealed in the log, None when read without the key."""
    return field(default=None, metadata={"personal": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The answer period as it stands after a fact (条例 Art. 33).

    Attributes:
        due_on: last day to answer.
        provisional: whether it lies beyond the published calendar.
        remind_on: when the case worker is reminded.
        calendar: version of the working-day calendar it was counted with.
    """

    due_on: date
    provisional: bool
    remind_on: date
    calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact of record.

    Attributes:
        on: its legal date, Asia/Shanghai.
        flags: what about it should not have been.
        note: free text of whoever entered it.
    """

    type: ClassVar[str]
    schema: ClassVar[int] = 1

    on: date
    flags: tuple[Flag, ...] = ()
    note: str | None = personal()

    @classmethod
    def from_parts(
        cls, on: date, data: Mapping[str, Any], personal_data: Mapping[str, Any] | None = None
    ) -> Self:
        """Make the event again from what the log holds; unknown fields are left aside."""
        return msgspec.convert({**data, **(personal_data or {}), "on": on}, cls, strict=False)

    def parts(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Split into what may be read by all and what is sealed, both plain JSON values.

        Fields at their default are left out: they come back by themselves.
        """
        clear: dict[str, Any] = {}
        sealed: dict[str, Any] = {}
        for name, is_personal, default in _layout(type(self)):
            value = getattr(self, name)
            if value != default:
                (sealed if is_personal else clear)[name] = msgspec.to_builtins(value)
        return clear, sealed


_layouts: dict[type[Event], tuple[tuple[str, bool, Any], ...]] = {}


def _layout(kind: type[Event]) -> tuple[tuple[str, bool, Any], ...]:
    """Name, whether personal, and default of each field but `on`; worked out once a class."""
    if kind not in _layouts:
        _layouts[kind] = tuple(
            (part.name, "personal" in part.metadata, part.default)
            for part in fields(kind)
            if part.name != "on"
        )
    return _layouts[kind]


# ── requests ────────────────────────────────────────────────────────────────────────────────────


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
    """登记. `received_on` and `clock` are None until receipt is confirmed (条例 Art. 31)."""

    type: ClassVar[str] = "request_registered"

    channel: Channel
    applicant_type: ApplicantType
    signed_on: date | None = None
    confirmed_on: date | None = None
    received_on: date | None = None
    clock: Clock | None = None
    applicant: PersonalParticulars | None = personal()
    description: str | None = personal()
    form: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptConfirmed(Event):
    """确认收到: `on` is the received date; the clock starts."""

    type: ClassVar[str] = "receipt_confirmed"

    clock: Clock


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
    """收到补正. `clock` is None where the text answers a notice without legal effect."""

    type: ClassVar[str] = "correction_received"

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn(Event):
    """撤回."""

    type: ClassVar[str] = "request_withdrawn"

    reason: str | None = personal()


# ── agencies ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRegistered(Event):
    """登记机关."""

    type: ClassVar[str] = "agency_registered"

    name: str
    region: str | None = None
    parent: str | None = None
    document_code: str | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsOpened(Event):
    """年初现行有效件数."""

    type: ClassVar[str] = "documents_opened"

    kind: DocumentKind
    in_force: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsRecorded(Event):
    """制发、废止件数."""

    type: ClassVar[str] = "documents_recorded"

    kind: DocumentKind
    issued: int = 0
    repealed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsRecorded(Event):
    """处理决定数量."""

    type: ClassVar[str] = "decisions_recorded"

    kind: DecisionKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeIncomeRecorded(Event):
    """行政事业性收费，元."""

    type: ClassVar[str] = "fee_income_recorded"

    amount_yuan: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationPublished(Event):
    """主动公开条数."""

    type: ClassVar[str] = "information_published"

    channel: str
    category: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionWritten(Event):
    """年度报告文字部分; the last one written for a section stands."""

    type: ClassVar[str] = "section_written"

    year: int
    section: SectionName
    text: str


# ── annual reports ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportOpened(Event):
    """年度报告启动: the one slot a year's report has in the log."""

    type: ClassVar[str] = "annual_report_opened"

    agency: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportPublished(Event):
    """年度报告公布.

    Attributes:
        version: 1 for the first, counted up.
        log_position: every figure is folded from the log up to here.
        digest: of the report's JSON.
        content_digest: of what the public reads, leaving aside version and log position; equal
            where a second publication would say nothing new.
        approved_by: who let it out; empty for an unattended import of a past year.
    """

    type: ClassVar[str] = "annual_report_published"

    version: int
    log_position: int
    digest: str
    content_digest: str
    approved_by: str = ""


REQUEST_EVENTS: tuple[type[Event], ...] = (
    RequestRegistered,
    ReceiptConfirmed,
    CorrectionRequested,
    CorrectionReceived,
    CorrectionLapsed,
    PeriodExtended,
    DueDateNear,
    Overdue,
    RequestDecided,
    ReplyDelivered,
    RequestWithdrawn,
)

AGENCY_EVENTS: tuple[type[Event], ...] = (
    AgencyRegistered,
    DocumentsOpened,
    DocumentsRecorded,
    DecisionsRecorded,
    FeeIncomeRecorded,
    InformationPublished,
    SectionWritten,
)

REPORT_EVENTS: tuple[type[Event], ...] = (AnnualReportOpened, AnnualReportPublished)

EVENTS: dict[str, type[Event]] = {
    kind.type: kind for kind in (*REQUEST_EVENTS, *AGENCY_EVENTS, *REPORT_EVENTS)
}
"""Every kind of event the log may hold, by its type."""
