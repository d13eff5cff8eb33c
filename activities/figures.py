"""Figures of one agency at exactly one log position.

Where the projections stand at that position their rows are read; where they have passed it, or
never will (a moment in the past), the log is folded up to it in memory. Both give the same rows,
because a projection is nothing but that fold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from eventstore import EventStore, Projection, Projector, position_of, snapshot
from projections import Agencies, Proceedings, Publication, RequestFacts, Sections
from projections.annual_statistics import Facts, count_table_three, facts_of
from projections.publication import YearlyAmounts
from projections.table_four import Contest, contests_of, count_table_four
from reporting.figures import Fees, Figures
from reporting.tables import DocumentCounts, Table2, Table3, Table4, Tables

_YUAN_PER_TABLE_UNIT = Decimal(10_000)
"""Table two states fees in 万元."""


class UnknownAgencyError(Exception):
    """No such agency is registered."""

    def __init__(self, agency: str) -> None:
        super().__init__(f"没有登记机关“{agency}”，请先导入机关登记（register_agency）")
        self.agency = agency


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """Everything the statistics know of one agency at one position.

    Attributes:
        name: of the agency.
        position: of the log.
        facts: its requests, received ones only.
        contests: its reconsiderations and lawsuits.
        amounts: table two and published information.
        texts: written sections by (year, section).
    """

    agency: str
    name: str
    position: int
    facts: Sequence[Facts]
    contests: Sequence[Contest]
    amounts: YearlyAmounts
    texts: Mapping[tuple[int, str], str]

    def of_year(self, year: int) -> Figures:
        """Return the tables of a year and what the narrative may quote."""
        return Figures(
            tables=Tables(
                table2=self._table_two(year),
                table3=Table3.of(count_table_three(self.facts, year)),
                table4=Table4.from_json(count_table_four(self.contests, year)),
            ),
            published=self.amounts.published(year),
            fees=Fees(*self.amounts.information_fees(year)),
        )

    def _table_two(self, year: int) -> Table2:
        def documents(kind: str) -> DocumentCounts:
            return DocumentCounts(
                issued=self.amounts.count(year, "issued", kind),
                repealed=self.amounts.count(year, "repealed", kind),
                in_force=self.amounts.in_force(year, kind),
            )

        return Table2(
            regulations=documents("regulations"),
            normative_documents=documents("normative_documents"),
            permits=self.amounts.count(year, "decisions", "permits"),
            penalties=self.amounts.count(year, "decisions", "penalties"),
            coercive_measures=self.amounts.count(year, "decisions", "coercive_measures"),
            fees_10k_yuan=self.amounts.fee_income(year) / _YUAN_PER_TABLE_UNIT,
        )


class FigureReader:
    """Reads agencies' figures from the projections or straight from the log."""

    def __init__(self, store: EventStore, engine: sa.Engine, projector: Projector) -> None:
        self._store = store
        self._engine = engine
        self._projector = projector

    def at(self, agency: str, position: int | None = None) -> AgencyFigures:
        """Return an agency's figures at a log position, now by default.

        Raises:
            UnknownAgencyError: it is not registered there.
        """
        if position is None:
            position = self._store.head()
            self._projector.catch_up(through=position)
        rows = self._table_rows(agency, position) or self._folded_rows(agency, position)
        registered = rows[Agencies.name]
        if not registered:
            raise UnknownAgencyError(agency)
        return AgencyFigures(
            agency=agency,
            name=registered[0]["name"],
            position=position,
            facts=list(facts_of(rows[RequestFacts.name])),
            contests=list(contests_of(rows[Proceedings.name])),
            amounts=YearlyAmounts(rows[Publication.name]),
            texts={(row["year"], row["section"]): row["text"] for row in rows[Sections.name]},
        )

    def _table_rows(
        self, agency: str, position: int
    ) -> dict[str, Sequence[Mapping[str, Any]]] | None:
        """Read the tables, in one snapshot; None unless all stand at exactly this position."""
        with snapshot(self._engine) as connection:
            if any(position_of(connection, projection) != position for projection in _SOURCES):
                return None
            rows: dict[str, Sequence[Mapping[str, Any]]] = {}
            for projection in _SOURCES:
                its_rows = sa.select(projection.table).where(projection.table.c.agency == agency)
                rows[projection.name] = [
                    dict(row) for row in connection.execute(its_rows).mappings()
                ]
            return rows

    def _folded_rows(self, agency: str, position: int) -> dict[str, Sequence[Mapping[str, Any]]]:
        return {
            projection.name: [
                row
                for row in self._projector.fold(projection, position).values()
                if row["agency"] == agency
            ]
            for projection in _SOURCES
        }


_SOURCES: tuple[Projection, ...] = (
    Agencies(),
    RequestFacts(),
    Proceedings(),
    Publication(),
    Sections(),
)
