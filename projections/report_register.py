"""The register of annual reports (年度报告台账): how far each has come, and what stands published.

A row is the state of the report, folded by the law's own `evolve_report`, seen as columns; the
state itself stands beside them, so that the next event can go on.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

import msgspec
import sqlalchemy as sa

from disclosure.addresses import agency_of, year_of_report
from disclosure.events import REPORT_EVENTS
from disclosure.report_events import AnnualReportPublished
from disclosure.report_state import ReportStage, ReportState, evolve_report
from eventstore import RecordedEvent
from projections.folding import Key, Row, metadata

_encoder = msgspec.json.Encoder(order="sorted")
_states = msgspec.json.Decoder(ReportState)


class ReportRegister:
    """One row an agency and year; version 0 while nothing is published."""

    name: ClassVar[str] = "report_register"
    version: ClassVar[int] = 2
    table: ClassVar[sa.Table] = sa.Table(
        "report_register_v2",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
        sa.Column("overdue", sa.Boolean, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text),
        sa.Column("published_on", sa.Date),
        sa.Column("log_position", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Index("report_register_v2_stage", "stage", "agency"),
    )

    @cached_property
    def types(self) -> frozenset[str]:
        """Every event of a report."""
        return frozenset(kind.type for kind in REPORT_EVENTS)

    def keys(self, event: RecordedEvent, _content: Any) -> Sequence[Key]:
        """Return the report's own row."""
        return [(event.stream,)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        """Return the row after the event; pure."""
        before = _states.decode(row["state"]) if row is not None else ReportState()
        state = evolve_report(before, content)
        published = state.published
        published_on = row["published_on"] if row is not None else None
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "year": year_of_report(event.stream),
            "stage": state.stage.value,
            "due_on": state.due_on,
            "overdue": state.overdue,
            "approved_by": state.approved_by,
            "version": published.version if published else 0,
            "digest": published.digest if published else None,
            "published_on": content.on
            if isinstance(content, AnnualReportPublished)
            else published_on,
            "log_position": published.log_position if published else None,
            "state": _encoder.encode(state).decode(),
        }


def reports_under_way() -> sa.Select[Any]:
    """Select agency and year of every report that is open and not published."""
    register = ReportRegister.table.c
    done = (ReportStage.UNOPENED.value, ReportStage.PUBLISHED.value)
    return (
        sa.select(register.agency, register.year)
        .where(register.stage.not_in(done))
        .order_by(register.agency, register.year)
    )
