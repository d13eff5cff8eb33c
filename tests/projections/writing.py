"""Facts of many cases as one log holds them: interleaved, a command at a time."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from disclosure.event import Event
from eventstore import EventStore, Key, Projection, Row
from records import RecordLog, Write

Told = tuple[str, Sequence[Event]]
"""A stream and the events of one command to it."""


def write_all(log: RecordLog, told: Iterable[Told]) -> None:
    """Append each command at the end of its stream, all in one transaction."""
    ends: dict[str, int] = {}
    writes = []
    for stream, events in told:
        version = ends.setdefault(stream, log.store.stream_version(stream))
        command_id = f"command after {version}"
        writes.append(Write(stream, version, command_id, "经办人", events))
        ends[stream] = version + len(events)
    for answer in log.write_batch(writes):
        if isinstance(answer, Exception):
            raise answer


def rows_of(store: EventStore, projection: Projection) -> dict[Key, Row]:
    """Read a projection's table by key."""
    table = projection.table
    with store.engine.connect() as connection:
        return {
            tuple(row[column.name] for column in table.primary_key): dict(row)
            for row in connection.execute(sa.select(table)).mappings()
        }
