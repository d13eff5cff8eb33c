"""How events enter the log: one transaction, the counter row first.

The counter row is the lock, and everything the log promises hangs on it:

* *Positions have no gaps.* Positions are taken by updating ``log_head`` in the same
  transaction that inserts the events. If it rolls back, so does the counter. (A sequence
  does not: it keeps what it has given out.)
* *A reader that follows positions misses nothing.* A sequence hands out 7 and 8 to two
  transactions, 8 commits first, a reader goes on from 8, and 7 is never read. Here the
  row lock is held from before the first insert until after the commit, so 8 is not even
  given out before 7 can be seen.
* *Two writers of one stream cannot both find it at version 3.* The second waits for the
  counter before it looks. Its look is a statement of its own, and in READ COMMITTED
  (PostgreSQL) each statement sees what was committed before it began; in SQLite
  BEGIN IMMEDIATE has shut out every other writer.

The price is one writer at a time in the whole log, so nothing else happens in this
transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from eventstore.columns import UtcDateTime
from eventstore.digests import FIRST, chained_digest
from eventstore.errors import ContentMismatch, EventStoreError, LogBehind, StreamConflict
from eventstore.events import Append, Appended, NewEvent, RecordedEvent
from eventstore.rows import as_row, in_portions, recorded, select_events
from eventstore.schema import events, log_head

_CONTENT = ("type", "schema", "legal_date", "actor", "command_id", "data", "sealed")


def append_all(
    connection: sa.Connection, appends: Sequence[Append], now: datetime, algorithm: str
) -> list[Appended | EventStoreError]:
    """Write what can be written and answer each append in its place.

    Args:
        connection: a transaction begun by ``eventstore.engine.writing``.
        appends: none of them empty; a stream may come more than once.
        now: the clock; the log's own time is never earlier than at its last append.
        algorithm: for the digests of the new rows.
    """
    asked = sum(len(append.events) for append in appends)
    last, recorded_at = _take_positions(connection, asked, now)
    before = last - asked
    log = _LogUnderLock(connection, appends, before, recorded_at, algorithm)
    answers = [log.settle(append) for append in appends]
    if log.position < last:
        # Retries and conflicts took no position: give back what is left.
        connection.execute(sa.update(log_head).values(position=log.position))
    if log.fresh:
        connection.execute(sa.insert(events), [as_row(event) for event in log.fresh])
    return answers


def _take_positions(connection: sa.Connection, count: int, now: datetime) -> tuple[int, datetime]:
    """Lock the counter, move it, and return the last position and the log's time."""
    present = sa.literal(now, UtcDateTime)
    moved = (
        sa.update(log_head)
        .values(
            position=log_head.c.position + count,
            recorded_at=sa.case(
                (log_head.c.recorded_at < present, present), else_=log_head.c.recorded_at
            ),
        )
        .returning(log_head.c.position, log_head.c.recorded_at)
    )
    position, recorded_at = connection.execute(moved).one()
    return position, recorded_at


class _LogUnderLock:
    """Hold the part of the log that concerns this batch while nobody else writes.

    It is read once, then kept up to date in memory: a stream may come twice in a batch,
    and the second append sees the first.
    """

    def __init__(
        self,
        connection: sa.Connection,
        appends: Sequence[Append],
        position: int,
        recorded_at: datetime,
        algorithm: str,
    ) -> None:
        self.position = position
        self.fresh: list[RecordedEvent] = []
        self._recorded_at = recorded_at
        self._algorithm = algorithm
        self._ends = _ends_of_streams(connection, {append.stream for append in appends})
        self._known = _known_events(
            connection, {event.event_id for append in appends for event in append.events}
        )

    def settle(self, append: Append) -> Appended | EventStoreError:
        """Decide by the ids first, then by the place."""
        standing = [self._known.get(event.event_id) for event in append.events]
        if any(standing):
            return _compare(append, standing)
        version, digest = self._ends.get(append.stream, (0, FIRST))
        if append.expected_version > version:
            return LogBehind(append.stream, append.expected_version, version)
        if append.expected_version < version:
            return StreamConflict(append.stream, append.expected_version, version)
        for event in append.events:
            version += 1
            digest = self._record(append.stream, version, digest, event)
        self._ends[append.stream] = (version, digest)
        return Appended(append.stream, version, self.position, already_there=False)

    def _record(self, stream: str, version: int, previous: str, event: NewEvent) -> str:
        digest = chained_digest(
            self._algorithm, previous, stream, version, self._recorded_at, event=event
        )
        self.position += 1
        entry = RecordedEvent(
            position=self.position,
            stream=stream,
            version=version,
            event_id=event.event_id,
            type=event.type,
            schema=event.schema,
            legal_date=event.legal_date,
            recorded_at=self._recorded_at,
            actor=event.actor,
            command_id=event.command_id,
            data=event.data,
            sealed=event.sealed,
            digest=digest,
        )
        self.fresh.append(entry)
        self._known[event.event_id] = entry
        return digest


def _compare(
    append: Append, standing: Sequence[RecordedEvent | None]
) -> Appended | ContentMismatch:
    """Tell a retry from an alarm, when at least one of the ids is in the log.

    One append is one transaction, so its events stand in the log all together, side by
    side and in order, or not at all. Anything else is not a retry.
    """
    expected_version: int | None = None
    for event, entry in zip(append.events, standing, strict=True):
        if entry is None or expected_version not in {None, entry.version}:
            return ContentMismatch(append.stream, event.event_id, ("batch",))
        differing = _differences(append.stream, event, entry)
        if differing:
            return ContentMismatch(append.stream, event.event_id, differing)
        expected_version = entry.version + 1
    last = standing[-1]
    assert last is not None  # noqa: S101 - the loop has seen every entry
    return Appended(append.stream, last.version, last.position, already_there=True)


def _differences(stream: str, event: NewEvent, entry: RecordedEvent) -> tuple[str, ...]:
    content = tuple(name for name in _CONTENT if getattr(event, name) != getattr(entry, name))
    return content if stream == entry.stream else ("stream", *content)


def _ends_of_streams(connection: sa.Connection, streams: set[str]) -> dict[str, tuple[int, str]]:
    """Return version and digest of the last event of each stream that has one."""
    found: dict[str, tuple[int, str]] = {}
    for names in in_portions(list(streams)):
        last = (
            sa.select(events.c.stream, sa.func.max(events.c.version).label("version"))
            .where(events.c.stream.in_(names))
            .group_by(events.c.stream)
            .subquery()
        )
        rows: Sequence[Any] = connection.execute(
            sa.select(events.c.stream, events.c.version, events.c.digest).join(
                last,
                (events.c.stream == last.c.stream) & (events.c.version == last.c.version),
            )
        ).all()
        found.update((stream, (version, digest)) for stream, version, digest in rows)
    return found


def _known_events(connection: sa.Connection, ids: set[UUID]) -> dict[UUID, RecordedEvent]:
    found: dict[UUID, RecordedEvent] = {}
    for portion in in_portions(list(ids)):
        rows = connection.execute(select_events().where(events.c.event_id.in_(portion)))
        found.update((row.event_id, recorded(row)) for row in rows)
    return found
