"""Streams of events folded in memory: the same code as in production, without a database."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from disclosure.addresses import case_stream
from disclosure.event import Event
from disclosure.request_commands import RequestCommand
from eventstore import Key, Projection, RecordedEvent, Row
from eventstore.folding import Fold
from projections import RequestFacts
from projections.annual_statistics import Facts, count_table_three, facts_of
from records import canonical, decode, event_id
from tests.disclosure.facts import AGENCY
from tests.disclosure.specification import given

RECORDED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

Table = dict[str, dict[str, int]]


def row_of_log(stream: str, version: int, position: int, event: Event) -> RecordedEvent:
    """Write an event as the log would hold it, personal fields left to the vault."""
    clear, _ = event.parts()
    return RecordedEvent(
        position=position,
        stream=stream,
        version=version,
        event_id=event_id(stream, "command", version),
        type=event.type,
        schema=event.schema,
        legal_date=event.on,
        recorded_at=RECORDED_AT,
        actor="经办人",
        command_id="command",
        data=canonical(clear),
        sealed=None,
        digest="",
    )


def folded(projection: Projection, streams: Mapping[str, Iterable[Event]]) -> dict[Key, Row]:
    """Fold whole streams, one after the other."""
    fold = Fold(projection, decode)
    position = 0
    for stream, events in streams.items():
        for version, event in enumerate(events, 1):
            position += 1
            if event.type in projection.types:
                fold.take(fold.step(row_of_log(stream, version, position, event)))
    return fold.standing()


def only_row(projection: Projection, stream: str, events: Iterable[Event]) -> dict[str, Any]:
    (row,) = folded(projection, {stream: events}).values()
    return dict(row)


def facts_from(lives: Iterable[Iterable[Event]]) -> list[Facts]:
    """Return what table three knows of requests that lived so."""
    streams = {case_stream(AGENCY, f"{n}"): events for n, events in enumerate(lives)}
    return list(facts_of(folded(RequestFacts(), streams).values()))


def table_three(year: int, *lives: Iterable[RequestCommand]) -> Table:
    """Count a year over requests told by what was reported of them."""
    return count_table_three(facts_from(given(*life).events for life in lives), year)


def cells(table: Table) -> dict[str, int]:
    """Return the cells that are not 0, by `row.column`."""
    return {
        f"{row}.{column}": count
        for row, columns in table.items()
        for column, count in columns.items()
        if count
    }
