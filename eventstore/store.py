"""The event log as the other rooms use it: append, read, wait, verify."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from eventstore.appending import append_all
from eventstore.digests import TRUSTED_ALGORITHMS
from eventstore.engine import writing
from eventstore.errors import EventStoreError
from eventstore.events import Append, Appended, NewEvent, RecordedEvent
from eventstore.rows import recorded, select_events
from eventstore.schema import events as table
from eventstore.schema import log_head
from eventstore.verification import LogFault, faults_of
from eventstore.wakeups import wakeup_for

_STREAMS_A_QUERY = 500
"""Below the number of parameters either database takes in one statement."""


def utc_now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


class EventStore:
    """Keep the append-only log of one database.

    Safe to share between threads, and meant to be: on SQLite only readers that use the
    same object are woken at once, others look every half second.

    Args:
        engine: from ``open_engine``, on a migrated database.
        clock: gives ``recorded_at``; may go back, the log will not.
        digest_algorithm: for new rows; ``sha256``, or ``sm3`` where OpenSSL has it. Old
            rows keep the algorithm they name.
    """

    def __init__(
        self,
        engine: sa.Engine,
        *,
        clock: Callable[[], datetime] = utc_now,
        digest_algorithm: str = "sha256",
    ) -> None:
        if digest_algorithm not in TRUSTED_ALGORITHMS:
            raise ValueError(f"digest algorithm is one of {sorted(TRUSTED_ALGORITHMS)}")
        self.engine = engine
        self._clock = clock
        self._algorithm = digest_algorithm
        self._wakeup = wakeup_for(engine)

    def append(self, stream: str, expected_version: int, events: Sequence[NewEvent]) -> Appended:
        """Put events at the end of a stream, all or none; once, however often it is called.

        The ids decide first: the same ids with the same content are a success wherever in
        the stream they stand. Only new ids are held against ``expected_version``.

        Raises:
            ValueError: no events, an id twice, or a version below 0.
            StreamConflict: the stream has moved on.
            LogBehind: the stream is shorter than the caller knew it.
            ContentMismatch: an id is there with other content.
        """
        (answer,) = self.append_batch([Append(stream, expected_version, events)])
        if isinstance(answer, EventStoreError):
            raise answer
        return answer

    def append_batch(self, appends: Sequence[Append]) -> list[Appended | EventStoreError]:
        """Do many appends in one transaction, each answered in its place.

        A stream in conflict, behind, or with an alarm gets the error as its answer and
        writes nothing; the others are written. A stream may come more than once. About
        1,000 events a call are best for speed; all of them hold the log's lock together.

        Raises:
            ValueError: as ``append``; then nothing at all is written.
        """
        for append in appends:
            _require_sound(append)
        if not appends:
            return []
        with writing(self.engine) as connection:
            answers = append_all(connection, appends, self._clock(), self._algorithm)
        self._wakeup.announce()
        return answers

    def read_stream(self, stream: str, after_version: int = 0) -> list[RecordedEvent]:
        """Return the events of a stream in order; empty when there is no such stream."""
        wanted = (
            select_events()
            .where(table.c.stream == stream, table.c.version > after_version)
            .order_by(table.c.version)
        )
        with self.engine.connect() as connection:
            return [recorded(row) for row in connection.execute(wanted)]

    def read_streams(self, streams: Collection[str]) -> Iterator[RecordedEvent]:
        """Yield the events of many streams, one stream after the other, each in order."""
        names = sorted(set(streams))
        for first in range(0, len(names), _STREAMS_A_QUERY):
            some = names[first : first + _STREAMS_A_QUERY]
            wanted = (
                select_events()
                .where(table.c.stream.in_(some))
                .order_by(table.c.stream, table.c.version)
            )
            with self.engine.connect() as connection:
                rows = connection.execute(wanted).all()
            yield from map(recorded, rows)

    def read_log(
        self,
        after_position: int = 0,
        *,
        types: Collection[str] | None = None,
        through_position: int | None = None,
        batch: int = 1000,
    ) -> Iterator[RecordedEvent]:
        """Go through the log in order, in constant memory.

        Each batch is a query and a transaction of its own: a slow reader holds up
        nothing. Without ``through_position`` it ends where the log ends at the time.

        Args:
            after_position: the position the reader already has.
            types: only these event types; None for all, empty for none.
            through_position: the last position to be read.
            batch: events held in memory at a time.
        """
        wanted = select_events().order_by(table.c.position).limit(batch)
        if types is not None:
            wanted = wanted.where(table.c.type.in_(sorted(types)))
        if through_position is not None:
            wanted = wanted.where(table.c.position <= through_position)
        while True:
            with self.engine.connect() as connection:
                rows = connection.execute(wanted.where(table.c.position > after_position)).all()
            yield from map(recorded, rows)
            if len(rows) < batch:
                return
            after_position = rows[-1].position

    def stream_version(self, stream: str) -> int:
        """Return the version of the last event of a stream, 0 when there is none."""
        with self.engine.connect() as connection:
            version: int | None = connection.scalar(
                sa.select(sa.func.max(table.c.version)).where(table.c.stream == stream)
            )
        return version or 0

    def head(self) -> int:
        """Return the last position of the log, 0 when it is empty."""
        with self.engine.connect() as connection:
            return int(connection.execute(sa.select(log_head.c.position)).scalar_one())

    def positions_recorded_by(self, moment: datetime) -> int:
        """Return the last position recorded at or before a moment, 0 when there is none.

        Everything up to it was known then. ``recorded_at`` never falls along the log and
        positions have no gaps, so a binary search over positions needs no index.

        Raises:
            ValueError: a moment without time zone.
        """
        if moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        positions = range(1, self.head() + 1)
        with self.engine.connect() as connection:

            def recorded_at(position: int) -> datetime:
                at: datetime = connection.execute(
                    sa.select(table.c.recorded_at).where(table.c.position == position)
                ).scalar_one()
                return at

            return bisect_right(positions, moment, key=recorded_at)

    def wait_for(self, position_after: int, timeout: float) -> bool:
        """Sleep until the log reaches beyond a position.

        On PostgreSQL it holds one connection of the pool meanwhile.

        Args:
            position_after: the position the caller already has.
            timeout: seconds.

        Returns:
            Whether the log is longer than ``position_after`` now.
        """
        return self._wakeup.wait(lambda: self.head() > position_after, timeout)

    def verify(self, progress: Callable[[int], None] | None = None) -> Iterator[LogFault]:
        """Read the whole log and yield what is wrong with it; nothing when it is intact.

        Args:
            progress: called with each position that was checked.
        """
        last_row = sa.select(sa.func.coalesce(sa.func.max(table.c.position), 0))
        with self.engine.connect() as connection:
            # One statement, one snapshot: an append cannot come between the two numbers.
            counter, last = connection.execute(
                sa.select(log_head.c.position, last_row.scalar_subquery())
            ).one()
        if counter != last:
            yield LogFault("head_counter", last, "", f"counter says {counter}")
        yield from faults_of(self.read_log(through_position=last), progress)


def _require_sound(append: Append) -> None:
    ids = {event.event_id for event in append.events}
    if not ids:
        raise ValueError(f"an append to {append.stream!r} without events")
    if len(ids) < len(append.events):
        raise ValueError(f"an append to {append.stream!r} has an event id twice")
    if append.expected_version < 0:
        raise ValueError("a stream starts at version 0")
