"""The database refuses to change the log; what is changed all the same is found."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from eventstore import Append, EventStore, LogFault
from eventstore.digests import chained_digest
from eventstore.schema import events
from tests.eventstore.samples import fact

REMOVE_GUARDS = {
    "sqlite": ["DROP TRIGGER events_refuse_update", "DROP TRIGGER events_refuse_delete"],
    "postgresql": ["DROP TRIGGER events_refuse_change ON events"],
}


@pytest.fixture
def filled(event_store: EventStore) -> EventStore:
    event_store.append_batch(
        [
            Append("a", 0, [fact("a1"), fact("a2")]),
            Append("b", 0, [fact("b1")]),
            Append("a", 2, [fact("a3")]),
        ]
    )
    return event_store


def tamper(store: EventStore, statement: sa.Update | sa.Delete) -> None:
    with store.engine.begin() as connection:
        for guard in REMOVE_GUARDS[connection.dialect.name]:
            connection.execute(sa.text(guard))
        connection.execute(statement)


def faults(store: EventStore) -> list[tuple[str, int]]:
    return [(fault.kind, fault.position) for fault in store.verify()]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'another' WHERE position = 1",
        "UPDATE events SET data = data",
        "DELETE FROM events WHERE position = 4",
        "DELETE FROM log_head",
        "DELETE FROM events",
    ],
)
def test_protect_against_update_and_delete(filled: EventStore, statement: str) -> None:
    before = list(filled.read_log())

    with (
        pytest.raises(sa.exc.DBAPIError, match=r"never|refused|keeps"),
        filled.engine.begin() as connection,
    ):
        connection.execute(sa.text(statement))

    assert list(filled.read_log()) == before


def test_protect_against_emptying_and_replacing(filled: EventStore) -> None:
    before = list(filled.read_log())
    statement = {
        "sqlite": "REPLACE INTO events SELECT * FROM events WHERE position = 2",
        "postgresql": "TRUNCATE events",
    }[filled.engine.dialect.name]

    with (
        pytest.raises(sa.exc.DBAPIError, match=r"never|refused"),
        filled.engine.begin() as connection,
    ):
        connection.execute(sa.text(statement))

    assert list(filled.read_log()) == before


def test_an_intact_log_has_no_faults(filled: EventStore) -> None:
    seen: list[int] = []

    assert list(filled.verify(seen.append)) == []
    assert seen == [1, 2, 3, 4]


def test_an_empty_log_has_no_faults(event_store: EventStore) -> None:
    assert list(event_store.verify()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"stream": "c"},
        {"event_id": UUID(int=1)},
        {"type": "another"},
        {"schema": 2},
        {"legal_date": date(2023, 12, 31)},
        {"actor": "another"},
        {"command_id": "another"},
        {"data": b'{"amount": 1} '},
        {"sealed": b""},
        {"sealed": None},
        {"digest": "sha256:00"},
        {"digest": "md5:00"},
    ],
    ids=str,
)
def test_a_changed_column_is_found(event_store: EventStore, change: dict[str, Any]) -> None:
    event_store.append("a", 0, [replace(fact(1, amount=1), sealed=b"sealed")])

    tamper(event_store, sa.update(events).values(**change))

    assert faults(event_store) == [("wrong_digest", 1)]


def test_a_changed_time_is_found(filled: EventStore) -> None:
    earlier = datetime(2020, 1, 1, tzinfo=UTC)

    tamper(filled, sa.update(events).where(events.c.position == 4).values(recorded_at=earlier))

    assert faults(filled) == [("time_reversed", 4), ("wrong_digest", 4)]


def test_a_row_taken_from_the_middle_of_a_stream_is_found(filled: EventStore) -> None:
    tamper(filled, sa.delete(events).where(events.c.position == 2))

    assert faults(filled) == [("position_gap", 3), ("version_gap", 4), ("wrong_digest", 4)]


def test_a_row_rewritten_with_a_digest_of_its_own_is_found_at_the_next(filled: EventStore) -> None:
    place = events.c.position == 2
    second = filled.read_stream("a")[1]
    first_digest = filled.read_stream("a")[0].digest
    forged = replace(second, actor="another")
    digest = chained_digest("sha256", first_digest, "a", 2, second.recorded_at, event=forged)

    tamper(filled, sa.update(events).where(place).values(actor="another", digest=digest))

    assert faults(filled) == [("wrong_digest", 4)]


def test_a_tail_cut_off_is_found_against_the_counter(filled: EventStore) -> None:
    tamper(filled, sa.delete(events).where(events.c.position == 4))

    assert list(filled.verify()) == [LogFault("head_counter", 3, "", "counter says 4")]


def test_rows_beyond_the_counter_are_found(filled: EventStore) -> None:
    with filled.engine.begin() as connection:
        connection.execute(sa.text("UPDATE log_head SET position = 2"))

    assert faults(filled) == [("head_counter", 4)]


def test_the_digest_names_its_algorithm_and_an_untrusted_one_is_refused(
    log_engine: sa.Engine,
) -> None:
    with pytest.raises(ValueError, match="sha256"):
        EventStore(log_engine, digest_algorithm="md5")
    EventStore(log_engine).append("a", 0, [fact(1)])
    sm3 = EventStore(log_engine, digest_algorithm="sm3")
    sm3.append("a", 1, [fact(2)])
    sm3.append("a", 2, [fact(3)])

    algorithms = [e.digest.partition(":")[0] for e in sm3.read_stream("a")]

    assert algorithms == ["sha256", "sm3", "sm3"]
    assert list(sm3.verify()) == []


def test_the_digest_is_the_one_its_documentation_describes(log_engine: sa.Engine) -> None:
    at = datetime(2024, 3, 1, 8, 0, 0, 6, tzinfo=UTC)
    store = EventStore(log_engine, clock=lambda: at)
    store.append("a", 0, [fact("x", amount=1), fact("y", amount=2)])

    digests = [e.digest for e in store.read_stream("a")]

    # Worked out once outside this program, with printf and sha256sum.
    assert digests == [
        "sha256:7602b99d6809d21606fc502a424eb407eb438e8ad99e64479e8fe19cbc98768c",
        "sha256:505b43c2abc82e77d3c12cf2d0085c0eff54288eceae7e151ac6512c218848de",
    ]
