"""The register of documents (文书登记簿): every number given, void ones too."""

from collections.abc import Sequence
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.document_events import DocumentNumbered, DocumentNumberVoided
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata


class DocumentRegister:
    """One row a number."""

    name: ClassVar[str] = "document_register"
    version: ClassVar[int] = 1
    table: ClassVar[sa.Table] = sa.Table(
        "document_register_v1",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("document_number", sa.Text, nullable=False),
        sa.Column("case_reference", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("voided_on", sa.Date),
        sa.Index("document_register_v1_case", "agency", "case_reference"),
    )
    types: ClassVar[frozenset[str]] = frozenset({DocumentNumbered.type, DocumentNumberVoided.type})

    def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:
        """Return the number an event is about."""
        return [(event.stream, content.number)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the number's row after the event; pure."""
        if isinstance(content, DocumentNumberVoided):
            return None if row is None else {**row, "voided_on": content.on}
        stream, number = key
        _, _, kind, year = stream.split("/")
        return {
            "stream": stream,
            "number": number,
            "agency": agency_of(event.stream),
            "kind": kind,
            "year": int(year),
            "document_number": content.document_number,
            "case_reference": content.case,
            "issued_on": content.on,
            "voided_on": None,
        }
