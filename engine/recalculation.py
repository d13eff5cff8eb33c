"""Working out again what still runs, when a holiday notice has been loaded.

Written straight to the log with the law's own function, as a bulk import writes; the workflows of
the requests it touched are then told to read the log, and set their timers anew. The same step,
run again, finds nothing left to do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice

import sqlalchemy as sa

from disclosure.event import Event
from disclosure.law import Law
from disclosure.recalculation import recalculated
from disclosure.request_events import LimitsRecalculated
from disclosure.state import Stage
from eventstore import EventStoreError, Projector, StreamConflict
from projections import CaseRegister
from projections.case_register import state_of
from records import RecordLog, Write
from workdays import date_in_shanghai

_CHUNK = 500
_DECIDE_AGAIN = 5


@dataclass(frozen=True, slots=True)
class Recalculation:
    """What changes in one open request.

    Attributes:
        events: its stream so far, without personal data.
        change: the event that says what changes.
    """

    stream: str
    events: Sequence[Event]
    change: LimitsRecalculated


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
        streams = self._not_counted_with(law.calendar.version)
        found: list[Recalculation] = []
        for done, chunk in _chunks(streams):
            found += self._compared(chunk, law)
            if progress is not None:
                progress(done, len(streams))
        return found

    def apply(self, law: Law, progress: Callable[[int, int], None] | None = None) -> list[str]:
        """Record what changes in each open request; return the streams that changed."""
        changed: list[str] = []
        streams = self._not_counted_with(law.calendar.version)
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
            found += [
                Recalculation(stream, events, change) for change in recalculated(events, on, law)
            ]
        return found

    def _not_counted_with(self, calendar: str) -> list[str]:
        """Return the open requests whose period was counted with another calendar."""
        self._projector.catch_up()
        register = CaseRegister.table
        with self._engine.connect() as connection:
            rows = connection.execute(
                sa.select(register.c.stream, register.c.state)
                .where(register.c.stage != Stage.CLOSED.value)
                .order_by(register.c.stream)
            ).mappings()
            return [
                row["stream"]
                for row in rows
                if (clock := state_of(dict(row)).clock) is None or clock.calendar != calendar
            ]


def _chunks(streams: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield pieces of the list, each with how much of it is then done."""
    rest = iter(streams)
    done = 0
    while chunk := list(islice(rest, _CHUNK)):
        done += len(chunk)
        yield done, chunk
