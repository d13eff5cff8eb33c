"""What the year-end workflow asks for: a slot, a position, the report's files, publication."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.beating import beating
from activities.figures import FigureReader, UnknownAgencyError
from activities.file_store import FileStore
from disclosure.addresses import agency_stream, report_stream
from disclosure.law import RULE_SET, Law
from disclosure.report_events import AnnualReportOpened, AnnualReportPublished, PublishedFile
from eventstore import Projector, StreamConflict
from records import Entry, RecordLog, Write, canonical
from reporting.annual_report import AnnualReport, Rules, assemble
from reporting.narrative import Sections, UnknownPlaceholder
from reporting.plain_values import MalformedValueError
from reporting.render import render
from workdays import date_in_shanghai, start_of
from workflows.messages import ReportFile, ReportRequest, ReportResult
from workflows.names import (
    ASSEMBLE_REPORT,
    AWAIT_PROJECTIONS,
    LOG_POSITION,
    OPEN_REPORT,
    PUBLISH_REPORT,
)


class AnnualReportActivities:
    """The effects of the annual report; each may run again to the same effect."""

    def __init__(
        self,
        *,
        log: RecordLog,
        projector: Projector,
        figures: FigureReader,
        files: FileStore,
        law: Callable[[], Law],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._log = log
        self._projector = projector
        self._figures = figures
        self._files = files
        self._law = law
        self._clock = clock

    @activity.defn(name=OPEN_REPORT)
    def open_report(self, asked: ReportRequest) -> None:
        """Take the year's slot in the log; a second run finds it taken and adds nothing.

        A draft made while the year still runs takes none, nor does an agency nobody registered.
        """
        if not self._log.store.stream_version(agency_stream(asked.agency)):
            raise ApplicationError(str(UnknownAgencyError(asked.agency)), non_retryable=True)
        if self._clock() < start_of(date(asked.year + 1, 1, 1)):
            return
        event = AnnualReportOpened(
            on=date(asked.year + 1, 1, 1), agency=asked.agency, year=asked.year
        )
        stream = report_stream(asked.agency, asked.year)
        if self._log.store.stream_version(stream) > 0:
            return
        try:
            self._log.write(Write(stream, 0, f"open:{stream}", "", [event]))
        except StreamConflict:
            activity.logger.info("the year's slot was taken meanwhile")

    @activity.defn(name=LOG_POSITION)
    def log_position(self) -> int:
        """Return the last position of the log."""
        return self._log.store.head()

    @activity.defn(name=AWAIT_PROJECTIONS)
    def await_projections(self, position: int) -> None:
        """Return when every projection has passed a position, folding along if need be."""
        with beating():
            self._projector.catch_up(through=position)

    @activity.defn(name=ASSEMBLE_REPORT)
    def assemble_report(self, asked: ReportRequest) -> ReportResult:
        """Assemble, check and render the report from figures at exactly the position asked."""
        with beating():
            report = self._assembled(asked)
            files = [
                ReportFile(name=name, sha256=self._files.put(content), size=len(content))
                for name, content in render(report).items()
            ]
        return ReportResult(
            agency=asked.agency,
            year=asked.year,
            version=report.version,
            position=report.log_position,
            digest=report.digest,
            errors=sum(finding.severity == "error" for finding in report.findings),
            warnings=sum(finding.severity == "warning" for finding in report.findings),
            files=files,
        )

    @activity.defn(name=PUBLISH_REPORT)
    def publish_report(self, draft: ReportResult, approved_by: str) -> ReportResult:
        """Record a draft as published; publishing the same figures and words again adds nothing."""
        year_ends = start_of(date(draft.year + 1, 1, 1))
        now = self._clock()
        if now < year_ends:
            raise ApplicationError(
                f"{draft.year} 年尚未结束，年度报告只能生成草稿，不能公布", non_retryable=True
            )
        if draft.errors:
            raise ApplicationError(
                f"报告有 {draft.errors} 处错误，改正前不能公布", non_retryable=True
            )
        stream = report_stream(draft.agency, draft.year)
        entries = self._log.read(stream)
        content = content_digest(self._report_of(draft))
        last = _last_published(entries)
        if last is not None and last.content_digest == content:
            return self._as_published(draft, last)
        if last is not None and last.version >= draft.version:
            raise ApplicationError(
                f"编制期间已公布第 {last.version} 版，请重新编制", non_retryable=True
            )
        event = AnnualReportPublished(
            on=date_in_shanghai(now),
            version=draft.version,
            log_position=draft.position,
            digest=draft.digest,
            content_digest=content,
            approved_by=approved_by,
            files=tuple(PublishedFile(**file.model_dump()) for file in draft.files),
        )
        command = f"publish:{draft.version}:{draft.digest}"
        # In a conflict the engine tries again, and what the other has published is seen.
        expected = entries[-1].version if entries else 0
        self._log.write(Write(stream, expected, command, approved_by, [event]))
        return draft

    def _as_published(self, draft: ReportResult, published: AnnualReportPublished) -> ReportResult:
        """Return what the public was given, in place of a draft that says the same."""
        if not published.files:
            return draft.model_copy(update={"version": published.version})
        for file in published.files:
            try:
                self._files.get(file.sha256)
            except (FileNotFoundError, ValueError):
                raise ApplicationError(
                    f"已公布的第 {published.version} 版的文件 {file.name} 遗失或已被改动，"
                    "请从备份恢复数据目录中的 files",
                    non_retryable=True,
                ) from None
        return draft.model_copy(
            update={
                "version": published.version,
                "position": published.log_position,
                "digest": published.digest,
                "files": [ReportFile(**asdict(file)) for file in published.files],
            }
        )

    def _assembled(self, asked: ReportRequest) -> AnnualReport:
        try:
            figures = self._figures.at(asked.agency, asked.position)
            texts = Sections(
                **{
                    section: text
                    for (year, section), text in figures.texts.items()
                    if year == asked.year
                }
            )
            return assemble(
                agency=figures.name,
                agency_id=asked.agency,
                year=asked.year,
                version=self._next_version(asked),
                known_at=self._known_at(asked.position),
                log_position=asked.position,
                rules=Rules(rule_set=RULE_SET, calendar=self._law().calendar.version),
                figures=figures.of_year(asked.year),
                texts=texts,
            )
        except (UnknownAgencyError, UnknownPlaceholder) as error:
            raise ApplicationError(str(error), non_retryable=True) from None
        except MalformedValueError as error:
            # The figures will not be others at the same position, however often they are read.
            raise ApplicationError(f"有的数据不能填入报告：{error}", non_retryable=True) from None

    def _next_version(self, asked: ReportRequest) -> int:
        entries = self._log.read(report_stream(asked.agency, asked.year))
        last = _last_published([e for e in entries if e.position <= asked.position])
        return 1 if last is None else last.version + 1

    def _known_at(self, position: int) -> str | None:
        """Return when the log learned its event at a position; so equal positions, equal bytes."""
        for event in self._log.store.read_log(position - 1, through_position=position):
            return event.recorded_at.isoformat()
        return None

    def _report_of(self, draft: ReportResult) -> AnnualReport:
        (source,) = (file for file in draft.files if file.name == REPORT_JSON)
        return AnnualReport.from_json(json.loads(self._files.get(source.sha256)))


def _last_published(entries: Sequence[Entry]) -> AnnualReportPublished | None:
    for entry in reversed(entries):
        if isinstance(entry.event, AnnualReportPublished):
            return entry.event
    return None


REPORT_JSON = "report.json"


def content_digest(report: AnnualReport) -> str:
    """Return the digest of what the public reads, whichever version and position it came from."""
    document = report.to_json()
    for name in ("version", "known_at", "log_position", "digest"):
        del document[name]
    return f"sha256:{hashlib.sha256(canonical(document)).hexdigest()}"
