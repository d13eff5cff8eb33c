"""The timeline of a request or a proceeding: one sentence an event, without personal data."""

from collections.abc import Sequence
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.events import PROCEEDING_EVENTS, REQUEST_EVENTS
from disclosure.sentences import sentence
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata


class Timeline:
    """One row an event."""

    name: ClassVar[str] = "timeline"
    version: ClassVar[int] = 2
    table: ClassVar[sa.Table] = sa.Table(
        "timeline_v2",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("stream_version", sa.Integer, primary_key=True),
        sa.Column("legal_date", sa.Date, nullable=False),
        sa.Column("recorded_at", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
    )
    types: ClassVar[frozenset[str]] = frozenset(
        kind.type for kind in (*REQUEST_EVENTS, *PROCEEDING_EVENTS)
    )

    def keys(self, event: RecordedEvent, _content: Any) -> Sequence[Key]:
        """Return the event's own row."""
        return [(event.stream, event.version)]

    def apply(self, key: Key, _row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the event's line; pure."""
        stream, version = key
        return {
            "stream": stream,
            "stream_version": version,
            "legal_date": event.legal_date,
            "recorded_at": event.recorded_at.isoformat(),
            "type": event.type,
            "actor": event.actor,
            "sentence": sentence(content),
            "flags": " ".join(content.flags),
        }
