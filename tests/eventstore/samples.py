"""Events, a projection, and whole processes for the tests of the event log."""

import json
import os
import time
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import sqlalchemy as sa

from eventstore import Append, EventStore, Key, NewEvent, Projector, RecordedEvent, Row, open_engine

DAY = date(2024, 3, 1)


def fact(label: object, event_type: str = "added", **content: Any) -> NewEvent:
    """Make an event whose id follows from its label."""
    return NewEvent(
        event_id=uuid5(NAMESPACE_OID, str(label)),
        type=event_type,
        schema=1,
        legal_date=DAY,
        actor="",
        command_id=f"command {label}",
        data=json.dumps(content, ensure_ascii=False, sort_keys=True).encode(),
        sealed=None,
    )


def decode(event: RecordedEvent) -> Any:
    return json.loads(event.data)


class Tally:
    """Sum amounts by (box, kind): two columns of key, rows that come and go."""

    name = "tally"
    types = frozenset({"added", "moved", "emptied"})

    def __init__(self, version: int = 1, factor: int = 1) -> None:
        self.version = version
        self.factor = factor
        self.table = sa.Table(
            f"tally_v{version}",
            sa.MetaData(),
            sa.Column("box", sa.Text, primary_key=True),
            sa.Column("kind", sa.Text, primary_key=True),
            sa.Column("total", sa.Integer, nullable=False),
            sa.Column("events", sa.Integer, nullable=False, index=True),
            sa.Column("moved_to", sa.Text),
            sa.Column("last_day", sa.Date, nullable=False),
        )

    def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:
        boxes = [content["box"]]
        if event.type == "moved" and content["to"] != content["box"]:
            boxes.append(content["to"])
        return [(box, content["kind"]) for box in boxes]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:
        if event.type == "emptied":
            return None
        amount = content["amount"] * self.factor
        leaves = event.type == "moved" and key[0] == content["box"]
        return {
            "total": (row["total"] if row else 0) + (-amount if leaves else amount),
            "events": (row["events"] if row else 0) + 1,
            "moved_to": content["to"] if leaves else row and row["moved_to"],
            "last_day": event.legal_date,
        }


class Journal(Tally):
    """Keep one row a position: nothing but a key and a type."""

    name = "journal"
    types = frozenset({"added", "moved", "emptied", "remarked"})

    def __init__(self) -> None:
        super().__init__()
        self.table = sa.Table(
            "journal_v1",
            sa.MetaData(),
            sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        )

    def keys(self, event: RecordedEvent, content: Any) -> Sequence[Key]:  # noqa: ARG002 - as the protocol has it
        return [(event.position,)]

    def apply(self, key: Key, row: Row | None, event: RecordedEvent, content: Any) -> Row | None:  # noqa: ARG002 - as the protocol has it
        return {}


def rows_of(store: EventStore, table: sa.Table) -> dict[Key, Row]:
    with store.engine.connect() as connection:
        return {
            tuple(row[column.name] for column in table.primary_key): dict(row)
            for row in connection.execute(sa.select(table)).mappings()
        }


def fill(store: EventStore, count: int, label: str = "filling") -> None:
    """Append events for ten boxes of three kinds, one stream a box, in one batch."""
    appends = []
    for box in range(10):
        stream = f"{label} {box}"
        events = [
            fact(f"{stream} {number}", box=f"box {box}", kind=f"kind {number % 3}", amount=number)
            for number in range(count // 10)
        ]
        appends.append(Append(stream, 0, events))
    store.append_batch(appends)


# What other processes do; each opens the database for itself.


def append_one_by_one(url: str, stream: str, count: int) -> None:
    engine = open_engine(url, synchronous="NORMAL")
    store = EventStore(engine)
    for number in range(count):
        store.append(stream, number, [fact(f"{stream} {number}", box=stream, kind="a", amount=1)])
    engine.dispose()


def catch_up_once(url: str, batch: int) -> None:
    engine = open_engine(url, synchronous="NORMAL")
    Projector(EventStore(engine), [Tally(), Journal()], decode, batch=batch).catch_up()
    engine.dispose()


def die_while_applying(url: str, position: int) -> None:
    """End the process between the move of the checkpoint and the writing of rows."""

    class Dying(Tally):
        def apply(
            self, key: Key, row: Row | None, event: RecordedEvent, content: Any
        ) -> Row | None:
            if event.position == position:
                os._exit(9)
            return super().apply(key, row, event, content)

    Projector(EventStore(open_engine(url)), [Dying()], decode, batch=10).catch_up()


def die_while_committing(url: str, commits: int) -> None:
    """End the process when rows and checkpoint are written and not committed."""
    engine = open_engine(url)
    left = [commits]

    def count(_connection: sa.Connection) -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(9)

    sa.event.listen(engine, "commit", count)
    Projector(EventStore(engine), [Tally()], decode, batch=10).catch_up()


def append_later(url: str, seconds: float) -> None:
    engine = open_engine(url)
    store = EventStore(engine)
    store.head()
    time.sleep(seconds)
    store.append("later", 0, [fact("later")])
    engine.dispose()
