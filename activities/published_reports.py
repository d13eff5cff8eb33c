"""Published annual reports as the record has them: which versions, and the tables they printed."""

import json

from activities.figures import FigureReader
from activities.file_store import FileStore
from disclosure.addresses import report_stream
from disclosure.report_events import AnnualReportPublished, SealedDraft
from disclosure.report_state import fold_report
from records import RecordLog
from reporting.annual_report import AnnualReport
from reporting.findings import Finding
from reporting.identities import check_tables
from reporting.tables import Tables


class PublishedReports:
    """The published reports of any agency and year."""

    def __init__(self, log: RecordLog, figures: FigureReader, files: FileStore) -> None:
        self._log = log
        self._figures = figures
        self._files = files

    def tables_of(self, agency: str, year: int, sealed: SealedDraft) -> Tables:
        """Return the tables of a sealed report: from its file, or else from the log."""
        try:
            document = json.loads(self._files.get(sealed.source)) if sealed.source else None
        except (FileNotFoundError, ValueError):
            document = None
        if document is not None:
            return AnnualReport.from_json(document).tables
        return self._figures.at(agency, sealed.log_position).of_year(year).tables

    def published_before(self, agency: str, year: int, position: int) -> SealedDraft | None:
        """Return the version of a year's report that stood published at a position."""
        entries = self._log.read(report_stream(agency, year))
        return fold_report(each.event for each in entries if each.position <= position).published

    def published(self, agency: str, year: int, version: int) -> AnnualReportPublished | None:
        """Return what was recorded when a version was published."""
        for entry in self._log.read(report_stream(agency, year)):
            event = entry.event
            if isinstance(event, AnnualReportPublished) and event.version == version:
                return event
        return None

    def check(self, agency: str, year: int, tables: Tables, position: int) -> tuple[Finding, ...]:
        """Return what does not hold in a year's tables.

        Among it what does not follow from last year's report as it stood published at a position.
        """
        last = self.tables_before(agency, year - 1, position)
        return check_tables(
            tables,
            last_table2=last.table2 if last else None,
            last_table3=last.table3 if last else None,
        )

    def tables_before(self, agency: str, year: int, position: int) -> Tables | None:
        """Return the tables that stood published at a position, None where none did."""
        sealed = self.published_before(agency, year, position)
        return self.tables_of(agency, year, sealed) if sealed is not None else None
