"""What crosses the wire about annual reports; as permissive as `workflows.messages`."""

from datetime import date

from pydantic import Field

from disclosure.agency_commands import WriteSection
from disclosure.report_commands import AnyReportCommand, DraftAtHand
from disclosure.report_events import PublishedFile, SealedDraft
from workflows.messages import Message, ReportFile

REMINDERS = (10, 3)
"""Days before the last day to publish on which the workflow reminds of it."""


class ReportStart(Message):
    """Start a year's annual report.

    Attributes:
        year: None when a schedule starts it: then the year before the scheduled instant's.
        opened_on: the day it is taken up; None for the day on which it is.
        reminders: days before the last day to publish.
    """

    agency: str
    year: int | None = None
    opened_on: date | None = None
    reminders: tuple[int, ...] = REMINDERS


class ReportOpening(Message):
    """Ask for the year's slot in the log."""

    agency: str
    year: int
    on: date


class ReportRequest(Message):
    """Ask for the report as the log now holds it.

    Attributes:
        render: whether its files are wanted too.
        unless: digest of the content at hand; with the same content no files are made.
        against: hash of a report.json to compare with.
    """

    agency: str
    year: int
    render: bool = True
    unless: str = ""
    against: str = ""


class ReportResult(Message):
    """A report that was made.

    Attributes:
        version: the version it is, or would become.
        position: every figure is folded from the log up to here.
        known_at: when the log learned of the event there.
        errors, warnings: how many findings of each severity it gave.
        findings: the errors in words, the first of many.
        changed: the cells and sections that differ from what it was compared with.
    """

    agency: str
    year: int
    version: int
    position: int
    digest: str
    errors: int
    warnings: int
    files: list[ReportFile] = Field(default_factory=list)
    content_digest: str = ""
    known_at: str | None = None
    rule_set: str = ""
    calendar: str = ""
    program: str = ""
    findings: list[str] = Field(default_factory=list)
    changed: list[str] = Field(default_factory=list)

    def at_hand(self) -> DraftAtHand:
        """Return it as the decider looks at it."""
        return DraftAtHand(
            sealed=SealedDraft(
                version=self.version,
                log_position=self.position,
                digest=self.digest,
                content_digest=self.content_digest,
                files=tuple(PublishedFile(**file.model_dump()) for file in self.files),
                rule_set=self.rule_set,
                calendar=self.calendar,
                program=self.program,
                errors=self.errors,
                warnings=self.warnings,
            ),
            errors=tuple(self.findings),
            changed=tuple(self.changed),
        )


class ReportCommandMessage(Message):
    """One command about a report and the id that makes its repetition harmless.

    Attributes:
        seen: version of the report its sender had before them; None where nobody looked.
        seen_text: mark of the section's text its sender had before them, by
            `disclosure.section_text`; None where nobody looked, and for every command but
            `WriteSection`.
    """

    command_id: str
    command: AnyReportCommand
    seen: int | None = None
    seen_text: str | None = None


class SectionMessage(Message):
    """A text for the agency's own stream, and the id that makes its repetition harmless.

    Attributes:
        seen_text: as in `ReportCommandMessage`.
    """

    command_id: str
    command: WriteSection
    seen_text: str | None = None


class ReportReceipt(Message):
    """What became of a command.

    Attributes:
        version: of the report's stream, after the command.
        position: log position a reader must wait for to see it; 0 when it was recorded before.
        events: types of the events it made.
        already_recorded: the same command had been carried out before.
        stage: where the report stands.
        draft: the draft that was submitted, or the version that was published.
    """

    version: int
    position: int = 0
    events: list[str] = Field(default_factory=list)
    already_recorded: bool = False
    stage: str = ""
    draft: SealedDraft | None = None
