"""Putting an annual report together from the log: figures, texts, last year's, findings, files.

All of it is a function of the log up to one position and of the rules: asked again, on another day
or another machine, it gives the same bytes.
"""

import hashlib
import importlib.metadata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from activities.figures import AgencyFigures, FigureReader
from activities.file_store import FileStore
from activities.published_reports import PublishedReports
from activities.text_findings import with_text_findings
from disclosure.law import RULE_SET, Law
from disclosure.report_events import SealedDraft
from records import RecordLog, canonical
from reporting.annual_report import AnnualReport, Period, Rules, assemble
from reporting.narrative import Sections
from reporting.render import render
from reporting.trends import Trends

PROGRAM = importlib.metadata.version("gongkai")
"""Version of this program; a published report names by which it was laid out."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A report, and what only its charts show."""

    report: AnnualReport
    trends: Trends

    def files(self) -> dict[str, bytes]:
        """Return the content of each published file by its name."""
        return render(self.report, self.trends)


class ReportAssembler(PublishedReports):
    """Assembles the reports of any agency and year."""

    def __init__(
        self, log: RecordLog, figures: FigureReader, files: FileStore, law: Callable[[], Law]
    ) -> None:
        super().__init__(log, figures, files)
        self._law = law

    def now(self, agency: str, year: int) -> Assembled:
        """Assemble the draft as the log now stands.

        Raises:
            UnknownAgencyError, UnknownPlaceholder, MalformedValueError: it cannot be made.
        """
        rules = Rules(rule_set=RULE_SET, calendar=self._law().calendar.version)
        return self._of(self._figures.at(agency), year, rules)

    def again(self, agency: str, year: int, sealed: SealedDraft) -> Assembled:
        """Assemble a sealed draft once more from the log up to its position, by its rules."""
        rules = Rules(rule_set=sealed.rule_set, calendar=sealed.calendar)
        return self._of(self._figures.at(agency, sealed.log_position), year, rules)

    def _of(self, figures: AgencyFigures, year: int, rules: Rules) -> Assembled:
        agency, position = figures.agency, figures.position
        before = self.published_before(agency, year, position)
        last = self.tables_before(agency, year - 1, position)
        of_year = figures.of_year(year)
        report = assemble(
            agency=figures.name,
            agency_id=agency,
            year=year,
            version=1 if before is None else before.version + 1,
            known_at=self._known_at(position),
            log_position=position,
            rules=rules,
            figures=of_year,
            texts=Sections(
                **{name: text for (its, name), text in figures.texts.items() if its == year}
            ),
            period=_period(figures, year),
            last_table2=last.table2 if last else None,
            last_table3=last.table3 if last else None,
        )
        return Assembled(with_text_findings(report, of_year), figures.trends_of(year))

    def _known_at(self, position: int) -> str | None:
        """Return when the log learned its event at a position; so equal positions, equal bytes."""
        for event in self._log.store.read_log(position - 1, through_position=position):
            return event.recorded_at.isoformat()
        return None


def content_digest(report: AnnualReport) -> str:
    """Return the digest of what the public reads: whose report, period, tables and texts.

    Rules, findings, version and position are left out: where only they differ, nothing new would
    be published.
    """
    document = report.to_json()
    read = ("agency", "agency_id", "year", "period", "table2", "table3", "table4", "sections")
    shown = canonical({name: document[name] for name in read})
    return f"sha256:{hashlib.sha256(shown).hexdigest()}"


def _period(figures: AgencyFigures, year: int) -> Period:
    """Return the days of the year on which the agency existed."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if figures.opened_on is not None and figures.opened_on.year == year:
        first = figures.opened_on
    if figures.ended_on is not None and figures.ended_on.year == year:
        last = figures.ended_on
    return Period(first, last)
