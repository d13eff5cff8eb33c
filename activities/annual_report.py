"""What a report's workflow asks for: the slot, the draft and its files, a written section."""

from temporalio import activity

from activities.agency_trees import tree_at
from activities.beating import beating
from activities.figures import UnknownAgencyError
from activities.file_store import FileStore
from activities.report_assembly import PROGRAM, Assembled, ReportAssembler, content_digest
from activities.report_comparison import differences
from disclosure.addresses import agency_stream, report_stream
from disclosure.agency import decide_agency, fold_agency
from disclosure.refusals import Refused
from disclosure.report_events import AnnualReportOpened
from disclosure.report_state import due_day
from disclosure.section_text import refuse_overtaken
from eventstore import Projector, StreamConflict
from records import RecordLog, Write
from reporting.annual_report import AnnualReport
from reporting.findings import Severity
from reporting.narrative import UnknownPlaceholder, check_placeholders
from reporting.plain_values import MalformedValueError
from workflows.annual_report_messages import (
    ReportOpening,
    ReportRequest,
    ReportResult,
    SectionMessage,
)
from workflows.messages import EventMessage, ReportFile, StreamEnd
from workflows.names import (
    ASSEMBLE_REPORT,
    OPEN_REPORT,
    WRITE_SECTION,
)
from workflows.refusals import refusal

_FINDINGS_TOLD = 20
"""How many findings travel in words; all of them stand in report.json."""


class AnnualReportActivities:
    """The effects of the annual report; each may run again to the same effect."""

    def __init__(
        self,
        *,
        log: RecordLog,
        projector: Projector,
        assembler: ReportAssembler,
        files: FileStore,
    ) -> None:
        self._log = log
        self._projector = projector
        self._assembler = assembler
        self._files = files

    @activity.defn(name=OPEN_REPORT)
    def open_report(self, asked: ReportOpening) -> StreamEnd:
        """Take the year's slot in the log; who comes second finds it taken and adds nothing.

        The last day to publish is worked out here, once, and stands in the event.
        """
        stream = report_stream(asked.agency, asked.year)
        self._require_agency(asked.agency, asked.year)
        if not self._log.store.stream_version(stream):
            government = self._is_government(asked.agency, asked.year)
            event = AnnualReportOpened(
                on=asked.on,
                agency=asked.agency,
                year=asked.year,
                due_on=due_day(asked.year, government=government),
            )
            try:
                self._log.write(Write(stream, 0, f"open:{stream}", "", [event]))
            except StreamConflict:
                activity.logger.info("the year's slot was taken meanwhile")
        entries = self._log.read(stream)
        return StreamEnd(
            events=[
                EventMessage(
                    type=entry.event.type,
                    on=entry.event.on,
                    data=entry.event.parts()[0],
                    version=entry.version,
                    command_id=entry.command_id,
                )
                for entry in entries
            ],
            position=entries[-1].position,
        )

    @activity.defn(name=ASSEMBLE_REPORT)
    def assemble_report(self, asked: ReportRequest) -> ReportResult:
        """Assemble and check the report as the log now stands; render it where that is asked."""
        with beating():
            try:
                made = self._assembler.now(asked.agency, asked.year)
            except (UnknownAgencyError, UnknownPlaceholder) as error:
                raise refusal(Refused("cannot_be_made", "do", str(error))) from None
            except MalformedValueError as error:
                # The figures will not be others, however often they are read.
                said = f"有的数据不能填入报告：{error}"
                raise refusal(Refused("cannot_be_made", "do", said)) from None
            wanted = asked.render and asked.unless != content_digest(made.report)
            files = self._stored(made) if wanted else []
            changed = self._changed(made.report, asked.against) if asked.against else []
        return result_of(made.report, files, changed)

    @activity.defn(name=WRITE_SECTION)
    def write_section(self, message: SectionMessage) -> int:
        """Write a section to the agency's stream, once; return its log position."""
        command = message.command
        unknown = check_placeholders(command.text)
        if unknown:
            raise refusal(Refused("unknown_placeholder", "text", str(UnknownPlaceholder(unknown))))
        stream = agency_stream(command.agency)
        entries = self._log.read(stream)
        there = [each.event for each in entries]
        repeated = any(each.command_id == message.command_id for each in entries)
        try:
            if message.seen_text is not None and not repeated:
                refuse_overtaken(there, command, message.seen_text)
            events = decide_agency(fold_agency(there), command)
        except Refused as refused:
            raise refusal(refused) from None
        version = entries[-1].version if entries else 0
        # In a conflict the engine tries again on what the stream then holds.
        write = Write(stream, version, message.command_id, command.by, events)
        return self._log.write(write).position

    def _stored(self, made: Assembled) -> list[ReportFile]:
        return [
            ReportFile(name=name, sha256=self._files.put(content), size=len(content))
            for name, content in made.files().items()
        ]

    def _changed(self, report: AnnualReport, against: str) -> list[str]:
        try:
            before = self._files.get(against)
        except (FileNotFoundError, ValueError):
            return ["送审稿的文件遗失或已被改动"]
        return differences(before, report)

    def _require_agency(self, agency: str, year: int) -> None:
        entries = self._log.read(agency_stream(agency))
        if not entries:
            raise refusal(_unknown(agency))
        try:
            fold_agency(entry.event for entry in entries).place.require_year(year)
        except Refused as refused:
            raise refusal(refused) from None

    def _is_government(self, agency: str, year: int) -> bool:
        """Tell whether others enter its roll-up of the year; then its own is the aggregated one."""
        head = self._log.store.head()
        self._projector.catch_up(through=head)
        return bool(tree_at(self._log.store.engine, self._projector, head).children(agency, year))


def result_of(
    report: AnnualReport, files: list[ReportFile], changed: list[str] | None = None
) -> ReportResult:
    """Return a report as it crosses the wire: what it says of itself, and where its files are."""
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    return ReportResult(
        agency=report.agency_id,
        year=report.year,
        version=report.version,
        position=report.log_position,
        digest=report.digest,
        errors=len(errors),
        warnings=len(report.findings) - len(errors),
        files=files,
        content_digest=content_digest(report),
        known_at=report.known_at,
        rule_set=report.rules.rule_set,
        calendar=report.rules.calendar,
        program=PROGRAM,
        findings=[finding.message for finding in errors[:_FINDINGS_TOLD]],
        changed=changed or [],
    )


def _unknown(agency: str) -> Refused:
    return Refused("unknown_agency", "agency", str(UnknownAgencyError(agency)))
