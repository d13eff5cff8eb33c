"""The cells of table three one request stands in, and how a later correction moves it.

A correction of the record (更正) changes figures of years that may be published already; what moves
where is shown to whoever makes it and to whoever reads the request afterwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from disclosure.amendment_events import RecordCorrected, RequestReopened, ResultReclassified
from disclosure.outcomes import ROWS
from eventstore import RecordedEvent
from projections.annual_statistics import CELL_RULES, Facts, RequestFacts, Year, facts_of

AMENDMENTS = (ResultReclassified, RecordCorrected, RequestReopened)
"""Events by which what was counted once is counted otherwise."""


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A cell of table three of a year; 总计 is left out, it follows."""

    year: int
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that counts one request more or less."""

    cell: Cell
    change: int


def cells_of(facts: Facts, through: int) -> set[Cell]:
    """Return the cells that count a request, up to and including the year `through`."""
    years = range(facts.received_on.year, through + 1)
    return {
        Cell(year, row, facts.column)
        for year in years
        for row in ROWS
        if CELL_RULES[row](facts, Year.of(year))
    }


def changes_by_version(
    events: Iterable[tuple[RecordedEvent, Any]], through: int
) -> dict[int, list[CellChange]]:
    """Return what each amendment of a request changed, by the event's version.

    Args:
        events: the request's stream, oldest first, each as recorded and as read.
        through: last year to look at; an open request is carried over into each.
    """
    projection = RequestFacts()
    row: Mapping[str, Any] | None = None
    changes: dict[int, list[CellChange]] = {}
    for recorded, event in events:
        if event.type not in projection.types:
            continue
        before = _cells(row, through)
        row = projection.apply((recorded.stream,), row, recorded, event)
        if isinstance(event, AMENDMENTS):
            changes[recorded.version] = _difference(before, _cells(row, through))
    return changes


def _cells(row: Mapping[str, Any] | None, through: int) -> set[Cell]:
    return {cell for facts in facts_of([row] if row else []) for cell in cells_of(facts, through)}


def _difference(before: set[Cell], after: set[Cell]) -> list[CellChange]:
    moved = [CellChange(cell, -1) for cell in before - after]
    moved += [CellChange(cell, 1) for cell in after - before]
    return sorted(moved, key=lambda each: (each.cell.year, ROWS.index(each.cell.row), each.change))
