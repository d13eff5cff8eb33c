"""A log is copied whole and unchanged, from either database into either, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from eventstore import EventStore, LogNotEmpty, copy_log, migrate, open_engine, utc_now
from eventstore.schema import data_keys, events, log_head
from tests.databases import NewDatabase
from tests.eventstore.samples import fact


@pytest.fixture
def filled(event_store: EventStore) -> EventStore:
    reds = [fact(number, box="a", kind="红", amount=1) for number in range(2100)]
    event_store.append("box/a", 0, reds)
    event_store.append("box/b", 0, [fact("b", box="b", kind="蓝", amount=2)])
    with event_store.engine.begin() as connection:
        connection.execute(
            sa.insert(data_keys).values(
                stream="box/a", key_id="1", wrapped=b"\x00\xff", created_at=utc_now()
            )
        )
    return event_store


@pytest.fixture
def empty(new_database: NewDatabase) -> Iterator[sa.Engine]:
    engine = open_engine(new_database())
    yield engine
    engine.dispose()


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'copy.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


def everything(engine: sa.Engine) -> list[list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return [
            [
                tuple(row)
                for row in connection.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in (events, data_keys, log_head)
        ]


def test_every_row_is_the_same_and_the_copy_verifies(
    filled: EventStore, on_sqlite: sa.Engine
) -> None:
    told: list[tuple[int, int]] = []
    assert copy_log(filled.engine, on_sqlite, lambda done, of: told.append((done, of))) == 2101
    assert everything(on_sqlite) == everything(filled.engine)
    assert list(EventStore(on_sqlite).verify()) == []
    assert told[-1] == (2101, 2101)


def test_a_copy_goes_back_into_either_database(
    filled: EventStore, on_sqlite: sa.Engine, empty: sa.Engine
) -> None:
    copy_log(filled.engine, on_sqlite)
    copy_log(on_sqlite, empty)
    assert everything(empty) == everything(filled.engine)


def test_the_copy_goes_on_where_the_log_ended(filled: EventStore, empty: sa.Engine) -> None:
    copy_log(filled.engine, empty)
    assert EventStore(empty).append("box/b", 1, [fact("c")]).position == 2102


def test_a_log_that_holds_events_is_not_filled(filled: EventStore, empty: sa.Engine) -> None:
    EventStore(empty).append("box/z", 0, [fact("z")])
    before = everything(empty)
    with pytest.raises(LogNotEmpty):
        copy_log(filled.engine, empty)
    assert everything(empty) == before
