"""Agencies (机关): who reports, under which name, into whose roll-up."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.agency_events import AgencyConfigured, AgencyRegistered
from disclosure.event import Event
from eventstore import RecordedEvent
from projections.folding import Handler, Key, KeyedFold, metadata


def _registered(row: dict[str, Any], _: RecordedEvent, event: AgencyRegistered) -> None:
    row.update(
        name=event.name,
        region=event.region,
        parent=event.parent,
        document_code=event.document_code,
        opened_on=event.opened_on,
    )


def _configured(row: dict[str, Any], _: RecordedEvent, event: AgencyConfigured) -> None:
    for name in ("document_code", "reconsideration_body", "court"):
        given = getattr(event, name)
        if given is not None:
            row[name] = given


class Agencies(KeyedFold):
    """One row an agency."""

    name = "agencies"
    version = 2
    table = sa.Table(
        "agencies_v2",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("parent", sa.Text),
        sa.Column("document_code", sa.Text),
        sa.Column("opened_on", sa.Date),
        sa.Column("reconsideration_body", sa.Text),
        sa.Column("court", sa.Text),
    )
    handlers: ClassVar[Mapping[type[Event], Handler]] = {
        AgencyRegistered: _registered,
        AgencyConfigured: _configured,
    }

    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return an agency nothing is known of yet."""
        return {
            "stream": key[0],
            "agency": agency_of(event.stream),
            "name": None,
            "region": None,
            "parent": None,
            "document_code": None,
            "opened_on": None,
            "reconsideration_body": None,
            "court": None,
        }
