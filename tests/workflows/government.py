"""A government in the tests: agencies under each other, and reports that are published for them.

A report is published here as its activity would do it, without the review before it: made from the
figures of the log, put into the file store, one event.
"""

from datetime import date

from disclosure.addresses import agency_stream, report_stream
from disclosure.agency import decide_agency, fold_agency
from disclosure.agency_commands import AgencyCommand, RegisterAgency
from disclosure.report_events import AnnualReportPublished, PublishedFile
from disclosure.rollup_events import RollupPublished
from engine.parts import Parts
from records import Write
from reporting.annual_report import Rules, assemble
from reporting.narrative import Sections
from reporting.render_json import render_json

YEAR = 2025
PUBLISHED_ON = date(2026, 1, 20)


def record(parts: Parts, *commands: AgencyCommand) -> None:
    """Write facts about agencies to the log."""
    for command in commands:
        stream = agency_stream(command.agency)
        entries = parts.log.read(stream)
        events = decide_agency(fold_agency(entry.event for entry in entries), command)
        parts.log.write(Write(stream, len(entries), f"form-{len(entries)}", "", events))


def register(parts: Parts, agency: str, parent: str | None = None) -> None:
    """Register an agency of long standing."""
    record(
        parts,
        RegisterAgency(agency=agency, on=date(2019, 1, 1), name=f"某{agency}", parent=parent),
    )


def publish_own(
    parts: Parts, agency: str, year: int = YEAR, on: date = PUBLISHED_ON
) -> AnnualReportPublished:
    """Publish an agency's own report of what the log now says of it."""
    figures = parts.figures.at(agency)
    stream = report_stream(agency, year)
    version = parts.store.stream_version(stream)
    report = assemble(
        agency=figures.name,
        agency_id=agency,
        year=year,
        version=version + 1,
        known_at=None,
        log_position=figures.position,
        rules=Rules("1", "1"),
        figures=figures.of_year(year),
        texts=Sections(),
    )
    content = render_json(report)
    event = AnnualReportPublished(
        on=on,
        version=version + 1,
        log_position=figures.position,
        digest=report.digest,
        content_digest=report.digest,
        files=(
            PublishedFile(name="report.json", sha256=parts.files.put(content), size=len(content)),
        ),
    )
    parts.log.write(Write(stream, version, f"publish:{version}", "", [event]))
    return event


def rollups_published(parts: Parts, stream: str) -> list[RollupPublished]:
    """Return the published versions of a roll-up."""
    return [e.event for e in parts.log.read(stream) if isinstance(e.event, RollupPublished)]
