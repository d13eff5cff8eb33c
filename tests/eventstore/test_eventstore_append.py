"""What every database must do with an append; one suite for both."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from eventstore import (
    Append,
    Appended,
    ContentMismatch,
    EventStore,
    LogBehind,
    NewEvent,
    StreamConflict,
)
from tests.eventstore.samples import DAY, fact


def test_an_appended_event_is_read_back_byte_for_byte(event_store: EventStore) -> None:
    event = replace(
        fact("one"),
        type="request_received",
        schema=3,
        actor="王某",
        data='{"note":"中文 \\u0000 \'\\"","b":1,"a":[1.50,null]}'.encode(),
        sealed=bytes(range(256)),
    )

    answer = event_store.append("request/1", 0, [event])

    (found,) = event_store.read_stream("request/1")
    assert answer == Appended("request/1", 1, 1, already_there=False)
    assert (found.position, found.stream, found.version) == (1, "request/1", 1)
    assert found.recorded_at.tzinfo is UTC
    assert all(getattr(found, name) == getattr(event, name) for name in NewEvent.__slots__)


def test_positions_are_contiguous_over_streams_and_versions_within_each(
    event_store: EventStore,
) -> None:
    event_store.append("a", 0, [fact(1), fact(2)])
    event_store.append("b", 0, [fact(3)])
    event_store.append("a", 2, [fact(4)])

    places = [(e.position, e.stream, e.version) for e in event_store.read_log()]

    assert places == [(1, "a", 1), (2, "a", 2), (3, "b", 1), (4, "a", 3)]
    assert event_store.head() == 4
    assert event_store.stream_version("a") == 3
    assert event_store.stream_version("nobody") == 0


def test_a_stream_is_read_from_after_a_version(event_store: EventStore) -> None:
    event_store.append("a", 0, [fact(1), fact(2), fact(3)])

    assert [e.version for e in event_store.read_stream("a", after_version=1)] == [2, 3]
    assert event_store.read_stream("nobody") == []


def test_other_events_at_a_taken_place_are_a_conflict(event_store: EventStore) -> None:
    event_store.append("a", 0, [fact(1), fact(2)])

    with pytest.raises(StreamConflict) as caught:
        event_store.append("a", 1, [fact("another")])

    assert (caught.value.stream, caught.value.expected_version) == ("a", 1)
    assert caught.value.actual_version == 2
    assert event_store.head() == 2


def test_a_retry_succeeds_with_the_same_place_and_writes_nothing(event_store: EventStore) -> None:
    first = event_store.append("a", 0, [fact(1), fact(2)])
    event_store.append("a", 2, [fact(3)])

    again = event_store.append("a", 0, [fact(1), fact(2)])

    assert again == replace(first, already_there=True)
    assert event_store.head() == 3


def test_a_retry_after_a_stale_read_succeeds_where_the_events_stand(
    event_store: EventStore,
) -> None:
    event_store.append("a", 0, [fact(1), fact(2), fact(3)])

    assert event_store.append("a", 3, [fact(2), fact(3)]).version == 3
    assert event_store.append("a", 90, [fact(2)]) == Appended("a", 2, 2, already_there=True)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "moved"},
        {"schema": 2},
        {"legal_date": DAY + timedelta(days=1)},
        {"actor": "another"},
        {"command_id": "another"},
        {"data": b'{"amount": 2}'},
        {"sealed": b""},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_same_id_with_other_content_is_an_alarm(
    event_store: EventStore, change: dict[str, Any]
) -> None:
    event = fact(1, amount=1)
    event_store.append("a", 0, [event])

    with pytest.raises(ContentMismatch) as caught:
        event_store.append("a", 0, [replace(event, **change)])

    assert caught.value.event_id == event.event_id
    assert caught.value.differing == tuple(change)
    assert "amount" not in str(caught.value)


def test_the_same_id_in_another_stream_is_an_alarm(event_store: EventStore) -> None:
    event_store.append("a", 0, [fact(1)])

    with pytest.raises(ContentMismatch, match="another stream"):
        event_store.append("b", 0, [fact(1)])


@pytest.mark.parametrize(
    "labels", [(1, 9), (9, 1), (2, 1), (1, 3)], ids=["tail", "head", "order", "hole"]
)
def test_events_of_which_only_a_part_stands_there_are_an_alarm(
    event_store: EventStore, labels: tuple[int, ...]
) -> None:
    event_store.append("a", 0, [fact(1), fact(2), fact(3)])

    with pytest.raises(ContentMismatch) as caught:
        event_store.append("a", 0, [fact(label) for label in labels])

    assert caught.value.differing == ("batch",)
    assert event_store.head() == 3


def test_a_writer_ahead_of_the_log_is_told_so(event_store: EventStore) -> None:
    event_store.append("a", 0, [fact(1)])

    with pytest.raises(LogBehind) as caught:
        event_store.append("a", 5, [fact(6)])

    assert (caught.value.expected_version, caught.value.actual_version) == (5, 1)


def test_a_batch_writes_the_sound_streams_and_answers_for_the_others(
    event_store: EventStore,
) -> None:
    event_store.append("taken", 0, [fact("taken")])

    answers = event_store.append_batch(
        [
            Append("new", 0, [fact(1), fact(2)]),
            Append("taken", 0, [fact(3)]),
            Append("ahead", 7, [fact(4)]),
            Append("taken", 0, [fact("taken")]),
            Append("taken", 1, [replace(fact("taken"), actor="another")]),
            Append("last", 0, [fact(5)]),
        ]
    )

    assert [type(answer) for answer in answers] == [
        Appended, StreamConflict, LogBehind, Appended, ContentMismatch, Appended,
    ]  # fmt: skip
    assert answers[0] == Appended("new", 2, 3, already_there=False)
    assert answers[3] == Appended("taken", 1, 1, already_there=True)
    assert answers[5] == Appended("last", 1, 4, already_there=False)
    assert [e.position for e in event_store.read_log()] == [1, 2, 3, 4]
    assert event_store.head() == 4
    assert list(event_store.verify()) == []


def test_within_a_batch_an_append_sees_the_one_before(event_store: EventStore) -> None:
    answers = event_store.append_batch(
        [
            Append("a", 0, [fact(1)]),
            Append("a", 1, [fact(2)]),
            Append("a", 1, [fact(3)]),
            Append("a", 0, [fact(1)]),
        ]
    )

    assert answers[1] == Appended("a", 2, 2, already_there=False)
    assert isinstance(answers[2], StreamConflict)
    assert answers[3] == Appended("a", 1, 1, already_there=True)
    assert list(event_store.verify()) == []


def test_an_import_of_thousands_of_streams_and_its_repetition(event_store: EventStore) -> None:
    appends = [Append(f"s{n}", 0, [fact(f"{n} a"), fact(f"{n} b")]) for n in range(6000)]

    first = event_store.append_batch(appends)
    second = event_store.append_batch(appends)

    assert event_store.head() == 12000
    assert [a.position for a in first if isinstance(a, Appended)] == list(range(2, 12001, 2))
    assert all(isinstance(a, Appended) and a.already_there for a in second)


def test_unsound_appends_are_refused_before_anything_is_written(event_store: EventStore) -> None:
    good = Append("good", 0, [fact("good")])
    for bad in (
        Append("a", 0, []),
        Append("a", -1, [fact(1)]),
        Append("a", 0, [fact(1), fact(1)]),
    ):
        with pytest.raises(ValueError, match=r"append|version 0"):
            event_store.append_batch([good, bad])

    assert event_store.append_batch([]) == []
    assert event_store.head() == 0


def test_the_log_is_read_by_type_and_up_to_a_position_in_small_batches(
    event_store: EventStore,
) -> None:
    kinds = ["added", "moved", "emptied"]
    event_store.append("a", 0, [fact(n, kinds[n % 3]) for n in range(30)])

    found = event_store.read_log(4, types={"added", "moved"}, through_position=20, batch=3)

    assert [e.position for e in found] == [n + 1 for n in range(4, 20) if kinds[n % 3] != "emptied"]
    assert list(event_store.read_log(types=[])) == []


def test_a_slow_reader_leaves_no_transaction_open(event_store: EventStore) -> None:
    event_store.append("a", 0, [fact(n) for n in range(10)])
    pool = event_store.engine.pool
    assert isinstance(pool, sa.QueuePool)

    reader = event_store.read_log(batch=4)
    next(reader)

    assert pool.checkedout() == 0
    event_store.append("a", 10, [fact("later")])
    assert len(list(reader)) == 10


def test_recorded_at_never_goes_back_when_the_clock_does(log_engine: sa.Engine) -> None:
    noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
    times = [noon, noon - timedelta(hours=3), noon + timedelta(microseconds=1)]
    store = EventStore(log_engine, clock=lambda: times.pop(0))

    for number in range(3):
        store.append("a", number, [fact(number)])

    assert [e.recorded_at for e in store.read_log()] == [
        noon, noon, noon + timedelta(microseconds=1),
    ]  # fmt: skip


def test_what_was_known_at_a_moment_ends_at_a_position(log_engine: sa.Engine) -> None:
    noon = datetime(2024, 3, 1, 12, tzinfo=UTC)
    clock = [noon]
    store = EventStore(log_engine, clock=lambda: clock[0])
    assert store.positions_recorded_by(noon) == 0
    for minutes in (0, 1, 1, 5):
        clock[0] = noon + timedelta(minutes=minutes)
        store.append("a", store.head(), [fact(store.head())])

    def known(**after: float) -> int:
        return store.positions_recorded_by(noon + timedelta(**after))

    assert [known(seconds=-1), known(), known(seconds=59)] == [0, 1, 1]
    assert [known(minutes=1), known(minutes=4), known(days=9)] == [3, 3, 4]
    with pytest.raises(ValueError, match="time zone"):
        store.positions_recorded_by(noon.replace(tzinfo=None))


def test_a_clock_without_time_zone_is_refused(log_engine: sa.Engine) -> None:
    naive = datetime(2024, 3, 1)  # noqa: DTZ001 - the mistake this test is about
    store = EventStore(log_engine, clock=lambda: naive)

    with pytest.raises(sa.exc.StatementError, match="time zone"):
        store.append("a", 0, [fact(1)])


def test_errors_of_the_driver_do_not_quote_the_event(event_store: EventStore) -> None:
    event_store.append("a", 0, [fact(1)])
    with event_store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE log_head SET position = 0"))

    with pytest.raises(sa.exc.IntegrityError) as caught:
        event_store.append("b", 0, [replace(fact(2, name="王某"), actor="李某")])

    assert "position" in str(caught.value)
    assert "王某" not in str(caught.value)
    assert "李某" not in str(caught.value)
