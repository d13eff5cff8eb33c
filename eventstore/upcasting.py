"""How events written by older code are read by newer code.

An event in the log keeps the shape it was written in. An upcaster is a pure function from
the shape of one schema to that of the next; they are applied one after the other.
"""

from collections.abc import Callable
from typing import Any

from eventstore.errors import UnknownEventSchema

Content = dict[str, Any]
Upcast = Callable[[Content], Content]


class Upcasters:
    """Know, for each event type, the steps from schema 1 to the newest."""

    def __init__(self) -> None:
        self._steps: dict[str, list[Upcast]] = {}

    def register(self, event_type: str, from_schema: int, step: Upcast) -> None:
        """Add the step from ``from_schema`` to the next one.

        Raises:
            ValueError: there is a gap before it, or the step is there already.
        """
        newest = self.newest(event_type)
        if from_schema != newest:
            raise ValueError(
                f"the next step of {event_type!r} starts from schema {newest}, not {from_schema}"
            )
        self._steps.setdefault(event_type, []).append(step)

    def newest(self, event_type: str) -> int:
        """Return the schema that new events of this type are written in."""
        return len(self._steps.get(event_type, ())) + 1

    def upcast(self, event_type: str, schema: int, content: Content) -> tuple[int, Content]:
        """Return the newest schema and the content in its shape.

        Raises:
            UnknownEventSchema: newer than this code, or below 1.
        """
        newest = self.newest(event_type)
        if not 1 <= schema <= newest:
            raise UnknownEventSchema(event_type, schema, newest)
        for step in self._steps.get(event_type, ())[schema - 1 :]:
            content = step(content)
        return newest, content
