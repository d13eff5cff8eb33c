"""What was learned after a report was published: each figure that moved, when, and by what.

The log is folded on from the published position, one event of the agency at a time; what an event
turns in a read model says which cells it moves, so the whole is never counted again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from activities.agency_fold import AgencyFold, Turned, agency_events
from activities.figures import table_two
from eventstore import EventStore, RecordedEvent
from projections import Proceedings, Publication, RequestFacts, Sections
from projections.annual_statistics import count_table_three, facts_of
from projections.publication import YearlyAmounts
from projections.table_four import contests_of, count_table_four
from records import Entry
from records.record_log import entry_of
from reporting.figures import FEES
from reporting.tables import Tables

Value = int | Decimal

PUBLISHED_TOTAL = "published.total"

TEXT = "sections."
"""Cells of this name are no figures: the text of the section was written anew."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell, before and after one event; of a text, the number of its characters.

    Attributes:
        cell: code as in `Tables.figures`, or `sections.<name>`.
        cause: the event, with the day it happened and the instant it was recorded.
    """

    cell: str
    before: Value
    after: Value
    cause: Entry


def changes_after(
    store: EventStore, agency: str, year: int, position: int, through: int | None = None
) -> list[CellChange]:
    """Return every change of a year's figures after a position, in the order it was recorded.

    Args:
        store: the log.
        agency: whose report.
        year: the year it is about.
        position: of the published version.
        through: the last position looked at; the log's end by default.
    """
    fold = AgencyFold.through(store, agency, position)
    standing = _standing(fold, year)
    changes: list[CellChange] = []
    for event in agency_events(store, agency, position, through or store.head()):
        changes += _moved(fold, event, year, standing)
    return changes


def net_changes(changes: Iterable[CellChange]) -> dict[str, tuple[Value, Value]]:
    """Return each cell that ends otherwise than it began, in the order of the form.

    Code → (published, now).
    """
    net: dict[str, tuple[Value, Value]] = {}
    for change in changes:
        first = net[change.cell][0] if change.cell in net else change.before
        net[change.cell] = (first, change.after)
    places = {cell: place for place, cell in enumerate(Tables.zero().figures())}
    return {
        cell: net[cell]
        for cell in sorted(net, key=lambda cell: (places.get(cell, len(places)), cell))
        if net[cell][0] != net[cell][1] or cell.startswith(TEXT)
    }


def _standing(fold: AgencyFold, year: int) -> dict[str, Value]:
    values = _cells(count_table_three(facts_of(fold.rows_of(RequestFacts.name)), year))
    values |= _cells(count_table_four(contests_of(fold.rows_of(Proceedings.name)), year))
    return values | _amounts(fold, year)


def _amounts(fold: AgencyFold, year: int) -> dict[str, Value]:
    """Return table two, and what else the texts quote: the fees, and how much was published."""
    amounts = YearlyAmounts(fold.rows_of(Publication.name))
    values: dict[str, Value] = dict(table_two(amounts, year).figures())
    values.update(zip(FEES, amounts.information_fees(year), strict=True))
    values[PUBLISHED_TOTAL] = sum(amounts.published(year).values())
    return values


def _moved(
    fold: AgencyFold, event: RecordedEvent, year: int, standing: dict[str, Value]
) -> Iterator[CellChange]:
    """Fold an event and yield the cells it moves; `standing` is brought along."""
    cause: Entry | None = None
    for cell, before, after in _differences(fold, fold.take(event), year, standing):
        cause = cause or entry_of(event)
        standing[cell] = after
        yield CellChange(cell, before, after, cause)


def _differences(
    fold: AgencyFold, turned: Iterable[Turned], year: int, standing: Mapping[str, Value]
) -> Iterator[tuple[str, Value, Value]]:
    sources = set()
    for turn in turned:
        sources.add(turn.source)
        match turn.source:
            case RequestFacts.name | Proceedings.name:
                counted_before, counted = _counted(turn, year, before=True), _counted(turn, year)
                for cell, number in counted.items():
                    if number != counted_before[cell]:
                        now = standing[cell] + number - counted_before[cell]
                        yield cell, standing[cell], now
            case Sections.name if turn.after is not None and turn.after["year"] == year:
                written = len(turn.before["text"]) if turn.before is not None else 0
                yield f"{TEXT}{turn.after['section']}", written, len(turn.after["text"])
    if Publication.name in sources:
        for cell, value in _amounts(fold, year).items():
            if value != standing[cell]:
                yield cell, standing[cell], value


def _counted(turn: Turned, year: int, *, before: bool = False) -> dict[str, Value]:
    """Count one case in its table."""
    row = turn.before if before else turn.after
    rows = [row] if row is not None else []
    if turn.source == RequestFacts.name:
        return _cells(count_table_three(facts_of(rows), year))
    return _cells(count_table_four(contests_of(rows), year))


def _cells(table: Mapping[str, Mapping[str, int]]) -> dict[str, Value]:
    return {
        f"{row}.{column}": number
        for row, cells in table.items()
        for column, number in cells.items()
    }
