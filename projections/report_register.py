"""Published annual reports: which versions exist, and what the last one said."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.event import Event
from disclosure.report_events import AnnualReportOpened, AnnualReportPublished
from eventstore import RecordedEvent
from projections.folding import Handler, Key, KeyedFold, metadata


def _opened(row: dict[str, Any], _: RecordedEvent, event: AnnualReportOpened) -> None:
    row["year"] = event.year


def _published(row: dict[str, Any], _: RecordedEvent, event: AnnualReportPublished) -> None:
    row.update(
        version=event.version,
        digest=event.digest,
        published_on=event.on,
        log_position=event.log_position,
    )


class ReportRegister(KeyedFold):
    """One row an agency and year; version 0 while nothing is published."""

    name = "report_register"
    version = 1
    table = sa.Table(
        "report_register_v1",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text),
        sa.Column("published_on", sa.Date),
        sa.Column("log_position", sa.Integer),
    )
    handlers: ClassVar[Mapping[type[Event], Handler]] = {
        AnnualReportOpened: _opened,
        AnnualReportPublished: _published,
    }

    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return a report nobody has opened yet."""
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "year": None,
            "version": 0,
            "digest": None,
            "published_on": None,
            "log_position": None,
        }
