"""What happens to an annual report (年度报告)."""

from dataclasses import dataclass
from typing import ClassVar

from disclosure.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualReportOpened(Event):
    """年度报告启动: the one slot a year's report has in the log."""

    type: ClassVar[str] = "annual_report_opened"

    agency: str
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """One file of a published report, by the hash its content is kept under; size in bytes."""

    name: str
    sha256: str
    size: int


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
        files: what the public was given; empty where an older program published it.
    """

    type: ClassVar[str] = "annual_report_published"

    version: int
    log_position: int
    digest: str
    content_digest: str
    approved_by: str = ""
    files: tuple[PublishedFile, ...] = ()
