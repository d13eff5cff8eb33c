"""An event of the law as a row of the log, and back."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec

from disclosure.event import Event
from disclosure.events import EVENTS
from eventstore import RecordedEvent, UnknownEventSchema, Upcasters

_NAMESPACE = UUID("6f1d6b3e-6b1a-5a0e-9c7b-0f3f1a2c4d5e")
"""Of all event ids ever made; changing it would make every retry look new."""

_encoder = msgspec.json.Encoder(order="sorted")

UPCASTERS = Upcasters()
"""How older schemas become the newest; the corpus in the tests holds one of each."""


def event_id(stream: str, command_id: str, n: int) -> UUID:
    """Return the id of a command's nth event: the same command always makes the same events."""
    return uuid5(_NAMESPACE, f"{stream}\n{command_id}\n{n}")


def canonical(value: Any) -> bytes:
    """Encode as JSON with sorted keys, UTF-8, no spaces: equal values give equal bytes."""
    return _encoder.encode(value)


def decode(recorded: RecordedEvent) -> Event:
    """Read the event a row holds, brought up to the newest schema; personal fields stay None.

    Raises:
        UnknownEventSchema: when the row was written by a newer program.
    """
    return make_event(
        recorded.type, recorded.schema, recorded.legal_date, msgspec.json.decode(recorded.data)
    )


def make_event(
    kind: str, schema: int, on: date, data: dict[str, Any], personal: dict[str, Any] | None = None
) -> Event:
    """Make an event from its parts, whatever schema they were written in."""
    known = EVENTS.get(kind)
    if known is None:
        raise UnknownEventSchema(kind, schema, newest=0)
    if schema != known.schema:
        _, data = UPCASTERS.upcast(kind, schema, data)
    return known.from_parts(on, data, personal)
