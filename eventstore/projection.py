"""What a projection (读模型) is: a pure fold of the log into rows with a key."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import sqlalchemy as sa

from eventstore.events import RecordedEvent

Key: TypeAlias = tuple[Any, ...]
"""The values of the primary key of a row, in the order of its columns."""

Row: TypeAlias = Mapping[str, Any]
"""One row by column name, the key's columns included."""

Decode: TypeAlias = Callable[[RecordedEvent], Any]
"""Makes of an event what the projections understand (upcast, unsealed or not)."""

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told the name of a projection, the position reached, and the position aimed at."""


class Projection(Protocol):
    """Say which rows an event touches, and what it makes of each.

    ``keys`` and ``apply`` look at their arguments and at nothing else: no clock, no
    database, no state of their own. That alone makes the table equal to a fresh fold.

    The column types give back what was put in, on both databases: text, whole numbers,
    dates, booleans, exact JSON. Not floats, not naive times.
    """

    @property
    def name(self) -> str:
        """Return the name, for instance ``case_register``."""

    @property
    def version(self) -> int:
        """Return the version; another table or another fold is another version."""

    @property
    def table(self) -> sa.Table:
        """Return the table, named ``f"{name}_v{version}"``, whose primary key is the key."""

    @property
    def types(self) -> frozenset[str]:
        """Return the event types it reads."""

    def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:
        """Return the keys of the rows that an event touches, usually one."""

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the row as it is after the event.

        Args:
            key: one of ``keys``.
            row: the row before, with every column; None when there is none.
            event: the event.
            content: what ``decode`` made of it; other projections get the same object.

        Returns:
            The new row; the key's columns may be left out, another column left out is
            NULL. None when there is to be no row.
        """
