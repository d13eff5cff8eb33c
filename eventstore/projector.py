"""Keep the tables of projections equal to a fold of the log.

A batch is one transaction: the checkpoint is moved, on condition that it still stands
where this runner saw it; then the rows are loaded, folded and written. Either all of it is
there or none. So a crash loses nothing, and any number of runners on one database do the
work once: the slower one finds the checkpoint moved and starts over from there.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from eventstore import checkpoints, projection_tables, projection_versions
from eventstore.engine import snapshot, writing
from eventstore.events import RecordedEvent
from eventstore.folding import Fold, remembered
from eventstore.projection import Decode, Key, Progress, Projection, Row
from eventstore.projection_faults import ProjectionFault, differences
from eventstore.store import EventStore

PAUSE_SECONDS = 1.0
"""How long ``run`` sleeps at most before it looks whether it is to stop."""


class Projector:
    """Fold the log into the tables of some projections.

    Args:
        store: the log, and the database of the tables.
        projections: their names differ.
        decode: what the projections get to see of an event.
        batch: events a transaction. More is faster; on SQLite an append waits for it.

    Raises:
        ValueError: a table without key or of another name than ``{name}_v{version}``, or
            a name twice.
    """

    def __init__(
        self,
        store: EventStore,
        projections: Sequence[Projection],
        decode: Decode,
        *,
        batch: int = 1000,
    ) -> None:
        self._projections = {projection.name: projection for projection in projections}
        if len(self._projections) < len(projections):
            raise ValueError("two projections of one name")
        for projection in projections:
            _require_sound(projection)
        self._store = store
        self._engine = store.engine
        self._decode = decode
        self._batch = batch
        self._looked_at: set[str] = set()

    def catch_up(
        self,
        through: int | None = None,
        progress: Progress | None = None,
        *,
        stop: threading.Event | None = None,
    ) -> int:
        """Fold what the log holds beyond each checkpoint; return the position reached.

        Tables that are missing are made. Once all is folded, tables of older versions of
        the same projections are dropped (not when ``through`` cuts it short).

        Args:
            through: fold to this position, and no further than the log goes.
            progress: told after each batch.
            stop: set by another thread, it ends the folding after the batch in hand.

        Raises:
            ProjectionStopped: an event cannot be folded; its whole batch is left out, the
                batches before it are kept.
            ProjectionSuperseded: newer code has taken over.
            ProjectionTableMismatch: the table is not the one the code declares.
        """
        head = self._store.head()
        target = head if through is None else min(through, head)
        seen = {name: self._seen(one) for name, one in self._projections.items()}
        while (reached := min(seen.values(), default=target)) < target:
            if stop is not None and stop.is_set():
                return reached
            seen.update(self._advance(seen, target))
            if progress is not None:
                for name, position in seen.items():
                    progress(name, position, target)
        if through is None:
            for projection in self._projections.values():
                projection_versions.drop_older(self._engine, projection)
        return target

    def run(self, stop: threading.Event) -> None:
        """Keep up with the log until told to stop, between batches; any error ends it."""
        while not stop.is_set():
            reached = self.catch_up(stop=stop)
            if not stop.is_set():
                self._store.wait_for(reached, timeout=PAUSE_SECONDS)

    def rebuild(self, progress: Progress | None = None) -> None:
        """Fold every projection again from the beginning and switch to the new tables.

        The fold is done in memory, beside the readers; dropping the old table, filling
        the new one and moving the checkpoint are one transaction. A reader sees the whole
        old table or the whole new one, and never an earlier position than before. Also
        the way back to older code: every other version is dropped.
        """
        for projection in self._projections.values():
            fold = Fold(projection, self._decode)
            reached = 0
            switched = False
            # Another runner may have gone further meanwhile: then a little more is folded.
            while not switched:
                target = self._store.head()
                for count, event in enumerate(self._events(projection.types, reached, target), 1):
                    fold.take(fold.step(event))
                    if progress is not None and count % self._batch == 0:
                        progress(projection.name, event.position, target)
                switched = projection_versions.switch(
                    self._engine, projection, fold.standing(), target
                )
                reached = target
            if progress is not None:
                progress(projection.name, reached, reached)

    def fold(self, projection: Projection, through_position: int) -> dict[Key, Row]:
        """Fold the log up to a position in memory, touching no table.

        For questions as of an earlier day, and for ``verify``.
        """
        fold = Fold(projection, self._decode)
        for event in self._events(projection.types, 0, through_position):
            fold.take(fold.step(event))
        return fold.standing()

    def verify(self) -> list[ProjectionFault]:
        """Compare every table, row by row, with a fresh fold up to its checkpoint."""
        faults: list[ProjectionFault] = []
        for projection in self._projections.values():
            # Checkpoint and rows of one moment, though another runner may be at work.
            with snapshot(self._engine) as connection:
                position = checkpoints.position_of(connection, projection)
                if position is None:
                    faults.append(ProjectionFault(projection.name, "not_built", (), ()))
                    continue
                rows = projection_tables.load_all(connection, projection.table)
                expected = self.fold(projection, position)
                faults.extend(differences(projection.name, expected, rows))
        return faults

    def checkpoint(self, name: str) -> int:
        """Return the last position folded into a projection, 0 before it is made.

        Raises:
            KeyError: no projection of that name.
        """
        with self._engine.connect() as connection:
            return checkpoints.position_of(connection, self._projections[name]) or 0

    def lag(self) -> Mapping[str, int]:
        """Return by projection how many positions it is behind the log."""
        reached = {name: self.checkpoint(name) for name in self._projections}
        head = self._store.head()
        return {name: head - position for name, position in reached.items()}

    def _advance(self, seen: Mapping[str, int], target: int) -> dict[str, int]:
        """Take the projections that are furthest behind one batch further, together.

        They share the reading and the decoding; each has a transaction of its own.
        """
        low = min(seen.values())
        together = [one for name, one in self._projections.items() if seen[name] == low]
        stop = min([target, *(position for position in seen.values() if position > low)])
        types = frozenset().union(*(projection.types for projection in together))
        events = list(islice(self._events(types, low, stop), self._batch))
        # Events of other types count as read: the checkpoint goes past them.
        reached = events[-1].position if len(events) == self._batch else stop
        decode = remembered(self._decode)
        return {
            projection.name: reached
            if self._fold_batch(Fold(projection, decode), events, low, reached)
            else self._seen(projection)
            for projection in together
        }

    def _fold_batch(
        self, fold: Fold, events: Sequence[RecordedEvent], seen: int, reached: int
    ) -> bool:
        """Fold one batch in one transaction; False when another runner was faster."""
        projection = fold.projection
        steps = [fold.step(event) for event in events if event.type in projection.types]
        touched = {key for step in steps for key in step.keys}
        with writing(self._engine) as connection:
            if not checkpoints.move(connection, projection, seen, reached):
                return False
            before = projection_tables.load(connection, projection.table, touched)
            fold.rows.update(before)
            for step in steps:
                fold.take(step)
            changed = {key: row for key, row in fold.rows.items() if row != before.get(key)}
            projection_tables.write(connection, projection.table, changed)
        return True

    def _events(self, types: frozenset[str], after: int, through: int) -> Iterator[RecordedEvent]:
        return self._store.read_log(after, types=types, through_position=through, batch=self._batch)

    def _seen(self, projection: Projection) -> int:
        with self._engine.connect() as connection:
            position = checkpoints.position_of(connection, projection)
            if position is not None and projection.name not in self._looked_at:
                projection_tables.require_same_columns(connection, projection)
                self._looked_at.add(projection.name)
        return projection_versions.build(self._engine, projection) if position is None else position


def _require_sound(projection: Projection) -> None:
    expected = projection_tables.table_name(projection.name, projection.version)
    if projection.table.name != expected:
        raise ValueError(f"the table of {projection.name!r} is named {expected!r}")
    if not projection.table.primary_key.columns:
        raise ValueError(f"the table {expected!r} has no key")
