"""A reader that waits is woken, not kept waiting."""

import multiprocessing
import threading
import time

import pytest
import sqlalchemy as sa

from eventstore import EventStore, open_engine, wakeups
from tests.databases import NewDatabase
from tests.eventstore.samples import append_later, fact

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def without_polling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wakeups, "POLL_SECONDS", 60.0)


@pytest.mark.usefixtures("without_polling")
def test_an_append_in_another_thread_wakes_the_waiting(event_store: EventStore) -> None:
    def append() -> None:
        time.sleep(0.2)
        event_store.append("a", 0, [fact(1)])

    writer = threading.Thread(target=append)
    writer.start()
    began = time.monotonic()

    assert event_store.wait_for(0, timeout=30)

    assert time.monotonic() - began < 15
    writer.join()


@pytest.mark.usefixtures("without_polling")
@pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)
def test_an_append_in_another_process_wakes_the_waiting_on_postgresql(
    event_store: EventStore, database_url: str
) -> None:
    writer = SPAWN.Process(target=append_later, args=(database_url, 0.5))
    writer.start()
    began = time.monotonic()

    assert event_store.wait_for(0, timeout=59)

    assert time.monotonic() - began < 45
    writer.join()


def test_an_append_by_another_process_is_found_by_looking(
    event_store: EventStore, database_url: str
) -> None:
    writer = SPAWN.Process(target=append_later, args=(database_url, 0.1))
    writer.start()

    assert event_store.wait_for(0, timeout=60)

    writer.join()
    assert event_store.head() == 1


def test_who_is_behind_does_not_wait_and_who_is_not_waits_in_vain(event_store: EventStore) -> None:
    event_store.append("a", 0, [fact(1), fact(2)])

    assert event_store.wait_for(1, timeout=0)
    began = time.monotonic()
    assert not event_store.wait_for(2, timeout=0.3)
    assert time.monotonic() - began >= 0.3


def test_a_wait_gives_its_connection_back_clean(new_database: NewDatabase) -> None:
    engine = open_engine(new_database())
    store = EventStore(engine)

    store.wait_for(0, timeout=0.1)

    assert isinstance(engine.pool, sa.QueuePool)
    assert engine.pool.checkedout() == 0
    assert store.append("a", 0, [fact(1)]).position == 1
    engine.dispose()
