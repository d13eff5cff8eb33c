"""What happens to an agency (机关), and what it publishes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from disclosure.agency_commands import DecisionKind, DocumentKind, SectionName
from disclosure.event import Event


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
class AgencyConfigured(Event):
    """机关设置: None where it stays as it was."""

    type: ClassVar[str] = "agency_configured"

    document_code: str | None = None
    reconsideration_body: str | None = None
    court: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMoved(Event):
    """隶属变动: from `on`, its report enters another's roll-up; None is nobody's."""

    type: ClassVar[str] = "agency_moved"

    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyMerged(Event):
    """机关撤并: `on` was its last day."""

    type: ClassVar[str] = "agency_merged"

    into: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupSectionWritten(Event):
    """汇总年度报告文字部分; the last one written for a section stands."""

    type: ClassVar[str] = "rollup_section_written"

    year: int
    section: SectionName
    text: str
