"""Working out again what still runs, when a holiday notice has been loaded.

Written straight to the log with the law's own function, as a bulk import writes; the workflows of
the requests it touched are then told to read the log, and set their timers anew. The same step,
run again, finds nothing left to do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, islice

import sqlalchemy as sa

from disclosure.amendment_events import LimitsRecalculated
from disclosure.event import Event
from disclosure.events import PROCEEDING_EVENTS
from disclosure.law import Law
from disclosure.proceeding_events import ProceedingLimitRecalculated
from disclosure.proceeding_recalculation import recalculated_proceeding
from disclosure.proceeding_state import ProceedingStage
from disclosure.recalculation import recalculated
from disclosure.state import Stage
from eventstore import EventStoreError, Projector, StreamConflict
from projections import CaseRegister, Proceedings
from records import RecordLog, Write
from workdays import date_in_shanghai

_CHUNK = 500
_DECIDE_AGAIN = 5


@dataclass(frozen=True, slots=True)
class Recalculation:
    """What changes in one open request or proceeding.

    Attributes:
        events: its stream so far, without personal data.
        change: the event that says what changes.
    """

    stream: str
    events: Sequence[Event]
    change: LimitsRecalculated | ProceedingLimitRecalculated


class Recalculator:
    """Compare open requests with a calendar, and bring them into line with it."""

    def __init__(self, log: RecordLog, projector: Projector, engine: sa.Engine) -> None:
        self._log = log
        self._projector = projector
        self._engine = engine

    def preview(
        self, law: Law, progress: Callable[[int, int], None] | None = None
    ) -> list[Recalculation]:
        """Return what would change in each open request under the calendar of `law`."""
        streams = self._open_cases()
        found: list[Recalculation] = []
        for done, chunk in _chunks(streams):
            found += self._compared(chunk, law)
            if progress is not None:
                progress(done, len(streams))
        return found

    def apply(self, law: Law, progress: Callable[[int, int], None] | None = None) -> list[str]:
        """Record what changes in each open request; return the streams that changed."""
        changed: list[str] = []
        streams = self._open_cases()
        for done, chunk in _chunks(streams):
            changed += self._record(chunk, law)
            if progress is not None:
                progress(done, len(streams))
        return changed

    def _record(self, streams: Sequence[str], law: Law) -> Iterator[str]:
        pending = streams
        for _ in range(_DECIDE_AGAIN):
            found = self._compared(pending, law)
            writes = [
                Write(
                    each.stream,
                    len(each.events),
                    f"recalculate:{law.calendar.version}",
                    "",
                    [each.change],
                )
                for each in found
            ]
            pending = []
            for write, answer in zip(writes, self._log.write_batch(writes), strict=True):
                if isinstance(answer, StreamConflict):
                    pending.append(write.stream)
                elif isinstance(answer, EventStoreError):
                    raise answer
                else:
                    yield write.stream
            if not pending:
                return

    def _compared(self, streams: Sequence[str], law: Law) -> list[Recalculation]:
        on = date_in_shanghai(datetime.now(UTC))
        found: list[Recalculation] = []
        for stream, entries in groupby(self._log.read_many(streams), key=lambda each: each.stream):
            events = [entry.event for entry in entries]
            found += [Recalculation(stream, events, change) for change in _changes(events, on, law)]
        return found

    def _open_cases(self) -> list[str]:
        """Return every open case: one limit counted anew says nothing of the others."""
        self._projector.catch_up()
        requests, proceedings = CaseRegister.table.c, Proceedings.table.c
        open_requests = sa.select(requests.stream).where(requests.stage != Stage.CLOSED.value)
        pending = sa.select(proceedings.stream).where(
            proceedings.stage != ProceedingStage.FINAL.value
        )
        with self._engine.connect() as connection:
            return sorted(connection.scalars(sa.union_all(open_requests, pending)))


def _changes(
    events: Sequence[Event], on: date, law: Law
) -> Sequence[LimitsRecalculated | ProceedingLimitRecalculated]:
    if isinstance(events[0], PROCEEDING_EVENTS):
        return recalculated_proceeding(events, on, law)
    return recalculated(events, on, law)


def _chunks(streams: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield pieces of the list, each with how much of it is then done."""
    rest = iter(streams)
    done = 0
    while chunk := list(islice(rest, _CHUNK)):
        done += len(chunk)
        yield done, chunk
