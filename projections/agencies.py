"""Agencies (机关): who reports, under which name, into whose roll-up, and until when."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.agency_events import AgencyConfigured, AgencyMerged, AgencyMoved, AgencyRegistered
from disclosure.event import Event
from eventstore import RecordedEvent
from projections.folding import Handler, Key, KeyedFold, metadata


def _registered(row: dict[str, Any], _: RecordedEvent, event: AgencyRegistered) -> None:
    row.update(
        name=event.name,
        region=event.region,
        parent=event.parent,
        parent_since=date.min,
        document_code=event.document_code,
        opened_on=event.opened_on,
    )


def _configured(row: dict[str, Any], _: RecordedEvent, event: AgencyConfigured) -> None:
    for name in ("document_code", "reconsideration_body", "court"):
        given = getattr(event, name)
        if given is not None:
            row[name] = given


def _moved(row: dict[str, Any], _: RecordedEvent, event: AgencyMoved) -> None:
    if event.on >= row["parent_since"]:
        row.update(parent=event.parent, parent_since=event.on)


def _merged(row: dict[str, Any], _: RecordedEvent, event: AgencyMerged) -> None:
    row.update(ended_on=event.on, merged_into=event.into)


class Agencies(KeyedFold):
    """One row an agency; `parent` is the last there is, all of them are in `AgencyPlaces`."""

    name = "agencies"
    version = 3
    table = sa.Table(
        "agencies_v3",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("parent", sa.Text),
        sa.Column("parent_since", sa.Date),
        sa.Column("document_code", sa.Text),
        sa.Column("opened_on", sa.Date),
        sa.Column("ended_on", sa.Date),
        sa.Column("merged_into", sa.Text),
        sa.Column("reconsideration_body", sa.Text),
        sa.Column("court", sa.Text),
    )
    handlers: ClassVar[Mapping[type[Event], Handler]] = {
        AgencyRegistered: _registered,
        AgencyConfigured: _configured,
        AgencyMoved: _moved,
        AgencyMerged: _merged,
    }

    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return an agency nothing is known of yet."""
        others = [column.name for column in self.table.columns if column.name != "stream"]
        return {
            **dict.fromkeys(others),
            "stream": key[0],
            "agency": agency_of(event.stream),
        }
