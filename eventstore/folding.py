"""Fold events into rows in memory; the one place where a projection's code is called."""

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventstore.errors import ProjectionStopped
from eventstore.events import RecordedEvent
from eventstore.projection import Decode, Key, Projection, Row


@dataclass(frozen=True, slots=True)
class Step:
    """Hold an event, what it says, and the rows it touches."""

    event: RecordedEvent
    content: Any
    keys: tuple[Key, ...]


def remembered(decode: Decode) -> Decode:
    """Decode each event once, for projections that fold the same batch."""
    contents: dict[int, Any] = {}

    def once(event: RecordedEvent) -> Any:
        if event.position not in contents:
            contents[event.position] = decode(event)
        return contents[event.position]

    return once


class Fold:
    """Hold the rows of a projection that were touched; None where there is no row.

    Args:
        projection: whose code is called.
        decode: gives the content of an event.
    """

    def __init__(self, projection: Projection, decode: Decode) -> None:
        self.rows: dict[Key, Row | None] = {}
        self.projection = projection
        self._decode = decode
        self._columns = tuple(column.name for column in projection.table.columns)
        self._key_columns = tuple(column.name for column in projection.table.primary_key)

    def step(self, event: RecordedEvent) -> Step:
        """Decode an event and find its rows.

        Raises:
            ProjectionStopped: the event cannot be read.
        """
        try:
            content = self._decode(event)
            keys = tuple(dict.fromkeys(map(tuple, self.projection.keys(event, content))))
        except Exception as error:  # noqa: BLE001 - whatever it is, the event is named
            raise self._stopped(event, error) from None
        return Step(event, content, keys)

    def take(self, step: Step) -> None:
        """Apply one event to its rows.

        Raises:
            ProjectionStopped: the event cannot be applied.
        """
        try:
            for key in step.keys:
                row = self.projection.apply(key, self.rows.get(key), step.event, step.content)
                self.rows[key] = None if row is None else self._whole(key, row)
        except Exception as error:  # noqa: BLE001 - whatever it is, the event is named
            raise self._stopped(step.event, error) from None

    def standing(self) -> dict[Key, Row]:
        """Return the rows that exist."""
        return {key: row for key, row in self.rows.items() if row is not None}

    def _whole(self, key: Key, row: Row) -> Row:
        """Give a row every column, as it will come back from the database."""
        whole: dict[str, Any] = dict.fromkeys(self._columns)
        whole.update(row)
        whole.update(zip(self._key_columns, key, strict=True))
        if len(whole) != len(self._columns):
            raise TypeError("the row has a column that the table has not")
        return whole

    def _stopped(self, event: RecordedEvent, error: Exception) -> ProjectionStopped:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return ProjectionStopped(
            self.projection.name,
            event.position,
            event.event_id,
            event.type,
            f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}",
        )
