"""What the projections share: rows as plain mappings, one handler an event type."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.event import Event
from eventstore import RecordedEvent

Row = Mapping[str, Any]
Key = tuple[Any, ...]
Handler = Callable[[dict[str, Any], RecordedEvent, Any], None]

metadata = sa.MetaData()


class KeyedFold(ABC):
    """A projection with one row a stream and one handler for each event type it reads.

    A subclass sets `name`, `version`, `table` and `handlers`; the key is the stream unless it
    says otherwise.
    """

    name: ClassVar[str]
    version: ClassVar[int]
    table: ClassVar[sa.Table]
    handlers: ClassVar[Mapping[type[Event], Handler]]

    @cached_property
    def types(self) -> frozenset[str]:
        """The event types this projection reads."""
        return frozenset(kind.type for kind in self.handlers)

    def keys(self, event: RecordedEvent, _content: Any) -> Sequence[Key]:
        """Return the rows an event touches."""
        return [(event.stream,)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the row after the event; pure."""
        changed = dict(row) if row is not None else self.blank(key, event)
        self.handlers[type(content)](changed, event, content)
        return changed

    @abstractmethod
    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return the row before its first event: the key, and each column's default."""
