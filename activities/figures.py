"""Figures of one agency at exactly one log position.

Where the projections stand at that position their rows are read; where they have passed it, or
never will (a moment in the past), the log is folded up to it in memory. Both give the same rows,
because a projection is nothing but that fold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from activities.agency_fold import SOURCES, AgencyFold
from eventstore import EventStore, Projector, position_of, snapshot
from projections import Agencies, Proceedings, Publication, RequestFacts, Sections
from projections.annual_statistics import Facts, count_table_three, facts_of
from projections.publication import YearlyAmounts
from projections.table_four import Contest, contests_of, count_table_four
from reporting.figures import Fees, Figures
from reporting.tables import DocumentCounts, Table2, Table3, Table4, Tables
from reporting.trends import MONTHS, Trends

_YUAN_PER_TABLE_UNIT = Decimal(10_000)
"""Table two states fees in 万元."""

_YEARS_SHOWN = 5
"""Years of the line of new and handled requests, this one included."""


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
        opened_on, ended_on: the days between which it exists, where they are known.
    """

    agency: str
    name: str
    position: int
    facts: Sequence[Facts]
    contests: Sequence[Contest]
    amounts: YearlyAmounts
    texts: Mapping[tuple[int, str], str]
    opened_on: date | None = None
    ended_on: date | None = None

    def of_year(self, year: int) -> Figures:
        """Return the tables of a year and what the narrative may quote."""
        return Figures(
            tables=Tables(
                table2=table_two(self.amounts, year),
                table3=Table3.of(count_table_three(self.facts, year)),
                table4=Table4.from_json(count_table_four(self.contests, year)),
            ),
            published=self.amounts.published(year),
            fees=Fees(*self.amounts.information_fees(year)),
        )

    def trends_of(self, year: int) -> Trends:
        """Return the months of a year, and the new and handled requests of five years.

        A year before the first request on record is left out: nothing is known of it.
        """
        months = [0] * MONTHS
        new: dict[int, int] = {}
        handled: dict[int, int] = {}
        for request in self.facts:
            received, closed = request.received_on, request.closed_on
            new[received.year] = new.get(received.year, 0) + 1
            if closed is not None:
                handled[closed.year] = handled.get(closed.year, 0) + 1
            if received.year == year:
                months[received.month - 1] += 1
        first = max(min(new, default=year), year - _YEARS_SHOWN + 1)
        return Trends(
            received_by_month=tuple(months),
            by_year={
                each: (new.get(each, 0), handled.get(each, 0)) for each in range(first, year + 1)
            },
        )


def table_two(amounts: YearlyAmounts, year: int) -> Table2:
    """Return table two of a year."""

    def documents(kind: str) -> DocumentCounts:
        return DocumentCounts(
            issued=amounts.count(year, "issued", kind),
            repealed=amounts.count(year, "repealed", kind),
            in_force=amounts.in_force(year, kind),
        )

    return Table2(
        regulations=documents("regulations"),
        normative_documents=documents("normative_documents"),
        permits=amounts.count(year, "decisions", "permits"),
        penalties=amounts.count(year, "decisions", "penalties"),
        coercive_measures=amounts.count(year, "decisions", "coercive_measures"),
        fees_10k_yuan=amounts.fee_income(year) / _YUAN_PER_TABLE_UNIT,
    )


class FigureReader:
    """Reads agencies' figures from the projections or straight from the log."""

    def __init__(self, store: EventStore, engine: sa.Engine, projector: Projector) -> None:
        self._store = store
        self._engine = engine
        self._projector = projector

    def at(self, agency: str, position: int | None = None) -> AgencyFigures:
        """Return an agency's figures at a log position, or as the log now stands.

        Raises:
            UnknownAgencyError: it is not registered there.
        """
        found = self._now(agency) if position is None else self._table_rows(agency, position)
        if found is None:
            position = self._store.head() if position is None else position
            found = position, AgencyFold.through(self._store, agency, position).rows()
        return _figures(agency, *found)

    def _now(self, agency: str) -> "_Found | None":
        """Read the tables where they stand together, at the log's end or just beyond.

        Another process may fold them on meanwhile, each in its own transaction.
        """
        for _ in range(_LOOKS):
            head = self._store.head()
            self._projector.catch_up(through=head)
            found = self._table_rows(agency, None)
            if found is not None and found[0] >= head:
                return found
        return None

    def _table_rows(self, agency: str, position: int | None) -> "_Found | None":
        """Read the tables, in one snapshot; None unless all stand at the same, right position."""
        with snapshot(self._engine) as connection:
            standing = {position_of(connection, projection) for projection in SOURCES}
            reached = standing.pop()
            if standing or reached is None or position not in {None, reached}:
                return None
            rows: dict[str, Sequence[Mapping[str, Any]]] = {}
            for projection in SOURCES:
                columns = projection.table.c
                names = _NEEDED.get(projection.name, tuple(columns.keys()))
                its_rows = sa.select(*(columns[name] for name in names)).where(
                    columns.agency == agency
                )
                rows[projection.name] = [
                    dict(zip(names, row, strict=True)) for row in connection.execute(its_rows)
                ]
            return reached, rows


_Found = tuple[int, Mapping[str, Sequence[Mapping[str, Any]]]]
"""The position, and the rows of each source."""

_LOOKS = 5

_NEEDED = {
    RequestFacts.name: (
        "case_reference",
        "applicant_type",
        "received_on",
        "closed_on",
        "outcome",
    ),
    Proceedings.name: ("case_reference", "proceeding_group", "turns"),
}
"""Of the long tables, the columns the figures need: a year may have a hundred thousand rows."""


def _figures(
    agency: str, position: int, rows: Mapping[str, Sequence[Mapping[str, Any]]]
) -> AgencyFigures:
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
        opened_on=registered[0]["opened_on"],
        ended_on=registered[0]["ended_on"],
    )
