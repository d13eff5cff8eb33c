"""What a figure rests on: its cases, and in each the events; the way back from any cell.

A cell is named by its code (``new.natural_person``, ``reconsideration.upheld``, ``permits``); a row
of table three alone means its total. Nothing here is personal: events are read as they stand in
clear.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from activities.figures import AgencyFigures
from disclosure.addresses import agency_stream, case_of, case_stream
from disclosure.outcomes import COLUMNS, ROWS, TOTAL
from disclosure.proceeding_events import ProceedingLimitPassed, ProceedingLimitRecalculated
from disclosure.proceeding_results import GROUP_LABELS
from projections import Proceedings, Publication, RequestFacts, table_four
from projections.annual_statistics import CELL_RULES, Facts, Year
from projections.cells import cells_of
from projections.table_four import Contest
from records import Entry, RecordLog
from reporting.labels import DECISION_LABELS
from reporting.tables import DOCUMENT_FIELDS, DOCUMENT_KINDS

Wanted = Callable[[str, str, int, int], bool]
"""Whether an amount (item, kind, its year) enters a cell of a year."""

_TURNS = Proceedings().types - {ProceedingLimitPassed.type, ProceedingLimitRecalculated.type}


@dataclass(frozen=True, slots=True)
class Source:
    """A case, or the agency itself, and those of its events a figure rests on."""

    name: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a cell counts, before any event is read.

    Attributes:
        requests, contests: the cases counted, by their references; a cell counts one kind.
        of_the_agency: what it takes of the agency's own facts, for table two.
    """

    figures: AgencyFigures
    year: int
    requests: Sequence[Facts] = ()
    contests: Sequence[Contest] = ()
    of_the_agency: Wanted | None = None

    @property
    def cases(self) -> list[str]:
        """The cases counted, in the order of their references."""
        return [*(each.case for each in self.requests), *(each.case for each in self.contests)]

    def sources(self, log: RecordLog, cases: Sequence[str] | None = None) -> list[Source]:
        """Read the events behind the cell, up to the position of the figures.

        Args:
            log: where from.
            cases: only these of the cases; all of them where None.
        """
        if self.of_the_agency is not None:
            return self._facts_of_the_agency(log, self.of_the_agency)
        types = RequestFacts().types if self.requests else _TURNS
        wanted = self.cases if cases is None else cases
        found: dict[str, list[Entry]] = {case: [] for case in wanted}
        for entry in log.read_many([case_stream(self.figures.agency, case) for case in wanted]):
            if entry.event.type in types and entry.position <= self.figures.position:
                found[case_of(entry.stream)].append(entry)
        return [Source(case, entries) for case, entries in found.items()]

    def _facts_of_the_agency(self, log: RecordLog, wanted: Wanted) -> list[Source]:
        """Return the agency's own facts that enter an item; a balance rests on earlier years."""
        amounts = Publication().amounts
        entries = [
            entry
            for entry in log.read(agency_stream(self.figures.agency))
            if type(entry.event) in amounts
            and entry.position <= self.figures.position
            and any(
                wanted(item, kind, entry.event.on.year, self.year)
                for item, kind, _ in amounts[type(entry.event)](entry.event)
            )
        ]
        return [Source(self.figures.name, entries)] if entries else []


def origin_of(figures: AgencyFigures, year: int, cell: str) -> Origin | None:
    """Return what a cell counts, None where there is no such cell."""
    row, _, column = cell.rpartition(".")
    if cell in ROWS:
        row, column = cell, TOTAL
    if row in ROWS and column in COLUMNS:
        return Origin(figures, year, requests=_requests(figures, year, row, column))
    if row in GROUP_LABELS and column in table_four.CELL_RULES:
        return Origin(figures, year, contests=_contests(figures, year, row, column))
    if cell in _TABLE_TWO:
        return Origin(figures, year, of_the_agency=_TABLE_TWO[cell])
    return None


def cells_of_case(figures: AgencyFigures, year: int, case: str, this_year: int) -> Iterator[str]:
    """Yield the cells of a year's tables three and four that count a case."""
    for facts in figures.facts:
        if facts.case == case:
            for cell in cells_of(facts, max(year, this_year)):
                if cell.year == year:
                    yield f"{cell.row}.{cell.column}"
    for contest in figures.contests:
        if contest.case == case:
            for state, rule in table_four.CELL_RULES.items():
                if rule(contest, Year.of(year)):
                    yield f"{contest.group}.{state}"


def _requests(figures: AgencyFigures, year: int, row: str, column: str) -> list[Facts]:
    period, rule = Year.of(year), CELL_RULES[row]
    counted = [
        facts for facts in figures.facts if column in {facts.column, TOTAL} and rule(facts, period)
    ]
    return sorted(counted, key=lambda facts: facts.case)


def _contests(figures: AgencyFigures, year: int, group: str, state: str) -> list[Contest]:
    rule = table_four.CELL_RULES[state]
    counted = [
        contest
        for contest in figures.contests
        if contest.group == group and rule(contest, Year.of(year))
    ]
    return sorted(counted, key=lambda contest: contest.case)


def _in_year(item: str, kind: str = "") -> Wanted:
    wanted = (item, kind)
    return lambda its_item, its_kind, its_year, year: (
        (its_item, its_kind) == wanted and its_year == year
    )


def _up_to_year(kind: str) -> Wanted:
    balance = {"opening", "issued", "repealed"}
    return lambda item, its_kind, its_year, year: (
        item in balance and its_kind == kind and its_year <= year
    )


_TABLE_TWO: dict[str, Wanted] = {
    **{
        f"{kind}.{name}": _up_to_year(kind) if name == "in_force" else _in_year(name, kind)
        for kind in DOCUMENT_KINDS
        for name in DOCUMENT_FIELDS
    },
    **{kind: _in_year("decisions", kind) for kind in DECISION_LABELS},
    "fees_10k_yuan": _in_year("fee_income"),
}
