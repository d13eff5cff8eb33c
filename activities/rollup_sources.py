"""What a roll-up is made from, read from the log at exactly one position.

The tree of agencies, who has published what by then, the published figures themselves, and what the
log now says of the same agencies.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from activities.agency_trees import tree_at
from activities.figures import table_two
from activities.file_store import FileStore
from activities.rows_at import rows_at
from disclosure.addresses import agency_of, report_stream, rollup_stream
from disclosure.agency_tree import AgencyTree
from disclosure.report_events import REPORT_JSON, AnnualReportPublished
from disclosure.rollup_events import RollupMember, RollupPublished
from eventstore import Key, Projection, Projector, Row
from projections import Proceedings, Publication, RequestFacts, RollupSections
from projections.annual_statistics import count_table_three, facts_of
from projections.publication import YearlyAmounts
from projections.table_four import contests_of, count_table_four
from records import RecordLog, decode
from reporting.annual_report import AnnualReport
from reporting.figures import Fees, Figures
from reporting.narrative import Sections
from reporting.rollup import Share
from reporting.rollup_coverage import Published, Reports
from reporting.rollup_document import ROLLUP_JSON, figures_in
from reporting.tables import Table3, Table4, Tables

PublishedReport = AnnualReportPublished | RollupPublished


class FileMissingError(Exception):
    """A published file is lost or no longer what it was; the text is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class YearOfReports:
    """The reports published of a year, own ones and roll-ups, by agency."""

    own: Mapping[str, AnnualReportPublished]
    rollups: Mapping[str, RollupPublished]

    def as_reports(self) -> Reports:
        """Return what coverage must know of them."""
        return Reports(
            own={name: Published((name,), one.version, one.on) for name, one in self.own.items()},
            rollups={
                name: Published(counted_in(one), one.version, one.on)
                for name, one in self.rollups.items()
            },
        )


def counted_in(rollup: RollupPublished) -> tuple[str, ...]:
    """Return every agency counted in a roll-up, each once."""
    return tuple(dict.fromkeys(one for member in rollup.members for one in member.counted))


