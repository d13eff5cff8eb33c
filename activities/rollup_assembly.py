"""Making a roll-up from its sources: coverage, sum, differences, texts, report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from activities.rollup_sources import (
    FileMissingError,
    PublishedReport,
    RollupSources,
    YearOfReports,
    counted_in,
)
from activities.text_findings import with_text_findings
from disclosure.agency_tree import AgencyTree
from disclosure.law import RULE_SET, Law
from disclosure.rollup_events import RollupPublished
from reporting.annual_report import Rules, assemble
from reporting.figures import Figures
from reporting.narrative import Sections, UnknownPlaceholder
from reporting.plain_values import MalformedValueError
from reporting.rollup import Share, sum_figures, sum_tables
from reporting.rollup_coverage import MISSING, Coverage, cover, members_of
from reporting.rollup_differences import (
    Difference,
    against_last_year,
    against_the_log,
    against_version_before,
    membership,
)
from reporting.rollup_document import RollupDocument, shares_in
from reporting.rollup_texts import Extent, rollup_texts
from reporting.tables import Tables


class Standstill(Exception):  # noqa: N818 - named for what it is
    """A roll-up that cannot be made, however often it is tried; a Chinese sentence says why."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """Everything a roll-up stands on, at one position."""

    position: int
    tree: AgencyTree
    reports: YearOfReports
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class RollupTexts:
    """The written sections of a roll-up before their figures are filled in.

    Attributes:
        figures: the sums, as of what is published by now.
        written: what the government wrote, empty where it wrote nothing.
        standing: what stands where nothing was written.
    """

    figures: Figures
    written: Sections
    standing: Sections


class RollupAssembly:
    """Makes roll-ups of what is published by now."""

    def __init__(self, sources: RollupSources, law: Callable[[], Law]) -> None:
        self._sources = sources
        self._law = law

    def coverage(self, agency: str, year: int) -> tuple[int, Coverage]:
        """Return the log position and who is counted up to it.

        Raises:
            Standstill: nobody registered the agency, or none stands below it.
        """
        ground = self._ground(agency, year)
        return ground.position, ground.coverage

    def assemble(self, agency: str, year: int) -> RollupDocument:
        """Sum the members' published reports as of now.

        Raises:
            Standstill: as for `coverage`; or a published file is lost, or a text or a figure
                cannot stand in a report.
        """
        ground = self._ground(agency, year)
        try:
            return self._made(agency, year, ground)
        except (FileMissingError, UnknownPlaceholder) as error:
            raise Standstill(str(error)) from None
        except MalformedValueError as error:
            raise Standstill(f"有的数据不能填入报告：{error}") from None

    def texts(self, agency: str, year: int) -> "RollupTexts":
        """Return the texts as they stand, with the sums they may quote as of now.

        Raises:
            Standstill: as for `coverage`; or a published file is lost.
        """
        ground = self._ground(agency, year)
        try:
            _, figures = self._summed(agency, year, ground)
        except FileMissingError as error:
            raise Standstill(str(error)) from None
        return self._texts(agency, year, ground, figures)

    def _ground(self, agency: str, year: int) -> _Ground:
        position = self._sources.position()
        tree = self._sources.tree(position)
        if agency not in tree:
            raise Standstill(f"没有登记机关“{agency}”，请先导入机关登记（register_agency）")
        agencies = tree.members(agency, year)
        if agencies == [agency]:
            raise Standstill(f"{year} 年没有机关由“{agency}”汇总，请公布其本机关年度报告")
        reports = self._sources.reports(agencies, year, position)
        coverage = cover(tree, agency, year, reports.as_reports())
        return _Ground(position, tree, reports, coverage)

    def _made(self, agency: str, year: int, ground: _Ground) -> RollupDocument:
        shares, figures = self._summed(agency, year, ground)
        texts = self._texts(agency, year, ground, figures)
        before = ground.reports.rollups.get(agency)
        report = assemble(
            agency=ground.tree.name_of(agency),
            agency_id=agency,
            year=year,
            version=before.version + 1 if before is not None else 1,
            known_at=self._sources.known_at(ground.position),
            log_position=ground.position,
            rules=Rules(rule_set=RULE_SET, calendar=self._law().calendar.version),
            figures=figures,
            texts=texts.written.or_else(texts.standing),
        )
        report = with_text_findings(report, figures)
        differences = [
            *against_the_log(shares, self._live(shares, year, ground.position)),
            *self._since_last_year(agency, year, ground, shares),
            *self._since_version_before(agency, before, shares),
        ]
        return RollupDocument(report, figures, shares, ground.coverage, differences)

    def _summed(self, agency: str, year: int, ground: _Ground) -> tuple[list[Share], Figures]:
        members = self._published_members(agency, year, ground)
        shares = self._sources.shares(members, ground.tree, year)
        return shares, sum_figures(share.figures for share in shares)

    def _texts(self, agency: str, year: int, ground: _Ground, figures: Figures) -> "RollupTexts":
        written = self._sources.texts(agency, year, ground.position)
        return RollupTexts(figures, written, rollup_texts(figures, year, _extent(agency, ground)))

    def _published_members(
        self, agency: str, year: int, ground: _Ground
    ) -> dict[str, PublishedReport]:
        """Return the report of each member that has one, the government itself first."""
        reports = ground.reports
        found: dict[str, PublishedReport] = {}
        for member, kind in members_of(ground.tree, agency, year).items():
            report = (reports.rollups if kind == "rollup" else reports.own).get(member)
            if report is not None:
                found[member] = report
        return found

    def _live(self, shares: list[Share], year: int, position: int) -> dict[str, Tables]:
        counted = {one for share in shares for one in share.member.counted}
        live = self._sources.live(counted, year, position)
        return {
            share.agency: sum_tables(live[one] for one in share.member.counted) for share in shares
        }

    def _since_last_year(
        self, agency: str, year: int, ground: _Ground, shares: list[Share]
    ) -> list[Difference]:
        """Compare with last year's reports of the same members, and with who was counted then."""
        names = {agency, *(share.agency for share in shares)}
        last = self._sources.reports(names, year - 1, ground.position)
        kinds = {share.agency: share.member.kind for share in shares}
        published: dict[str, PublishedReport] = {
            member: report
            for member, kind in kinds.items()
            if (report := (last.rollups if kind == "rollup" else last.own).get(member)) is not None
        }
        tables = {
            member: self._sources.report_of(member, report).tables
            for member, report in published.items()
        }
        found = list(against_last_year(shares, tables))
        if agency in last.rollups:
            found += membership(
                _remarks(ground.coverage),
                counted_in(last.rollups[agency]),
                {known.agency: known.name for known in ground.tree},
            )
        return found

    def _since_version_before(
        self, agency: str, before: RollupPublished | None, shares: list[Share]
    ) -> list[Difference]:
        if before is None:
            return []
        tables = shares_in(self._sources.document(agency, before))
        return list(against_version_before(shares, tables, before.version))


def _remarks(coverage: Coverage) -> Mapping[str, str]:
    """Return the agencies that are counted, with what happened to each."""
    return {place.agency: place.remark for place in coverage.places if place.through}


def _extent(agency: str, ground: _Ground) -> Extent:
    places = ground.coverage.places
    return Extent(
        government=ground.tree.name_of(agency),
        counted=sum(bool(place.through) for place in places),
        missing=[place.name for place in places if place.standing in MISSING],
    )
