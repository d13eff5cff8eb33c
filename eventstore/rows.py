"""Events as rows of the table and back, and how many keys go into one question."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

import sqlalchemy as sa

from eventstore.events import RecordedEvent
from eventstore.schema import events

T = TypeVar("T")

_NAMES = tuple(field.name for field in fields(RecordedEvent))
_values = attrgetter(*_NAMES)

# SQLite takes 32,766 bound values in a statement, PostgreSQL 65,535.
_BOUND_VALUES = 10_000


def select_events() -> sa.Select[Any]:
    """Select the columns in the order of the fields of ``RecordedEvent``."""
    return sa.select(*(events.c[name] for name in _NAMES))


def recorded(row: sa.Row[Any]) -> RecordedEvent:
    """Make an event of a row that ``select_events`` brought."""
    values: Any = row
    return RecordedEvent(*values)


def as_row(event: RecordedEvent) -> dict[str, Any]:
    """Make a row of an event."""
    return dict(zip(_NAMES, _values(event), strict=True))


def in_portions(values: Sequence[T], *, width: int = 1) -> Iterator[Sequence[T]]:
    """Cut a list of keys of ``width`` columns into what one statement can bind."""
    size = _BOUND_VALUES // width
    for start in range(0, len(values), size):
        yield values[start : start + size]