class RollupSources:
    """Reads what roll-ups are made from; every answer is that of one log position."""

    def __init__(
        self, log: RecordLog, engine: sa.Engine, projector: Projector, files: FileStore
    ) -> None:
        self._log = log
        self._engine = engine
        self._projector = projector
        self._files = files

    def position(self) -> int:
        """Return the log's last position, the projections having passed it."""
        head = self._log.store.head()
        self._projector.catch_up(through=head)
        return head

    def tree(self, position: int) -> AgencyTree:
        """Return the tree of agencies with its history."""
        return tree_at(self._engine, self._projector, position)

    def reports(self, agencies: Collection[str], year: int, position: int) -> YearOfReports:
        """Return what these agencies have published of a year, the last version of each."""
        own: dict[str, AnnualReportPublished] = {}
        rollups: dict[str, RollupPublished] = {}
        streams = [name(one, year) for one in agencies for name in (report_stream, rollup_stream)]
        for entry in self._log.read_many(streams):
            if entry.position > position:
                continue
            match entry.event:
                case AnnualReportPublished():
                    own[agency_of(entry.stream)] = entry.event
                case RollupPublished():
                    rollups[agency_of(entry.stream)] = entry.event
        return YearOfReports(own, rollups)

    def shares(
        self, published: Mapping[str, PublishedReport], tree: AgencyTree, year: int
    ) -> list[Share]:
        """Return what each member's published report brings.

        Raises:
            FileMissingError: a report's file is not there or was changed.
        """
        cut_offs = {
            agency: report.log_position
            for agency, report in published.items()
            if isinstance(report, AnnualReportPublished)
        }
        in_words = self._figures_in_words(cut_offs, year)
        shares = []
        for agency, report in published.items():
            tables = self.report_of(agency, report).tables
            if isinstance(report, RollupPublished):
                figures = figures_in(self.document(agency, report), tables)
                counted = counted_in(report)
            else:
                figures = Figures(tables, *in_words[agency])
                counted = (agency,)
            member = RollupMember(
                agency=agency,
                kind="rollup" if isinstance(report, RollupPublished) else "own",
                version=report.version,
                digest=report.digest,
                log_position=report.log_position,
                source=_sha256(agency, report, REPORT_JSON),
                counted=counted,
            )
            shares.append(Share(member, tree.name_of(agency), figures))
        return shares

    def report_of(self, agency: str, published: PublishedReport) -> AnnualReport:
        """Return a published report as the public was given it."""
        report = AnnualReport.from_json(self._json(agency, published, REPORT_JSON))
        if report.digest != published.digest:
            raise FileMissingError(_lost(agency, published, REPORT_JSON))
        return report

    def document(self, agency: str, published: RollupPublished) -> Mapping[str, Any]:
        """Return the file behind a published roll-up."""
        document: Mapping[str, Any] = self._json(agency, published, ROLLUP_JSON)
        return document

    def live(self, agencies: Collection[str], year: int, position: int) -> dict[str, Tables]:
        """Return the tables the log itself gives for each agency."""
        sources: tuple[Projection, ...] = (RequestFacts(), Proceedings(), Publication())
        rows = rows_at(self._engine, self._projector, sources, position, agencies=agencies)
        of = {name: _by_agency(its) for name, its in rows.items()}
        return {
            agency: Tables(
                table2=table_two(YearlyAmounts(of[Publication.name].get(agency, [])), year),
                table3=Table3.of(
                    count_table_three(facts_of(of[RequestFacts.name].get(agency, [])), year)
                ),
                table4=Table4.from_json(
                    count_table_four(contests_of(of[Proceedings.name].get(agency, [])), year)
                ),
            )
            for agency in agencies
        }

    def texts(self, agency: str, year: int, position: int) -> Sections:
        """Return the sections the government wrote for this roll-up."""
        projections = (RollupSections(),)
        rows = rows_at(self._engine, self._projector, projections, position, agencies=[agency])
        written = {
            row["section"]: row["text"] for row in rows[RollupSections.name] if row["year"] == year
        }
        return Sections(**written)

    def known_at(self, position: int) -> str | None:
        """Return when the log learned its event at a position; so equal positions, equal bytes."""
        for event in self._log.store.read_log(position - 1, through_position=position):
            return event.recorded_at.isoformat()
        return None

    def _figures_in_words(
        self, cut_offs: Mapping[str, int], year: int
    ) -> dict[str, tuple[dict[tuple[str, str], int], Fees]]:
        """Return what was published and the fees, of each agency up to its report's position.

        A report has these in its sentences alone, so they are folded again, all in one reading.
        """
        projection = Publication()
        rows: dict[Key, Row | None] = {}
        through = max(cut_offs.values(), default=0)
        for event in self._log.store.read_log(types=projection.types, through_position=through):
            if event.position <= cut_offs.get(agency_of(event.stream), 0):
                content = decode(event)
                for key in projection.keys(event, content):
                    rows[key] = projection.apply(key, rows.get(key), event, content)
        of = _by_agency(row for row in rows.values() if row is not None)
        amounts = {agency: YearlyAmounts(of.get(agency, [])) for agency in cut_offs}
        return {
            agency: (its.published(year), Fees(*its.information_fees(year)))
            for agency, its in amounts.items()
        }

    def _json(self, agency: str, published: PublishedReport, name: str) -> Any:
        try:
            return json.loads(self._files.get(_sha256(agency, published, name)))
        except (FileNotFoundError, ValueError):
            raise FileMissingError(_lost(agency, published, name)) from None


def _sha256(agency: str, published: PublishedReport, name: str) -> str:
    for file in published.files:
        if file.name == name:
            return file.sha256
    raise FileMissingError(_lost(agency, published, name))


def _lost(agency: str, published: PublishedReport, name: str) -> str:
    return (
        f"机关 {agency} 已公布的第 {published.version} 版的文件 {name} 遗失或已被改动，"
        "请从备份恢复数据目录中的 files，或者重新公布该报告"
    )


def _by_agency(rows: Iterable[Row]) -> dict[str, list[Row]]:
    by_agency: dict[str, list[Row]] = {}
    for row in rows:
        by_agency.setdefault(row["agency"], []).append(row)
    return by_agency
