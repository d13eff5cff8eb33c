"""The written sections of an agency's reports: the last text written for a section stands."""

from collections.abc import Sequence
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.agency_events import RollupSectionWritten, SectionWritten
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata


class Sections:
    """One row an agency, year and section."""

    name: ClassVar[str] = "sections"
    version: ClassVar[int] = 1
    table: ClassVar[sa.Table] = sa.Table(
        "sections_v1",
        metadata,
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("section", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    types: ClassVar[frozenset[str]] = frozenset({SectionWritten.type})

    def keys(self, event: RecordedEvent, content: SectionWritten) -> Sequence[Key]:
        """Return the section an event writes."""
        return [(agency_of(event.stream), content.year, content.section)]

    def apply(self, key: Key, _row: Row | None, _event: RecordedEvent, content: Any) -> Row | None:
        """Return the section as last written; pure."""
        agency, year, section = key
        return {"agency": agency, "year": year, "section": section, "text": content.text}


class RollupSections(Sections):
    """One row an agency, year and section of its roll-up (汇总年度报告)."""

    name: ClassVar[str] = "rollup_sections"
    table: ClassVar[sa.Table] = sa.Table(
        "rollup_sections_v1",
        metadata,
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True),
        sa.Column("section", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
    )
    types: ClassVar[frozenset[str]] = frozenset({RollupSectionWritten.type})
