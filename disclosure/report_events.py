"""What happens to an annual report (年度报告): opened, reviewed, published, amended, or missed."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from disclosure.event import Event, personal

REPORT_JSON = "report.json"
"""The file that holds the report itself; the others are drawn from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportOpened(Event):
    """年度报告启动: the one slot a year's report has in the log.

    Attributes:
        due_on: last day to publish, worked out once; None where an older program opened it.
    """

    type: ClassVar[str] = "annual_report_opened"

    agency: str
    year: int
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """One file of a published report, by the hash its content is kept under; size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDraft:
    """A draft nobody changes any more: enough to make it again byte for byte.

    Attributes:
        version: which version it is to be, from 1.
        log_position: every figure is folded from the log up to here.
        digest: of the report's JSON.
        content_digest: of what the public reads; see `AnnualReportPublished`.
        files: the files, by the hash of their content.
        rule_set, calendar: version of the rules and of the working-day calendar.
        program: version of the program that laid the files out.
        errors, warnings: how many findings of each severity it gave.
    """

    version: int
    log_position: int
    digest: str
    content_digest: str
    files: tuple[PublishedFile, ...] = ()
    rule_set: str = ""
    calendar: str = ""
    program: str = ""
    errors: int = 0
    warnings: int = 0

    @property
    def source(self) -> str:
        """Hash of the report's own document; empty where an older program named no files."""
        return next((file.sha256 for file in self.files if file.name == REPORT_JSON), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportSubmitted(Event):
    """年度报告送审: the draft is frozen and laid before whoever approves it."""

    type: ClassVar[str] = "annual_report_submitted"

    draft: SealedDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportReturned(Event):
    """年度报告退回修改: the reason may name people or cases, so it is sealed."""

    type: ClassVar[str] = "annual_report_returned"

    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportApproved(Event):
    """年度报告审核通过.

    Attributes:
        approved_by: who answers for it.
        errors: how many findings stood against it.
        despite: why it may go out all the same; sealed as every reason is.
    """

    type: ClassVar[str] = "annual_report_approved"

    approved_by: str
    errors: int = 0
    despite: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportPublished(Event):
    """年度报告公布.

    Attributes:
        version: 1 for the first, counted up.
        log_position: every figure is folded from the log up to here.
        digest: of the report's JSON.
        content_digest: of what the public reads (title, period, tables, texts); equal where a
            second publication would say nothing new.
        approved_by: who let it out; empty for an unattended import of a past year.
        files: what the public was given; empty where an older program published it.
        rule_set, calendar, program, errors, warnings: as in `SealedDraft`.
    """

    type: ClassVar[str] = "annual_report_published"

    version: int
    log_position: int
    digest: str
    content_digest: str
    approved_by: str = ""
    files: tuple[PublishedFile, ...] = ()
    rule_set: str = ""
    calendar: str = ""
    program: str = ""
    errors: int = 0
    warnings: int = 0

    @property
    def draft(self) -> SealedDraft:
        """The draft that was let out."""
        return SealedDraft(
            version=self.version,
            log_position=self.log_position,
            digest=self.digest,
            content_digest=self.content_digest,
            files=self.files,
            rule_set=self.rule_set,
            calendar=self.calendar,
            program=self.program,
            errors=self.errors,
            warnings=self.warnings,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportAmendmentOpened(Event):
    """年度报告更正: another version follows the one that was published."""

    type: ClassVar[str] = "annual_report_amendment_opened"

    version: int
    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportAmendmentWithdrawn(Event):
    """年度报告更正撤销: the version that was published stands, and no other follows it."""

    type: ClassVar[str] = "annual_report_amendment_withdrawn"

    reason: str | None = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportOverdue(Event):
    """年度报告逾期未公布 (条例 Art. 49): its day is the first after the last day to publish."""

    type: ClassVar[str] = "annual_report_overdue"

    due_on: date
