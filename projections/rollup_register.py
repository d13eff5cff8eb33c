"""Roll-ups (汇总): which years are under way, which are published, which came too late."""

from collections.abc import Mapping
from typing import Any, ClassVar

import sqlalchemy as sa

from disclosure.addresses import agency_of
from disclosure.event import Event
from disclosure.rollup_events import RollupDeadlineMissed, RollupOpened, RollupPublished
from eventstore import RecordedEvent
from projections.folding import Handler, Key, KeyedFold, metadata


def _opened(row: dict[str, Any], _: RecordedEvent, event: RollupOpened) -> None:
    row["opened_on"] = event.on


def _missed(row: dict[str, Any], _: RecordedEvent, event: RollupDeadlineMissed) -> None:
    row["missed_on"] = event.on


def _published(row: dict[str, Any], _: RecordedEvent, event: RollupPublished) -> None:
    row.update(
        version=event.version,
        digest=event.digest,
        published_on=event.on,
        log_position=event.log_position,
    )


class RollupRegister(KeyedFold):
    """One row an agency and year; version 0 while nothing is published."""

    name = "rollup_register"
    version = 1
    table = sa.Table(
        "rollup_register_v1",
        metadata,
        sa.Column("stream", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("opened_on", sa.Date),
        sa.Column("missed_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text),
        sa.Column("published_on", sa.Date),
        sa.Column("log_position", sa.Integer),
    )
    handlers: ClassVar[Mapping[type[Event], Handler]] = {
        RollupOpened: _opened,
        RollupDeadlineMissed: _missed,
        RollupPublished: _published,
    }

    def blank(self, key: Key, event: RecordedEvent) -> dict[str, Any]:
        """Return a roll-up nothing is known of yet."""
        others = [column.name for column in self.table.columns if column.name != "stream"]
        return {
            **dict.fromkeys(others),
            "stream": key[0],
            "agency": agency_of(event.stream),
            "year": int(event.stream.rsplit("/", 1)[1]),
            "version": 0,
        }
